"""The tables of a document, out of what is frozen in it alone: its pages and its prints show the same."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from creasol.diagnosis.figures import vintage_in_words
from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table

from .schema import Commune, Document, ThinList

COMMUNES = (
    ("population", 0),
    ("area_km2", 2),
    ("jobs", 0),
    ("employers", 0),
    ("ess", 0),
    ("ess_per_1000", 2),
)


def communes_table(document: Document) -> Table:
    """Return the communes one by one, with the numbers that some source says."""
    labels = {
        "population": _("Inhabitants"),
        "area_km2": _("Area, km²"),
        "jobs": _("Jobs"),
        "employers": _("Employers"),
        "ess": _("ESS establishments"),
        "ess_per_1000": _("Per 1,000 inhabitants"),
    }
    communes = document.place.communes
    known = [(field, places) for field, places in COMMUNES if is_known(communes, field)]
    columns = [Column(_("Commune")), *(Column(labels[field], number=True) for field, _places in known)]
    rows = [
        [commune.name, *(number(getattr(commune, field), places) for field, places in known)]
        for commune in communes
    ]
    return Table(
        name="table-communes", caption=_("The communes one by one"), columns=columns, rows=rows, compact=True
    )


def is_known(communes: Sequence[Commune], field: str) -> bool:
    """Tell whether a source says this number of one of the communes."""
    return any(getattr(commune, field) is not None for commune in communes)


def quotes_table(document: Document) -> Table:
    """Return the figures that studies declare, each beside the computed one."""
    columns = [
        Column(_("Figure")),
        Column(_("Quoted"), number=True),
        Column(_("Computed here"), number=True),
        Column(_("Source of the quoted figure")),
    ]
    rows = [
        [quote.label, quote.text, quote.computed_text or "—", f"{quote.source}, {quote.dated}"]
        for quote in document.quotes
    ]
    return Table(name="table-quoted", caption=_("Quoted and computed"), columns=columns, rows=rows)


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
        [
            figure.label,
            figure.definition,
            f"{figure.source}, {vintage_in_words(figure.vintage)}" if figure.vintage else figure.source,
        ]
        for figure in document.figures.values()
    ]
    return Table(
        name="table-definitions",
        caption=_("What each figure means"),
        columns=columns,
        rows=rows,
        compact=True,
    )


def comparables_table(document: Document) -> Table:
    """Return the comparable territories with their features, ours in the first line."""
    first = document.comparables[0] if document.comparables else None
    features = first.features if first else ()
    columns = [Column(_("Territory")), *(Column(feature.label, number=True) for feature in features)]
    rows = [[document.place.name, *(feature.here for feature in features)]] if first else []
    rows += [[one.name, *(feature.there for feature in one.features)] for one in document.comparables]
    return Table(
        name="table-comparables",
        caption=_("Comparable territories"),
        columns=columns,
        rows=rows,
        compact=True,
    )


def thin_table(found: ThinList) -> Table:
    """Return what is thin: how many there are, the rates they are held against, how many are lacking."""
    columns = [
        Column(found.label),
        Column(_("Here"), number=True),
        Column(_("Per 1,000 inhabitants"), number=True),
        Column(_("Interval"), number=True),
        Column(_("Reference"), number=True),
        Column(_("Comparable territories"), number=True),
        Column(_("Lacking"), number=True),
    ]
    rows = [
        [
            line.label,
            number(line.count),
            number(line.rate, 2),
            f"{number(line.low, 2)} – {number(line.high, 2)}",
            number(line.reference_rate, 2),
            number(line.comparables_rate, 2),
            number(line.shortfall, 1),
        ]
        for line in found.lines
    ]
    return Table(
        name=f"table-thin-{found.kind}", caption=found.label, columns=columns, rows=rows, compact=True
    )
