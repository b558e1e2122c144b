"""Ranked wishes: who would like which workshops, which of them are answered, what could be given now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from creasol.places.assignment import RANKS, TIME_LIMIT, Assignment, Group, Part, assign
from creasol.places.enums import HOLDING, LIVE, SlotKind
from creasol.places.models import Booking, Occasion, Registration, Slot


def workshops_of(occasion: Occasion) -> list[Slot]:
    """Return the workshops of an occasion that ask for a registration."""
    slots = Slot.objects.filter(occasion=occasion, kind=SlotKind.WORKSHOP, capacity__isnull=False)
    return list(slots.select_related("room__venue"))


def parts_of(slots: Iterable[Slot]) -> list[Part]:
    """Return slots as an assignment reads them."""
    return [part_of(slot) for slot in slots]


def part_of(slot: Slot) -> Part:
    """Return a slot as an assignment reads it."""
    return Part(id=slot.pk, starts_at=slot.starts_at, ends_at=slot.ends_at, left=slot.left or 0)


def registrations_wishing(occasion: Occasion) -> list[Registration]:
    """Return the registrations of an occasion that wish for something, with their wishes and bookings."""
    bookings = Prefetch("bookings", Booking.objects.select_related("slot"))
    found = Registration.objects.filter(occasion=occasion, forgotten_at=None, wishes__isnull=False).distinct()
    return list(found.prefetch_related("wishes", bookings).order_by("registered_at", "id"))


def groups_wishing(occasion: Occasion) -> list[Group]:
    """Return who has wishes that nothing answers yet, as an assignment reads them.

    A wish is answered by any booking of that slot: given, waiting, or given up since. Whoever waits for the entry, or
    has cancelled, is given nothing.
    """
    groups = [group_of(registration) for registration in registrations_wishing(occasion)]
    return [group for group in groups if group and group.wishes]


def group_of(registration: Registration) -> Group | None:
    """Return a registration as an assignment reads it; None when it is given nothing."""
    bookings = list(registration.bookings.all())
    live = [booking for booking in bookings if booking.state in LIVE]
    entries = [booking for booking in bookings if booking.slot.kind == SlotKind.ENTRY]
    entered = [booking for booking in entries if booking.state in HOLDING]
    if (entries and not entered) or (bookings and not live):
        return None
    answered = {booking.slot_id for booking in bookings}
    wishes = {wish.slot_id: wish.rank for wish in registration.wishes.all() if wish.slot_id not in answered}
    return Group(
        id=registration.pk,
        size=max((wish.size for wish in registration.wishes.all()), default=1),
        asked_at=registration.registered_at,
        wishes=wishes,
        busy=tuple(part_of(booking.slot) for booking in live if booking.slot.kind != SlotKind.ENTRY),
    )


@dataclass(frozen=True)
class Demand:
    """A workshop: who wishes for it, by rank, and how many of them would be given a place now; all in people."""

    slot: Slot
    wished: tuple[int, int, int]
    given: int


@dataclass(frozen=True)
class WishPlan:
    """What an assignment made now would give, and what earlier ones gave; all in people."""

    assignment: Assignment
    demands: tuple[Demand, ...]
    open_wishes: int
    met_before: tuple[int, int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has wished for anything."""
        return not self.open_wishes and not any(self.met_before)


def wish_plan(occasion: Occasion, *, seconds: float = TIME_LIMIT) -> WishPlan:
    """Return what an assignment made now would give, without giving anything; ``seconds`` is its time limit."""
    slots, groups = workshops_of(occasion), groups_wishing(occasion)
    found = assign(groups, parts_of(slots), seconds=seconds)
    sizes = {group.id: group.size for group in groups}
    wished = Counter[tuple[int, int]]()
    for group in groups:
        for slot, rank in group.wishes.items():
            wished[slot, rank] += group.size
    given = Counter[int]()
    for registration, slot in found.given:
        given[slot] += sizes[registration]
    demands = tuple(
        Demand(slot, tuple(wished[slot.pk, rank] for rank in RANKS), given[slot.pk]) for slot in slots
    )
    return WishPlan(found, demands, wished.total(), met_wishes(occasion))


def met_wishes(occasion: Occasion) -> tuple[int, int, int]:
    """Return how many people hold a place that they wished for, by the rank of the wish."""
    met = Counter[int]()
    for registration in registrations_wishing(occasion):
        ranks = {wish.slot_id: wish.rank for wish in registration.wishes.all()}
        for booking in registration.bookings.all():
            if booking.state in HOLDING and booking.slot_id in ranks:
                met[ranks[booking.slot_id]] += booking.size
    return met[1], met[2], met[3]
