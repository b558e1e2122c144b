"""Two vintages of one source: which there are, and the establishments of both."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.db.models.functions import Substr

from creasol.diagnosis.changes import Seen
from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.diagnosis.models import Dataset, Establishment, Observation
from creasol.territories.models import Commune

from .datasets import all_datasets
from .scopes import scope_of

COMPARED = (Source.SIRENE, Source.POPULATIONS, Source.COMPARATOR, Source.FACILITIES)
TELLING = {Source.POPULATIONS, Source.COMPARATOR}  # elsewhere, no row may mean none
SIREN_AT_ONCE = 5_000  # fewer than a query may have parameters
FIELDS = ("siret", "name", "commune_id", "activity_code", "family", "size_band", "created_on")
MARKS = {PerimeterMode.INSEE: "in_insee", PerimeterMode.LAW_2014: "in_law_2014"}


def vintages(communes: Sequence[Commune]) -> dict[Source, list[Dataset]]:
    """Return the sources of which two vintages or more can be compared, each with its datasets, the oldest first.

    Made-up vintages are compared with each other only, and only where nothing real is imported; a vintage of
    populations or of the comparator that knows none of ``communes`` is left out.
    """
    found: dict[Source, list[Dataset]] = {source: [] for source in COMPARED}
    datasets = [dataset for dataset in all_datasets().order_by("vintage") if dataset.source in found]
    silent = knowing_nothing_of(communes, datasets)
    for dataset in datasets:
        if dataset.pk not in silent:
            found[dataset.source].append(dataset)
    alike = {
        source: [dataset for dataset in datasets if not dataset.synthetic] or datasets
        for source, datasets in found.items()
    }
    return {source: datasets for source, datasets in alike.items() if len(datasets) > 1}


def knowing_nothing_of(communes: Sequence[Commune], datasets: Iterable[Dataset]) -> set[int]:
    """Return the ids of those among ``datasets`` that should say a number of each commune, and say none of these."""
    asked = {dataset.pk for dataset in datasets if dataset.source in TELLING}
    rows = scope_of(communes).rows(Observation.objects.filter(dataset__in=asked))
    return asked - set(rows.values_list("dataset", flat=True).distinct())


def datasets_at(dataset: Dataset) -> list[Dataset]:
    """Return what is imported as if ``dataset`` were the only vintage of its source.

    A year of population that the comparator knows is left aside when populations are compared.
    """
    aside = {dataset.source} | ({Source.COMPARATOR} if dataset.source == Source.POPULATIONS else set())
    return [dataset, *(other for other in all_datasets() if other.source not in aside)]


def establishments_in_both(
    communes: Sequence[Commune], mode: PerimeterMode, former: Dataset, newer: Dataset
) -> tuple[list[Seen], list[Seen]]:
    """Return the establishments of ``communes`` in both vintages, and those elsewhere of whoever came or went.

    Four queries, and more only where thousands of legal units came or went.
    """
    before, after = (here(communes, mode, dataset) for dataset in (former, newer))
    known = {seen.siret for seen in before}, {seen.siret for seen in after}
    sirens = sorted({siret[:9] for siret in known[0] ^ known[1]})
    before += elsewhere(sirens, mode, former, known[0])
    after += elsewhere(sirens, mode, newer, known[1])
    return before, after


def here(communes: Sequence[Commune], mode: PerimeterMode, dataset: Dataset) -> list[Seen]:
    """Return the establishments of ``communes`` in one vintage, counted by the perimeter or not."""
    return seen(scope_of(communes).rows(Establishment.objects.filter(dataset=dataset)), mode, here=True)


def elsewhere(sirens: Sequence[str], mode: PerimeterMode, dataset: Dataset, known: set[str]) -> list[Seen]:
    """Return the establishments of some legal units but those ``known`` to be here."""
    rows = Establishment.objects.filter(dataset=dataset).annotate(siren=Substr("siret", 1, 9))
    found = []
    for start in range(0, len(sirens), SIREN_AT_ONCE):
        found += seen(rows.filter(siren__in=sirens[start : start + SIREN_AT_ONCE]), mode, here=False)
    return [one for one in found if one.siret not in known]


def seen(rows: QuerySet[Establishment], mode: PerimeterMode, *, here: bool) -> list[Seen]:
    """Return establishments as changes are made out of them."""
    return [Seen(*values, here, counted) for *values, counted in rows.values_list(*FIELDS, MARKS[mode])]


def names_of_communes(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name of communes."""
    return dict(Commune.objects.filter(code__in=set(codes)).values_list("code", "name"))
