"""The calendars that a date is held against: those of partners, and the days of elections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.places.election_days import election_days
from creasol.places.models import ElectionDay, PartnerCalendar, PartnerEvent
from creasol.places.partner_calendar import PartnerMoment


@dataclass(frozen=True, kw_only=True)
class CalendarDraft:
    """The calendar of a partner as its file tells it."""

    name: str
    moments: Sequence[PartnerMoment]


@dataclass(frozen=True)
class Imported:
    """What an import changed."""

    calendar: PartnerCalendar
    added: int
    removed: int

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed)


@transaction.atomic
def import_calendar(draft: CalendarDraft, *, by: User, at: datetime) -> Imported:
    """Keep the calendar of a partner under its name; what the name had before and the file has not goes.

    The same file twice changes nothing. ValidationError without a name.
    """
    name = " ".join(draft.name.split())
    known = PartnerCalendar.objects.select_for_update().filter(name__iexact=name).first()
    calendar = known or PartnerCalendar(name=name, imported_at=at, imported_by=by)
    if not known:
        calendar.full_clean()
        calendar.save()
    there = {moment_of(event): event.pk for event in calendar.events.all()}
    wanted = dict.fromkeys(draft.moments)
    gone = [pk for moment, pk in there.items() if moment not in wanted]
    new = [moment for moment in wanted if moment not in there]
    PartnerEvent.objects.filter(pk__in=gone).delete()
    PartnerEvent.objects.bulk_create(
        PartnerEvent(
            calendar=calendar,
            uid=moment.uid,
            title=moment.title,
            starts_at=moment.starts_at,
            ends_at=moment.ends_at,
            place=moment.place,
        )
        for moment in new
    )
    imported = Imported(calendar, added=len(new), removed=len(gone))
    if known and not imported.is_same:
        calendar.imported_at, calendar.imported_by = at, by
        calendar.save(update_fields=["imported_at", "imported_by"])
    if not known or not imported.is_same:
        record("import", calendar, by=by, at=at, added=imported.added, removed=imported.removed)
    return imported


def moment_of(event: PartnerEvent) -> PartnerMoment:
    """Return a row as the file told it."""
    return PartnerMoment(
        starts_at=event.starts_at, ends_at=event.ends_at, uid=event.uid, title=event.title, place=event.place
    )


@transaction.atomic
def remove_calendar(calendar: PartnerCalendar, *, by: User, at: datetime) -> None:
    """Forget the calendar of a partner and all it held."""
    record("remove", calendar, by=by, at=at)
    calendar.delete()


@transaction.atomic
def add_election_day(name: str, *, day: date, by: User, at: datetime) -> ElectionDay:
    """Say that the French vote on a day. ValidationError for a day that is there already."""
    if ElectionDay.objects.filter(day=day).exists():
        raise ValidationError({"day": _("This day is in the list already.")})
    election = ElectionDay(day=day, name=name.strip())
    election.full_clean()
    election.save()
    record("create", election, by=by, at=at)
    return election


@transaction.atomic
def remove_election_day(election: ElectionDay, *, by: User, at: datetime) -> None:
    """Take a day of election out of the list."""
    record("remove", election, by=by, at=at)
    election.delete()


@transaction.atomic
def load_election_days(*, at: datetime) -> None:
    """Put the days of elections that are known for certain into the list; those that are there stay as they are."""
    there = set(ElectionDay.objects.values_list("day", flat=True))
    for day, name in election_days().items():
        if day not in there:
            record("load", ElectionDay.objects.create(day=day, name=name), by=None, at=at)
