"""Legal populations (INSEE): `CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT`.

Eleven fields, where COM is the code; ten in old vintages, where COM is the name and the code is made of
CODDEP and CODCOM (overseas CODDEP has three characters and CODCOM two or three). The municipal population
(PMUN) is the one to add up.
"""

import re

from .extract import Extract
from .observations import CODE, note_silence, observe
from .refusals import BadInputError
from .report import Report
from .tables import Table
from .vintages import year_of_names
from .workspace import Workspace, quoted

NEEDED = ("CODDEP", "CODCOM", "PMUN")
OTHER_TABLES = re.compile(r"assoc|d[ée]l[ée]gu|canton|arrond|d[ée]part|r[ée]gion", re.IGNORECASE)


def read(space: Workspace, tables: list[Table], *, vintage: str | None) -> Extract:
    """Return the municipal population of every commune as measure ``population``.

    An archive of INSEE also holds cantons, départements and associated communes: their tables are left out by
    name.
    """
    usable = [table for table in tables if table.has(*NEEDED) or table.has("COM", "PMUN")]
    if not usable:
        for table in tables:
            table.need(NEEDED)
        raise BadInputError(", ".join(table.name for table in tables))
    communes = [table for table in usable if not OTHER_TABLES.search(table.name.split(" › ")[-1])] or usable
    report = Report(files=[table.name for table in communes])
    vintage = vintage or year_of_names(report.files)
    stream = observe(
        space,
        communes,
        code=_code(communes[0]),
        measures={"population": communes[0].text("PMUN")},
        report=report,
    )
    note_silence(space, report)
    return Extract(vintage, report, (stream,))


def _code(table: Table) -> str:
    """Return SQL for the code: COM when it is one, else département and commune put together."""
    written = table.text("COM")
    if not table.has("CODDEP", "CODCOM"):
        return written
    department, commune = f"trim({table.text('CODDEP')})", f"trim({table.text('CODCOM')})"
    return f"""
        CASE WHEN regexp_matches(trim({written}), {quoted(CODE)}) THEN {written}
             WHEN length({department}) = 3 AND length({commune}) = 3 THEN left({department}, 2) || {commune}
             WHEN length({department}) = 3 THEN {department} || lpad({commune}, 2, '0')
             ELSE lpad({department}, 2, '0') || lpad({commune}, 3, '0') END"""
