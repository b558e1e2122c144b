"""The territories most like one: of its own level, with what makes each comparable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _

from creasol.diagnosis.comparables import FEATURES, K, distances, features_of, standardised, usable
from creasol.diagnosis.enums import FeatureName, Level
from creasol.diagnosis.indicators.facts import Origin
from creasol.foundation import numbers

from .candidates import Candidates, candidates, named_places
from .choices import Choice
from .country import country

MOST_CHANGED = 20
FAR = 1  # standard deviations
NAMES = tuple(FeatureName(feature.key) for feature in FEATURES)


@dataclass(frozen=True)
class FeatureLine:
    """A feature of both territories, as numbers and in words; ``gap`` is their difference in standard deviations."""

    name: FeatureName
    here_value: float
    there_value: float
    gap: float

    @property
    def label(self) -> str:
        return str(self.name.label)

    @property
    def here(self) -> str:
        return in_words(self.name, self.here_value)

    @property
    def there(self) -> str:
        return in_words(self.name, self.there_value)


@dataclass(frozen=True)
class Comparable:
    """A territory like the one that is diagnosed; ``chosen`` when a person put it in."""

    key: str
    name: str
    distance: float
    features: tuple[FeatureLine, ...]
    communes: tuple[str, ...]
    href: str
    chosen: bool = False

    @property
    def is_far(self) -> bool:
        """Return whether it is comparable for want of a nearer one: a standard deviation apart on the average."""
        return self.distance >= FAR

    @property
    def nearest(self) -> FeatureLine:
        return min(self.features, key=lambda line: abs(line.gap))

    @property
    def farthest(self) -> FeatureLine:
        return max(self.features, key=lambda line: abs(line.gap))

    @property
    def likeness(self) -> str:
        """Return in a sentence what makes it most comparable."""
        line = self.nearest
        words = {"feature": line.label.lower(), "there": line.there, "here": line.here}
        return _("Nearest by: %(feature)s (%(there)s, here %(here)s).") % words

    @property
    def difference(self) -> str:
        """Return in a sentence where it differs most; nothing when there is but one feature."""
        line = self.farthest
        words = {"feature": line.label.lower(), "there": line.there, "here": line.here}
        if len(self.features) == 1:
            return ""
        return _("Most different by: %(feature)s (%(there)s, here %(here)s).") % words

    @property
    def why(self) -> str:
        """Return both sentences."""
        return f"{self.likeness} {self.difference}".strip()


@dataclass(frozen=True)
class Comparables:
    """The comparable territories, the nearest first; ``reason`` says why there is none.

    ``left_out`` and ``put_in`` are what a person changed (key → name), ``refused`` the keys that cannot be put in:
    unknown at this level, or sharing a commune with the territory itself (``closed``).
    """

    level: Level
    items: tuple[Comparable, ...] = ()
    features_used: tuple[FeatureName, ...] = ()
    features_missing: tuple[FeatureName, ...] = ()
    reason: str = ""
    origins: tuple[Origin, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    put_in: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    closed: frozenset[str] = frozenset()
    before: int | None = None


@dataclass(frozen=True)
class Picked:
    """Rows of candidates: those shown, the nearest first, and among them those put in; those left out."""

    shown: tuple[int, ...]
    put_in: tuple[int, ...]
    left_out: tuple[int, ...]


def comparables_of(
    choice: Choice, *, without: Sequence[str] = (), with_: Sequence[str] = (), k: int = K
) -> Comparables:
    """Return the ``k`` territories most like the one chosen, never itself nor any that shares a commune with it.

    A commune is compared with communes, an official territory with those of its kind, a territory defined here with
    those of its kind that part the same reference at the same date (all of them when fewer than ``k``); communes that
    somebody chose, and a territory alone of its kind, with intercommunal bodies. ``without`` leaves territories out by
    key (commune code, official code or address), the next nearest takes the place; ``with_`` puts some in, whatever
    their distance, in the place of the farthest.
    """
    known = country()
    here = known.rows([commune.code for commune in choice.communes])
    among = candidates(choice, known, here)
    closed = among.sharing(here)
    # the territory itself comes last, below the candidates
    own = features_of(known.sums.grouped(here, np.zeros(len(here), dtype=int), 1))
    features = np.vstack([features_of(among.sums(known)), own])
    features[closed] = np.nan
    columns = [int(column) for column in usable(features) if np.isfinite(own[0, column])]
    missing = [
        name for column, name in enumerate(NAMES) if column not in columns and applies(name, among.level)
    ]
    if not columns:
        return Comparables(among.level, features_missing=tuple(missing), reason=none_because(own))
    scaled = standardised(features, np.array(columns))
    far = distances(scaled, -1)[:-1]
    asked = list(dict.fromkeys(with_))[:MOST_CHANGED]
    picked = pick(among, far, put_in=asked, left_out=list(dict.fromkeys(without))[:MOST_CHANGED], k=k)
    named = named_places(among, [*picked.shown, *picked.left_out], known)

    def comparable(row: int) -> Comparable:
        gaps = scaled[row] - scaled[-1]
        lines = (
            FeatureLine(NAMES[column], float(own[0, column]), float(features[row, column]), float(gap))
            for column, gap in zip(columns, gaps, strict=True)
        )
        name, href = named[among.keys[row]]
        codes = tuple(np.sort(known.codes[among.rows[among.groups == row]]).tolist())
        return Comparable(
            among.keys[row], name, float(far[row]), tuple(lines), codes, href, chosen=row in picked.put_in
        )

    return Comparables(
        among.level,
        items=tuple(comparable(row) for row in picked.shown),
        features_used=tuple(NAMES[column] for column in columns),
        features_missing=tuple(missing),
        reason="" if picked.shown else _("No other territory of this level is known here."),
        origins=known.origins,
        left_out={among.keys[row]: named[among.keys[row]][0] for row in picked.left_out},
        put_in={among.keys[row]: named[among.keys[row]][0] for row in picked.put_in},
        refused=tuple(key for key in asked if key not in {among.keys[row] for row in picked.put_in}),
        closed=frozenset(among.keys[row] for row in closed),
        before=known.before,
    )


def pick(
    among: Candidates, far: np.ndarray, *, put_in: Sequence[str], left_out: Sequence[str], k: int
) -> Picked:
    """Return which candidates are shown, given their distances (infinite: cannot be compared) and what was asked."""
    rows = {key: row for row, key in enumerate(among.keys)}
    asked = [rows[key] for key in put_in if key in rows and np.isfinite(far[rows[key]])]
    avoided = [rows[key] for key in left_out if key in rows]
    open_far = np.where(among.offered, far, np.inf)
    open_far[[*asked, *avoided]] = np.inf
    order = np.argsort(open_far, kind="stable")[: max(k - len(asked), 0)]
    shown = [*order[np.isfinite(open_far[order])].tolist(), *asked]
    return Picked(tuple(sorted(shown, key=lambda row: (far[row], row))), tuple(asked), tuple(avoided))


def applies(name: FeatureName, level: Level) -> bool:
    """Tell whether a feature means something at a level: a commune is its own largest commune."""
    return name != FeatureName.CONCENTRATION or level != Level.COMMUNE


def none_because(own: np.ndarray) -> str:
    """Return why a territory can be compared with none."""
    if np.isfinite(own).any():
        return _("No other territory of this level is known here.")
    return _("Nobody lives there, or its inhabitants are unknown: it can be compared with no other.")


def in_words(name: FeatureName, value: float) -> str:
    """Return the value of a feature as people read it."""
    if name == FeatureName.CONCENTRATION:
        return numbers.percent(value, 0)
    if name == FeatureName.CHANGE:
        return numbers.percent(value, 2)
    return numbers.number(value, 1 if name == FeatureName.EMPLOYERS else 0)
