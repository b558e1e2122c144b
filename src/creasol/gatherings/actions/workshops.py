"""The workshops, stands and debates of a gathering, each with its slot: where, when, for how many, held by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from creasol.accounts.models import User
from creasol.foundation.dates import moment
from creasol.gatherings.enums import WorkshopKind
from creasol.gatherings.models import Gathering, Host, Strand, Workshop
from creasol.journal.actions import record
from creasol.network.models import Organisation
from creasol.places.actions.bookings import set_capacity, set_hours
from creasol.places.enums import LIVE, SlotKind
from creasol.places.models import Room, Slot

PLACE = ("name", "room")
"""What is written here of a slot that exists: its hours and its places are written with the offers made of them."""


@dataclass(frozen=True, kw_only=True)
class WorkshopDraft:
    """What takes place: without hours, all along; without a capacity, nobody has to register."""

    name: str
    kind: WorkshopKind = WorkshopKind.WORKSHOP
    strand: Strand | None = None
    room: Room | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int | None = None
    description: str = ""
    hosts: tuple[Organisation, ...] = ()


@transaction.atomic
def add_workshop(draft: WorkshopDraft, *, gathering: Gathering, by: User | None, at: datetime) -> Workshop:
    """Add a workshop to a gathering; ValidationError outside of the gathering's hours, or for a strand of another."""
    slot = Slot(
        occasion=gathering.occasion,
        kind=SlotKind.WORKSHOP,
        capacity=draft.capacity,
        ceiling=draft.capacity or 0,
    )
    workshop = Workshop(gathering=gathering, slot=slot)
    write_workshop(workshop, draft)
    record("create", workshop, by=by, at=at)
    return workshop


@transaction.atomic
def revise_workshop(workshop: Workshop, draft: WorkshopDraft, *, by: User, at: datetime) -> int:
    """Change a workshop; return how many registrations are for other hours or another room than was said.

    Nobody is sent away when there are fewer places; more places are offered at once to those who wait.
    ValidationError as for adding, or for one that people registered for to need no registration any more.
    """
    slot = workshop.slot = locked(workshop.slot)
    before = (slot.room_id, slot.starts_at, slot.ends_at)
    write_workshop(workshop, draft)
    set_hours(slot, starts_at=draft.starts_at, ends_at=draft.ends_at, by=by, at=at)
    if draft.capacity != slot.capacity:
        set_capacity(slot, capacity=draft.capacity, by=by, at=at)
    record("revise", workshop, by=by, at=at)
    is_elsewhere = before != (slot.room_id, slot.starts_at, slot.ends_at)
    return slot.bookings.filter(state__in=LIVE).count() if is_elsewhere else 0


@transaction.atomic
def remove_workshop(workshop: Workshop, *, by: User, at: datetime) -> None:
    """Take a workshop away; ValidationError when people registered for it, or wish for it."""
    remove_slot(workshop.slot, what=workshop, by=by, at=at)


def remove_slot(slot: Slot, *, what: Workshop | Slot, by: User, at: datetime) -> None:
    """Delete a slot with what it is the slot of, unless somebody ever registered for it."""
    slot = locked(slot)
    if slot.bookings.exists() or slot.wishes.exists():
        raise ValidationError(
            _("People have registered for “%(name)s”, or wish for it: it can be changed, not taken away.")
            % {"name": slot.name}
        )
    record("remove", what, by=by, at=at)
    slot.delete()


def locked(slot: Slot) -> Slot:
    """Lock a slot in the caller's transaction; return it as it now is."""
    return Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)


def write_workshop(workshop: Workshop, draft: WorkshopDraft) -> None:
    """Write the draft into a workshop and its slot."""
    slot, gathering = workshop.slot, workshop.gathering
    slot.name, slot.room = draft.name.strip(), draft.room
    slot.starts_at, slot.ends_at = draft.starts_at, draft.ends_at
    if not slot.name:
        raise ValidationError(_("Give it a title."))
    check_hours(slot, gathering)
    if draft.strand and draft.strand.gathering_id != gathering.pk:
        raise ValidationError(pgettext("forum", "This axis or theme belongs to another gathering."))
    slot.full_clean()
    slot.save(update_fields=PLACE if slot.pk else None)
    workshop.slot, workshop.kind, workshop.strand = slot, draft.kind, draft.strand
    workshop.description = draft.description.strip()
    workshop.full_clean()
    workshop.save()
    write_hosts(workshop, draft.hosts)


def check_hours(slot: Slot, gathering: Gathering) -> None:
    """Raise ValidationError unless a slot lies within the hours of its gathering; both hours are given, or none."""
    whole = gathering.occasion
    if (slot.starts_at is None) != (slot.ends_at is None):
        raise ValidationError(
            _("Give the hour it starts and the hour it ends, or neither when it lasts all along.")
        )
    if slot.starts_at is None:
        return
    if slot.ends_at <= slot.starts_at:
        raise ValidationError(_("It ends before it starts."))
    if slot.starts_at < whole.starts_at or slot.ends_at > whole.ends_at:
        raise ValidationError(
            _("The gathering takes place %(moment)s: this is outside of its hours.")
            % {"moment": moment(whole.starts_at, whole.ends_at)}
        )


def write_hosts(workshop: Workshop, organisations: Iterable[Organisation]) -> None:
    """Let these organisations, in this order, be those that hold a workshop."""
    wanted = list(dict.fromkeys(organisations))
    known = [host.organisation for host in workshop.hosts.standing().order_by("id")]
    if known != wanted:
        workshop.hosts.all().delete()
        for organisation in wanted:
            Host.objects.create(gathering=workshop.gathering, workshop=workshop, organisation=organisation)
