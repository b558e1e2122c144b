"""A document as the cards and tables of a page: everything it shows was written when it was made."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.diagnosis.figures import vintage_in_words
from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table

from .document.schema import Comparable, Document, Drawing, Figure, Row, Section, ThinList

MOST_BARS = 15


@dataclass(frozen=True)
class Bar:
    """A line of the bar list."""

    label: str
    value: str
    percent: float
    here: bool = False
    href: str = ""


@dataclass(frozen=True)
class BarCard:
    """A figure of several classes: its longest bars, ours always among them, and all of it as a table."""

    figure: Figure
    bars: tuple[Bar, ...]
    table: Table | None
    compared_with: str = ""


@dataclass(frozen=True)
class Shown:
    """Figures as a page shows them: numbers, bars, and those that were not there, by name and reason."""

    numbers: tuple[Figure, ...]
    cards: tuple[BarCard, ...]
    missing: tuple[Figure, ...]


@dataclass(frozen=True)
class Chapter:
    """A section with the figures shown with it."""

    section: Section
    shown: Shown


@dataclass(frozen=True)
class BlockShown:
    """A block of figures."""

    key: str
    label: str
    shown: Shown


@dataclass(frozen=True)
class Picture:
    """A map of the document and the address that holds all of it."""

    drawing: Drawing
    address: str


@dataclass(frozen=True)
class Reading:
    """A document as a page shows it, in the order of the page."""

    document: Document
    lede: str
    chapters: tuple[Chapter, ...]
    blocks: tuple[BlockShown, ...]
    pictures: tuple[Picture, ...]
    thin: tuple[tuple[ThinList, Table | None], ...]
    comparables: tuple[tuple[Comparable, Table], ...]
    communes: Table
    quotes: Table | None
    definitions: Table


def reading(document: Document) -> Reading:
    """Return a document as a page shows it."""
    here = document.place.name
    return Reading(
        document=document,
        lede=lede(document),
        chapters=tuple(chapters(document)),
        blocks=tuple(
            BlockShown(
                block.key,
                block.label,
                sorted_out(block.figures, reference=reference_name(document), place="all"),
            )
            for block in document.blocks
        ),
        pictures=tuple(Picture(drawing, address_of(drawing)) for drawing in document.drawings),
        thin=tuple((one, thin_table(one)) for one in document.thin),
        comparables=tuple((one, features_table(one, here=here)) for one in document.comparables),
        communes=communes_table(document),
        quotes=quotes_table(document),
        definitions=definitions_table(document),
    )


def lede(document: Document) -> str:
    """Return what a document is about in one sentence."""
    count = len(document.place.communes)
    words = [ngettext("%(count)s commune", "%(count)s communes", count) % {"count": number(count)}]
    population = document.figures.get("population")
    if population is not None and population.available:
        words.append(_("%(count)s inhabitants") % {"count": population.text})
    if document.reference is not None:
        words.append(_("compared with %(reference)s") % {"reference": document.reference.name})
    return ", ".join(words) + "."


def address_of(drawing: Drawing) -> str:
    """Return a drawing as an address: a picture runs nothing, whatever is in it."""
    return f"data:image/svg+xml;base64,{b64encode(drawing.svg.encode()).decode()}"


def chapters(document: Document) -> list[Chapter]:
    """Return the sections in order, each with its figures; a figure that the document lacks is left out."""
    known = document.figures
    reference = reference_name(document)
    found = []
    for index, section in enumerate(document.sections, start=1):
        figures = [known[key] for key in section.indicators if key in known]
        found.append(chapter(section, figures, reference=reference, place=f"section-{index}"))
    return found


def chapter(section: Section, figures: Sequence[Figure], *, reference: str, place: str) -> Chapter:
    """Return a section with its figures; ``place`` tells apart the tables of one figure shown twice."""
    return Chapter(section, sorted_out(figures, reference=reference, place=place))


def reference_name(document: Document) -> str:
    """Return the name of the territory compared with, or nothing."""
    return document.reference.name if document.reference else ""


def sorted_out(figures: Sequence[Figure], *, reference: str, place: str) -> Shown:
    """Return figures as a page shows them."""
    there = [figure for figure in figures if figure.available]
    return Shown(
        numbers=tuple(figure for figure in there if not figure.rows),
        cards=tuple(bar_card(figure, reference, place=place) for figure in there if figure.rows),
        missing=tuple(figure for figure in figures if not figure.available),
    )


def bar_card(figure: Figure, reference: str, *, place: str) -> BarCard:
    """Return a figure of several classes as a page shows it."""
    shown = [row for index, row in enumerate(figure.rows) if index < MOST_BARS or row.ours]
    bars = tuple(Bar(row.label, bar_value(row), row.percent, row.ours) for row in shown)
    compared = any(row.reference_text for row in figure.rows)
    uncertain = any(row.range_text for row in figure.rows)
    columns = [
        Column(_("Class")),
        Column(_("Number"), number=True),
        Column(figure.unit.capitalize(), number=True),
        *([Column(reference, number=True)] if compared else []),
        *([Column(_("Between"), number=True)] if uncertain else []),
    ]
    rows = [
        [
            row.label,
            row.count_text or number(row.count),
            row.text,
            *([row.reference_text or "—"] if compared else []),
            *([row.range_text or "—"] if uncertain else []),
        ]
        for row in figure.rows
    ]
    name = f"table-{place}-{figure.key}"
    table = Table(name=name, caption=figure.label, columns=columns, rows=rows, quiet=True, compact=True)
    return BarCard(figure, bars, table, reference if compared else "")


def bar_value(row: Row) -> str:
    """Return what stands at the end of a bar: the value, and its interval or the reference's in brackets."""
    beside = row.range_text or row.reference_text
    return f"{row.text} ({beside})" if beside else row.text


def communes_table(document: Document) -> Table:
    """Return the communes one by one, with the numbers that some source says."""
    offered = [
        ("population", _("Inhabitants"), 0),
        ("area_km2", _("Area, km²"), 2),
        ("jobs", _("Jobs"), 0),
        ("employers", _("Employers"), 0),
        ("ess", _("ESS establishments"), 0),
        ("ess_per_1000", _("Per 1,000 inhabitants"), 2),
    ]
    communes = document.place.communes
    known = [one for one in offered if any(getattr(commune, one[0]) is not None for commune in communes)]
    columns = [Column(_("Commune")), *(Column(label, number=True) for _field, label, _places in known)]
    rows = [
        [commune.name, *(number(getattr(commune, field), places) for field, _label, places in known)]
        for commune in communes
    ]
    caption = _("The communes one by one")
    return Table(name="table-communes", caption=caption, columns=columns, rows=rows, quiet=True, compact=True)


def quotes_table(document: Document) -> Table | None:
    """Return the figures of studies beside the computed ones; None when there are none."""
    if not document.quotes:
        return None
    columns = [
        Column(_("Figure")),
        Column(_("Quoted"), number=True),
        Column(_("Its source")),
        Column(_("Computed here"), number=True),
    ]
    rows = [
        [quote.label, quote.text, f"{quote.source}, {quote.dated}", quote.computed_text or "—"]
        for quote in document.quotes
    ]
    return Table(
        name="table-quoted", caption=_("Quoted and computed"), columns=columns, rows=rows, quiet=True
    )


def thin_table(found: ThinList) -> Table | None:
    """Return what is proven to be lacking; None when nothing is."""
    if not found.lines:
        return None
    columns = [
        Column(_("What")),
        Column(_("Number here"), number=True),
        Column(_("Per 1,000 inhabitants"), number=True),
        Column(_("In the reference"), number=True),
        Column(_("Among comparable territories"), number=True),
        Column(_("Lacking"), number=True),
    ]
    rows = [
        [
            line.label,
            number(line.count),
            f"{number(line.rate, 2)} ({number(line.low, 2)} – {number(line.high, 2)})",
            number(line.reference_rate, 2),
            number(line.comparables_rate, 2),
            number(line.lacking),
        ]
        for line in found.lines
    ]
    return Table(name=f"table-{found.kind}", caption=found.label, columns=columns, rows=rows, quiet=True)


def features_table(one: Comparable, *, here: str) -> Table:
    """Return the features by which a territory is held for comparable, ours beside its own."""
    columns = [Column(_("Feature")), Column(here, number=True), Column(one.name, number=True)]
    rows = [[feature.label, feature.here, feature.there] for feature in one.features]
    caption = _("%(here)s and %(there)s") % {"here": here, "there": one.name}
    return Table(
        name=f"table-comparable-{one.key}",
        caption=caption,
        columns=columns,
        rows=rows,
        quiet=True,
        compact=True,
    )


def features_side_by_side(document: Document) -> Table | None:
    """Return the comparable territories with all their features, ours in the first line; None when there are none."""
    if not document.comparables:
        return None
    features = document.comparables[0].features
    columns = [Column(_("Territory")), *(Column(feature.label, number=True) for feature in features)]
    rows = [[document.place.name, *(feature.here for feature in features)]]
    rows += [[one.name, *(feature.there for feature in one.features)] for one in document.comparables]
    return Table(name="table-comparables", caption=_("Comparable territories"), columns=columns, rows=rows)


def sources_table(document: Document) -> Table:
    """Return the datasets that the figures come from."""
    columns = [Column(_("Source")), Column(_("Vintage")), Column(_("Licence")), Column(_("Imported on"))]
    rows = [
        [
            source.title,
            vintage_in_words(source.vintage),
            _("example data, synthetic") if source.synthetic else source.licence or "—",
            source.imported_on,
        ]
        for source in document.sources
    ]
    return Table(name="table-sources", caption=_("Sources"), columns=columns, rows=rows)


def definitions_table(document: Document) -> Table:
    """Return what each figure means and where it comes from."""
    columns = [Column(_("Figure")), Column(_("Definition")), Column(_("Source"))]
    rows = [
        [figure.label, figure.definition, figure.origin or figure.source]
        for figure in document.figures.values()
    ]
    caption = _("What each figure means")
    return Table(
        name="table-definitions", caption=caption, columns=columns, rows=rows, quiet=True, compact=True
    )
