"""All communes of France in one pass: those comparable with each, and what is thin in it."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from creasol.diagnosis.comparables import K, all_nearest, features_of, standardised, usable
from creasol.diagnosis.enums import PerimeterMode, ThinKind
from creasol.diagnosis.thinness import Judgements, judge_against_others, judge_against_rate

from .counted import Things, things
from .country import Country, country

AT_ONCE = 2_000  # communes whose judgements are held in memory together
Listener = Callable[[int, int], None]


@dataclass(frozen=True)
class SurveyLine:
    """A commune: the codes of those comparable with it, and of what is proven rarer than in its reference and there.

    ``reference`` is the code of the smallest official territory that holds it and others; ``tested`` the number of
    types that could be proven thin; ``shortfall`` what would bring the thin ones to the rate of the reference.
    """

    code: str
    name: str
    inhabitants: int | None
    comparables: tuple[str, ...]
    reference: str
    tested: int
    thin: tuple[str, ...]
    shortfall: float
    thin_beside_comparables: tuple[str, ...]


@dataclass(frozen=True)
class Holders:
    """Official territories by code; ``members`` (one array a level) and ``chosen`` say which holds each commune.

    ``chosen`` is the reference that the page of a commune takes.
    """

    codes: np.ndarray
    members: tuple[np.ndarray, ...]
    chosen: np.ndarray


@dataclass(frozen=True)
class National:
    """How many of each type (columns) in each commune (rows), in its reference, and how many people.

    ``covered`` marks the communes of which the dataset speaks; a reference that it does not cover whole has nobody.
    """

    types: tuple[str, ...]
    counts: np.ndarray
    covered: np.ndarray
    inhabitants: np.ndarray
    holders: Holders
    reference_counts: np.ndarray
    reference_inhabitants: np.ndarray


def survey(
    kind: str = ThinKind.FACILITIES,
    *,
    mode: PerimeterMode | None = None,
    k: int = K,
    progress: Listener | None = None,
) -> Iterator[SurveyLine]:
    """Return one line for each commune, by code: what its page says of comparables and of thin types.

    ``kind`` is one of `ThinKind`, with a ``mode`` for the employers of the ESS alone. Nothing is judged when nothing
    of this kind was imported. ``progress`` hears how many communes are done, of how many.
    """
    known = country()
    features = features_of(known.sums)
    columns = usable(features)
    unknown = np.full((len(known.codes), k), -1)
    near = all_nearest(standardised(features, columns), k=k) if len(columns) else unknown
    counted = things(kind, mode=mode)
    national = None if counted is None else numbers_of(counted, known)
    for start in range(0, len(known.codes), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(known.codes)))
        yield from lines(known, near, rows, None if national is None else judged(national, near, rows))
        if progress is not None:
            progress(int(rows[-1]) + 1, len(known.codes))


@dataclass(frozen=True)
class Judged:
    """What a few communes lack, against their reference and against the comparable ones."""

    national: National
    against_reference: Judgements
    against_comparables: Judgements


def judged(national: National, near: np.ndarray, rows: np.ndarray) -> Judged:
    """Judge the communes at ``rows``, given the rows of the communes comparable with each of all (-1: none)."""
    inhabitants = np.where(national.covered, national.inhabitants, 0)
    counts, here = national.counts[rows], inhabitants[rows]
    groups = national.holders.chosen[rows]
    there = national.reference_counts[groups]
    against_reference = judge_against_rate(counts, here, there, national.reference_inhabitants[groups, None])
    others, people = np.zeros(counts.shape), np.zeros(len(rows))
    for rank in range(near.shape[1]):
        neighbours = near[rows, rank]
        counts_at_all = (neighbours >= 0) & national.covered[neighbours]
        others += np.where(counts_at_all[:, None], national.counts[neighbours], 0)
        people += np.where(counts_at_all, inhabitants[neighbours], 0)
    # a type that is neither here nor in the reference is not looked for elsewhere
    others[(counts == 0) & (there == 0)] = 0
    judgeable = national.reference_inhabitants[groups] > 0
    against_comparables = judge_against_others(counts, np.where(judgeable, here, 0), others, people)
    return Judged(national, against_reference, against_comparables)


def lines(known: Country, near: np.ndarray, rows: np.ndarray, found: Judged | None) -> Iterator[SurveyLine]:
    """Put the communes at ``rows`` into words."""
    for place, row in enumerate(rows):
        people = known.sums.inhabitants[row]
        values = {"reference": "", "tested": 0, "thin": (), "shortfall": 0.0, "thin_beside_comparables": ()}
        if found is not None:
            thin = np.flatnonzero(found.against_reference.thin[place])
            beside = np.flatnonzero(found.against_comparables.thin[place])
            values = {
                "reference": str(found.national.holders.codes[found.national.holders.chosen[row]]),
                "tested": int(found.against_reference.tested[place].sum()),
                "thin": tuple(found.national.types[column] for column in thin),
                "shortfall": float(found.against_reference.shortfall[place, thin].sum()),
                "thin_beside_comparables": tuple(found.national.types[column] for column in beside),
            }
        yield SurveyLine(
            code=str(known.codes[row]),
            name=str(known.names[row]),
            inhabitants=int(people) if np.isfinite(people) else None,
            comparables=tuple(known.codes[near[row][near[row] >= 0]].tolist()),
            **values,
        )


def numbers_of(counted: Things, known: Country) -> National:
    """Read how many of each type there are in every commune, and add them up by reference: two queries."""
    types, counts = counts_of(counted, known)
    covered = covered_by(counted, known)
    inhabitants = np.nan_to_num(known.sums.inhabitants)
    held = holders(known)
    reference_counts = np.zeros((len(held.codes), len(types)))
    people, unknown = np.zeros(len(held.codes)), np.zeros(len(held.codes))
    for members in held.members:
        np.add.at(reference_counts, members, counts)
        np.add.at(people, members, inhabitants)
        np.add.at(unknown, members, ~covered)
    return National(
        types,
        counts,
        covered,
        inhabitants,
        held,
        reference_counts,
        reference_inhabitants=np.where(unknown == 0, people, 0),
    )


def counts_of(counted: Things, known: Country) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the types by code, and how many of each (columns) there are in every commune (rows)."""
    place = {code: row for row, code in enumerate(known.codes.tolist())}
    columns: dict[str, int] = {}
    rows, at, numbers = array("l"), array("l"), array("d")
    groups = counted.rows.values_list("commune_id", counted.code).annotate(number=counted.number).order_by()
    for code, kind, number in groups.iterator(chunk_size=20_000):
        if code in place:
            rows.append(place[code])
            at.append(columns.setdefault(kind, len(columns)))
            numbers.append(number)
    counts = np.zeros((len(known.codes), len(columns)))
    counts[np.array(rows, dtype=int), np.array(at, dtype=int)] = numbers
    types = sorted(columns)
    return tuple(types), counts[:, [columns[kind] for kind in types]]


def covered_by(counted: Things, known: Country) -> np.ndarray:
    """Return which communes a dataset speaks of: real ones of whole départements, synthetic ones of those named."""
    named = set(counted.known.order_by().values_list("commune_id", flat=True).distinct())
    spoken = np.isin(known.codes, list(named))
    if counted.dataset.synthetic:
        return spoken
    return np.isin(known.departments, np.unique(known.departments[spoken]))


def holders(known: Country) -> Holders:
    """Return the official territories, and the smallest one that holds each commune and others."""
    codes, members = [], []
    smallest = np.full(len(known.codes), np.inf)
    chosen = np.zeros(len(known.codes), dtype=int)
    for level in (known.epcis, known.departments, known.regions):
        names, groups, sizes = np.unique(level, return_inverse=True, return_counts=True)
        groups_of_all = groups + sum(map(len, codes))
        size = np.where((level != "") & (sizes[groups] > 1), sizes[groups], np.inf)
        chosen = np.where(size < smallest, groups_of_all, chosen)
        smallest = np.minimum(size, smallest)
        codes.append(names)
        members.append(groups_of_all)
    return Holders(np.concatenate(codes), tuple(members), chosen)
