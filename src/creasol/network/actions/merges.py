"""Two entries of one organisation made one, and parted again exactly as they were.

The entry absorbed stays, unseen, with its address, which leads to the one kept. What pointed at it follows, and is
remembered row by row, so that undoing brings each back. No official number is lost: when the entry kept takes that of
the other they swap, and the register finds the organisation under both.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.network.enums import OriginKind
from creasol.network.fields import MERGED, NUMBERS, TRACKED, WITH_ADDRESS, set_stored, stored_value
from creasol.network.models import Distinction, FieldOrigin, Mandate, Merge, Organisation
from creasol.network.signals import organisations_merged, organisations_parted

from .organisations import said_by, write_words
from .origins import store_origins


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, absorbed: Organisation, taken: Collection[str] = (), by: User | None, at: datetime
) -> Merge:
    """Make one entry of two: ``kept`` stays, with the fields named in ``taken`` as ``absorbed`` has them.

    ValidationError when one of them was merged meanwhile, when they are one and the same, or when only one is made
    up.
    """
    kept, absorbed = both_held(kept, absorbed)
    refuse_merge(kept, absorbed)
    taken = [field for field in MERGED if field in taken]
    written = [*taken, *(WITH_ADDRESS if "address" in taken else ())]
    before = {
        "kept": {field: stored_value(kept, field) for field in written},
        "absorbed": {field: stored_value(absorbed, field) for field in (*NUMBERS, "listed")},
        "origins": {origin.field: as_stored(origin) for origin in kept.origins.filter(field__in=taken)},
    }
    for field in written:
        value = stored_value(absorbed, field)
        if field in NUMBERS:
            set_stored(absorbed, field, stored_value(kept, field))
        set_stored(kept, field, value)
    absorbed.listed, absorbed.merged_into = False, kept
    save_both(kept, absorbed)
    take_origins(kept, absorbed, taken, by=by, at=at)
    merge = Merge(kept=kept, absorbed=absorbed, at=at, by=by)
    merge.before = before | {
        "after": {field: stored_value(kept, field) for field in written},
        "moved": {rows.model._meta.label: hand_over(rows, to=kept) for rows in pointing_at(kept, absorbed)},  # noqa: SLF001
    }
    merge.full_clean()
    merge.save()
    record("merge", kept, by=by, at=at, absorbed=absorbed.name)
    record("merge", absorbed, by=by, at=at, kept=kept.name)
    return merge


@transaction.atomic
def part_organisations(merge: Merge, *, by: User | None, at: datetime) -> None:
    """Undo a merge: both entries, their origins and all that followed are as they were before it.

    What people revised since on the entry kept stays. ValidationError when it is undone already, when a later merge
    of the same entry must be undone first, or when another organisation has taken a number meanwhile.
    """
    kept, absorbed = both_held(merge.kept, merge.absorbed)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    refuse_parting(merge, kept)
    before = merge.before
    restored = [field for field, value in before["after"].items() if stored_value(kept, field) == value]
    for field in restored:
        set_stored(kept, field, before["kept"][field])
    for field, value in before["absorbed"].items():
        set_stored(absorbed, field, value)
    absorbed.merged_into = None
    save_both(kept, absorbed)
    give_origins_back(kept, restored, before["origins"])
    for label, rows in before["moved"].items():
        followed = apps.get_model(label)._default_manager.filter(pk__in=rows, organisation=kept)  # noqa: SLF001
        followed.update(organisation=absorbed)
    merge.undone_at = at
    merge.full_clean()
    merge.save()
    organisations_parted.send(sender=Organisation, kept=kept, absorbed=absorbed)
    record("part", kept, by=by, at=at, absorbed=absorbed.name)
    record("part", absorbed, by=by, at=at, kept=kept.name)


@transaction.atomic
def distinguish(*, one: Organisation, other: Organisation, by: User, at: datetime) -> Distinction:
    """Write down that two entries that resemble each other are two organisations: nobody is asked again."""
    if one.pk == other.pk:
        raise ValidationError(_("An entry cannot be told apart from itself."))
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    distinction, created = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "at": at}
    )
    if created:
        record("distinguish", first, by=by, at=at, other=second.name)
    return distinction


def both_held(kept: Organisation, absorbed: Organisation) -> tuple[Organisation, Organisation]:
    """Return both entries as they stand, held until the end of the transaction, always in the same order."""
    pks = {kept.pk, absorbed.pk}
    rows = {
        row.pk: row for row in Organisation.everything.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    return rows[kept.pk], rows[absorbed.pk]


def refuse_merge(kept: Organisation, absorbed: Organisation) -> None:
    """Raise ValidationError unless these are two standing entries, both real or both made up."""
    if kept.pk == absorbed.pk:
        raise ValidationError(_("An entry cannot be merged into itself."))
    for organisation in (kept, absorbed):
        if organisation.merged_into_id is not None:
            raise ValidationError(
                _("%(organisation)s was merged into another entry meanwhile.")
                % {"organisation": organisation}
            )
    if kept.is_example != absorbed.is_example:
        raise ValidationError(_("A real organisation and a made-up one cannot be merged."))


def refuse_parting(merge: Merge, kept: Organisation) -> None:
    """Raise ValidationError unless this merge is the last one done with the entry kept."""
    if merge.undone_at is not None:
        raise ValidationError(_("This merge is already undone."))
    later = (
        Merge.objects.filter(undone_at=None, pk__gt=merge.pk).filter(Q(kept=kept) | Q(absorbed=kept)).first()
    )
    if later is not None:
        raise ValidationError(
            _("Undo the later merge first: %(absorbed)s into %(kept)s.")
            % {"absorbed": later.absorbed, "kept": later.kept}
        )


def save_both(kept: Organisation, absorbed: Organisation) -> None:
    """Check and store both; their numbers may swap, so that one lets go of its own first."""
    Organisation.everything.filter(pk=absorbed.pk).update(**dict.fromkeys(NUMBERS))
    write_words(kept)
    for organisation in (kept, absorbed):
        organisation.full_clean()
        organisation.save()


def pointing_at(kept: Organisation, absorbed: Organisation) -> list[QuerySet]:
    """Return the rows that follow a merge: mandates, unless the person speaks for both, and those above."""
    for_both = Mandate.objects.filter(organisation=kept, ends_on=None).values("person")
    mandates = Mandate.objects.filter(organisation=absorbed).exclude(ends_on=None, person__in=for_both)
    answers = organisations_merged.send(sender=Organisation, kept=kept, absorbed=absorbed)
    return [mandates, *(rows for _receiver, rows in answers if rows is not None)]


def hand_over(rows: QuerySet, *, to: Organisation) -> list[int]:
    """Let rows point at another organisation; return their numbers."""
    numbers = sorted(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=numbers).update(organisation=to)  # noqa: SLF001
    return numbers


def take_origins(
    kept: Organisation, absorbed: Organisation, taken: Collection[str], *, by: User | None, at: datetime
) -> None:
    """Give ``kept`` the origins of the fields it took; one that had none comes from the other entry."""
    fields = [field for field in TRACKED if field in taken]
    known = {origin.field: origin for origin in absorbed.origins.filter(field__in=fields)}
    unknown = said_by(by, at=at, kind=OriginKind.MERGE)
    copies = []
    for field in fields:
        origin = known.get(field) or unknown.of(absorbed, field)
        origin.pk, origin.organisation = None, kept
        origin.source = origin.source or (absorbed.name[:120] if origin.kind == OriginKind.MERGE else "")
        copies.append(origin)
    store_origins(copies)


def give_origins_back(
    kept: Organisation, fields: Collection[str], origins: dict[str, dict[str, Any]]
) -> None:
    """Put the former origins of ``fields`` in their place again."""
    kept.origins.filter(field__in=fields).exclude(field__in=origins).delete()
    store_origins(from_stored(kept, field, origins[field]) for field in fields if field in origins)


def as_stored(origin: FieldOrigin) -> dict[str, Any]:
    """Return an origin as JSON keeps it."""
    return {
        "kind": origin.kind,
        "source": origin.source,
        "verified_on": origin.verified_on.isoformat(),
        "verified_by": origin.verified_by_id,
        "confirmed": origin.confirmed,
    }


def from_stored(organisation: Organisation, field: str, stored: dict[str, Any]) -> FieldOrigin:
    """Return an origin from what JSON kept; an account erased since is not named."""
    return FieldOrigin(
        organisation=organisation,
        field=field,
        kind=stored["kind"],
        source=stored["source"],
        verified_on=parse_date(stored["verified_on"]),
        verified_by=User.objects.filter(pk=stored["verified_by"]).first(),
        confirmed=stored["confirmed"],
    )
