"""Which territories are comparable: the nearest by standardised features, for one and for all at once.

A territory is described by sums over its communes (``Sums``), from which its features follow (``FEATURES``). Sizes and
rates are taken by their logarithm, since 2,000 inhabitants differ from 1,000 as 200,000 do from 100,000; each feature
is then divided by its standard deviation among the territories of the same level, so that none weighs more for its
unit. The distance is the root of the mean squared difference: 0 is identical, 1 is one standard deviation apart on
the average feature. What is judged later (facilities, ESS) is left out of the features, or its gaps would be hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

K = 8
KNOWN_BY = 0.5  # a feature is used when at least this part of the territories have it
COVERED = 0.99  # part of the inhabitants of a territory of whom a number must be known


@dataclass(frozen=True)
class Sums:
    """Territories by what adds up over their communes, one array each; nan is unknown.

    ``before`` are the inhabitants ``years`` years earlier; ``around`` the sum over communes of inhabitants × people
    within 15 km of them; ``largest`` the inhabitants of the most populous commune.
    """

    inhabitants: np.ndarray
    area_km2: np.ndarray
    jobs: np.ndarray
    employers: np.ndarray
    before: np.ndarray
    around: np.ndarray
    largest: np.ndarray
    years: int = 0

    def grouped(self, rows: np.ndarray, groups: np.ndarray, size: int) -> "Sums":
        """Add up the communes at ``rows`` into ``size`` territories, each into the one of ``groups`` beside it.

        A number that is unknown of communes with less than 1 % of the inhabitants is that of the others, made up to
        the whole; unknown of more, it is unknown.
        """
        people = np.nan_to_num(self.inhabitants[rows])
        inhabitants = np.bincount(groups, weights=people, minlength=size)

        def added(values: np.ndarray) -> np.ndarray:
            known = np.isfinite(values[rows])
            total = np.bincount(groups, weights=np.where(known, values[rows], 0), minlength=size)
            covered = np.bincount(groups, weights=np.where(known, people, 0), minlength=size)
            with np.errstate(all="ignore"):
                return np.where(covered >= COVERED * inhabitants, total * inhabitants / covered, np.nan)

        largest = np.zeros(size)
        np.maximum.at(largest, groups, people)
        return Sums(
            inhabitants=inhabitants.astype(float),
            area_km2=added(self.area_km2),
            jobs=added(self.jobs),
            employers=added(self.employers),
            before=added(self.before),
            around=added(self.around),
            largest=largest,
            years=self.years,
        )


@dataclass(frozen=True)
class Feature:
    """What describes a territory: ``compute`` gives it as people read it, ``log`` says how it is compared."""

    key: str
    compute: Callable[[Sums], np.ndarray]
    log: bool = True


FEATURES = (
    Feature("population", lambda sums: sums.inhabitants),
    Feature("density", lambda sums: sums.inhabitants / sums.area_km2),
    Feature("surroundings", lambda sums: sums.around / sums.inhabitants),
    Feature("concentration", lambda sums: sums.largest / sums.inhabitants, log=False),
    Feature("jobs", lambda sums: 1000 * sums.jobs / sums.inhabitants),
    Feature("employers", lambda sums: 1000 * sums.employers / sums.inhabitants),
    Feature("change", lambda sums: (sums.inhabitants / sums.before) ** (1 / sums.years) - 1, log=False),
)


def features_of(sums: Sums) -> np.ndarray:
    """Return the features of territories as people read them: one row each, a column for each of ``FEATURES``.

    nan where a number is unknown, or where nobody lives.
    """
    with np.errstate(all="ignore"):
        columns = [
            feature.compute(sums)
            if feature.key != "change" or sums.years
            else np.full(len(sums.jobs), np.nan)
            for feature in FEATURES
        ]
    matrix = np.column_stack(columns).astype(float)
    matrix[~np.isfinite(matrix)] = np.nan
    matrix[~(sums.inhabitants > 0)] = np.nan
    return matrix


def usable(features: np.ndarray) -> np.ndarray:
    """Return the columns that tell territories apart: known by at least half of them, and not the same for all."""
    known = np.isfinite(features)
    enough = known.mean(axis=0) >= KNOWN_BY
    return np.array(
        [column for column in np.flatnonzero(enough) if np.ptp(features[known[:, column], column]) > 0],
        dtype=int,
    )


def standardised(features: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return ``columns`` of the features on one scale: logarithm where said, mean 0 and standard deviation 1."""
    logs = np.array([FEATURES[column].log for column in columns], dtype=bool)
    chosen = features[:, columns]
    # one more, for rates that may be 0
    scaled = np.where(logs, np.log1p(np.where(logs, chosen, 0)), chosen)
    return (scaled - np.nanmean(scaled, axis=0)) / np.nanstd(scaled, axis=0)


def distances(scaled: np.ndarray, row: int) -> np.ndarray:
    """Return the distance of every territory to the one at ``row``, by the features that this one has.

    Infinite where one of these is unknown of the other.
    """
    known = np.isfinite(scaled[row])
    if not known.any():
        return np.full(len(scaled), np.inf)
    found = np.sqrt(((scaled[:, known] - scaled[row, known]) ** 2).mean(axis=1))
    return np.where(np.isfinite(found), found, np.inf)


def nearest(scaled: np.ndarray, row: int, *, k: int = K, among: np.ndarray | None = None) -> np.ndarray:
    """Return the rows of the ``k`` territories nearest to the one at ``row``, the nearest first, never itself.

    ``among`` marks the rows that may be chosen; territories at the same distance come in the order of the rows.
    """
    found = distances(scaled, row)
    found[row] = np.inf
    if among is not None:
        found = np.where(among, found, np.inf)
    order = np.argsort(found, kind="stable")[:k]
    return order[np.isfinite(found[order])]


def all_nearest(scaled: np.ndarray, *, k: int = K) -> np.ndarray:
    """Return for each territory the rows of its ``k`` nearest, the nearest first, never itself (n × k).

    -1 fills up where there are fewer than ``k`` others, or where a territory has no feature at all. Same answer as
    ``nearest`` for each, but for the order of territories at one distance.
    """
    found = np.full((len(scaled), k), -1)
    # territories that have the same features are looked for together
    patterns, pattern_of = np.unique(np.isfinite(scaled), axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        points = scaled[:, pattern]
        known = np.flatnonzero(np.isfinite(points).all(axis=1))
        wanted = min(k + 1, len(known))
        if not pattern.any() or wanted < 2:  # noqa: PLR2004 nobody but itself
            continue
        rows = np.flatnonzero(pattern_of == number)
        _, near = cKDTree(points[known]).query(points[rows], k=wanted)
        itself = known[near] == rows[:, None]
        # one of several identical territories may not find itself: its farthest goes instead
        itself[~itself.any(axis=1), -1] = True
        found[rows, : wanted - 1] = known[near[~itself].reshape(len(rows), wanted - 1)]
    return found
