"""Among whom comparable territories are looked for: those of one level, each with its communes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from django.utils.http import urlencode

from creasol.diagnosis.comparables import Sums
from creasol.diagnosis.enums import Level
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.queries import search_communes, territories_listed

from .choices import Choice
from .country import Country
from .facts import rivals

LEVEL_OF = {
    TerritoryKind.EPCI: Level.EPCI,
    TerritoryKind.DEPARTMENT: Level.DEPARTMENT,
    TerritoryKind.REGION: Level.REGION,
}
KIND_OF = {level: kind for kind, level in LEVEL_OF.items()}


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
        """Return what adds up over the communes of each."""
        if self.level == Level.COMMUNE:
            return known.sums
        return known.sums.grouped(self.rows, self.groups, len(self.keys))

    def sharing(self, rows: np.ndarray) -> np.ndarray:
        """Return the candidates that hold one of these communes."""
        return np.unique(self.groups[np.isin(self.rows, rows)])


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
    return official(LEVEL_OF.get(kind, Level.EPCI), known)


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


def offers(level: Level, text: str, *, limit: int = 20) -> list[tuple[str, str]]:
    """Return (key, name) of the territories of a level that answer ``text``; without it, those defined here."""
    if level == Level.COMMUNE:
        return [
            (commune.code, f"{commune.name} ({commune.department_code})")
            for commune in search_communes(text, limit)
        ]
    if level == Level.DEFINED:
        listed = territories_listed(text=text).filter(code="")
        return list(listed.values_list("slug", "name")[:limit])
    if not text:
        return []
    listed = territories_listed(text=text, kind=KIND_OF[level])
    return list(listed.values_list("code", "name")[:limit])
