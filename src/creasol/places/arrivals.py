"""What became of somebody whom several telephones spoke of, in whatever order their words come in.

The result depends on what was said and when, never on the order of receipt: the same words in any order, or twice, are
one arrival. What is said after a mistake was taken back counts, what was said before does not; the earliest arrival
wins; of a group, the largest number that was counted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class Said:
    """Something said of a booking: at what time, how many came (none: it was a mistake), and a number of its own."""

    at: datetime
    number: int
    arrived: int


@dataclass(frozen=True)
class Arrival:
    """When somebody came, how many of them, and which word it was that said so first."""

    at: datetime
    arrived: int
    number: int


def standing(said: Iterable[Said]) -> list[Said]:
    """Return the arrivals that were not taken back, the earliest first."""
    kept: list[Said] = []
    for one in sorted(said):
        kept = [*kept, one] if one.arrived else []
    return kept


def settled(said: Iterable[Said]) -> Arrival | None:
    """Return the arrival that all these words together make; None when nobody came."""
    kept = standing(said)
    if not kept:
        return None
    first = kept[0]
    return Arrival(at=first.at, arrived=max(one.arrived for one in kept), number=first.number)


def adds_to(one: Said, said: Collection[Said]) -> bool:
    """Tell whether an arrival that stands counts more people than those said earlier."""
    earlier = [other.arrived for other in standing(said) if other < one]
    return one in standing(said) and one.arrived > max(earlier, default=0)
