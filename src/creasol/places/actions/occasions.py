"""What takes place on a date: opened, revised, moved, cancelled; the ways of entering and their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.network.models import Person
from creasol.places.alerts import ZONES
from creasol.places.enums import Audience, Mode, SlotKind
from creasol.places.models import Move, Occasion, Room, Slot
from creasol.places.queries.registrations import is_open
from creasol.places.signals import occasion_changed
from creasol.programmes.models import Programme

from .bookings import allot, lock_slots, set_capacity, shorten_offers


@dataclass(frozen=True, kw_only=True)
class OccasionDraft:
    """What an occasion says; ``entries``: the ways of entering, each with its places (None: nobody registers)."""

    title: str
    starts_at: datetime
    ends_at: datetime
    is_tentative: bool = False
    room: Room | None = None
    remote_link: str = ""
    audience: str = Audience.PUBLIC
    school_zones: str = ""
    practical: str = ""
    led_by: Sequence[Person] = ()
    entries: Mapping[str, int | None] | None = None


APART = {"led_by", "entries"}
WRITTEN = tuple(field.name for field in fields(OccasionDraft) if field.name not in APART)


@transaction.atomic
def open_occasion(
    draft: OccasionDraft,
    *,
    programme: Programme,
    page: str,
    by: User | None,
    at: datetime,
    is_example: bool = False,
) -> Occasion:
    """Open an occasion of a programme with its ways of entering; nobody registers before ``open_registration``.

    ``page`` is the path of its public page. ValidationError in the words of the fields.
    """
    occasion = Occasion(programme=programme, page=page, is_example=is_example)
    write_occasion(occasion, draft)
    record("plan", occasion, by=by, at=at)
    set_entries(occasion, entries=draft.entries or {Mode.ON_SITE: None}, by=by, at=at)
    return occasion


@transaction.atomic
def revise_occasion(occasion: Occasion, draft: OccasionDraft, *, by: User | None, at: datetime) -> None:
    """Change what an occasion says, dates included: for a date already announced there is ``move_occasion``.

    Its ways of entering stay when the draft names none. ValidationError in the words of the fields.
    """
    slots = lock_occasion(occasion)
    if draft.starts_at != occasion.starts_at:
        shift(occasion, slots, by_much=draft.starts_at - occasion.starts_at)
    write_occasion(occasion, draft)
    if draft.entries is not None:
        set_entries(occasion, entries=draft.entries, by=by, at=at)
    record("revise", occasion, by=by, at=at)
    occasion_changed.send(sender=Occasion, occasion=occasion, by=by, at=at)


@transaction.atomic
def open_registration(
    occasion: Occasion,
    *,
    opens_at: datetime,
    closes_at: datetime | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Let people register from ``opens_at`` to ``closes_at`` (None: the start). ValidationError for an empty window."""
    closes_at = closes_at or occasion.starts_at
    if closes_at > occasion.ends_at:
        raise ValidationError({"closes_at": _("Registration closes before the end at the latest.")})
    if opens_at >= closes_at:
        raise ValidationError({"opens_at": _("Registration opens before it closes.")})
    occasion.opens_at, occasion.closes_at = opens_at, closes_at
    occasion.save(update_fields=["opens_at", "closes_at"])
    record("revise", occasion, by=by, at=at)


@transaction.atomic
def move_occasion(
    occasion: Occasion,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: Room | None = None,
    is_tentative: bool = False,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Move:
    """Give an occasion another date, another room, or both (``room`` None: the same); return what was.

    Its parts, the close of registration and that of the wishes move along; a registration that is open stays so. No
    offer outlives the new start; whom an offer now reaches in time is made one. ValidationError for a date that is
    past, and when neither the date nor the room changes.
    """
    slots = lock_occasion(occasion)
    if occasion.cancelled_at:
        raise ValidationError(_("It is cancelled: it takes no new date."))
    was_open = is_open(occasion, at=at)
    dates = (starts_at, ends_at) != (occasion.starts_at, occasion.ends_at)
    if not dates and room in {None, occasion.room}:
        raise ValidationError(_("This is the date and the place it has already."))
    if dates and starts_at <= at:
        raise ValidationError({"starts_at": _("This date is past.")})
    move = Move.objects.create(
        occasion=occasion,
        version=occasion.version + 1,
        previous_starts_at=occasion.starts_at,
        previous_ends_at=occasion.ends_at,
        reason=reason.strip(),
        at=at,
        by=by,
    )
    shift(occasion, slots, by_much=starts_at - occasion.starts_at)
    occasion.starts_at, occasion.ends_at, occasion.is_tentative = starts_at, ends_at, is_tentative
    if was_open and not is_open(occasion, at=at):
        occasion.closes_at = starts_at
    occasion.room = room or occasion.room
    occasion.version = move.version
    occasion.full_clean()
    occasion.save()
    record("move", occasion, by=by, at=at)
    occasion_changed.send(sender=Occasion, occasion=occasion, by=by, at=at)
    for slot in slots.values():
        allot(slot, at=at)
    return move


@transaction.atomic
def cancel_occasion(occasion: Occasion, *, by: User | None, at: datetime) -> None:
    """Say that an occasion does not take place; nobody registers any more. ValidationError when it is said already."""
    lock_occasion(occasion)
    if occasion.cancelled_at:
        raise ValidationError(_("It is cancelled already."))
    occasion.cancelled_at = at
    occasion.save(update_fields=["cancelled_at"])
    record("cancel", occasion, by=by, at=at)
    occasion_changed.send(sender=Occasion, occasion=occasion, by=by, at=at)


@transaction.atomic
def set_entries(
    occasion: Occasion, *, entries: Mapping[str, int | None], by: User | None, at: datetime
) -> None:
    """Say how one takes part (on site, remotely, both) and with how many places each.

    ValidationError when there is none, and when one that people booked would go.
    """
    if not entries:
        raise ValidationError(_("Say how one takes part: on site, remotely or both."))
    known = {slot.mode: slot for slot in occasion.slots.filter(kind=SlotKind.ENTRY).order_by("-id")}
    for mode, slot in known.items():
        if mode not in entries:
            if slot.bookings.exists():
                raise ValidationError(
                    _("People have registered “%(mode)s”: it cannot be taken away.")
                    % {"mode": Mode(mode).label}
                )
            slot.delete()
    for position, (mode, capacity) in enumerate(entries.items()):
        if mode not in known:
            slot = Slot(
                occasion=occasion, mode=mode, position=position, capacity=capacity, ceiling=capacity or 0
            )
            slot.full_clean()
            slot.save()
            record("resize", occasion, by=by, at=at)
        elif known[mode].capacity != capacity:
            set_capacity(known[mode], capacity=capacity, by=by, at=at)


@transaction.atomic
def set_waiting_rules(
    occasion: Occasion, *, offer_hours: int, small_groups_pass: bool, by: User, at: datetime
) -> None:
    """Say how many hours an offered place is kept, and whether smaller groups may pass before a larger one.

    Offers already made keep their hour; what is free and may now go to somebody is offered at once. ValidationError
    in the words of the fields.
    """
    slots = lock_occasion(occasion)
    occasion.offer_hours, occasion.small_groups_pass = offer_hours, small_groups_pass
    occasion.full_clean()
    occasion.save(update_fields=["offer_hours", "small_groups_pass"])
    for slot in slots.values():
        allot(slot, at=at)
    record("revise", occasion, by=by, at=at)


def lock_occasion(occasion: Occasion) -> dict[int, Slot]:
    """Lock the slots of an occasion, then the occasion, in the caller's transaction; read it as it now is.

    In this order, and leaving its key free: whoever registers holds slots, and the database then looks at the occasion.
    """
    slots = lock_slots(list(occasion.slots.values_list("pk", flat=True)))
    occasion.refresh_from_db(from_queryset=Occasion.objects.select_for_update(no_key=True))
    for slot in slots.values():
        slot.occasion = occasion
    return slots


def write_occasion(occasion: Occasion, draft: OccasionDraft) -> None:
    """Write the draft into the occasion, entries aside; ValidationError in the words of the fields."""
    for name in WRITTEN:
        value = getattr(draft, name)
        setattr(occasion, name, value.strip() if isinstance(value, str) else value)
    if set(occasion.school_zones) - set(ZONES):
        raise ValidationError({"school_zones": _("The zones are A, B and C.")})
    occasion.full_clean()
    occasion.save()
    occasion.led_by.set(draft.led_by)


def shift(occasion: Occasion, slots: Mapping[int, Slot], *, by_much: timedelta) -> None:
    """Move the locked slots that have hours of their own, the close of registration and that of the wishes along."""
    for slot in slots.values():
        if slot.starts_at:
            slot.starts_at += by_much
            slot.ends_at += by_much
            slot.save(update_fields=["starts_at", "ends_at"])
        shorten_offers(slot, until=slot.starts_at or occasion.starts_at + by_much)
    for name in ("closes_at", "wishes_until"):
        if moment := getattr(occasion, name):
            setattr(occasion, name, moment + by_much)
