"""At the door: who is expected, who came, whom a ticket names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from creasol.foundation.text import fold
from creasol.places.enums import BookingState, SlotKind
from creasol.places.models import Booking, Occasion, Registration, Slot
from creasol.places.tickets import fingerprint_of, ticket_of

COMING = (BookingState.CONFIRMED, BookingState.PRESENT, BookingState.ABSENT)
HOPING = (BookingState.OFFERED, BookingState.WAITING)
PREFERENCE = (BookingState.PRESENT, BookingState.CONFIRMED, BookingState.ABSENT, *HOPING)
ON_THE_PHONE = timedelta(hours=2)
"""How long after the end of an occasion a telephone keeps the list of its people."""


@dataclass(frozen=True)
class Person:
    """Somebody at the door of a slot; ``booking`` None when registered for something else of the same day.

    ``state`` is that of the booking, or "elsewhere".
    """

    registration: int
    booking: int | None
    slot: int
    name: str
    size: int
    organisation: str
    state: str
    arrived: int
    at: datetime | None
    ticket: str

    @property
    def actions(self) -> tuple[str, ...]:
        """What can be done: arrive (a group little by little), undo, or admit in spite of all."""
        if self.state == BookingState.PRESENT:
            return ("arrive", "undo") if self.arrived < self.size else ("undo",)
        if self.state in COMING:
            return ("arrive",)
        return ("admit",) if self.state else ("arrive", "undo", "admit")


NOBODY = Person(
    registration=0,
    booking=None,
    slot=0,
    name="",
    size=1,
    organisation="",
    state="",
    arrived=0,
    at=None,
    ticket="",
)
"""The pattern that a telephone fills for each person: everything can be done."""


@dataclass(frozen=True)
class Attendance:
    """A slot in numbers of people: who is there, who has a place and is there or not yet, how many places there are."""

    slot: Slot
    present: int
    expected: int

    @property
    def places(self) -> int | None:
        return self.slot.capacity


def ends_on_the_phone(occasion: Occasion) -> datetime:
    """Return when a telephone erases the list of people."""
    return occasion.ends_at + ON_THE_PHONE


def people_at(occasion: Occasion) -> list[Person]:
    """Return the people of every slot of an occasion, by first name; nobody whose name was erased."""
    slots = list(occasion.slots.all())
    registrations = registrations_at(occasion).select_related("organisation").prefetch_related("bookings")
    found = [person for one in registrations for slot in slots for person in as_persons(one, slot)]
    return sorted(found, key=lambda person: (fold(person.name), person.registration))


def as_persons(registration: Registration, slot: Slot) -> list[Person]:
    """Return what a registration is at the door of a slot: a line for each booking that matters.

    Who registered for the day is named at the door of a workshop too, not at an entry of another kind.
    """
    bookings = worth_showing(booking for booking in registration.bookings.all() if booking.slot_id == slot.pk)
    said = {
        "registration": registration.pk,
        "slot": slot.pk,
        "name": registration.first_name,
        "organisation": str(registration.organisation or registration.organisation_name),
        "ticket": fingerprint_of(registration.ticket),
    }
    if not bookings and slot.kind != SlotKind.ENTRY and registration.bookings.all():
        return [Person(booking=None, size=1, state="elsewhere", arrived=0, at=None, **said)]
    return [
        Person(
            booking=booking.pk,
            size=booking.size,
            state=booking.state,
            arrived=booking.arrived,
            at=booking.arrived_at,
            **said,
        )
        for booking in bookings
    ]


def worth_showing(bookings: Iterable[Booking]) -> list[Booking]:
    """Return the bookings of somebody who comes or hopes to; without any, the last that came to nothing."""
    every = sorted(bookings, key=lambda booking: booking.pk)
    return [booking for booking in every if booking.state in PREFERENCE] or every[-1:]


def people_called(occasion: Occasion, slot: Slot, words: str) -> list[Person]:
    """Return the people of a slot whose first name or organisation contains each of the words; all without words."""
    parts = fold(words).split()
    return [
        person
        for person in people_at(occasion)
        if person.slot == slot.pk
        and all(part in fold(f"{person.name} {person.organisation}") for part in parts)
    ]


def registrations_at(occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations of an occasion whose names are still known."""
    return Registration.objects.filter(occasion=occasion, forgotten_at=None)


def registration_of_ticket(token: str, occasion: Occasion | None = None) -> Registration | None:
    """Return whose ticket it is, for this occasion or for any.

    None when this site did not make it, or when it is worth nothing any more.
    """
    word = ticket_of(token)
    if not word:
        return None
    found = registrations_at(occasion) if occasion else Registration.objects.filter(forgotten_at=None)
    return found.select_related("occasion__programme").filter(ticket=word).first()


def booking_at(slot: Slot, registration: Registration) -> Booking | None:
    """Return the booking of a registration that counts at the door of a slot: of one who comes before one who waits."""
    bookings = Booking.objects.filter(slot=slot, registration=registration).order_by("-id")
    rank = {state: number for number, state in enumerate(PREFERENCE)}
    return min(bookings, key=lambda booking: rank.get(booking.state, len(rank)), default=None)


def booking_checked_in(key: UUID, occasion: Occasion) -> Booking | None:
    """Return the booking that a telephone spoke of under ``key``."""
    return Booking.objects.filter(slot__occasion=occasion, check_ins__key=key).first()


def attendance(occasion: Occasion) -> list[Attendance]:
    """Return how many people are expected and present in each slot."""
    coming = Q(bookings__state__in=COMING)
    slots = Slot.objects.filter(occasion=occasion).annotate(
        present_sum=Sum("bookings__arrived", filter=Q(bookings__state=BookingState.PRESENT), default=0),
        expected_sum=Sum("bookings__size", filter=coming, default=0),
    )
    return [Attendance(slot, present=slot.present_sum, expected=slot.expected_sum) for slot in slots]


def lines_to_sign(occasion: Occasion, slots: Collection[Slot]) -> dict[int, list[Person]]:
    """Return who has a place in each slot, by first name: the lines of the sign-in sheet."""
    people = [person for person in people_at(occasion) if person.state in COMING]
    return {slot.pk: [person for person in people if person.slot == slot.pk] for slot in slots}
