"""Gatherings that come back: one for each date of a rule, each then with a life of its own."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.gatherings.models import Gathering, Series
from creasol.gatherings.queries.desk import is_untouched
from creasol.gatherings.recurrence import occurrences
from creasol.journal.actions import record

from .planning import GatheringDraft, free_slug, lock_gathering, plan_gathering


@transaction.atomic
def plan_series(
    gathering: Gathering,
    *,
    name: str,
    rule: str,
    exceptions: Collection[date] = (),
    by: User | None,
    at: datetime,
) -> Series:
    """Let a gathering come back by a rule (RFC 5545, the subset of ``recurrence``), its days left out excepted.

    It is the first of the series; the others are drafts like it, at the same hour of the clock, each to be revised,
    moved or cancelled alone. ValidationError for a rule that is not understood or does not begin with it, and for a
    gathering of a series.
    """
    current = lock_gathering(gathering)
    if current.series_id:
        raise ValidationError(_("This gathering already belongs to a series."))
    draft = GatheringDraft.of(gathering)
    starts_at = timezone.localtime(draft.starts_at)
    length = timezone.localtime(draft.ends_at).replace(tzinfo=None) - starts_at.replace(tzinfo=None)
    try:
        moments = occurrences(rule, starts_at=starts_at, exceptions=set(exceptions))
    except ValueError as error:
        raise ValidationError({"rule": str(error)}) from error
    if starts_at.date() in exceptions:
        raise ValidationError({"exceptions": _("The first date cannot be left out: it is this gathering.")})
    series = Series(
        edition=gathering.edition,
        name=name.strip() or draft.title,
        rule=rule,
        exceptions=sorted(day.isoformat() for day in exceptions),
    )
    series.full_clean()
    series.save()
    gathering.series = series
    gathering.save(update_fields=["series"])
    for moment in moments[1:]:
        local = timezone.localtime(moment)
        ends_at = (local.replace(tzinfo=None) + length).replace(tzinfo=local.tzinfo)
        plan_gathering(
            replace(draft, starts_at=moment, ends_at=ends_at),
            slug=free_slug(draft.title, day=local.date().isoformat()),
            series=series,
            is_example=gathering.occasion.is_example,
            by=by,
            at=at,
        )
    record("repeat", gathering, by=by, at=at)
    return series


@transaction.atomic
def leave_out(series: Series, *, day: date, by: User | None, at: datetime) -> bool:
    """Leave a day out of a series; return whether a gathering went with it.

    Only one that is still as the series made it goes: what was revised, confirmed, or has anything of its own stays.
    ValidationError for a day on which the series has no date.
    """
    series = Series.objects.select_for_update().get(pk=series.pk)
    there = [
        gathering
        for gathering in series.gatherings.select_related("occasion")
        if timezone.localtime(gathering.occasion.starts_at).date() == day
    ]
    if not there:
        raise ValidationError(_("The series has no date on that day."))
    series.exceptions = sorted({*series.exceptions, day.isoformat()})
    series.save(update_fields=["exceptions"])
    gone = False
    for gathering in there:
        if is_untouched(gathering):
            record("remove", gathering, by=by, at=at)
            gathering.occasion.delete()
            gone = True
    record("leave-out", series, by=by, at=at)
    return gone
