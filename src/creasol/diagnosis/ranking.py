"""Ranks among named territories; equals share a rank, and the next one counts them all (1, 2, 2, 4)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rank:
    """Place ``value`` among ``of`` territories, shared with ``ties`` others."""

    value: int
    of: int
    ties: int = 0


def rank(numbers: Mapping[Hashable, float], key: Hashable) -> Rank:
    """Return the rank of ``key`` in ``numbers`` (territory → number), the greatest first.

    >>> rank({"north": 5, "south": 3, "east": 3, "west": 1}, "east")
    Rank(value=2, of=4, ties=1)
    """
    own = numbers[key]
    greater = sum(number > own for number in numbers.values())
    equal = sum(number == own for number in numbers.values())
    return Rank(greater + 1, len(numbers), equal - 1)
