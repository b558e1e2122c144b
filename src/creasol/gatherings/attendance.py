"""How one takes part in a gathering and how many places are left: computed from its slots, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from creasol.places.enums import Mode, SlotKind
from creasol.places.models import Slot


@dataclass(frozen=True)
class Attendance:
    """The ways of entering; a number of places is None where nobody has to register."""

    on_site: Slot | None
    remote: Slot | None

    @property
    def entries(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in (self.on_site, self.remote) if slot)

    @property
    def mode(self) -> str:
        """on-site, remote or mixed."""
        if self.on_site and self.remote:
            return "mixed"
        return Mode.REMOTE.value if self.remote else Mode.ON_SITE.value

    @property
    def is_free(self) -> bool:
        """Whether one just comes: no way of entering asks for a registration."""
        return all(slot.capacity is None for slot in self.entries)

    @property
    def capacity(self) -> int | None:
        """How many people can come in all; None where one of the ways is free."""
        if not self.entries or any(slot.capacity is None for slot in self.entries):
            return None
        return sum(slot.capacity for slot in self.entries)

    @property
    def left(self) -> int | None:
        """How many places are free in all; None where one of the ways is free."""
        return None if self.capacity is None else sum(slot.left for slot in self.entries)

    @property
    def is_full(self) -> bool:
        return self.left == 0


def attendance_of(slots: Iterable[Slot]) -> Attendance:
    """Return how one takes part, from the slots of an occasion."""
    entries = {slot.mode: slot for slot in slots if slot.kind == SlotKind.ENTRY}
    return Attendance(on_site=entries.get(Mode.ON_SITE), remote=entries.get(Mode.REMOTE))
