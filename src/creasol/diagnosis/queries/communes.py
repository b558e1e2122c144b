"""The communes of a territory, one by one, with the numbers that its figures add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from creasol.diagnosis.enums import Measure, PerimeterMode, Source
from creasol.diagnosis.models import Observation
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
    population: float | None
    area_km2: float | None
    jobs: float | None
    employers: float | None
    ess: int | None

    @property
    def ess_per_1000(self) -> float | None:
        if self.ess is None or self.population is None:
            return None
        return per_thousand(self.ess, self.population)


def commune_lines(communes: Sequence[Commune], mode: PerimeterMode, *, register: bool) -> list[CommuneLine]:
    """Return one line for each commune, in their order; population is that of the newest year imported.

    ``register`` says whether the register of establishments covers them all: otherwise none has a number of ESS
    establishments, rather than a false 0.
    """
    by_source = {}
    for dataset in all_datasets():
        by_source.setdefault(dataset.source, []).append(dataset)
    newest_of = {source: newest(datasets) for source, datasets in by_source.items()}
    scope = scope_of(communes)
    read = [newest_of[source].pk for source in (Source.POPULATIONS, Source.COMPARATOR) if source in newest_of]
    values = {
        (code, measure): value
        for code, measure, value in scope.rows(
            Observation.objects.filter(dataset__in=read, measure__in=Measure.values)
        ).values_list("commune_id", "measure", "value")
    }
    ess = None
    if register:
        ess = sums.establishments_by_commune(scope, newest_of[Source.SIRENE], mode)
    return [
        CommuneLine(
            code=commune.code,
            name=commune.name,
            longitude=commune.longitude,
            latitude=commune.latitude,
            population=values.get((commune.code, Measure.POPULATION)),
            area_km2=values.get((commune.code, Measure.AREA)),
            jobs=values.get((commune.code, Measure.JOBS)),
            employers=values.get((commune.code, Measure.EMPLOYERS)),
            ess=None if ess is None else ess.get(commune.code, 0),
        )
        for commune in communes
    ]
