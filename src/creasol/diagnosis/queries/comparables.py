"""The territories most like one: of its own level, with what makes each comparable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from creasol.diagnosis.comparables import (
    FEATURES,
    K,
    Sums,
    distances,
    features_of,
    standardised,
    usable,
)
from creasol.diagnosis.enums import FeatureName, Level
from creasol.diagnosis.indicators.facts import Origin
from creasol.foundation import numbers
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.queries import search_communes, territories_listed

from .choices import Choice
from .country import Country, country
from .facts import rivals

MOST_PUT_IN = 20
NAMES = tuple(FeatureName(feature.key) for feature in FEATURES)
OFFICIAL = {
    TerritoryKind.EPCI: Level.EPCI,
    TerritoryKind.DEPARTMENT: Level.DEPARTMENT,
    TerritoryKind.REGION: Level.REGION,
}
KIND_OF = {level: kind for kind, level in OFFICIAL.items()}


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
    def nearest(self) -> FeatureLine:
        return min(self.features, key=lambda line: abs(line.gap))

    @property
    def farthest(self) -> FeatureLine:
        return max(self.features, key=lambda line: abs(line.gap))

    @property
    def why(self) -> str:
        """Return in a sentence what makes it comparable, and where it differs most."""
        words = {
            "near": self.nearest.label.lower(),
            "near_there": self.nearest.there,
            "near_here": self.nearest.here,
            "far": self.farthest.label.lower(),
            "far_there": self.farthest.there,
            "far_here": self.farthest.here,
        }
        if len(self.features) == 1:
            return _("Nearest by: %(near)s (%(near_there)s, here %(near_here)s).") % words
        return (
            _(
                "Nearest by: %(near)s (%(near_there)s, here %(near_here)s). "
                "Most different by: %(far)s (%(far_there)s, here %(far_here)s)."
            )
            % words
        )


@dataclass(frozen=True)
class Comparables:
    """The comparable territories, the nearest first; ``reason`` says why there is none.

    ``left_out`` and ``put_in`` are what a person changed (key → name), ``refused`` the keys that cannot be put in:
    unknown at this level, or sharing a commune with the territory itself.
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
    before: int | None = None


@dataclass(frozen=True)
class Candidates:
    """Territories that may be comparable: the commune at ``rows[i]`` belongs to the one at ``groups[i]``.

    ``offered`` marks those chosen among by nearness; a person may put any of them in.
    """

    level: Level
    keys: tuple[str, ...]
    rows: np.ndarray
    groups: np.ndarray
    offered: np.ndarray

    def sums(self, known: Country) -> Sums:
        if self.level == Level.COMMUNE:
            return known.sums
        return known.sums.grouped(self.rows, self.groups, len(self.keys))

    def sharing(self, rows: np.ndarray) -> np.ndarray:
        """Return the candidates that hold one of these communes."""
        return np.unique(self.groups[np.isin(self.rows, rows)])


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
    own = features_of(known.sums.grouped(here, np.zeros(len(here), dtype=int), 1))
    features = np.vstack([features_of(among.sums(known)), own])
    sharing = among.sharing(here)
    features[sharing] = np.nan
    columns = np.array([column for column in usable(features) if np.isfinite(own[0, column])], dtype=int)
    missing = tuple(
        name for column, name in enumerate(NAMES) if column not in columns and applies(name, among)
    )
    if not len(columns):
        return Comparables(among.level, features_missing=missing, reason=none_because(own))
    scaled = standardised(features, columns)
    far = distances(scaled, len(among.keys))[:-1]
    place = {key: index for index, key in enumerate(among.keys)}
    asked = list(dict.fromkeys(with_))[:MOST_PUT_IN]
    put_in = [place[key] for key in asked if key in place and np.isfinite(far[place[key]])]
    left_out = [place[key] for key in dict.fromkeys(without) if key in place][:MOST_PUT_IN]
    open_ = among.offered & np.isfinite(far)
    open_[[*put_in, *left_out]] = False
    order = np.argsort(np.where(open_, far, np.inf), kind="stable")
    nearest = [int(index) for index in order[: max(k - len(put_in), 0)] if open_[index]]
    chosen = sorted([*nearest, *put_in], key=lambda index: (far[index], index))
    named = named_places(among, [*chosen, *left_out], known)
    used = tuple(NAMES[column] for column in columns)

    def comparable(index: int) -> Comparable:
        gaps = scaled[index] - scaled[-1]
        lines = tuple(
            FeatureLine(name, float(own[0, column]), float(features[index, column]), float(gap))
            for name, column, gap in zip(used, columns, gaps, strict=True)
        )
        key = among.keys[index]
        codes = tuple(known.codes[among.rows[among.groups == index]].tolist())
        name, href = named[key]
        return Comparable(key, name, float(far[index]), lines, codes, href, chosen=index in put_in)

    items = tuple(comparable(index) for index in chosen)
    return Comparables(
        among.level,
        items,
        used,
        missing,
        "" if items else _("No other territory of this level is known here."),
        known.origins,
        {among.keys[index]: named[among.keys[index]][0] for index in left_out},
        {among.keys[index]: named[among.keys[index]][0] for index in put_in},
        tuple(key for key in asked if key not in place or place[key] not in put_in),
        known.before,
    )


def candidates(choice: Choice, known: Country, here: np.ndarray) -> Candidates:
    """Return the territories of the level of a choice."""
    if choice.territory is None and len(choice.communes) == 1:
        every = np.arange(len(known.codes))
        return Candidates(
            Level.COMMUNE, tuple(known.codes.tolist()), every, every, np.ones(len(every), dtype=bool)
        )
    if choice.territory is not None and not choice.territory.code:
        defined = defined_here(choice.territory, known, here)
        if defined.offered.any():
            return defined
    kind = choice.territory.kind if choice.territory is not None and choice.territory.code else ""
    return official(OFFICIAL.get(kind, Level.EPCI), known)


def official(level: Level, known: Country) -> Candidates:
    """Return every EPCI, département or region."""
    holders = {Level.EPCI: known.epcis, Level.DEPARTMENT: known.departments, Level.REGION: known.regions}[
        level
    ]
    rows = np.flatnonzero(holders != "")
    keys, groups = np.unique(holders[rows], return_inverse=True)
    return Candidates(level, tuple(keys.tolist()), rows, groups, np.ones(len(keys), dtype=bool))


def defined_here(territory: Territory, known: Country, here: np.ndarray) -> Candidates:
    """Return the territories defined here; those that part its reference at its date are offered."""
    slugs = dict(Territory.objects.defined_here().order_by("sort_name", "pk").values_list("pk", "slug"))
    place = {pk: index for index, pk in enumerate(slugs)}
    members = Territory.communes.through.objects.filter(territory__code="").values_list(
        "territory", "commune"
    )
    pairs = [(place[pk], code) for pk, code in members]
    groups = np.array([group for group, _code in pairs], dtype=int)
    codes = np.array([code for _group, code in pairs], dtype=known.codes.dtype)
    rows = np.minimum(np.searchsorted(known.codes, codes), max(len(known.codes) - 1, 0))
    there = known.codes[rows] == codes
    rows, groups = rows[there], groups[there]
    offered = np.zeros(len(slugs), dtype=bool)
    if territory.reference is not None:
        offered[[place[pk] for pk in rivals(territory, territory.reference) if pk in place]] = True
    found = Candidates(Level.DEFINED, tuple(slugs.values()), rows, groups, offered)
    offered[found.sharing(here)] = False
    return found


def named_places(among: Candidates, indexes: Sequence[int], known: Country) -> dict[str, tuple[str, str]]:
    """Return key → (name, address of its diagnosis) of a few candidates; at most one query."""
    keys = [among.keys[index] for index in indexes]
    if among.level == Level.COMMUNE:
        return {
            among.keys[index]: (
                f"{known.names[index]} ({known.departments[index]})",
                f"{reverse('diagnosis:ad_hoc')}?{urlencode({'communes': among.keys[index]})}",
            )
            for index in indexes
        }
    if among.level == Level.DEFINED:
        found = Territory.objects.filter(slug__in=keys).values_list("slug", "slug", "name")
    else:
        found = Territory.objects.filter(kind=KIND_OF[among.level], code__in=keys).values_list(
            "code", "slug", "name"
        )
    return dict.fromkeys(keys, ("", "")) | {
        key: (name, reverse("diagnosis:territory", args=[slug])) for key, slug, name in found
    }


def offers(level: Level, text: str, choice: Choice, *, limit: int = 20) -> list[tuple[str, str]]:
    """Return (key, name) of the territories of a level that answer ``text``; without it, all when there are few."""
    if level == Level.COMMUNE:
        found = [
            (commune.code, f"{commune.name} ({commune.department_code})")
            for commune in search_communes(text, limit)
        ]
    elif level == Level.DEFINED:
        listed = territories_listed(text=text).filter(code="").values_list("slug", "name")[:limit]
        found = list(listed)
    else:
        listed = territories_listed(text=text, kind=KIND_OF[level]) if text else Territory.objects.none()
        found = list(listed.values_list("code", "name")[:limit])
    own = {commune.code for commune in choice.communes} if choice.territory is None else set()
    own |= set() if choice.territory is None else {choice.territory.slug, choice.territory.code}
    return [(key, name) for key, name in found if key not in own]


def applies(name: FeatureName, among: Candidates) -> bool:
    """Tell whether a feature means something at a level: a commune is its own largest commune."""
    return name != FeatureName.CONCENTRATION or among.level != Level.COMMUNE


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
