"""What goes on at the same time, so that nobody can attend both, and until when a place can still be offered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import combinations
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Anything with a start and an end; None when it lasts as long as the whole."""

    starts_at: datetime | None
    ends_at: datetime | None


T = TypeVar("T", bound=Timed)


def overlap(one: Timed, other: Timed) -> bool:
    """Tell whether two things with hours of their own overlap; that one ends when the other starts is no overlap."""
    if None in (one.starts_at, other.starts_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def overlapping(slots: Iterable[T]) -> list[tuple[T, T]]:
    """Return the pairs of slots that overlap, in the order given."""
    return [pair for pair in combinations(slots, 2) if overlap(*pair)]


def offer_deadline(start: datetime, *, notice: int, hours: int, at: datetime) -> datetime | None:
    """Return until when an offer made now can be accepted; None when it would come too late for the person.

    ``hours`` is the usual delay, ``notice`` how many hours before the start the person must know at the latest.
    """
    until = min(at + timedelta(hours=hours), start - timedelta(hours=notice))
    return until if until > at else None
