"""On the day: who comes, by the door or from a telephone that was offline, and who did not.

What is said of a booking is kept word by word (``CheckIn``); the booking holds what they make together. So the same
word received twice, or two telephones that meet the same person, are one arrival: the earlier.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.places.arrivals import Said, adds_to, settled, standing
from creasol.places.enums import BookingState, CheckInKind, CheckInOutcome, OfferState, Origin
from creasol.places.models import Booking, CheckIn, Occasion, Registration, Slot
from creasol.places.queries.check_in import (
    COMING,
    HOPING,
    booking_at,
    booking_checked_in,
    registration_of_ticket,
    registrations_at,
)
from creasol.places.queries.registrations import bookings_of
from creasol.places.tickets import token_in

from .bookings import bring, close_offer, drop, grant, lock_slots, make_room
from .registrations import SECRET_BYTES


@dataclass(frozen=True, kw_only=True)
class Word:
    """Something said at the door: by whom, on which telephone, under which key, when, and when it was received."""

    key: UUID
    by: User
    at: datetime
    received_at: datetime
    device: str = ""

    @property
    def moment(self) -> datetime:
        """When it was said; the clock of a telephone that is ahead counts for nothing."""
        return min(self.at, self.received_at)


@dataclass(frozen=True, kw_only=True)
class CheckInDraft:
    """A word and whom it is about: a booking, a registration, a ticket, or what was said before under another key."""

    kind: CheckInKind
    word: Word
    slot: Slot
    booking: int | None = None
    registration: int | None = None
    ticket: str = ""
    of: UUID | None = None
    arrived: int | None = None
    first_name: str = ""
    size: int = 1


@dataclass(frozen=True)
class CheckInAnswer:
    """What is answered: the outcome, whose booking it is, since when and how many are there, who noted it first."""

    outcome: CheckInOutcome
    booking: Booking | None = None
    at: datetime | None = None
    arrived: int = 0
    by: str = ""


def take_in(draft: CheckInDraft, *, occasion: Occasion) -> CheckInAnswer:
    """Do what a word says; what is wrong with it is an answer, never an error: telephones send many at once."""
    try:
        return take_in_once(draft, occasion=occasion)
    except ValidationError:
        return CheckInAnswer(CheckInOutcome.REFUSED)
    except IntegrityError:  # the same word was being received beside this one
        return answered(draft.word, occasion) or CheckInAnswer(CheckInOutcome.REFUSED)


@transaction.atomic
def take_in_once(draft: CheckInDraft, *, occasion: Occasion) -> CheckInAnswer:
    """Find whom a word is about, and do what it says."""
    if known := answered(draft.word, occasion):
        return known
    if draft.kind == CheckInKind.WALK_IN:
        return walk_in(
            occasion, slot=draft.slot, first_name=draft.first_name, size=draft.size, word=draft.word
        )
    booking, registration = subject_of(draft, occasion)
    if draft.kind == CheckInKind.ADMIT and registration:
        return admit(registration, slot=draft.slot, size=draft.size, word=draft.word)
    if booking is None:
        return CheckInAnswer(CheckInOutcome.ELSEWHERE if registration else CheckInOutcome.UNKNOWN)
    if draft.kind == CheckInKind.UNDO:
        return undo_check_in(booking, word=draft.word)
    return check_in(booking, arrived=draft.arrived, word=draft.word)


def subject_of(draft: CheckInDraft, occasion: Occasion) -> tuple[Booking | None, Registration | None]:
    """Return the booking, and the registration, that a word is about; None for what is not of this occasion."""
    if draft.booking or draft.of:
        known = bookings_of(occasion)
        booking = (
            known.filter(pk=draft.booking) if draft.booking else known.filter(check_ins__key=draft.of)
        ).first()
        return booking, booking.registration if booking else None
    if draft.registration:
        registration = registrations_at(occasion).filter(pk=draft.registration).first()
    else:
        registration = registration_of_ticket(token_in(draft.ticket), occasion)
    return (booking_at(draft.slot, registration) if registration else None), registration


@transaction.atomic
def check_in(booking: Booking, *, arrived: int | None = None, word: Word) -> CheckInAnswer:
    """Note that people of a booking came: all of them, or ``arrived`` of them, completed later by saying more.

    The earliest word wins; a later one changes nothing and is answered with the time of the first. Who waits or has
    cancelled is answered so and not let in: see ``admit``.
    """
    _slot, booking = locked(booking)
    if known := answered(word, booking.slot.occasion):
        return known
    if booking.state not in COMING:
        return CheckInAnswer(outcome_without_a_place(booking), booking)
    return note(booking, arrived=min(arrived or booking.size, booking.size), word=word)


@transaction.atomic
def undo_check_in(booking: Booking, *, word: Word) -> CheckInAnswer:
    """Take back the arrivals of a booking said until now; somebody who had come without a place gives it back."""
    slot, booking = locked(booking)
    if known := answered(word, booking.slot.occasion):
        return known
    if booking.state not in COMING:
        return CheckInAnswer(outcome_without_a_place(booking), booking)
    answer = note(booking, arrived=0, word=word)
    if booking.state == BookingState.CONFIRMED and booking.check_ins.filter(seats=True).exists():
        drop([booking], {slot.pk: slot}, to=BookingState.CANCELLED, at=word.received_at)
    return answer


@transaction.atomic
def walk_in(occasion: Occasion, *, slot: Slot, first_name: str, size: int = 1, word: Word) -> CheckInAnswer:
    """Let in somebody who did not register, of whom only a first name is asked.

    Beyond the capacity it is an override, written in the journal. The same key twice is one person. ValidationError
    without a first name, or for a slot of another occasion.
    """
    slot = lock_slots([slot.pk])[slot.pk]
    if known := answered(word, occasion):
        return known
    if slot.occasion_id != occasion.pk:
        raise ValidationError(_("This slot is not part of this occasion."))
    if not first_name.strip():
        raise ValidationError(_("Give a first name."))
    registration = Registration(
        occasion=occasion,
        code=secrets.token_urlsafe(SECRET_BYTES),
        ticket=secrets.token_urlsafe(SECRET_BYTES),
        first_name=first_name.strip(),
        origin=Origin.WALK_IN,
        registered_at=word.received_at,
    )
    registration.full_clean(exclude=["request_key"])
    registration.save()
    booking = seat(registration, slot, size=size, word=word)
    record("walk-in", registration, by=word.by, at=word.received_at)
    return note(booking, arrived=booking.size, seats=True, word=word)


@transaction.atomic
def admit(registration: Registration, *, slot: Slot, size: int = 1, word: Word) -> CheckInAnswer:
    """Let in somebody known who has no place: who waits, cancelled, or registered for something else that day.

    Beyond the capacity it is an override, written in the journal. Who has a place is simply checked in.
    """
    slot = lock_slots([slot.pk])[slot.pk]
    if known := answered(word, slot.occasion):
        return known
    booking = booking_at(slot, registration)
    seats = booking is None or booking.state not in COMING
    if booking is not None and booking.state in HOPING:
        take_from_the_list(booking, slot, word=word)
    elif seats:
        booking = seat(registration, slot, size=booking.size if booking else size, word=word)
    return note(booking, arrived=booking.size, seats=seats, word=word)


@transaction.atomic
def close_attendance(occasion: Occasion, *, by: User | None, at: datetime) -> int:
    """Mark as absent those who had a place and did not come; return how many bookings.

    Where nobody at all was checked in, attendance was not taken: nothing is said of anyone. A telephone that was
    offline may still tell later that somebody came. ValidationError before the end.
    """
    if at < occasion.ends_at:
        raise ValidationError(_("It is not over yet."))
    slots = lock_slots(list(occasion.slots.values_list("pk", flat=True)))
    taken = set(
        Booking.objects.filter(slot__in=slots, state=BookingState.PRESENT).values_list("slot", flat=True)
    )
    missing = Booking.objects.filter(slot__in=taken, state=BookingState.CONFIRMED)
    count = missing.update(state=BookingState.ABSENT, changed_at=at)
    if count:
        record("close", occasion, by=by, at=at, absent=count)
    return count


def locked(booking: Booking) -> tuple[Slot, Booking]:
    """Lock the slot of a booking; return it with the booking as it now is."""
    slot = lock_slots([booking.slot_id])[booking.slot_id]
    return slot, Booking.objects.select_related("registration", "slot__occasion").get(pk=booking.pk)


def answered(word: Word, occasion: Occasion) -> CheckInAnswer | None:
    """Return the answer to a word that was received before: the telephone did not hear it."""
    booking = booking_checked_in(word.key, occasion)
    return answer_to(booking, word.key) if booking else None


def note(booking: Booking, *, arrived: int, seats: bool = False, word: Word) -> CheckInAnswer:
    """Keep a word about a booking of a locked slot, and bring the booking to what all words make together."""
    before = (booking.state, booking.arrived_at, booking.arrived)
    CheckIn.objects.create(
        booking=booking,
        key=word.key,
        arrived=arrived,
        seats=seats,
        at=word.moment,
        received_at=word.received_at,
        device=word.device,
        by=word.by,
    )
    arrival = settled(said_of(booking))
    if arrival and booking.state != BookingState.PRESENT:
        bring(booking, BookingState.PRESENT, at=word.received_at)
    elif not arrival and booking.state == BookingState.PRESENT:
        bring(booking, BookingState.CONFIRMED, at=word.received_at)
    booking.arrived_at = arrival.at if arrival else None
    booking.arrived = arrival.arrived if arrival else 0
    booking.save(update_fields=["arrived_at", "arrived"])
    if (booking.state, booking.arrived_at, booking.arrived) != before:
        verb = "check-in" if arrived else "undo"
        record(verb, booking.registration, by=word.by, at=word.received_at)
    return answer_to(booking, word.key)


def said_of(booking: Booking) -> list[Said]:
    """Return all that was said of a booking; an arrival of which no word was kept counts as the first."""
    said = [Said(at=one.at, number=one.pk, arrived=one.arrived) for one in booking.check_ins.all()]
    noted = booking.check_ins.filter(arrived__gt=0, at=booking.arrived_at).exists()
    if booking.state == BookingState.PRESENT and booking.arrived_at and not noted:
        said.append(Said(at=booking.arrived_at, number=0, arrived=booking.arrived or booking.size))
    return said


def answer_to(booking: Booking, key: UUID) -> CheckInAnswer:
    """Return the answer to a word that is kept, as things stand now."""
    said = said_of(booking)
    arrival = settled(said)
    if arrival is None:
        return CheckInAnswer(CheckInOutcome.UNDONE, booking)
    words = {one.pk: one for one in booking.check_ins.select_related("by")}
    own = next(one for one in said if one.number in words and words[one.number].key == key)
    if own not in standing(said):
        outcome = CheckInOutcome.UNDONE
    elif own.number == arrival.number:
        outcome = CheckInOutcome.WELCOME
    else:
        outcome = CheckInOutcome.COMPLETED if adds_to(own, said) else CheckInOutcome.ALREADY
    first = words.get(arrival.number)
    by = str(first.by) if first and first.by else ""
    return CheckInAnswer(outcome, booking, at=arrival.at, arrived=arrival.arrived, by=by)


def outcome_without_a_place(booking: Booking) -> CheckInOutcome:
    """Return what is answered to somebody who waits, or whose booking came to nothing."""
    return CheckInOutcome.WAITING if booking.state in HOPING else CheckInOutcome.CANCELLED


def seat(registration: Registration, slot: Slot, *, size: int, word: Word) -> Booking:
    """Give places of a locked slot on the spot, beyond its capacity if need be."""
    booking = Booking(
        registration=registration,
        slot=slot,
        size=size,
        state=BookingState.CONFIRMED,
        changed_at=word.received_at,
    )
    booking.full_clean()
    make_way(slot, size=size, word=word)
    booking.save()
    return booking


def take_from_the_list(booking: Booking, slot: Slot, *, word: Word) -> None:
    """Give a place to somebody who waits in a locked slot, or who did not answer the offer yet."""
    if booking.state == BookingState.WAITING:
        make_way(slot, size=booking.size, word=word)
    for offer in booking.offers.filter(state=OfferState.OPEN):
        close_offer(offer, OfferState.ACCEPTED, at=word.received_at)
    bring(booking, BookingState.CONFIRMED, at=word.received_at)


def make_way(slot: Slot, *, size: int, word: Word) -> None:
    """Take places of a locked slot, beyond the capacity if need be: the journal then says how many."""
    if slot.capacity is None:
        return
    beyond = make_room(slot, size=size)
    grant(slot, size=size)
    if beyond:
        reason = pgettext("reason", "on the spot")
        record(
            "let-in",
            slot.occasion,
            by=word.by,
            at=word.received_at,
            beyond=beyond,
            places=size,
            reason=reason,
        )
