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
    communes = Commune.objects.order_by("code")
    if department:
        communes = communes.filter(department_code=department.upper())
    return communes.filter(epci_code=epci) if epci else communes


def search_communes(text: str, limit: int = 20) -> list[Commune]:
    """Return the communes that answer ``text``: an INSEE code, the beginning of a postcode, words of a name.

    Accents, case, hyphens and a final s or x do not count; each word may be the beginning of one. First the
    names that begin so, the most populous first; last the communes found by a former name, which they then
    carry as ``found_as``. At most two queries.
    """
    text = text.replace("\0", "").strip()  # PostgreSQL takes no NUL in a text
    words = [SHORTHANDS.get(word, word) for word in fold(text).split()]
    if not words:
        return []
    condition = Q(code__iexact=text)
    if len(words) == 1 and words[0].isdecimal():
        condition |= Q(postcodes__startswith=words[0]) | Q(postcodes__contains=f" {words[0]}")
    condition |= names_with("sort_name", words)
    rank = Case(
        When(Q(code__iexact=text) | Q(sort_name=" ".join(words)), then=Value(0)),
        When(sort_name__startswith=words[0], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = list(Commune.objects.filter(condition).order_by(rank, "-population", "sort_name")[:limit])
    if len(found) < limit:
        known = {commune.code for commune in found}
        former = FormerCommune.objects.filter(Q(code__iexact=text) | names_with("sort_name", words))
        for row in (
            former.exclude(commune__in=known).select_related("commune").order_by("name", "code")[:limit]
        ):
            if row.commune_id not in known and len(found) < limit:
                known.add(row.commune_id)
                row.commune.found_as = str(row)
                found.append(row.commune)
    return found


def names_with(field: str, words: list[str]) -> Q:
    """Return the condition that every word begins a word of a folded name."""
    condition = Q()
    for word in words:
        stem = word.rstrip("sx") if len(word) >= PLURAL_LENGTH else word
        condition &= Q(**{f"{field}__startswith": stem}) | Q(**{f"{field}__contains": f" {stem}"})
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
