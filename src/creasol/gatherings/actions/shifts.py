"""Volunteer shifts: a role, some hours, so many people."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.dates import local
from creasol.gatherings.models import Gathering
from creasol.journal.actions import record
from creasol.places.actions.bookings import set_capacity, set_hours
from creasol.places.enums import SlotKind
from creasol.places.models import Slot

from .workshops import PLACE, locked, remove_slot


@dataclass(frozen=True, kw_only=True)
class ShiftDraft:
    """What is to be done, when, and by how many people."""

    role: str
    starts_at: datetime
    ends_at: datetime
    needed: int


@transaction.atomic
def add_shift(draft: ShiftDraft, *, gathering: Gathering, by: User | None, at: datetime) -> Slot:
    """Add a volunteer shift, at any hour of the days of a gathering: one sets up before, one clears up after."""
    slot = Slot(occasion=gathering.occasion, kind=SlotKind.SHIFT, capacity=draft.needed, ceiling=draft.needed)
    write_shift(slot, draft)
    record("create", slot, by=by, at=at)
    return slot


@transaction.atomic
def revise_shift(slot: Slot, draft: ShiftDraft, *, by: User, at: datetime) -> None:
    """Change a shift; nobody is sent away when fewer people are needed."""
    slot = locked(slot)
    write_shift(slot, draft)
    set_hours(slot, starts_at=draft.starts_at, ends_at=draft.ends_at, by=by, at=at)
    if slot.capacity != draft.needed:
        set_capacity(slot, capacity=draft.needed, by=by, at=at)
    record("revise", slot, by=by, at=at)


@transaction.atomic
def remove_shift(slot: Slot, *, by: User, at: datetime) -> None:
    """Take a shift away; ValidationError when people registered for it."""
    remove_slot(slot, what=slot, by=by, at=at)


def write_shift(slot: Slot, draft: ShiftDraft) -> None:
    """Write the draft into the slot of a shift; ValidationError on another day than those of the gathering."""
    whole = slot.occasion
    slot.name, slot.starts_at, slot.ends_at = draft.role.strip(), draft.starts_at, draft.ends_at
    if not draft.needed:
        raise ValidationError(_("Say how many people are needed: one at least."))
    if slot.ends_at <= slot.starts_at:
        raise ValidationError(_("It ends before it starts."))
    first, last = local(whole.starts_at).date(), local(whole.ends_at).date()
    if not first <= local(slot.starts_at).date() <= local(slot.ends_at).date() <= last:
        raise ValidationError(_("The gathering does not take place that day."))
    slot.full_clean()
    slot.save(update_fields=PLACE if slot.pk else None)
