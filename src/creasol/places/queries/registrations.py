"""Registrations and bookings: who comes, who waits, what became of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from creasol.network.models import Organisation
from creasol.places.announcing import known_before
from creasol.places.enums import LIVE, BookingState, Mode, OfferState, SlotKind
from creasol.places.models import Booking, Move, Occasion, Offer, Registration, Slot, Wish
from creasol.places.slot_times import overlap


def registrations_for(organisation: Organisation) -> QuerySet[Registration]:
    """Return the registrations of people who come for an organisation."""
    return Registration.objects.filter(organisation=organisation)


def is_open(occasion: Occasion, *, at: datetime) -> bool:
    """Tell whether people may register by themselves now."""
    opened = occasion.opens_at is not None and occasion.opens_at <= at
    return opened and occasion.cancelled_at is None and at < (occasion.closes_at or occasion.starts_at)


def workshops_are_booked(occasion: Occasion) -> bool:
    """Tell whether workshops are booked at once: nobody was asked for wishes, or these have been given their places."""
    return occasion.wishes_until is None or occasion.wishes_given_at is not None


def wishes_are_open(occasion: Occasion, *, at: datetime) -> bool:
    """Tell whether people rank the workshops they would like now."""
    return occasion.wishes_until is not None and at < occasion.wishes_until


def occasion_with_place(pk: int) -> Occasion:
    """Return an occasion as it now is, with where it takes place; raise Occasion.DoesNotExist."""
    return Occasion.objects.select_related("room__venue__commune").get(pk=pk)


def occasion_to_register_for(pk: int) -> Occasion:
    """Return an occasion that is, or was, open to registration, with its slots; raise Occasion.DoesNotExist."""
    occasions = Occasion.objects.exclude(opens_at=None).select_related("room__venue__commune")
    return occasions.prefetch_related("slots", "questions").get(pk=pk)


def occasion_to_manage(pk: int) -> Occasion:
    """Return an occasion with its slots for the staff screens; raise Occasion.DoesNotExist."""
    occasions = Occasion.objects.select_related("room__venue__commune", "programme")
    return occasions.prefetch_related("slots__room").get(pk=pk)


@dataclass(frozen=True)
class Choice:
    """A slot that one may register for, and what somebody who asks now can expect."""

    slot: Slot
    waiting: int

    @property
    def is_full(self) -> bool:
        return bool(self.slot.is_full)


@dataclass(frozen=True)
class Choices:
    """What an occasion offers to register for: ways of entering, workshops, volunteer shifts."""

    entries: tuple[Choice, ...]
    workshops: tuple[Choice, ...]
    shifts: tuple[Choice, ...]

    @property
    def is_full(self) -> bool:
        """Whether every way of entering is full."""
        return bool(self.entries) and all(choice.is_full for choice in self.entries)

    def __bool__(self) -> bool:
        return bool(self.entries or self.workshops or self.shifts)


def choices_of(occasion: Occasion) -> Choices:
    """Return the slots that ask for a registration, by kind; of those that are full, how many people wait."""
    slots = [slot for slot in occasion.slots.all() if slot.capacity is not None]
    waiting: dict[int, int] = {}
    full = [slot for slot in slots if slot.is_full]
    queue = Booking.objects.filter(slot__in=full, state=BookingState.WAITING)
    for slot, size in queue.values_list("slot", "size"):
        waiting[slot] = waiting.get(slot, 0) + size

    def of_kind(kind: SlotKind) -> tuple[Choice, ...]:
        return tuple(Choice(slot, waiting.get(slot.pk, 0)) for slot in slots if slot.kind == kind)

    return Choices(of_kind(SlotKind.ENTRY), of_kind(SlotKind.WORKSHOP), of_kind(SlotKind.SHIFT))


def is_beside_the_entry(booking: Booking) -> bool:
    """Tell whether the rest of a registration stands without a booking: a workshop, a shift, what waits of a group."""
    if booking.slot.kind != SlotKind.ENTRY:
        return True
    others = Booking.objects.filter(registration=booking.registration_id, slot=booking.slot_id)
    return booking.state == BookingState.WAITING and others.holding().exists()


def rank_of(booking: Booking) -> int | None:
    """Return the place of a booking on its waiting list, 1 for the first; None when it does not wait."""
    if booking.state != BookingState.WAITING:
        return None
    queue = list(Booking.objects.filter(slot=booking.slot_id).queue().values_list("pk", flat=True))
    return queue.index(booking.pk) + 1 if booking.pk in queue else None


@dataclass(frozen=True)
class BookingView:
    """A booking as its person sees it: its rank if it waits, the open offer if there is one."""

    booking: Booking
    rank: int | None
    offer: Offer | None

    @property
    def is_live(self) -> bool:
        return self.booking.state in LIVE


@dataclass(frozen=True)
class RegistrationPage:
    """A registration with what it is for and what became of it."""

    registration: Registration
    occasion: Occasion
    bookings: tuple[BookingView, ...]

    @property
    def entry(self) -> BookingView | None:
        """The booking of the entry that counts: the live one, else the last."""
        entries = [view for view in self.bookings if view.booking.slot.kind == SlotKind.ENTRY]
        return next((view for view in entries if view.is_live), entries[-1] if entries else None)

    @property
    def offers(self) -> tuple[BookingView, ...]:
        """What waits for an answer; nothing any more once the occasion is cancelled."""
        return () if self.occasion.cancelled_at else tuple(view for view in self.bookings if view.offer)

    @property
    def live(self) -> tuple[BookingView, ...]:
        return tuple(view for view in self.bookings if view.is_live)

    @property
    def to_give_up(self) -> tuple[BookingView, ...]:
        """What can be given up by itself: all beside the entry, and what still waits of a group that has a place."""
        alone = [view for view in self.live if is_beside_the_entry(view.booking) and len(self.live) > 1]
        return tuple(view for view in alone if view.booking.state != BookingState.PRESENT)

    @property
    def is_confirmed(self) -> bool:
        return any(view.booking.state == BookingState.CONFIRMED for view in self.bookings)

    @property
    def is_over(self) -> bool:
        """Whether nothing is live any more: cancelled, declined, expired."""
        return not self.live and not self.open_wishes

    @property
    def joins_remotely(self) -> bool:
        """Whether a place that this person has is a remote one."""
        return self.is_confirmed and any(view.booking.slot.mode == Mode.REMOTE for view in self.live)

    @property
    def change(self) -> Move | None:
        """The first change of date or place since this person registered; None when it is as they knew it."""
        moves = self.occasion.moves.all() if self.occasion.version else ()
        return known_before(self.registration, moves, announced=0)

    @property
    def open_wishes(self) -> tuple[Wish, ...]:
        """The wishes that may still be met: no place answers them, and none is held at the same hour."""
        answered = {view.booking.slot_id for view in self.bookings}
        held = [view.booking.slot for view in self.live]
        return tuple(
            wish
            for wish in self.registration.wishes.all()
            if wish.slot_id not in answered and not any(overlap(wish.slot, slot) for slot in held)
        )


def registration_by_code(code: str) -> Registration:
    """Return the registration behind a link; raise Registration.DoesNotExist (also once it was erased)."""
    registrations = Registration.objects.filter(forgotten_at=None).select_related(
        "occasion__room__venue__commune", "organisation"
    )
    wishes = Prefetch("wishes", Wish.objects.select_related("slot"))
    return registrations.prefetch_related(wishes, "occasion__slots").get(code=code.replace("\0", ""))


def registration_page(code: str) -> RegistrationPage:
    """Return what the link of a registration shows; raise Registration.DoesNotExist."""
    open_offers = Prefetch("offers", Offer.objects.filter(state=OfferState.OPEN), to_attr="open_offers")
    bookings = Booking.objects.select_related("slot__room", "slot__occasion").prefetch_related(open_offers)
    registration = registration_by_code(code)
    views = tuple(
        BookingView(booking, rank_of(booking), next(iter(booking.open_offers), None))
        for booking in bookings.filter(registration=registration).order_by(
            "slot__kind", "slot__starts_at", "id"
        )
    )
    return RegistrationPage(registration, registration.occasion, views)


def parts_open_to(page: RegistrationPage) -> tuple[Choice, ...]:
    """Return the workshops and shifts that a registered person may still choose: none while the entry waits."""
    entry = page.entry
    if entry is not None and entry.booking.state not in {BookingState.CONFIRMED, BookingState.PRESENT}:
        return ()
    mine = {view.booking.slot_id for view in page.live}
    choices = choices_of(page.occasion)
    workshops = choices.workshops if workshops_are_booked(page.occasion) else ()
    offered = (*workshops, *choices.shifts)
    return tuple(choice for choice in offered if choice.slot.pk not in mine)


def registrations_under(address: str, occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations of an occasion under an e-mail address; none without an address."""
    return occasion.registrations.filter(email__iexact=address).exclude(email="")


def live_under(address: str, occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations of an occasion under an e-mail address that are not over; none without an address."""
    return (
        registrations_under(address, occasion)
        .filter(Q(bookings__state__in=LIVE) | Q(wishes__isnull=False))
        .distinct()
    )


def participants(occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations of an occasion with their bookings and offers, the first to register first."""
    bookings = Prefetch(
        "bookings", Booking.objects.select_related("slot").prefetch_related("offers").order_by("id")
    )
    found = occasion.registrations.select_related("organisation").prefetch_related(bookings)
    return found.order_by("registered_at", "id")


@dataclass(frozen=True)
class Filling:
    """A slot and the people in it: confirmed, with an offer, waiting."""

    slot: Slot
    confirmed: int
    offered: int
    waiting: int

    @property
    def over(self) -> int:
        """How many more people than places."""
        return max(self.confirmed + self.offered - (self.slot.capacity or 0), 0)


def filling(occasion: Occasion) -> tuple[Filling, ...]:
    """Return the slots of an occasion that ask for a registration, with how many people are in each state."""
    rows = bookings_of(occasion).values_list("slot", "state", "size")
    counts: dict[tuple[int, str], int] = {}
    for slot, state, size in rows:
        counts[slot, state] = counts.get((slot, state), 0) + size

    def people(slot: Slot, *states: BookingState) -> int:
        return sum(counts.get((slot.pk, state), 0) for state in states)

    return tuple(
        Filling(
            slot,
            confirmed=people(slot, BookingState.CONFIRMED, BookingState.PRESENT, BookingState.ABSENT),
            offered=people(slot, BookingState.OFFERED),
            waiting=people(slot, BookingState.WAITING),
        )
        for slot in occasion.slots.all()
        if slot.capacity is not None
    )


def bookings_of(occasion: Occasion) -> QuerySet[Booking]:
    """Return the bookings for any slot of an occasion, with who made them."""
    return Booking.objects.filter(slot__occasion=occasion).select_related("registration", "slot")


def queues(occasion: Occasion) -> tuple[tuple[Slot, tuple[Booking, ...]], ...]:
    """Return the waiting lists of an occasion, slot by slot, each in its order; slots that nobody waits for aside."""
    found = bookings_of(occasion).queue()
    by_slot: dict[Slot, list[Booking]] = {}
    for booking in found:
        by_slot.setdefault(booking.slot, []).append(booking)
    return tuple((slot, tuple(bookings)) for slot, bookings in by_slot.items())


def offers_of(occasion: Occasion) -> QuerySet[Offer]:
    """Return the chain of offers of an occasion, the latest first, with whom they were made to."""
    offers = Offer.objects.filter(booking__slot__occasion=occasion)
    return offers.select_related("booking__registration", "booking__slot").order_by("-offered_at", "-id")


def registration_of(occasion: Occasion, pk: int) -> Registration:
    """Return a registration of an occasion; raise Registration.DoesNotExist."""
    return participants(occasion).get(pk=pk)
