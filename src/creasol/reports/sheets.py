"""Everything in a document as sheets, with what each of their columns means."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from creasol.foundation.spreadsheets import Sheet

from .document.schema import Document, Figure, Row, Thin


def meanings() -> dict[str, str]:
    """Return the data dictionary: each column, what it holds."""
    return {
        "part": _("Part of the document that the line comes from"),
        "block": _("Block of the figure"),
        "indicator": _("Key of the indicator: the same in every file and version"),
        "class": _("Key of the class, for a figure of several classes; code of a facility or of an activity"),
        "label": _("Name in words"),
        "text": _("What people read, with its unit and thin spaces"),
        "value": _("The number itself; shares are between 0 and 1"),
        "low": _("Least of a range, or lower end of the 95 % interval"),
        "high": _("Most of a range, or upper end of the 95 % interval; empty when the range is open"),
        "of": _("Number of territories that a rank is among"),
        "ties": _("Number of territories of the same rank"),
        "count": _("Number of rows counted"),
        "unit": _("Unit of the number"),
        "reference": _("The same number in the reference territory"),
        "other": _("The same number within the other perimeter, where it differs"),
        "comparables": _("Rate in the comparable territories taken together"),
        "shortfall": _("How many are lacking to reach the rate of the reference"),
        "verdict": _("What the number proves against the reference"),
        "comparables_verdict": _("What the number proves against the comparable territories"),
        "source": _("Where the number comes from"),
        "vintage": _("Year or month of the source"),
        "synthetic": _("1 when the rows were made up as an example, 0 otherwise"),
        "definition": _("What is counted, and how"),
        "note": _("What must be known with the number, or why it is not there"),
        "code": _("INSEE code of the commune"),
        "population": _("Inhabitants (municipal population)"),
        "area_km2": _("Area in km²"),
        "jobs": _("Jobs at the place of work"),
        "employers": _("Employer establishments"),
        "ess": _("ESS employer establishments"),
        "ess_per_1000": _("ESS employer establishments per 1,000 inhabitants"),
        "distance": _("Distance in standard deviations: 0 is the same, the smaller the more alike"),
        "why": _("What makes it comparable, in words"),
        "title": _("Title"),
        "writers": _("Who wrote it"),
        "licence": _("Licence of the source"),
        "imported_on": _("Day of the import"),
        "computed": _("The figure computed here"),
        "dated": _("Date of the study"),
        "column": _("Name of the column"),
        "meaning": _("What it holds"),
    }


FIGURES = (
    "block", "indicator", "label", "text", "value", "low", "high", "of", "ties", "unit", "reference", "other",
    "source", "vintage", "synthetic", "definition", "note",
)  # fmt: skip
CLASSES = ("indicator", "class", "label", "text", "count", "value", "low", "high", "unit", "reference", "source",
           "vintage", "synthetic")  # fmt: skip
THIN = ("part", "class", "label", "count", "value", "low", "high", "reference", "comparables", "shortfall",
        "verdict", "comparables_verdict", "source", "synthetic")  # fmt: skip
COMMUNES = ("code", "label", "population", "area_km2", "jobs", "employers", "ess", "ess_per_1000")
COMPARABLES = ("class", "label", "distance", "why")
QUOTES = ("label", "text", "computed", "source", "dated")
TEXTS = ("title", "text", "writers")
SOURCES = ("title", "source", "vintage", "licence", "synthetic", "imported_on")
METHODS = ("title", "text")
DICTIONARY = ("column", "meaning")
LINES = (
    "part", "indicator", "class", "label", "text", "value", "low", "high", "of", "ties", "count", "unit", "reference",
    "other", "comparables", "shortfall", "verdict", "comparables_verdict", "source", "vintage", "synthetic",
    "definition", "note",
)  # fmt: skip


def sheets_of(document: Document) -> list[Sheet]:
    """Return everything in a document, sheet by sheet; the last one is the dictionary of their columns."""
    figures = [
        {"block": block.label, **figure_line(figure)} for block in document.blocks for figure in block.figures
    ]
    classes = [class_line(figure, row) for figure in document.figures.values() for row in figure.rows]
    thin = [
        {**thin_line(line), "part": found.label, "source": found.origin, "synthetic": int(found.synthetic)}
        for found in document.thin
        for line in found.lines
    ]
    texts = [
        {"title": one.title, "text": one.text, "writers": ", ".join(writer.name for writer in one.writers)}
        for one in document.sections
    ]
    return [
        sheet(_("Figures"), FIGURES, figures),
        sheet(_("Classes"), CLASSES, classes),
        sheet(_("What is lacking"), THIN, thin),
        sheet(
            _("Communes"),
            COMMUNES,
            ({**one.model_dump(), "label": one.name} for one in document.place.communes),
        ),
        sheet(
            _("Comparable territories"),
            COMPARABLES,
            ({**one.model_dump(), "class": one.key, "label": one.name} for one in document.comparables),
        ),
        sheet(
            _("Declared figures"),
            QUOTES,
            ({**one.model_dump(), "computed": one.computed_text} for one in document.quotes),
        ),
        sheet(_("Texts"), TEXTS, texts),
        sheet(_("Sources"), SOURCES, (one.model_dump() for one in document.sources)),
        sheet(_("Method"), METHODS, (one.model_dump() for one in document.methods)),
        sheet(
            _("Dictionary"),
            DICTIONARY,
            ({"column": column, "meaning": meaning} for column, meaning in meanings().items()),
        ),
    ]


def sheet(name: str, columns: tuple[str, ...], lines: Iterable[dict]) -> Sheet:
    """Return lines as a sheet; what a line does not say stays empty."""
    return Sheet(name, list(columns), [cells(columns, line) for line in lines])


def cells(columns: Iterable[str], line: dict) -> list:
    """Return a line in the order of the columns; yes and no are 1 and 0."""
    values = (line.get(column) for column in columns)
    return [int(value) if isinstance(value, bool) else value for value in values]


def lines_of(document: Document) -> tuple[list[str], Iterator[list]]:
    """Return every number of a document, one on each line, for a single table: its header and its rows."""

    def every() -> Iterator[dict]:
        for figure in document.figures.values():
            yield {"part": "figures", **figure_line(figure)}
            yield from ({"part": "classes", **class_line(figure, row)} for row in figure.rows)
        for found in document.thin:
            origin = {"source": found.origin, "synthetic": int(found.synthetic)}
            yield from (
                {"part": found.kind, "indicator": "thin", **thin_line(line), **origin} for line in found.lines
            )
        for commune in document.place.communes:
            for field in COMMUNES[2:]:
                line = {"indicator": field, "class": commune.code, "label": commune.name}
                yield {"part": "communes", **line, "value": getattr(commune, field)}

    return list(LINES), (cells(LINES, line) for line in every())


def figure_line(figure: Figure) -> dict:
    """Return a figure by the columns of its sheet."""
    return {
        **figure.model_dump(include={"label", "text", "value", "low", "high", "of", "ties", "unit"}),
        **figure.model_dump(include={"reference", "source", "vintage", "synthetic", "definition"}),
        "indicator": figure.key,
        "other": figure.other_text or None,
        "note": figure.reason or figure.note,
    }


def class_line(figure: Figure, row: Row) -> dict:
    """Return a class of a figure by the columns of its sheet."""
    return {
        **row.model_dump(include={"label", "text", "count", "value", "low", "high", "reference"}),
        **figure.model_dump(include={"unit", "source", "vintage", "synthetic", "definition"}),
        "indicator": figure.key,
        "class": row.key,
    }


def thin_line(line: Thin) -> dict:
    """Return a facility or an activity by the columns of its sheet."""
    return {
        **line.model_dump(include={"label", "count", "low", "high", "shortfall"}),
        "class": line.key,
        "value": line.rate,
        "unit": _("per 1,000 inhabitants"),
        "reference": line.reference_rate,
        "comparables": line.comparables_rate,
        "verdict": line.verdict_text,
        "comparables_verdict": line.comparables_verdict_text,
    }


def data_of(document: Document) -> dict:
    """Return the document for programs: all its fields, and the dictionary of the columns of its tables."""
    return {"document": document.model_dump(mode="json"), "dictionary": meanings()}
