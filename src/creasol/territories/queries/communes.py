"""Communes: found by what people type, and the page of one."""

import math
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from creasol.foundation.text import fold
from creasol.territories.enums import OFFICIAL_KINDS
from creasol.territories.models import Commune, FormerCommune, Territory

NEARBY = 10
NEARBY_DEGREES = 0.25
KILOMETRES_PER_DEGREE = 111.2
SHORTHANDS = {"st": "saint", "ste": "sainte"}
PLURAL_LENGTH = 4  # a shorter word keeps its s: "Lys", "Bas"


@dataclass(frozen=True)
class Neighbour:
    commune: Commune
    kilometres: float


@dataclass(frozen=True)
class CommunePage:
    """What the page of a commune shows; ``official`` from the smallest (its EPCI) to the region."""

    commune: Commune
    official: tuple[Territory, ...]
    defined_here: tuple[Territory, ...]
    former: tuple[FormerCommune, ...]
    nearby: tuple[Neighbour, ...]


def all_communes(*, department: str = "", epci: str = "") -> QuerySet[Commune]:
    """Return the communes of today, by code: of a département, of an EPCI (their codes), or all."""
    # PostgreSQL takes no NUL in a text
    department, epci = (code.replace("\0", "") for code in (department, epci))
    communes = Commune.objects.order_by("code")
    if department:
        communes = communes.filter(department_code=department.upper())
    return communes.filter(epci_code=epci) if epci else communes


def search_communes(text: str, limit: int = 20) -> list[Commune]:
    """Return the communes that answer ``text``: an INSEE code, the beginning of a postcode, words of a name.

    Accents, case, hyphens and a final s or x do not count; each word may be the beginning of one. First the
    whole name, then those that begin so, the most populous first. A commune found by a former name carries it
    as ``found_as``. Two queries.
    """
    text = text.replace("\0", "").strip()  # PostgreSQL takes no NUL in a text
    words = [SHORTHANDS.get(word, word) for word in fold(text).split()]
    if not words:
        return []
    whole = Q(code__iexact=text) | Q(sort_name=" ".join(words))
    condition = whole | names_with(words)
    if words[0].isdecimal() and len(words) == 1:
        condition |= Q(postcodes__startswith=words[0]) | Q(postcodes__contains=f" {words[0]}")
    rank = Case(
        When(whole, then=Value(0)),
        When(sort_name__startswith=words[0], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    today = Commune.objects.filter(condition).annotate(rank=rank).order_by("rank", "-population", "sort_name")
    former = FormerCommune.objects.filter(whole | names_with(words)).annotate(rank=rank)
    found = {commune.code: commune for commune in today[:limit]}
    for row in former.select_related("commune").order_by("rank", "sort_name", "code")[:limit]:
        if row.commune_id not in found:
            found[row.commune_id] = row.commune
            row.commune.found_as, row.commune.rank = str(row), row.rank
    # who gives the whole name of a commune of before is served before names that only begin so
    return sorted(found.values(), key=lambda commune: (commune.rank > 0, bool(commune.found_as)))[:limit]


def names_with(words: list[str]) -> Q:
    """Return the condition that every word begins a word of the folded name, a final s or x aside."""
    condition = Q()
    for word in words:
        stem = word.rstrip("sx") if len(word) >= PLURAL_LENGTH else word
        condition &= Q(sort_name__startswith=stem) | Q(sort_name__contains=f" {stem}")
    return condition


def commune_page(commune: Commune) -> CommunePage:
    """Return what the page of a commune shows; three queries."""
    territories = commune.territories.select_related("reference").order_by("sort_name")
    order = {kind: number for number, kind in enumerate(reversed(OFFICIAL_KINDS))}
    official = [territory for territory in territories if territory.kind in order]
    return CommunePage(
        commune=commune,
        official=tuple(sorted(official, key=lambda territory: order[territory.kind])),
        defined_here=tuple(territory for territory in territories if territory.kind not in order),
        former=tuple(commune.former.all()),
        nearby=nearby(commune),
    )


def nearby(commune: Commune) -> tuple[Neighbour, ...]:
    """Return the nearest communes, centre to centre; none when the centre is unknown. One query."""
    if commune.latitude is None or commune.longitude is None:
        return ()
    shrink = max(math.cos(math.radians(commune.latitude)), 0.01)
    width = NEARBY_DEGREES / shrink
    around = Commune.objects.exclude(code=commune.code).filter(
        latitude__range=(commune.latitude - NEARBY_DEGREES, commune.latitude + NEARBY_DEGREES),
        longitude__range=(commune.longitude - width, commune.longitude + width),
    )
    neighbours = [
        Neighbour(
            other,
            KILOMETRES_PER_DEGREE
            * math.hypot(other.latitude - commune.latitude, (other.longitude - commune.longitude) * shrink),
        )
        for other in around
    ]
    return tuple(
        sorted(neighbours, key=lambda neighbour: (neighbour.kilometres, neighbour.commune.code))[:NEARBY]
    )
