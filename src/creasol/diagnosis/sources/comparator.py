"""INSEE's comparator of territories: `CODGEO;P18_POP;P13_POP;SUPERF;P18_EMPLT;ETTOT18;…`, whatever the years.

Which column gives which measure, in one place: `MEASURES`. The vintage is the year of the newest population;
populations of other years are kept under their own year (population_2013), for the change over time.
"""

import re

from django.utils.translation import gettext as _

from .extract import Extract
from .observations import note_silence, observe
from .refusals import BadInputError
from .report import Report
from .tables import Table
from .workspace import Workspace

CODE = "CODGEO"
POPULATION = r"P(\d\d)_POP"
MEASURES = {
    "area_km2": (r"SUPERF", True),
    "jobs": (r"P\d\d_EMPLT", True),
    "employers": (r"ETTOT\d\d", True),
    "employers_1_9": (r"ETTEF1\d\d", False),
    "employers_10_plus": (r"ETTEFP10\d\d", False),
    "active_15_64": (r"P\d\d_ACT1564", False),
    "unemployed_15_64": (r"P\d\d_CHOM1564", False),
}
CENTURY = 80


def read(space: Workspace, tables: list[Table], *, vintage: str | None) -> Extract:
    """Return the measures of every commune; raises `BadInputError` naming the columns that lack."""
    table = next((table for table in tables if table.has(CODE) and _matching(table, POPULATION)), tables[0])
    table.need([CODE])
    measures = {f"population_{year(column)}": column for column in _matching(table, POPULATION)}
    missing = [] if measures else ["P.._POP"]
    for measure, (pattern, needed) in MEASURES.items():
        columns = _matching(table, pattern)
        if columns:
            measures[measure] = columns[-1]
        elif needed:
            missing.append(pattern.replace(r"\d\d", ".."))
    if missing:
        raise BadInputError(
            _("%(file)s: missing column %(missing)s; columns found: %(found)s")
            % {"file": table.name, "missing": ", ".join(missing), "found": ", ".join(table.columns[:12])}
        )
    report = Report(files=[table.name])
    columns = {measure: table.text(column) for measure, column in measures.items()}
    stream = observe(space, [table], code=table.text(CODE), measures=columns, report=report)
    note_silence(space, report)
    newest = max(year(column) for column in _matching(table, POPULATION))
    return Extract(vintage or newest, report, (stream,))


def year(column: str) -> str:
    """Return the year of a column: P18_POP → 2018."""
    digits = int(re.search(r"\d\d(?=_)|\d\d$", column)[0])
    return str((1900 if digits >= CENTURY else 2000) + digits)


def _matching(table: Table, pattern: str) -> list[str]:
    """Return the columns that match, the newest year last."""
    found = [column for column in table.columns if re.fullmatch(pattern, column, re.IGNORECASE)]
    return sorted(found, key=lambda column: year(column) if re.search(r"\d\d", column) else "")
