"""Ranked wishes given their places: exactly, with the proof.

What is sought, one level after the other, each kept while the next is raised:

1. the most wishes met, counted in people: a group of four given a workshop is four wishes met, so that registering
   together neither helps nor harms;
2. the most first choices among them, 3. then the most second choices;
4. between assignments that are equal so far, those who registered first come first: the sum of their positions in the
   order of registration decides.

It is deterministic: the same wishes give the same places, in whatever order they are read.

Never more people than places, never two overlapping slots for one person (touching ends are no overlap), a group goes
whole or not at all. Each level is an integer program solved to a gap of zero by HiGHS (``scipy.optimize.milp``); one
after the other rather than in one sum of huge weights, so that all numbers stay small enough to be exact. The bound
that the solver proves tells whether anything better could exist.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, groupby
from math import floor
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from .slot_times import overlap

FIRST, SECOND, THIRD = RANKS = (1, 2, 3)
TIME_LIMIT = 10.0  # seconds
ROUNDING = 1e-4  # what an integer may be missed by


@dataclass(frozen=True, kw_only=True)
class Part:
    """A slot with ``left`` free places; the hours are None when it lasts as long as the whole."""

    id: int
    starts_at: datetime | None
    ends_at: datetime | None
    left: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """People registered together: how many, since when, their wishes (id of the slot → rank), what they hold."""

    id: int
    size: int
    asked_at: datetime
    wishes: Mapping[int, int]
    busy: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Level:
    """What an assignment reaches at one level, and what no assignment can exceed there, in people."""

    value: int
    bound: int

    @property
    def is_proven(self) -> bool:
        return self.value >= self.bound


@dataclass(frozen=True)
class Assignment:
    """Who is given what: pairs (id of the group, id of the slot), in order; and how good that is proven to be.

    ``met`` counts people by the rank of the wish that is met; the levels are those of the module's first three.
    """

    given: tuple[tuple[int, int], ...]
    met: tuple[int, int, int]
    wished: Level
    firsts: Level
    seconds: Level

    @property
    def is_optimal(self) -> bool:
        """Tell whether it is proven that no assignment is better."""
        return self.wished.is_proven and self.firsts.is_proven and self.seconds.is_proven


@dataclass(frozen=True)
class Candidate:
    """One wish that could be met."""

    group: Group
    part: Part
    rank: int


def assign(groups: Sequence[Group], parts: Sequence[Part], *, seconds: float = TIME_LIMIT) -> Assignment:
    """Give places to wishes; stop after ``seconds`` with the best found so far and the bound proven so far.

    ValueError for a rank that is none of 1, 2, 3. The order of the arguments does not matter.
    """
    wishes = candidates_of(groups, parts)
    sizes = np.array([wish.group.size for wish in wishes])
    ranks = np.array([wish.rank for wish in wishes])
    queue = sorted({wish.group.id: wish.group for wish in wishes}.values(), key=order)
    turn = {group.id: len(queue) - position for position, group in enumerate(queue)}
    objectives = [
        sizes,
        sizes * (ranks == FIRST),
        sizes * (ranks == SECOND),
        np.array([turn[wish.group.id] for wish in wishes]),
    ]
    chosen, levels = climb(objectives, *limits_of(wishes), until=monotonic() + seconds)
    taken = [wish for wish, is_chosen in zip(wishes, chosen, strict=True) if is_chosen]
    refuse_faults(taken)
    met = Counter[int]()
    for wish in taken:
        met[wish.rank] += wish.group.size
    given = tuple(sorted((wish.group.id, wish.part.id) for wish in taken))
    return Assignment(given, (met[FIRST], met[SECOND], met[THIRD]), *levels[:3])


def order(group: Group) -> tuple[datetime, int]:
    """Return the place of a group among those who registered."""
    return group.asked_at, group.id


def candidates_of(groups: Sequence[Group], parts: Sequence[Part]) -> list[Candidate]:
    """Return the wishes that could be met: the slot holds the group, which holds nothing at that time."""
    known = {part.id: part for part in parts}
    found = []
    for group in sorted(groups, key=order):
        if not set(group.wishes.values()) <= set(RANKS):
            raise ValueError(f"ranks of group {group.id}: {sorted(group.wishes.values())}")
        for slot, rank in sorted(group.wishes.items(), key=lambda item: (item[1], item[0])):
            part = known.get(slot)
            if part and group.size <= part.left and not any(overlap(part, held) for held in group.busy):
                found.append(Candidate(group, part, rank))
    return found


def limits_of(wishes: Sequence[Candidate]) -> tuple[csr_matrix, np.ndarray]:
    """Return the rows (of the wishes chosen) and what each may not exceed: the places, one thing at a time."""
    rows: list[dict[int, int]] = []
    limits: list[int] = []
    for part in {wish.part.id: wish.part for wish in wishes}.values():
        rows.append({at: wish.group.size for at, wish in enumerate(wishes) if wish.part.id == part.id})
        limits.append(part.left)
    for one, other in at_once(wishes):
        rows.append({one: 1, other: 1})
        limits.append(1)
    places = [(row, column, value) for row, line in enumerate(rows) for column, value in line.items()]
    matrix = csr_matrix(
        (
            [value for *_at, value in places],
            ([row for row, *_ in places], [column for _row, column, _v in places]),
        ),
        shape=(len(rows), len(wishes)),
        dtype=float,
    )
    return matrix, np.array(limits, dtype=float)


def at_once(wishes: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return the pairs of wishes (where they stand) of one group, standing together, for slots that overlap."""
    found = []
    for _group, standing in groupby(range(len(wishes)), key=lambda at: wishes[at].group.id):
        found += [pair for pair in combinations(standing, 2) if overlap(*(wishes[at].part for at in pair))]
    return found


def climb(
    objectives: Sequence[np.ndarray], matrix: csr_matrix, limits: np.ndarray, *, until: float
) -> tuple[np.ndarray, list[Level]]:
    """Raise the objectives one after the other, each without lowering those before; return what is chosen."""
    chosen = np.zeros(matrix.shape[1], dtype=int)
    levels = []
    for objective in objectives:
        bound = int(objective.sum())
        left = until - monotonic()
        if bound and left > 0:
            found = milp(
                -objective,
                integrality=1,
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(matrix, ub=limits),
                options={"mip_rel_gap": 0, "time_limit": left},
            )
            better = chosen if found.x is None else np.rint(found.x).astype(int)
            if objective @ better >= objective @ chosen:
                chosen = better
            if found.mip_dual_bound is not None:
                bound = min(bound, floor(-found.mip_dual_bound + ROUNDING))
        value = int(objective @ chosen)
        levels.append(Level(value, bound))
        matrix = vstack([matrix, csr_matrix(-objective.astype(float))], format="csr")
        limits = np.append(limits, -value)
    return chosen, levels


def refuse_faults(taken: Sequence[Candidate]) -> None:
    """Raise ArithmeticError when an assignment breaks a rule: the solver is not believed on its word."""
    filled = Counter[int]()
    for wish in taken:
        filled[wish.part.id] += wish.group.size
        if filled[wish.part.id] > wish.part.left:
            raise ArithmeticError(f"more people than places in slot {wish.part.id}")
    for one, _other in at_once(taken):
        raise ArithmeticError(f"two slots at once for group {taken[one].group.id}")
