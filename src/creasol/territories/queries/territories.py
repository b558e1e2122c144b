"""Territories: found by their address or code, listed, and the page of one."""

from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, When

from creasol.foundation.text import fold
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Commune, Territory

from .definitions import Totals, totals_of

MOST_COMMUNES = 500
EPCI_CODE_LENGTH = 9


@dataclass(frozen=True)
class TerritoryPage:
    """What the page of a territory shows.

    ``communes`` by name, but the ``MOST_COMMUNES`` most populous when there are more (``is_cut``); ``parts``
    by kind; ``siblings`` are the other parts of its reference, of the same kind and at the same dates.
    """

    territory: Territory
    communes: tuple[Commune, ...]
    totals: Totals
    parts: tuple[tuple[str, tuple[Territory, ...]], ...]
    siblings: tuple[Territory, ...]

    @property
    def is_cut(self) -> bool:
        return len(self.communes) < self.totals.communes


def territory_by_key(key: str) -> Territory:
    """Return the territory at an address ("couronne-sud-2011") or of an official code.

    Nine digits are an EPCI ("200093201"), two or three characters a département ("59"); regions, whose codes
    are also those of départements, are known by their address. Raises Territory.DoesNotExist.
    """
    key = key.replace("\0", "")  # PostgreSQL takes no NUL in a text
    kind = TerritoryKind.EPCI if len(key) == EPCI_CODE_LENGTH else TerritoryKind.DEPARTMENT
    official = Q(code=key.upper(), kind=kind) if key else Q(pk=None)
    found = Territory.objects.select_related("reference").with_totals().filter(Q(slug=key) | official)
    # an address wins over a code
    territory = found.order_by(Case(When(slug=key, then=0), default=1)).first()
    if territory is None:
        raise Territory.DoesNotExist(key)
    return territory


def communes_of(territory: Territory) -> QuerySet[Commune]:
    """Return the communes of a territory, by name."""
    return territory.communes.order_by("sort_name", "code")


def parts_of(territory: Territory) -> QuerySet[Territory]:
    """Return the territories whose reference is this one, by name, with their totals."""
    return territory.parts.with_totals().order_by("sort_name")


def all_territories() -> QuerySet[Territory]:
    """Return every territory with its reference and totals: those defined here first, by kind and name."""
    return Territory.objects.select_related("reference").with_totals().in_list_order()


def defined_territories() -> QuerySet[Territory]:
    """Return the territories that staff defined, with their reference and totals."""
    return all_territories().defined_here()


def territories_listed(*, text: str = "", kind: str = "", reference: str = "") -> QuerySet[Territory]:
    """Return the territories named or coded ``text`` (each word may begin a word).

    If asked, only those of a kind, or the parts of a territory (its address).
    """
    text = text.replace("\0", "").strip()  # PostgreSQL takes no NUL in a text
    territories = all_territories()
    if kind:
        territories = territories.filter(kind=kind)
    if reference:
        territories = territories.filter(reference__slug=reference.replace("\0", ""))
    condition = Q()
    for word in fold(text).split():
        condition &= Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
    if text:
        territories = territories.filter(condition | Q(code__gt="", code__iexact=text))
    return territories


def comparable_territories() -> QuerySet[Territory]:
    """Return what this instance is about: the territories defined here, and the EPCI of their communes."""
    epcis = Commune.objects.filter(territories__code="").order_by().values("epci_code")
    mine = Territory.objects.filter(Q(code="") | Q(kind=TerritoryKind.EPCI, code__in=epcis))
    return mine.in_list_order()


def territory_page(slug: str) -> TerritoryPage:
    """Return what the page of a territory shows; the same number of queries whatever its size.

    Raises Territory.DoesNotExist.
    """
    territory = Territory.objects.select_related("reference").get(slug=slug)
    communes = list(territory.communes.order_by(F("population").desc(nulls_last=True), "code"))
    groups: dict[str, list[Territory]] = {}
    for part in territory.parts.with_totals().in_list_order():
        groups.setdefault(part.get_kind_display(), []).append(part)
    siblings = Territory.objects.none()
    if territory.reference_id and not territory.code:
        siblings = Territory.objects.filter(
            reference=territory.reference_id,
            kind=territory.kind,
            valid_from=territory.valid_from,
            valid_to=territory.valid_to,
        ).exclude(pk=territory.pk)
    return TerritoryPage(
        territory=territory,
        communes=tuple(
            sorted(communes[:MOST_COMMUNES], key=lambda commune: (commune.sort_name, commune.code))
        ),
        totals=totals_of(communes),
        parts=tuple((kind, tuple(parts)) for kind, parts in groups.items()),
        siblings=tuple(siblings.order_by("sort_name")),
    )
