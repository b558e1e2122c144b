"""Indicators that people added: the list of them, their tables, and what they say of communes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import F, FloatField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast

from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.indicators.facts import Count, Origin, OwnNumber, OwnSource
from creasol.diagnosis.models import OwnIndicator, OwnValue

from .memory import remembered
from .scopes import Scope

TOLERANCE = 0.01
"""A reference is compared with when the table leaves out no more than this part of its communes."""


@dataclass(frozen=True)
class Told:
    """What a table says of a set of communes in one year; ``weight`` are the inhabitants of those it tells of."""

    total: float
    weighted: float | None
    weight: float | None
    communes: int

    def number(self, aggregation: Aggregation) -> float | None:
        """Return the sum, or the mean weighted by inhabitants; None when nobody lives there."""
        if aggregation == Aggregation.SUM:
            return self.total
        return self.weighted / self.weight if self.weight else None


Tables = dict[tuple[int, int], Told]


def own_indicators() -> QuerySet[OwnIndicator]:
    """Return the indicators that people added, by name, with how many values they hold and of which years."""
    return OwnIndicator.objects.annotate(
        rows=CountOf("values"), first_year=Min("values__year"), last_year=Max("values__year")
    ).order_by("name", "key")


def years_of(indicator: OwnIndicator) -> list[tuple[int, int]]:
    """Return the years of an indicator, the latest first, each with its number of communes."""
    years = indicator.values.order_by("-year").values_list("year").annotate(communes=CountOf("pk"))
    return list(years)


def table_of(indicator: OwnIndicator) -> QuerySet:
    """Return the table of an indicator: code, commune, year, value."""
    rows = indicator.values.order_by("commune_id", "year")
    return rows.values_list("commune_id", "commune__name", "year", "value")


def own_numbers(
    here: Scope, there: Scope | None, *, communes: int, others: int | None, version: str
) -> tuple[OwnNumber, ...]:
    """Return what each indicator says of ``here`` (of so many ``communes``), and of the reference ``there``.

    One that says nothing of either is left out. The newest year that tells of every commune is read, else the newest.
    Four queries at most, whatever the number of indicators, communes and years.
    """
    indicators = list(OwnIndicator.objects.all())
    if not indicators:
        return ()
    ours = told(here, version)
    theirs = {} if there is None else told(there, version)
    years = {one.pk: year_to_read(one.pk, ours, communes) for one in indicators}
    incomplete = [
        (pk, year) for pk, year in years.items() if year is not None and ours[pk, year].communes < communes
    ]
    missing = communes_left_out(here, incomplete)
    told_of = {pk for pk, _year in (*ours, *theirs)}
    numbers = []
    for one in indicators:
        year, number = years[one.pk], None
        value = None if year is None else ours[one.pk, year].number(Aggregation(one.aggregation))
        if value is not None:
            reference = theirs.get((one.pk, year))
            whole = reference and reference.communes >= (others or 0) * (1 - TOLERANCE)
            number = Count(
                Origin(source_of(one), str(year), one.synthetic),
                value,
                reference.number(Aggregation(one.aggregation)) if whole else None,
                missing.get((one.pk, year), ()),
            )
        if one.pk in told_of:
            numbers.append(own_number(one, number))
    return tuple(numbers)


def own_number(indicator: OwnIndicator, number: Count | None = None) -> OwnNumber:
    """Return an indicator as the figures know it, with the number it gives somewhere."""
    return OwnNumber(
        indicator.key,
        indicator.name,
        indicator.definition,
        indicator.unit,
        indicator.decimals,
        Aggregation(indicator.aggregation),
        source_of(indicator),
        number,
    )


def source_of(indicator: OwnIndicator) -> OwnSource:
    """Return where the values of an indicator come from, as its author says."""
    return OwnSource(indicator.source, indicator.licence)


def told(scope: Scope, version: str) -> Tables:
    """Return (indicator id, year) → what the tables say of a scope."""
    return remembered(version, scope, ("own",), lambda: added_up(scope))


def added_up(scope: Scope) -> Tables:
    """Add the tables up over a scope, in one query."""
    inhabitants = Cast("commune__population", FloatField())
    rows = (
        scope.rows(OwnValue.objects.all())
        .values_list("indicator_id", "year")
        .annotate(
            total=Sum("value"),
            weighted=Sum(F("value") * inhabitants, output_field=FloatField()),
            weight=Sum(inhabitants),
            communes=CountOf("pk"),
        )
    )
    return {(indicator, year): Told(*sums) for indicator, year, *sums in rows}


def year_to_read(indicator: int, tables: Tables, communes: int) -> int | None:
    """Return the newest year that tells of all the communes, else the newest, None without any."""
    years = [year for pk, year in tables if pk == indicator]
    whole = [year for year in years if tables[indicator, year].communes == communes]
    return max(whole or years, default=None)


def communes_left_out(
    scope: Scope, pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return, for each (indicator id, year), the names of the communes of a scope that it leaves out."""
    if not pairs:
        return {}
    condition = Q(pk__in=[])
    for indicator, year in pairs:
        condition |= Q(indicator=indicator, year=year)
    known: dict[tuple[int, int], set[str]] = {pair: set() for pair in pairs}
    for indicator, year, code in scope.rows(OwnValue.objects.filter(condition)).values_list(
        "indicator_id", "year", "commune_id"
    ):
        known[indicator, year].add(code)
    names = scope.communes().order_by("sort_name", "code").values_list("code", "name")
    everyone = list(names)
    return {
        pair: tuple(name for code, name in everyone if code not in codes) for pair, codes in known.items()
    }
