"""Whom to invite to the first meeting: the establishments to bring in, the lists and their lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from creasol.diagnosis.enums import Inscription, Source
from creasol.diagnosis.models import Dataset, Establishment, Mobilisation, MobilisationLine
from creasol.diagnosis.sources.sirene import UNDISCLOSED
from creasol.foundation.text import fold
from creasol.network.models import Mandate, Organisation
from creasol.network.queries.duplicates import doubted
from creasol.programmes.models import Edition
from creasol.territories.models import Territory

from .choices import Choice
from .datasets import current_dataset
from .scopes import Scope


def register_of(mobilisation: Mobilisation) -> Dataset:
    """Return the vintage of the register that a list is made from; raise Dataset.DoesNotExist."""
    return Dataset.objects.get(
        source=Source.SIRENE, vintage=mobilisation.vintage, synthetic=mobilisation.synthetic
    )


def all_establishments(mobilisation: Mobilisation) -> QuerySet[Establishment]:
    """Return the ESS establishments of the territory of a list."""
    rows = Establishment.objects.filter(dataset=register_of(mobilisation)).within(mobilisation.perimeter)
    return Scope(territory=mobilisation.territory).rows(rows)


def establishments_to_mobilise(mobilisation: Mobilisation) -> QuerySet[Establishment]:
    """Return those to bring in, by name: an organisation that refused to be named is left alone."""
    named = all_establishments(mobilisation).exclude(name__startswith=UNDISCLOSED)
    return named.order_by("name", "siret")


def mobilisations() -> QuerySet[Mobilisation]:
    """Return every list, the latest first, with how many it names and how many of them are invited."""
    standing = Q(lines__organisation__merged_into=None)
    return (
        Mobilisation.objects.select_related("territory", "edition", "by")
        .annotate(
            organisations=Count("lines", filter=standing),
            guests=Count("lines", filter=standing & Q(lines__invited=True)),
        )
        .order_by("-at", "-pk")
    )


def lines_of_mobilisation(
    mobilisation: Mobilisation, *, text: str = "", which: str = ""
) -> QuerySet[MobilisationLine]:
    """Return the lines of a list by name, each with its organisation.

    ``text`` are words of the organisation; ``which`` keeps the invited (``invited``), the others (``others``), or
    those registered by this list (``new``). An entry merged into another of the list has no line of its own.
    """
    lines = mobilisation.lines.filter(organisation__merged_into=None)
    lines = lines.select_related("organisation__commune").order_by("organisation__sort_name", "pk")
    for word in fold(text).split():
        lines = lines.filter(organisation__words__contains=f" {word}")
    kept = {"invited": Q(invited=True), "others": Q(invited=False), "new": Q(inscription=Inscription.CREATED)}
    return lines.filter(kept[which]) if which in kept else lines


def lines_with_contacts(mobilisation: Mobilisation, *, on: date) -> QuerySet[MobilisationLine]:
    """Return the invited of a list, each organisation with the people who speak for it on that day."""
    mandates = Mandate.objects.current(on).select_related("person").order_by("person__name")
    people = Prefetch("organisation__mandates", queryset=mandates, to_attr="speakers")
    return lines_of_mobilisation(mobilisation, which="invited").prefetch_related(people)


def editions_of(territory: Territory) -> QuerySet[Edition]:
    """Return the editions held on a territory, the latest first."""
    return Edition.objects.filter(territory=territory).order_by("-starts_on")


def lines_to_follow(*, kept: Organisation, absorbed: Organisation) -> QuerySet[MobilisationLine]:
    """Return the lines of an entry that a merge absorbs, save those of lists that already name the one kept."""
    named = MobilisationLine.objects.filter(organisation=kept).values("mobilisation")
    return MobilisationLine.objects.filter(organisation=absorbed).exclude(mobilisation__in=named)


@dataclass(frozen=True)
class Outlook:
    """What bringing in the establishments of a territory would do; ``dataset`` is None without a register."""

    dataset: Dataset | None
    total: int = 0
    known: int = 0
    left_out: int = 0

    @property
    def new(self) -> int:
        """How many organisations would come into the directory."""
        return self.total - self.known


def outlook(choice: Choice) -> Outlook:
    """Return what the act would do for a named territory."""
    register = current_dataset(Source.SIRENE)
    if register is None:
        return Outlook(None)
    planned = Mobilisation(
        territory=choice.territory,
        perimeter=choice.perimeter,
        vintage=register.vintage,
        synthetic=register.synthetic,
    )
    coming = establishments_to_mobilise(planned)
    total = coming.count()
    return Outlook(
        dataset=register,
        total=total,
        known=Organisation.everything.filter(siret__in=coming.order_by().values("siret")).count(),
        left_out=all_establishments(planned).count() - total,
    )


def doubts_among(lines: Iterable[MobilisationLine]) -> dict[int, int]:
    """Return, of the organisations of some lines, those that another entry may be too, and which one."""
    return doubted({line.organisation_id for line in lines})
