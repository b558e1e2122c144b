"""What takes place within a gathering: its programme by time and by room, its shifts and what they lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations, groupby

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from creasol.gatherings.enums import OPEN, StrandKind, WorkshopKind
from creasol.gatherings.models import Gathering, Host, Strand, Workshop
from creasol.places.enums import SlotKind
from creasol.places.models import Room, Slot
from creasol.places.queries.registrations import is_open, wishes_are_open
from creasol.places.slot_times import overlap


def strands_of(gathering: Gathering) -> QuerySet[Strand]:
    """Return the axes of a gathering, then its themes, in their order."""
    return Strand.objects.filter(gathering=gathering).order_by("kind", "position", "id")


def workshops_of(gathering: Gathering) -> QuerySet[Workshop]:
    """Return the workshops, stands and debates of a gathering, by time, with their rooms and who holds them."""
    hosts = Prefetch("hosts", Host.objects.standing().order_by("id"))
    found = Workshop.objects.filter(gathering=gathering).select_related("slot__room__venue", "strand")
    return found.prefetch_related(hosts)


@dataclass(frozen=True)
class Item:
    """A workshop with its hours: those of the whole gathering when it has none of its own."""

    workshop: Workshop
    starts_at: datetime
    ends_at: datetime
    lasts_all_along: bool

    @property
    def slot(self) -> Slot:
        return self.workshop.slot

    @property
    def room(self) -> Room | None:
        return self.workshop.slot.room

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(host.organisation.name for host in self.workshop.hosts.all())

    @property
    def is_free(self) -> bool:
        """Whether one comes without registering."""
        return self.workshop.slot.capacity is None

    @property
    def is_larger_than_its_room(self) -> bool:
        room, capacity = self.room, self.workshop.slot.capacity
        return bool(room and room.capacity and capacity and capacity > room.capacity)


@dataclass(frozen=True)
class Period:
    """What starts at the same moment; ``starts_at`` is None for what lasts all along."""

    starts_at: datetime | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class RoomProgramme:
    """What takes place in a room; in none, what moves about or has no room yet."""

    room: Room | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Programme:
    """All that takes place within a gathering; true when there is something."""

    gathering: Gathering
    axes: tuple[Strand, ...]
    themes: tuple[Strand, ...]
    items: tuple[Item, ...]
    entry_is_free: bool
    shifts: tuple[Slot, ...]
    takes_registrations: bool
    asks_for_wishes: bool

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def periods(self) -> tuple[Period, ...]:
        """By time: what lasts all along first."""
        by_time = sorted(self.items, key=lambda item: (not item.lasts_all_along, item.starts_at))
        kept = groupby(by_time, key=lambda item: None if item.lasts_all_along else item.starts_at)
        return tuple(Period(starts_at, tuple(items)) for starts_at, items in kept)

    @property
    def rooms(self) -> tuple[RoomProgramme, ...]:
        """By room, those of the same venue together; what has no room comes last."""
        by_room: dict[Room | None, list[Item]] = {}
        for item in self.items:
            by_room.setdefault(item.room, []).append(item)
        rooms = sorted((room for room in by_room if room), key=lambda room: (room.venue.name, room.name))
        placed = [RoomProgramme(room, tuple(by_room[room])) for room in rooms]
        return (*placed, *([RoomProgramme(None, tuple(by_room[None]))] if None in by_room else []))

    @property
    def has_rooms(self) -> bool:
        return any(item.room for item in self.items)

    @property
    def lasts_days(self) -> bool:
        occasion = self.gathering.occasion
        return timezone.localtime(occasion.starts_at).date() != timezone.localtime(occasion.ends_at).date()

    @property
    def is_free(self) -> bool:
        """Whether nobody has to register for anything."""
        return self.entry_is_free and all(item.is_free for item in self.items)

    @property
    def wants_volunteers(self) -> bool:
        """Whether a shift lacks people."""
        return any(shift.left for shift in self.shifts)


def programme_of(gathering: Gathering, *, at: datetime | None = None) -> Programme:
    """Return the programme of a gathering as of a moment (now): strands, workshops by time and room, shifts."""
    at = at or timezone.now()
    occasion = gathering.occasion
    strands = list(strands_of(gathering))
    slots = list(Slot.objects.filter(occasion=gathering.occasion_id))
    entries = [slot for slot in slots if slot.kind == SlotKind.ENTRY]
    return Programme(
        gathering=gathering,
        axes=tuple(strand for strand in strands if strand.kind == StrandKind.AXIS),
        themes=tuple(strand for strand in strands if strand.kind == StrandKind.THEME),
        items=items_of(workshops_of(gathering), gathering),
        entry_is_free=all(slot.capacity is None for slot in entries),
        shifts=tuple(slot for slot in slots if slot.kind == SlotKind.SHIFT),
        takes_registrations=gathering.state in OPEN and is_open(occasion, at=at),
        asks_for_wishes=wishes_are_open(occasion, at=at),
    )


def items_of(workshops: Iterable[Workshop], gathering: Gathering) -> tuple[Item, ...]:
    """Return workshops with their hours, by time."""
    whole = gathering.occasion
    items = [
        Item(
            workshop,
            workshop.slot.starts_at or whole.starts_at,
            workshop.slot.ends_at or whole.ends_at,
            lasts_all_along=workshop.slot.starts_at is None,
        )
        for workshop in workshops
    ]
    return tuple(sorted(items, key=lambda item: (item.starts_at, item.slot.position, item.workshop.pk)))


def clashes(programme: Programme) -> tuple[tuple[Item, Item], ...]:
    """Return the pairs that take place in one room at the same time; stands share their room with anything."""

    def clash(one: Item, other: Item) -> bool:
        is_beside = WorkshopKind.STAND in {one.workshop.kind, other.workshop.kind}
        return not is_beside and overlap(one, other)

    return tuple(
        pair
        for place in programme.rooms
        if place.room
        for pair in combinations(place.items, 2)
        if clash(*pair)
    )


@dataclass(frozen=True)
class Shift:
    """A volunteer shift: how many are needed, how many have said yes."""

    slot: Slot

    @property
    def needed(self) -> int:
        return self.slot.limit or 0

    @property
    def found(self) -> int:
        return self.slot.taken

    @property
    def missing(self) -> int:
        return self.slot.left or 0


@dataclass(frozen=True)
class Shifts:
    """The volunteer shifts of a gathering, by time, and what they lack together."""

    rows: tuple[Shift, ...]

    @property
    def missing(self) -> int:
        return sum(shift.missing for shift in self.rows)

    @property
    def needed(self) -> int:
        return sum(shift.needed for shift in self.rows)


def shift_slots(gathering: Gathering) -> QuerySet[Slot]:
    """Return the slots of the volunteer shifts of a gathering, by time."""
    slots = Slot.objects.filter(occasion=gathering.occasion_id, kind=SlotKind.SHIFT)
    return slots.select_related("occasion").order_by("starts_at", "position", "id")


def shifts_of(gathering: Gathering) -> Shifts:
    """Return the volunteer shifts of a gathering, by time, and what they lack."""
    return Shifts(tuple(Shift(slot) for slot in shift_slots(gathering)))
