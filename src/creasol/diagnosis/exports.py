"""Diagnoses as files: sheets (a header and rows) for spreadsheets, a JSON document, a page that stands alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from creasol.network.activities import activity_label, section_of

from .comparisons import Comparison
from .figures import Diagnosis, Figure
from .indicators import Unit
from .models import Establishment, OwnIndicator, Perimeter
from .queries.communes import CommuneLine
from .queries.comparables import Comparables
from .queries.survey import SurveyLine
from .second_perimeter import Second, other_perimeter
from .tables import bar_card, definitions_table, figures_table, second_table

Sheet = tuple[list[str], Iterable[list]]


def figures_sheet(diagnosis: Diagnosis) -> Sheet:
    """Return every figure, one line each, and one line for each class of those that have several.

    The last columns hold the same figure under the other perimeter, where it differs.
    """
    header = [
        "indicator", "class", _("label"), _("value"), _("low"), _("high"), _("of"), _("ties"), _("unit"), _("count"),
        _("reference"), _("source"), _("vintage"), _("synthetic"), _("definition"), _("note"),
        _("other perimeter"), _("other perimeter, low"), _("other perimeter, high"),
    ]  # fmt: skip
    second = other_perimeter(diagnosis)
    others = {} if second is None else second.figures
    return header, (
        line for figure in diagnosis.figures for line in figure_lines(figure, others.get(figure.key))
    )


def figure_lines(figure: Figure, other: Figure | None) -> Iterator[list]:
    """Return the lines of one figure, with the ``other`` perimeter's beside."""
    origin = [
        figure.source,
        figure.vintage,
        int(figure.synthetic),
        figure.definition,
        figure.reason or figure.note,
    ]
    beside = [None, None, None] if other is None else [other.value, other.low, other.high]
    unit = figure.indicator.unit.value
    if not figure.rows:
        numbers = [figure.value, figure.low, figure.high, figure.of, figure.ties]
        yield [figure.key, "", figure.label, *numbers, unit, None, figure.reference, *origin, *beside]
    for row in figure.rows:
        numbers = [row.value, row.low, row.high, None, None]
        label = f"{figure.label} : {row.label}"
        yield [figure.key, row.key, label, *numbers, unit, row.count, row.reference, *origin, *beside]


def communes_sheet(lines: Iterable[CommuneLine]) -> Sheet:
    """Return the communes of a territory with the numbers that its figures add up."""
    header = [
        "code",
        _("commune"),
        _("inhabitants"),
        _("area in km²"),
        _("jobs"),
        _("employers"),
        _("ESS establishments"),
    ]
    rows = (
        [line.code, line.name, line.population, line.area_km2, line.jobs, line.employers, line.ess]
        for line in lines
    )
    return header, rows


def establishments_sheet(establishments: Iterable[Establishment]) -> Sheet:
    """Return establishments one by one, ready to become a list of people to call."""
    header = [
        "siret", _("name"), _("family"), _("legal category"), _("activity"), _("activity in words"), _("section"),
        _("size band"), _("created on"), _("commune code"), _("commune"), _("synthetic"),
    ]  # fmt: skip
    return header, map(establishment_line, establishments)


def establishment_line(row: Establishment) -> list:
    """Return one establishment as a line of its sheet."""
    return [
        row.siret,
        row.name,
        row.get_family_display(),
        row.legal_category,
        row.activity_code,
        activity_label(row.activity_code),
        section_of(row.activity_code),
        row.size_band,
        row.created_on,
        row.commune_id,
        row.commune.name,
        int(row.dataset.synthetic),
    ]


def document(diagnosis: Diagnosis) -> dict:
    """Return the diagnosis as the JSON document of the command line, the pages and the API; shares are 0 to 1."""
    second = other_perimeter(diagnosis)
    return {
        **question_document(diagnosis),
        "synthetic": diagnosis.synthetic,
        "figures": {figure.key: figure_document(figure) for figure in diagnosis.figures},
        "second_perimeter": second and second_document(second),
    }


def question_document(diagnosis: Diagnosis) -> dict:
    """Return what a diagnosis is about as JSON: communes, reference, perimeter."""
    place, reference = diagnosis.place, diagnosis.reference
    return {
        "territory": {
            "name": place.name,
            "slug": place.territory.slug if place.territory else None,
            "communes": [{"code": commune.code, "name": commune.name} for commune in place.communes],
        },
        "reference": reference
        and {"name": reference.name, "slug": reference.slug, "code": reference.code or None},
        "perimeter": perimeter_document(diagnosis.perimeter),
    }


def perimeter_document(perimeter: Perimeter) -> dict:
    """Return what counts as ESS, as JSON."""
    return {
        "mode": perimeter.mode,
        "version": perimeter.version,
        "definition": perimeter.definition,
        "provisional": perimeter.provisional,
    }


def second_document(second: Second) -> dict:
    """Return the other perimeter as JSON: the establishments that only one counts, the figures that differ."""
    return {
        "perimeter": perimeter_document(second.perimeter),
        "only_first": second.only_first,
        "only_second": second.only_second,
        "figures": {key: figure_document(figure) for key, figure in second.figures.items()},
    }


def figure_document(figure: Figure) -> dict:
    """Return one figure as JSON: only the fields that its kind has, and always where it comes from."""
    fields = {"label": figure.label}
    if figure.is_bars:
        fields["rows"] = [
            {
                "key": row.key,
                "label": row.label,
                "count": row.count,
                "value": row.value,
                "reference": row.reference,
                **({} if row.low is None else {"low": row.low, "high": row.high}),
            }
            for row in figure.rows
        ]
    elif figure.is_range:
        fields |= {"low": figure.low, "high": figure.high, "open": figure.open_ended}
    else:
        fields["value"] = figure.value
    if figure.indicator.unit == Unit.RANK:
        fields |= {"of": figure.of, "ties": figure.ties}
    if figure.reference is not None:
        fields["reference"] = figure.reference
    fields |= {
        "unit": figure.indicator.unit.value,
        "source": figure.source,
        "vintage": figure.vintage,
        "synthetic": figure.synthetic,
        "definition": figure.definition,
    }
    if figure.note:
        fields["note"] = figure.note
    if figure.reason:
        fields["reason"] = figure.reason
    if figure.rows_url:
        fields["rows_url"] = figure.rows_url
    return fields


def comparison_sheet(comparison: Comparison) -> Sheet:
    """Return territories side by side: one line for each indicator, three columns for each territory."""
    header = ["indicator", _("label"), _("unit")]
    for diagnosis in comparison.diagnoses:
        name = diagnosis.place.name
        header += [
            name,
            _("%(territory)s, low") % {"territory": name},
            _("%(territory)s, high") % {"territory": name},
        ]
    rows = (
        [
            line.indicator.key,
            str(line.indicator.name),
            line.indicator.unit.value,
            *(number for figure in line.figures for number in (figure.value, figure.low, figure.high)),
        ]
        for line in comparison.lines
    )
    return header, rows


def own_sheet(indicator: OwnIndicator, rows: Iterable[tuple]) -> Sheet:
    """Return the table of an indicator that somebody added, with its unit and source on every line."""
    header = [
        "code",
        _("commune"),
        _("year"),
        _("value"),
        _("unit"),
        _("source"),
        _("licence"),
        _("synthetic"),
    ]
    same = [indicator.unit, indicator.source, indicator.licence, int(indicator.synthetic)]
    return header, ([*row, *same] for row in rows)


def comparables_sheet(diagnosis: Diagnosis, compared: Comparables) -> Sheet:
    """Return the comparable territories with their features, the nearest first; the first line is the territory."""
    header = [
        "code", _("territory"), _("distance"), _("put in by a person"),
        *(str(name.label) for name in compared.features_used), _("INSEE codes"), _("sources"),
    ]  # fmt: skip
    sources = " ; ".join(f"{origin.source.label} {origin.vintage}" for origin in compared.origins)
    own = [line.here_value for line in compared.items[0].features] if compared.items else []
    codes = " ".join(commune.code for commune in diagnosis.place.communes)
    territory, only = diagnosis.place.territory, len(diagnosis.place.communes) == 1
    key = territory.slug if territory else codes if only else ""
    here = [[key, diagnosis.place.name, 0, 0, *own, codes, sources]] if compared.items else []
    rows = [
        [
            item.key,
            item.name,
            round(item.distance, 6),
            int(item.chosen),
            *(line.there_value for line in item.features),
            " ".join(item.communes),
            sources,
        ]
        for item in compared.items
    ]
    return header, here + rows


def survey_sheet(lines: Iterable[SurveyLine]) -> Sheet:
    """Return every commune with those comparable with it, and the types that are proven thin there."""
    header = [
        "code", _("commune"), _("inhabitants"), _("comparable communes"), _("reference"), _("types tested"),
        _("rarer than in the reference"), _("shortfall"), _("rarer than in the comparable communes"),
    ]  # fmt: skip
    rows = (
        [
            line.code,
            line.name,
            line.inhabitants,
            " ".join(line.comparables),
            line.reference,
            line.tested,
            " ".join(line.thin),
            round(line.shortfall, 1),
            " ".join(line.thin_beside_comparables),
        ]
        for line in lines
    )
    return header, rows


def page(diagnosis: Diagnosis) -> str:
    """Return the figures as a page that stands alone: readable, printable, without any other file."""
    reference = "" if diagnosis.reference is None else diagnosis.reference.name
    cards = [bar_card(figure, reference) for figure in diagnosis.figures if figure.rows]
    second = other_perimeter(diagnosis)
    tables = [
        figures_table(diagnosis),
        *([replace(second_table(diagnosis, second), quiet=False)] if second and second.figures else []),
        *(replace(card.table, quiet=False) for card in cards),
        definitions_table(diagnosis),
    ]
    style = (Path(__file__).parent / "static" / "diagnosis" / "standalone.css").read_text()
    context = {
        "diagnosis": diagnosis,
        "tables": tables,
        "style": format_html("<style>{}</style>", mark_safe(style)),  # noqa: S308  our own file
    }
    return render_to_string("diagnosis/standalone.html", context)
