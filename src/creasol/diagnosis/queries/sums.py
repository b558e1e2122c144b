"""Numbers of a set of communes, added up by the database: a fixed number of grouped queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from creasol.diagnosis.enums import POPULATION_OF_YEAR, Age, Domain, Measure, PerimeterMode
from creasol.diagnosis.indicators.facts import Establishments
from creasol.diagnosis.models import Dataset, EmployerTotal, Establishment, Observation
from creasol.network.activities import section_of
from creasol.territories.models import Commune

from .scopes import Scope

MEASURES = (*Measure.values, *Domain.values)
AGE_LIMITS = ((3, Age.UNDER_3), (10, Age.UNDER_10), (20, Age.UNDER_20), (40, Age.UNDER_40))


def observed(scope: Scope, datasets: Iterable[Dataset]) -> dict[tuple[int, str], tuple[float, int]]:
    """Return (dataset id, measure) → (sum, number of communes that have it)."""
    rows = (
        scope.rows(Observation.objects.filter(dataset__in=[dataset.pk for dataset in datasets]))
        .filter(Q(measure__in=MEASURES) | Q(measure__startswith=POPULATION_OF_YEAR))
        .values_list("dataset_id", "measure")
        .annotate(total=Sum("value"), communes=Count("commune_id"))
    )
    return {(dataset, measure): (total, communes) for dataset, measure, total, communes in rows}


def without_observation(scope: Scope, dataset: Dataset, measure: str) -> tuple[str, ...]:
    """Return the names of the communes of which ``dataset`` does not say ``measure``."""
    known = Observation.objects.filter(dataset=dataset, measure=measure, commune=OuterRef("pk"))
    return tuple(scope.communes().filter(~Exists(known)).values_list("name", flat=True))


def establishments(scope: Scope, dataset: Dataset, mode: PerimeterMode) -> Establishments:
    """Count the ESS establishments of a perimeter in each of their classes."""
    groups = (
        scope.rows(Establishment.objects.filter(dataset=dataset).within(mode))
        .values_list(
            "family", Substr("activity_code", 1, 2), "size_band", age_on(register_day(dataset.vintage))
        )
        .annotate(count=Count("pk"))
    )
    families, sections, divisions, bands, ages = (Counter() for _classes in range(5))
    total = 0
    for family, division, band, age, count in groups:
        total += count
        families[family] += count
        sections[section(division)] += count
        divisions[division] += count
        bands[band or "NN"] += count
        ages[age] += count
    return Establishments(
        total, dict(families), dict(sections), dict(bands), dict(ages), divisions=dict(divisions)
    )


def employers(scope: Scope, dataset: Dataset) -> int:
    """Count all active employer establishments."""
    return (
        scope.rows(EmployerTotal.objects.filter(dataset=dataset)).aggregate(total=Sum("count"))["total"] or 0
    )


def establishments_by_territory(
    dataset: Dataset, mode: PerimeterMode, territories: Iterable[int]
) -> dict[int, int]:
    """Return territory id → its ESS establishments; territories that have none are left out."""
    rows = (
        Establishment.objects.filter(dataset=dataset, commune__territories__in=list(territories))
        .within(mode)
        .values_list("commune__territories")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def establishments_by_commune(scope: Scope, dataset: Dataset, mode: PerimeterMode) -> dict[str, int]:
    """Return commune code → its ESS establishments; communes that have none are left out."""
    rows = (
        scope.rows(Establishment.objects.filter(dataset=dataset).within(mode))
        .values_list("commune_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def not_covered(scope: Scope, rows: QuerySet, *, synthetic: bool) -> tuple[str, ...]:
    """Return the names of the communes that a dataset does not cover, so that none of them counts as 0."""
    return tuple(uncovered(scope, rows, synthetic=synthetic).values())


def uncovered(scope: Scope, rows: QuerySet, *, synthetic: bool) -> dict[str, str]:
    """Return code → name of the communes that a dataset does not cover.

    ``rows`` are the dataset's. A real file covers a whole département as soon as one of its communes is there (a
    small commune may well have no employer); a synthetic one covers only the communes it names.
    """
    silent = scope.communes().filter(~Exists(rows.filter(commune=OuterRef("pk"))))
    if synthetic:
        return dict(silent.values_list("code", "name"))
    named = list(silent.values_list("code", "name", "department_code"))
    if not named:
        return {}
    covered = set(
        Commune.objects.filter(department_code__in={department for *_, department in named})
        .filter(Exists(rows.filter(commune=OuterRef("pk"))))
        .order_by()
        .values_list("department_code", flat=True)
        .distinct()
    )
    return {code: name for code, name, department in named if department not in covered}


def register_day(vintage: str) -> date:
    """Return the first day of a vintage such as "2026-01" or "2023"."""
    year, _, month = vintage.partition("-")
    return date(int(year), int(month or 1), 1)


def age_on(day: date) -> Case:
    """Return the class of age on ``day`` of each establishment."""
    limits = [(day.replace(year=day.year - years), age) for years, age in AGE_LIMITS]
    return Case(
        When(created_on=None, then=Value(Age.UNKNOWN.value)),
        *(When(created_on__gt=limit, then=Value(age.value)) for limit, age in limits),
        default=Value(Age.OLDER.value),
        output_field=CharField(),
    )


@cache
def section(division: str) -> str:
    """Return the section of a division, remembered: a region has thousands of groups and 88 divisions."""
    return section_of(division)
