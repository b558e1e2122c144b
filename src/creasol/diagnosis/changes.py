"""What became of the establishments of a territory between two vintages of the register.

An establishment is a place: its SIRET ends with it. Whoever moves closes one SIRET and opens another under the same
SIREN, so a move is a pair: one that is no longer there, one that was not, of one legal unit. Several pairs may be
possible; the same activity goes first, then the same commune, then the same département.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .enums import Change


@dataclass(frozen=True)
class Seen:
    """An establishment as one vintage shows it: ``here`` in the territory, ``counted`` by the perimeter."""

    siret: str
    name: str
    commune: str
    activity: str
    family: str
    size_band: str
    created_on: date | None
    here: bool
    counted: bool

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def within(self) -> bool:
        """Whether the territory's figures count it."""
        return self.here and self.counted


@dataclass(frozen=True)
class Event:
    """What became of one establishment; ``before`` or ``after`` is None when that vintage has none."""

    change: Change
    before: Seen | None
    after: Seen | None

    @property
    def sides(self) -> tuple[Seen, ...]:
        """The establishment as each vintage that knows it shows it."""
        return tuple(seen for seen in (self.before, self.after) if seen is not None)

    @property
    def last(self) -> Seen:
        """The establishment as it was seen last."""
        return self.sides[-1]


@dataclass(frozen=True)
class Balance:
    """A class of establishments in both vintages: ``before`` + what came − what went + ``otherwise`` = ``after``.

    ``otherwise`` holds establishments that changed class, or that the perimeter counts since, less those it does not
    count any more.
    """

    key: str
    before: int
    appeared: int
    moved_in: int
    disappeared: int
    moved_out: int
    otherwise: int
    after: int


def events_between(before: Iterable[Seen], after: Iterable[Seen]) -> list[Event]:
    """Return what became of every establishment of the territory, by name.

    Both vintages hold the establishments of the territory, whether counted or not, and those elsewhere of the legal
    units that have some here; what stayed as it was is left out.
    """
    former, newer = ({seen.siret: seen for seen in seens} for seens in (before, after))
    events = [event for siret in former.keys() & newer.keys() for event in same(former[siret], newer[siret])]
    closed, opened = defaultdict(list), defaultdict(list)
    for seens, others, found in ((former, newer, closed), (newer, former, opened)):
        for seen in seens.values():
            if seen.counted and seen.siret not in others:
                found[seen.siren].append(seen)
    for siren in closed.keys() | opened.keys():
        events += paired(closed[siren], opened[siren])
    return sorted(events, key=lambda event: (event.last.name, event.last.siret))


def same(former: Seen, newer: Seen) -> Iterator[Event]:
    """Tell what became of an establishment that both vintages know, when something did."""
    if former.within and newer.within:
        if former.commune != newer.commune:
            yield Event(Change.MOVED_WITHIN, former, newer)
    elif former.within:
        yield Event(Change.UNCOUNTED if newer.here else Change.MOVED_OUT, former, newer)
    elif newer.within:
        yield Event(Change.COUNTED if former.here else Change.MOVED_IN, former, newer)


def paired(closed: list[Seen], opened: list[Seen]) -> Iterator[Event]:
    """Tell what became of the establishments of one legal unit that only one vintage knows."""
    left, right = {seen.siret for seen in closed}, {seen.siret for seen in opened}
    for former, newer in sorted(((one, other) for one in closed for other in opened), key=likeness):
        if former.siret in left and newer.siret in right:
            left.remove(former.siret)
            right.remove(newer.siret)
            if former.here or newer.here:
                yield Event(moved(former, newer), former, newer)
    yield from (Event(Change.DISAPPEARED, seen, None) for seen in closed if seen.here and seen.siret in left)
    yield from (Event(Change.APPEARED, None, seen) for seen in opened if seen.here and seen.siret in right)


def likeness(pair: tuple[Seen, Seen]) -> tuple:
    """Return what puts the likeliest moves first."""
    former, newer = pair
    return (
        former.activity != newer.activity,
        former.commune != newer.commune,
        former.commune[:2] != newer.commune[:2],
        former.siret,
        newer.siret,
    )


def moved(former: Seen, newer: Seen) -> Change:
    """Return which way somebody moved."""
    if former.here and newer.here:
        return Change.MOVED_WITHIN
    return Change.MOVED_OUT if former.here else Change.MOVED_IN


def balances(
    before: Iterable[Seen], after: Iterable[Seen], events: Iterable[Event], class_of: Callable[[Seen], str]
) -> list[Balance]:
    """Return the balance of each class that somebody is in, the most numerous first."""
    start = Counter(class_of(seen) for seen in before if seen.within)
    end = Counter(class_of(seen) for seen in after if seen.within)
    flows = Counter(
        (event.change, class_of(event.after if event.change in COMING else event.before)) for event in events
    )
    found = []
    for key in start.keys() | end.keys():
        appeared, moved_in, disappeared, moved_out = (flows[change, key] for change in (*COMING, *GOING))
        expected = start[key] + appeared + moved_in - disappeared - moved_out
        found.append(
            Balance(
                key, start[key], appeared, moved_in, disappeared, moved_out, end[key] - expected, end[key]
            )
        )
    return sorted(found, key=lambda balance: (-balance.after, -balance.before, balance.key))


COMING = (Change.APPEARED, Change.MOVED_IN)
GOING = (Change.DISAPPEARED, Change.MOVED_OUT)
