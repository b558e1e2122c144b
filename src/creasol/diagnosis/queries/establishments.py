"""Who is here: the ESS establishments one by one. Organisations only: natural persons are never imported."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from creasol.diagnosis.enums import Family, PerimeterMode, Source
from creasol.diagnosis.models import Establishment
from creasol.network.activities import divisions_of
from creasol.territories.models import Commune

from .datasets import current_dataset
from .scopes import scope_of


def establishments_of(
    communes: Sequence[Commune],
    mode: PerimeterMode,
    *,
    section: str = "",
    family: str = "",
    commune: str = "",
    only: bool = False,
) -> QuerySet[Establishment]:
    """Return the establishments of ``communes`` by name, with their commune and dataset.

    ``section`` is a letter of NAF rév. 2, ``family`` a family of the ESS, ``commune`` a code; empty ones choose all.
    ``only`` keeps those that the other perimeter does not count.
    """
    dataset = current_dataset(Source.SIRENE)
    if dataset is None:
        return Establishment.objects.none()
    found = scope_of(communes).rows(Establishment.objects.filter(dataset=dataset).within(mode))
    if section:
        starts = Q(pk=None)
        for division in divisions_of(section):
            starts |= Q(activity_code__startswith=division)
        found = found.filter(starts)
    if family:
        found = found.filter(family=family) if family in Family.values else found.none()
    if commune:
        found = found.filter(commune=commune) if commune in {each.code for each in communes} else found.none()
    if only:
        found = found.only_within(mode)
    return found.select_related("commune", "dataset").order_by("name", "siret")
