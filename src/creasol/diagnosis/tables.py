"""Figures as the bars and tables of a page: texts written as people read them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table
from creasol.network.activities import activity_label

from .comparisons import Comparison, Line
from .figures import Diagnosis, Figure, Quoted, range_in_words, vintage_in_words
from .indicators import Row, Unit
from .indicators.make_up import band_label
from .models import Establishment
from .queries.communes import CommuneLine
from .second_perimeter import Second
from .thin_tables import Gauge

MOST_BARS = 15
LONG = {"ess_by_activity", "ess_specialisation", "ess_division_specialisation"}
IN_FRENCH = {"ess_division_specialisation"}  # official labels, in that language alone
LOG_WIDTH = 3  # a gauge goes from an eighth of the reference's weight to eight times as much


@dataclass(frozen=True)
class Bar:
    """A line of the bar list: ``percent`` of the longest bar; ``here`` marks the diagnosed territory.

    A quotient has a ``gauge`` instead of a bar, ``says`` in words what its interval proves, and is marked when proven.
    """

    label: str
    value: str
    percent: float
    href: str = ""
    here: bool = False
    gauge: Gauge | None = None
    says: str = ""


@dataclass(frozen=True)
class BarCard:
    """A figure of several classes: its bars (the longest ones, ours always among them) and all of it as a table.

    ``language`` is that of labels that come in one alone.
    """

    figure: Figure
    bars: tuple[Bar, ...]
    table: Table | None
    compared_with: str = ""
    language: str = ""

    @property
    def is_long(self) -> bool:
        """Return whether its bars want a wide card: activities, of which there are many with long names."""
        return self.figure.key in LONG

    @property
    def is_quotient(self) -> bool:
        """Return whether its lines are gauges around 1."""
        return self.figure.indicator.unit == Unit.QUOTIENT


def bar_card(figure: Figure, reference_name: str) -> BarCard:
    """Return a figure of several classes as a page shows it."""
    if not figure.available:
        return BarCard(figure, (), None)
    longest = max((row.value or 0 for row in figure.rows), default=0) or 1
    shown = [row for index, row in enumerate(figure.rows) if index < MOST_BARS or row.ours]
    quotients = figure.indicator.unit == Unit.QUOTIENT
    bars = tuple(
        Bar(
            row.label,
            bar_value(figure, row),
            100 * (row.value or 0) / longest,
            here=row.ours or (quotients and not row.low <= 1 <= row.high),
            gauge=quotient_gauge(row) if quotients else None,
            says=quotient_in_words(row) if quotients else "",
        )
        for row in shown
    )
    compared = any(row.reference is not None for row in figure.rows)
    columns = [
        Column(_("Class")),
        Column(_("Number"), number=True),
        Column(figure.unit.capitalize(), number=True),
    ]
    fields = ["value"]
    if compared:
        columns.append(Column(reference_name, number=True))
        fields.append("reference")
    if any(row.low is not None for row in figure.rows):
        columns += [Column(_("From"), number=True), Column(_("To"), number=True)]
        fields += ["low", "high"]
    rows = [
        [row.label, number(row.count), *(figure.shown(getattr(row, field)) for field in fields)]
        for row in figure.rows
    ]
    if quotients:
        columns.append(Column(_("What it says")))
        rows = [[*cells, quotient_in_words(row)] for cells, row in zip(rows, figure.rows, strict=True)]
    language = "fr" if figure.key in IN_FRENCH else ""
    table = Table(
        name=f"table-{figure.key}",
        caption=figure.label,
        columns=columns,
        rows=rows,
        quiet=True,
        compact=True,
        language=language,
    )
    return BarCard(figure, bars, table, reference_name if compared else "", language)


def bar_value(figure: Figure, row: Row) -> str:
    """Return what stands at the end of a bar: the value, and the reference's or the interval in brackets."""
    value = figure.shown(row.value)
    if row.low is not None:
        return f"{value} ({range_in_words(figure.shown(row.low), figure.shown(row.high))})"
    return value if row.reference is None else f"{value} ({figure.shown(row.reference)})"


def quotient_gauge(row: Row) -> Gauge:
    """Return where a quotient and its interval stand, in percent: 1 in the middle, half as far as twice."""
    low, high, here = (quotient_place(value) for value in (row.low, row.high, row.value))
    return Gauge(low, high, here, quotient_place(1), None)


def quotient_place(value: float) -> float:
    """Return the place of a quotient in its gauge, those beyond its ends at the end."""
    if not value:
        return 0
    return min(100, max(0, 50 + 50 * math.log2(value) / LOG_WIDTH))


def quotient_in_words(row: Row) -> str:
    """Return what the interval of a quotient proves."""
    if row.low > 1:
        return _("more present, proven")
    if row.high < 1:
        return _("less present, proven")
    return _("may be chance")


def communes_table(lines: Sequence[CommuneLine], diagnosis: Diagnosis) -> Table:
    """Return the communes one by one, with the numbers that the figures add up; the last row is the territory."""
    columns = [
        Column(_("Commune")),
        Column(_("Inhabitants"), number=True),
        Column(_("Area, km²"), number=True),
        Column(_("Jobs"), number=True),
        Column(_("Employers"), number=True),
        Column(_("ESS establishments"), number=True),
        Column(_("Per 1,000 inhabitants"), number=True),
    ]
    rows = [
        [
            line.name,
            number(line.population),
            number(line.area_km2, 2),
            number(line.jobs),
            number(line.employers),
            number(line.ess),
            number(line.ess_per_1000, 2),
        ]
        for line in lines
    ]
    keys = ("population", "area_km2", "jobs", "employers", "ess_establishments", "ess_per_1000")
    decimals = (0, 2, 0, 0, 0, 2)
    totals = [number(diagnosis[key].value, places) for key, places in zip(keys, decimals, strict=True)]
    return Table(
        name="table-communes",
        caption=_("The communes one by one"),
        columns=columns,
        rows=rows,
        links=[reverse("territories:commune", args=[line.code]) for line in lines],
        foot=[_("Whole territory"), *totals],
        compact=True,
    )


def quoted_table(quotes: Sequence[Quoted]) -> Table:
    """Return quoted figures beside the computed ones, each with its source."""
    columns = [
        Column(_("Figure")),
        Column(_("Quoted"), number=True),
        Column(_("Its source")),
        Column(_("Computed here"), number=True),
        Column(_("Its source")),
    ]
    rows = [
        [
            quote.label,
            quote.text,
            f"{quote.declared.source}, {quote.declared.dated}",
            "—" if quote.figure is None else quote.figure.text,
            "—" if quote.figure is None else quote.figure.reason or quote.figure.origin_in_words,
        ]
        for quote in quotes
    ]
    return Table(name="table-quoted", caption=_("Quoted and computed"), columns=columns, rows=rows)


def second_table(diagnosis: Diagnosis, second: Second) -> Table:
    """Return the figures that the other perimeter changes, each beside the first."""
    columns = [
        Column(_("Figure")),
        *(Column(name, number=True) for name, _count, _address in second.alone),
    ]
    rows = [[figure.label, diagnosis[key].text, figure.text] for key, figure in second.figures.items()]
    return Table(
        name="table-second",
        caption=_("The figures that the other perimeter changes"),
        columns=columns,
        rows=rows,
        quiet=True,
        compact=True,
    )


def figures_table(diagnosis: Diagnosis) -> Table:
    """Return the numbers of a diagnosis, one line each."""
    columns = [
        Column(_("Figure")),
        Column(_("Value"), number=True),
        Column(_("Unit")),
        Column(_("In the reference"), number=True),
        Column(_("Source")),
        Column(_("Note")),
    ]
    rows = [
        [
            figure.label,
            figure.text,
            figure.unit_beside,
            figure.reference_text or "—",
            figure.origin_in_words,
            figure.reason or figure.note,
        ]
        for figure in diagnosis.figures
        if not figure.is_bars
    ]
    return Table(name="table-figures", caption=_("The figures"), columns=columns, rows=rows)


def definitions_table(diagnosis: Diagnosis) -> Table:
    """Return what each figure means and where it comes from."""
    columns = [Column(_("Figure")), Column(_("Definition")), Column(_("Source")), Column(_("Vintage"))]
    rows = [
        [
            figure.label,
            figure.definition,
            figure.source,
            vintage_in_words(figure.vintage) if figure.vintage else "—",
        ]
        for figure in diagnosis.figures
    ]
    return Table(
        name="table-definitions",
        caption=_("What each figure means"),
        columns=columns,
        rows=rows,
        compact=True,
    )


@dataclass(frozen=True)
class EstablishmentLine:
    """An establishment in words."""

    name: str
    activity: str
    family: str
    size: str
    commune: str
    href: str
    siret: str


def establishment_lines(establishments: Iterable[Establishment]) -> list[EstablishmentLine]:
    """Return establishments as a page shows them."""
    return [
        EstablishmentLine(
            name=row.name,
            activity=activity_label(row.activity_code) or row.activity_code or "—",
            family=row.get_family_display(),
            size=band_label(row.size_band),
            commune=row.commune.name,
            href=reverse("territories:commune", args=[row.commune_id]),
            siret=f"{row.siret[:3]} {row.siret[3:6]} {row.siret[6:9]} {row.siret[9:]}",
        )
        for row in establishments
    ]


def comparison_table(comparison: Comparison) -> Table:
    """Return territories side by side, one line for each figure."""
    columns = [Column(_("Figure"))]
    columns += [Column(diagnosis.place.name, number=True) for diagnosis in comparison.diagnoses]
    rows = [[heading(line), *(figure.text for figure in line.figures)] for line in comparison.lines]
    return Table(
        name="table-comparison",
        caption=_("The same figures for each"),
        columns=columns,
        rows=rows,
        quiet=True,
    )


def heading(line: Line) -> str:
    """Return the name of a line, with the unit of its numbers unless the name says it."""
    unit = next((figure.unit_beside for figure in line.figures if figure.unit_beside), "")
    return f"{line.indicator.name} ({unit})" if unit else str(line.indicator.name)


def comparison_bars(comparison: Comparison) -> list[tuple[str, tuple[Bar, ...]]]:
    """Return the bars of each figure that has some."""
    names = [diagnosis.place.name for diagnosis in comparison.diagnoses]
    charts = []
    for line in comparison.lines:
        cells = zip(names, line.cells, strict=True)
        bars = tuple(
            Bar(name, figure.text, percent) for name, (figure, percent) in cells if percent is not None
        )
        if len(bars) > 1:
            charts.append((heading(line), bars))
    return charts
