"""Every commune of France with what its territories add up, read once for each state of the data."""

from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Count

from creasol.diagnosis.comparables import Sums
from creasol.diagnosis.enums import POPULATION_OF_YEAR, Measure, Source
from creasol.diagnosis.indicators.facts import Origin
from creasol.diagnosis.models import Dataset, Observation
from creasol.diagnosis.surroundings import people_within
from creasol.territories.models import Commune, ReferenceData

from .datasets import all_datasets, newest
from .facts import origin_of
from .memory import KEPT_FOR

KILOMETRES = 15
KNOWN_BY = 0.5  # a past year counts when it covers at least this part of what the best covered year does


@dataclass(frozen=True)
class Country:
    """The communes by code, one array each: their names, what holds them, and their sums (`comparables.Sums`)."""

    codes: np.ndarray
    names: np.ndarray
    departments: np.ndarray
    regions: np.ndarray
    epcis: np.ndarray
    sums: Sums
    origins: tuple[Origin, ...]
    before: int | None

    def rows(self, codes: list[str]) -> np.ndarray:
        """Return the rows of communes by their codes; those that are not there are left out."""
        places = np.searchsorted(self.codes, codes)
        return np.array(
            [
                place
                for place, code in zip(places, codes, strict=True)
                if place < len(self.codes) and self.codes[place] == code
            ],
            dtype=int,
        )


def country() -> Country:
    """Return the communes as the datasets of today describe them, from memory when nothing was imported since."""
    datasets = [
        dataset for dataset in all_datasets() if dataset.source in (Source.POPULATIONS, Source.COMPARATOR)
    ]
    release = ReferenceData.objects.order_by("-loaded_at").values_list("pk", flat=True).first()
    state = [f"{dataset.pk}@{dataset.imported_at.timestamp()}" for dataset in datasets]
    return cache.get_or_set(
        f"diagnosis.country.{release}.{'.'.join(state)}", lambda: read_country(datasets), KEPT_FOR
    )


def read_country(datasets: list[Dataset]) -> Country:
    """Read the communes and their numbers out of ``datasets`` (populations and comparators): three queries."""
    fields = ("code", "name", "department_code", "region_code", "epci_code")
    numbers = ("population", "longitude", "latitude")
    communes = list(Commune.objects.order_by().values_list(*fields, *numbers))
    communes.sort()
    texts = [np.array([commune[place] for commune in communes], dtype=str) for place in range(len(fields))]
    carried, longitudes, latitudes = (
        np.array([commune[len(fields) + place] for commune in communes], dtype=float)
        for place in range(len(numbers))
    )
    comparator = newest(dataset for dataset in datasets if dataset.source == Source.COMPARATOR)
    populations = [dataset for dataset in datasets if dataset.source == Source.POPULATIONS]
    years = population_years(populations, comparator)
    latest, past = (years[-1], years[0]) if years else (None, None)
    read = {dataset.pk: dataset for _, dataset, _ in (years[-1:] + years[:1])}
    read |= {} if comparator is None else {comparator.pk: comparator}
    observed = observations(texts[0], list(read.values()))
    unknown = np.full(len(communes), np.nan)

    def column(dataset: Dataset | None, measure: str) -> np.ndarray:
        return unknown if dataset is None else observed.get((dataset.pk, measure), unknown)

    inhabitants = unknown if latest is None else column(*latest[1:])
    # Mayotte has its own year
    inhabitants = np.where(np.isfinite(inhabitants), inhabitants, carried)
    around = people_within(longitudes, latitudes, inhabitants, kilometres=KILOMETRES)
    sums = Sums(
        inhabitants=inhabitants,
        area_km2=column(comparator, Measure.AREA),
        jobs=column(comparator, Measure.JOBS),
        employers=column(comparator, Measure.EMPLOYERS),
        before=unknown if past is None else column(*past[1:]),
        around=inhabitants * around,
        largest=inhabitants,
        years=0 if latest is None else latest[0] - past[0],
    )
    origins = tuple(origin_of(dataset) for dataset in read.values())
    return Country(*texts, sums, origins, past[0] if sums.years else None)


def population_years(
    populations: list[Dataset], comparator: Dataset | None
) -> list[tuple[int, Dataset, str]]:
    """Return (year, dataset, measure) of the populations that cover about as many communes as any, oldest first."""
    by_pk = {dataset.pk: dataset for dataset in (*populations, comparator) if dataset is not None}
    counted = (
        Observation.objects.filter(dataset__in=by_pk, measure__startswith=Measure.POPULATION)
        .values_list("dataset_id", "measure")
        .annotate(communes=Count("commune_id"))
    )
    years = [
        (year_of(by_pk[pk], measure), by_pk[pk], measure, communes)
        for pk, measure, communes in counted
        if measure != Measure.POPULATION or by_pk[pk].source == Source.POPULATIONS
    ]
    enough = KNOWN_BY * max((communes for *_, communes in years), default=0)
    known = [found[:3] for found in years if found[3] >= enough]
    # of two with one year, the legal populations come last
    return sorted(known, key=lambda found: (found[0], found[1].source == Source.POPULATIONS))


def year_of(dataset: Dataset, measure: str) -> int:
    """Return the year of a population: in its measure for comparators, else that of the dataset."""
    return int(measure.removeprefix(POPULATION_OF_YEAR) if "_" in measure else dataset.vintage[:4])


def observations(codes: np.ndarray, datasets: list[Dataset]) -> dict[tuple[int, str], np.ndarray]:
    """Return (dataset id, measure) → a value for each of ``codes`` (sorted), nan where none is known."""
    found: dict[tuple[int, str], np.ndarray] = {}
    if not datasets:
        return found
    rows = Observation.objects.filter(dataset__in=[dataset.pk for dataset in datasets]).values_list(
        "dataset_id", "measure", "commune_id", "value"
    )
    place = {code: index for index, code in enumerate(codes.tolist())}
    for dataset, measure, code, value in rows.iterator(chunk_size=20_000):
        if (dataset, measure) not in found:
            found[dataset, measure] = np.full(len(codes), np.nan)
        if code in place:
            found[dataset, measure][place[code]] = value
    return found
