"""A registration: made, changed, cancelled. What is decided is decided within the request; mails follow."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.mailing.actions import withdraw_messages
from creasol.network.models import Organisation
from creasol.places.enums import LIVE, BookingState, Notice, Origin, SlotKind
from creasol.places.models import Booking, Occasion, Registration, Slot, Wish
from creasol.places.models.registrations import LARGEST_GROUP
from creasol.places.notifications import Registered, RegistrationCancelled, RegistrationRefused
from creasol.places.queries.mails import about, told_to
from creasol.places.queries.registrations import (
    is_beside_the_entry,
    is_open,
    occasion_with_place,
    workshops_are_booked,
)
from creasol.places.slot_times import overlapping

from .bookings import allot, book, drop, grant, lock_slots, release, tell
from .limits import refuse_flood, refuse_too_many
from .questions import save_answers

SECRET_BYTES = 12
PARTS = (SlotKind.WORKSHOP, SlotKind.SHIFT)


@dataclass(frozen=True, kw_only=True)
class RegistrationDraft:
    """Who registers and what they say; ``notice`` in hours, ``answers`` by question.

    ``wishes`` are ranks by slot, for ``wishing`` people.
    """

    first_name: str
    email: str = ""
    phone: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    access_needs: str = ""
    language: str = "fr"
    notice: int = Notice.TWO_HOURS
    may_split: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)
    wishes: Mapping[int, int] = field(default_factory=dict)
    wishing: int = 1


CONTACT = (
    "first_name", "email", "phone", "organisation", "organisation_name", "access_needs", "language", "notice",
    "may_split",
)  # fmt: skip


def register(
    draft: RegistrationDraft,
    *,
    occasion: Occasion,
    places: Mapping[int, int],
    request_key: str = "",
    origin: Origin = Origin.WEB,
    by: User | None = None,
    at: datetime,
) -> Registration:
    """Register somebody for slots of an occasion (slot id → number of places); return the registration.

    What is free is confirmed, the rest waits in its order; whoever waits for the entry chooses workshops later. The
    same form again (a double click, a reload, a retry: the same ``request_key``, of the same person) returns the
    registration made before. ValidationError when registration is not open (the team may register at any time), for
    slots that are not of this occasion or ask for no registration, or that overlap, and when too much is asked with one
    address (``limits``).
    """
    key = key_of(draft, occasion=occasion, request_key=request_key)
    try:
        return register_once(draft, occasion=occasion, places=places, key=key, origin=origin, by=by, at=at)
    except IntegrityError:
        if known := registered_by(key):
            return known
        raise


@transaction.atomic
def register_once(
    draft: RegistrationDraft,
    *,
    occasion: Occasion,
    places: Mapping[int, int],
    key: str | None,
    origin: Origin,
    by: User | None,
    at: datetime,
) -> Registration:
    """Register within one transaction; IntegrityError when the same request is being served beside it."""
    if known := registered_by(key):
        return known
    registration = Registration(
        occasion=occasion,
        code=secrets.token_urlsafe(SECRET_BYTES),
        ticket=secrets.token_urlsafe(SECRET_BYTES),
        request_key=key,
        origin=origin,
        registered_at=at,
    )
    write_contact(registration, draft)
    save_answers(registration, draft.answers)
    make_wishes(registration, draft.wishes, people=draft.wishing)
    if origin == Origin.WEB:
        refuse_too_many(registration)
    # everybody else waits from here on: what needs no lock is done
    slots = lock_slots(places.keys())
    occasion = occasion_with_place(occasion.pk)
    check_open(occasion, origin=origin, at=at)
    check_choice(occasion, slots, places, wished=draft.wishes)
    if origin == Origin.WEB:
        refuse_before_wishes(occasion, slots.values())
        refuse_flood(registration)
    entered = book_all(
        registration, [slot for slot in slots.values() if slot.kind == SlotKind.ENTRY], places, at=at
    )
    if entered:
        book_all(
            registration, [slot for slot in slots.values() if slot.kind != SlotKind.ENTRY], places, at=at
        )
    tell(registration, Registered, at=at, told=told_to(registration, occasion=occasion))
    record("register", registration, by=by, at=at)
    return registration


def key_of(draft: RegistrationDraft, *, occasion: Occasion, request_key: str) -> str | None:
    """Return by what the same form sent again is known; None without a key.

    Who steps back to the form on a computer that many use, and writes another name, is another person.
    """
    said = (str(occasion.pk), request_key, draft.email.strip().casefold(), draft.first_name.strip())
    return sha256("\n".join(said).encode()).hexdigest() if request_key else None


def registered_by(key: str | None) -> Registration | None:
    """Return what a form has already registered, if it has a key and did."""
    return Registration.objects.filter(request_key=key).first() if key else None


def check_open(occasion: Occasion, *, origin: Origin, at: datetime) -> None:
    """Raise ValidationError when nobody registers for it, or when it is for the team alone to do so."""
    if occasion.cancelled_at:
        raise ValidationError(_("It is cancelled: nobody registers any more."))
    if origin == Origin.WEB and not is_open(occasion, at=at):
        raise ValidationError(_("Registration is not open now."))


def check_choice(
    occasion: Occasion, slots: Mapping[int, Slot], places: Mapping[int, int], *, wished: Mapping[int, int]
) -> None:
    """Raise ValidationError unless these slots can be asked for together, each for a sensible number of people."""
    if not places and not wished:
        raise ValidationError(_("Choose what you would like to come to."))
    if set(slots) != set(places) or any(slot.occasion_id != occasion.pk for slot in slots.values()):
        raise ValidationError(_("What you chose is not part of this any more. Look at the page again."))
    if any(slot.capacity is None for slot in slots.values()):
        raise ValidationError(_("No registration is needed for this: just come."))
    if any(not 1 <= size <= LARGEST_GROUP for size in places.values()):
        raise ValidationError(
            ngettext("From 1 to %(most)d person.", "From 1 to %(most)d people.", LARGEST_GROUP)
            % {"most": LARGEST_GROUP}
        )
    if len([slot for slot in slots.values() if slot.kind == SlotKind.ENTRY]) > 1:
        raise ValidationError(_("Choose between coming and joining remotely."))
    refuse_overlaps(slot for slot in slots.values() if slot.kind in PARTS)


def refuse_before_wishes(occasion: Occasion, slots: Iterable[Slot]) -> None:
    """Raise ValidationError when workshops are asked for that those who wished are not given yet."""
    if not workshops_are_booked(occasion) and any(slot.kind == SlotKind.WORKSHOP for slot in slots):
        raise ValidationError(
            _("The places of the workshops are given to those who wished first: come back later.")
        )


def refuse_overlaps(slots: Iterable[Slot]) -> None:
    """Raise ValidationError naming the first two slots that overlap in time."""
    for one, other in overlapping(sorted(slots, key=lambda slot: slot.pk)):
        raise ValidationError(
            _("“%(one)s” and “%(other)s” take place at the same time: choose one of them.")
            % {"one": one, "other": other}
        )


def write_contact(registration: Registration, draft: RegistrationDraft) -> None:
    """Write who it is; ValidationError in the words of the fields."""
    for name in CONTACT:
        value = getattr(draft, name)
        setattr(registration, name, value.strip() if isinstance(value, str) else value)
    if not registration.first_name:
        raise ValidationError({"first_name": _("Give a first name.")})
    # what is checked here is what people wrote: secrets are random, and the tables know their own constraints
    registration.full_clean(exclude={"occasion"}, validate_unique=False, validate_constraints=False)
    registration.save()


def make_wishes(registration: Registration, ranks: Mapping[int, int], *, people: int) -> None:
    """Write what somebody would like, ranked; ValidationError when wishes are not asked for, or no workshop's."""
    if not ranks:
        return
    workshops = Slot.objects.filter(
        occasion=registration.occasion, kind=SlotKind.WORKSHOP, pk__in=ranks, capacity__isnull=False
    )
    if registration.occasion.wishes_until is None or workshops.count() != len(ranks):
        raise ValidationError(_("What you chose is not part of this any more. Look at the page again."))
    for slot, rank in ranks.items():
        wish = Wish(registration=registration, slot_id=slot, rank=rank, size=people)
        wish.full_clean()
        wish.save()


def book_all(
    registration: Registration, slots: list[Slot], places: Mapping[int, int], *, at: datetime
) -> bool:
    """Book each of the slots; return whether all are confirmed (so they are when there is none)."""
    bookings = [book(registration, slot, size=places[slot.pk], at=at) for slot in slots]
    return all(booking.state == BookingState.CONFIRMED for booking in bookings)


def lock_registration(registration: Registration) -> tuple[dict[int, Slot], list[Booking]]:
    """Lock the slots that a registration is for; return them, and the bookings that live, as they now are."""
    booked, wished = (
        rows.values_list("slot", flat=True) for rows in (registration.bookings, registration.wishes)
    )
    slots = lock_slots({*booked, *wished})
    return slots, list(registration.bookings.filter(state__in=LIVE).order_by("slot", "id"))


@transaction.atomic
def add_bookings(
    registration: Registration, *, places: Mapping[int, int], by: User | None = None, at: datetime
) -> None:
    """Choose more workshops or shifts; what was chosen already stays as it is.

    ValidationError as for registering, and while the entry is not confirmed.
    """
    booked = registration.bookings.filter(state__in=LIVE).values_list("slot", flat=True)
    slots = lock_slots({*places, *booked})
    occasion = occasion_with_place(registration.occasion_id)
    mine = list(registration.bookings.filter(state__in=LIVE).select_related("slot"))
    known = {booking.slot_id for booking in mine}
    wanted = {pk: size for pk, size in places.items() if pk not in known}
    if not wanted:
        return
    check_open(occasion, origin=Origin.STAFF if by else Origin.WEB, at=at)
    chosen = {pk: slots[pk] for pk in wanted if pk in slots}
    check_choice(occasion, chosen, wanted, wished={})
    if by is None:
        refuse_before_wishes(occasion, chosen.values())
        refuse_flood(registration)
    refuse_overlaps([*chosen.values(), *(booking.slot for booking in mine if booking.slot.kind in PARTS)])
    entries = [booking for booking in mine if booking.slot.kind == SlotKind.ENTRY]
    if any(slot.kind == SlotKind.ENTRY for slot in chosen.values()) and entries:
        raise ValidationError(_("Choose between coming and joining remotely."))
    if any(booking.state == BookingState.WAITING for booking in entries):
        raise ValidationError(_("You are on the waiting list: choose workshops once you have a place."))
    book_all(registration, list(chosen.values()), wanted, at=at)
    tell(registration, Registered, at=at)
    record("register", registration, by=by, at=at)


@transaction.atomic
def revise_registration(
    registration: Registration, draft: RegistrationDraft, *, by: User | None = None, at: datetime
) -> None:
    """Change who it is and what they say. ValidationError in the words of the fields.

    Another address counts as if one registered with it.
    """
    before = registration.email
    write_contact(registration, draft)
    if by is None and registration.email != before:
        refuse_too_many(registration)
        refuse_flood(registration)
    save_answers(registration, draft.answers)
    record("revise", registration, by=by, at=at)


@transaction.atomic
def change_registration(
    registration: Registration,
    draft: RegistrationDraft,
    *,
    entry: Booking | None,
    size: int | None,
    by: User | None = None,
    at: datetime,
) -> None:
    """Change who it is and, of ``entry`` if there is one, for how many (``size``): all of it, or nothing.

    ValidationError as for either.
    """
    if entry is not None and size is not None:
        resize_booking(entry, size=size, by=by, at=at)
    revise_registration(registration, draft, by=by, at=at)


@transaction.atomic
def resize_booking(booking: Booking, *, size: int, by: User | None = None, at: datetime) -> None:
    """Change for how many people it is: fewer gives places back at any time, more takes them if they are free.

    A group that waits and grows goes last. ValidationError to grow when registration is not open; NoPlaceLeft says how
    many are free.
    """
    slot = lock_slots([booking.slot_id])[booking.slot_id]
    booking = Booking.objects.select_related("registration__occasion").get(pk=booking.pk)
    more = size - booking.size
    if not more:
        return
    if more > 0:
        check_open(booking.registration.occasion, origin=Origin.STAFF if by else Origin.WEB, at=at)
    if booking.state not in {BookingState.CONFIRMED, BookingState.WAITING}:
        raise ValidationError(_("Answer the offer first."))
    if booking.state == BookingState.CONFIRMED and more > 0:
        grant(slot, size=more)
    elif booking.state == BookingState.CONFIRMED:
        release(slot, size=-more)
    elif more > 0:
        booking.waiting_since = at
    booking.size, booking.changed_at = size, at
    booking.full_clean()
    booking.save()
    allot(slot, at=at)
    record("revise", booking.registration, by=by, at=at)


@transaction.atomic
def cancel_booking(booking: Booking, *, by: User | None = None, at: datetime) -> None:
    """Give up one thing one registered for; giving up the entry gives up everything. ValidationError if it is over.

    What still waits at the entry, of a group of which some have a place, is given up alone.
    """
    if not is_beside_the_entry(booking):
        cancel_registration(booking.registration, by=by, at=at)
        return
    slots = lock_slots([booking.slot_id])
    drop([Booking.objects.get(pk=booking.pk)], slots, to=BookingState.CANCELLED, at=at)
    record("cancel", booking.registration, by=by, at=at)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None = None, at: datetime) -> None:
    """Cancel everything that is still live, offer the places to the next, withdraw the mails not sent yet.

    Nothing happens the second time. ValidationError once the person has come.
    """
    slots, bookings = lock_registration(registration)
    if any(booking.state == BookingState.PRESENT for booking in bookings):
        raise ValidationError(_("You were there: this cannot be cancelled any more."))
    wished, _rows = registration.wishes.all().delete()
    if not bookings and not wished:
        return
    drop(bookings, slots, to=BookingState.CANCELLED, at=at)
    withdraw_messages(about=about(registration.pk))
    tell(registration, RegistrationCancelled, at=at)
    record("cancel", registration, by=by, at=at)


@transaction.atomic
def refuse_registration(registration: Registration, *, reason: str, by: User, at: datetime) -> None:
    """Cancel a registration for the organisers, and tell the person why; ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError(_("Say why: the person reads it."))
    slots, bookings = lock_registration(registration)
    if not bookings and not registration.wishes.exists():
        raise ValidationError(_("This registration is cancelled already."))
    registration.wishes.all().delete()
    drop(bookings, slots, to=BookingState.REFUSED, at=at)
    withdraw_messages(about=about(registration.pk))
    tell(registration, RegistrationRefused, at=at, reason=reason.strip())
    record("refuse", registration, by=by, at=at)
