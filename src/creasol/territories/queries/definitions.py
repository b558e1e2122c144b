"""What staff need to know while they define a territory."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Commune, Territory

from .codes import read_pasted, resolve_codes
from .communes import search_communes


@dataclass(frozen=True)
class Totals:
    """What communes come to; ``years`` are those of the populations summed, ``unknown`` have none."""

    communes: int
    population: int
    years: tuple[int, ...]
    unknown: int


@dataclass(frozen=True)
class Selection:
    """Communes being chosen: those chosen so far by name, what a search found, what a pasted list came to.

    ``pasted`` is what remains to be corrected in the list; ``folded``, ``unknown`` and ``ambiguous`` say why.
    """

    communes: tuple[Commune, ...]
    totals: Totals
    search: str = ""
    found: tuple[Commune, ...] = ()
    pasted: str = ""
    folded: dict[str, Commune] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    ambiguous: dict[str, tuple[Commune, ...]] = field(default_factory=dict)


def totals_of(communes: Sequence[Commune]) -> Totals:
    """Return the totals of communes already read; no query."""
    known = [commune for commune in communes if commune.population is not None]
    return Totals(
        communes=len(communes),
        population=sum(commune.population for commune in known),
        years=tuple(sorted({commune.population_year for commune in known})),
        unknown=len(communes) - len(known),
    )


def possible_references(codes: Collection[str], *, but: Territory | None = None) -> QuerySet[Territory]:
    """Return what a territory of these communes can be compared with, itself (``but``) left out.

    The territories defined here, the regions and départements, the EPCI of its communes.
    """
    epcis = Commune.objects.filter(code__in=codes).order_by().values("epci_code")
    choice = Territory.objects.filter(
        Q(code="")
        | Q(kind__in=[TerritoryKind.REGION, TerritoryKind.DEPARTMENT])
        | Q(kind=TerritoryKind.EPCI, code__in=epcis)
    )
    choice = choice.exclude(pk=but.pk) if but and but.pk else choice
    return choice.in_list_order()


def select_communes(codes: Iterable[str], *, search: str = "", pasted: str = "") -> Selection:
    """Return the communes of ``codes`` and of a ``pasted`` list, and those that ``search`` finds besides."""
    chosen, read = resolve_codes(codes), read_pasted(pasted)
    communes = {commune.code: commune for commune in (*chosen.communes, *read.resolution.communes)}
    ordered = tuple(sorted(communes.values(), key=lambda commune: (commune.sort_name, commune.code)))
    return Selection(
        communes=ordered,
        totals=totals_of(ordered),
        search=search,
        found=tuple(commune for commune in search_communes(search) if commune.code not in communes),
        pasted=pasted if read.resolution.unknown or read.ambiguous else "",
        folded=chosen.folded | read.resolution.folded,
        unknown=(*chosen.unknown, *read.resolution.unknown),
        ambiguous=read.ambiguous,
    )


def uses_of(territory: Territory) -> list[tuple[str, int]]:
    """Return what stands on a territory, by name and number: its parts, what the floors above made of it."""
    uses = []
    for relation in Territory._meta.related_objects:  # noqa: SLF001  Django's public way to ask
        count = relation.related_model._default_manager.filter(**{relation.field.name: territory}).count()  # noqa: SLF001
        if count:
            uses.append((str(relation.related_model._meta.verbose_name_plural), count))  # noqa: SLF001
    return uses
