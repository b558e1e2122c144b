"""The communes of a territory, one by one, with the numbers that its figures add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from creasol.diagnosis.enums import POPULATION_OF_YEAR, Measure, PerimeterMode, Source
from creasol.diagnosis.indicators.facts import Origin
from creasol.diagnosis.models import Dataset, Observation
from creasol.diagnosis.rates import per_thousand
from creasol.territories.models import Commune

from . import sums
from .datasets import all_datasets, newest
from .scopes import scope_of


@dataclass(frozen=True)
class CommuneLine:
    """A commune: code and name, its place, and numbers that are None where no dataset says them."""

    code: str
    name: str
    longitude: float | None
    latitude: float | None
    population: int | None
    area_km2: float | None
    jobs: float | None
    employers: int | None
    ess: int | None

    @property
    def ess_per_1000(self) -> float | None:
        if self.ess is None or self.population is None:
            return None
        return per_thousand(self.ess, self.population)


def commune_lines(
    communes: Sequence[Commune], mode: PerimeterMode, *, population: Origin | None, register: Origin | None
) -> list[CommuneLine]:
    """Return one line for each commune, in their order.

    ``population`` and ``register`` say out of which datasets: those of the territory's own figures, so that the
    lines add up to them; without a register that covers them all no commune has a (false) 0.
    """
    datasets = list(all_datasets())
    scope = scope_of(communes)
    comparator = newest(dataset for dataset in datasets if dataset.source == Source.COMPARATOR)
    people = dataset_at(datasets, population)
    read = [dataset.pk for dataset in (comparator, people) if dataset is not None]
    rows = scope.rows(Observation.objects.filter(dataset__in=read)).values_list(
        "commune_id", "measure", "value"
    )
    count_of_people = population_measure(population)
    measures = [count_of_people, Measure.AREA, Measure.JOBS, Measure.EMPLOYERS]
    values = {(code, measure): value for code, measure, value in rows.filter(measure__in=measures)}
    sirene = dataset_at(datasets, register)
    ess = None if sirene is None else sums.establishments_by_commune(scope, sirene, mode)
    return [
        CommuneLine(
            code=commune.code,
            name=commune.name,
            longitude=commune.longitude,
            latitude=commune.latitude,
            population=whole(values.get((commune.code, count_of_people))),
            area_km2=values.get((commune.code, Measure.AREA)),
            jobs=values.get((commune.code, Measure.JOBS)),
            employers=whole(values.get((commune.code, Measure.EMPLOYERS))),
            ess=None if ess is None else ess.get(commune.code, 0),
        )
        for commune in communes
    ]


def dataset_at(datasets: Sequence[Dataset], origin: Origin | None) -> Dataset | None:
    """Return the dataset that an origin names."""
    if origin is None:
        return None
    return next(
        dataset
        for dataset in datasets
        if (dataset.source, dataset.vintage) == (origin.source, origin.vintage)
    )


def population_measure(origin: Origin | None) -> str:
    """Return how a dataset calls its population: comparators hold several years."""
    if origin is not None and origin.source == Source.COMPARATOR:
        return f"{POPULATION_OF_YEAR}{origin.vintage[:4]}"
    return Measure.POPULATION.value


def whole(value: float | None) -> int | None:
    """Return a number of people or of establishments, stored as a real number, as the whole one it is."""
    return None if value is None else int(value)
