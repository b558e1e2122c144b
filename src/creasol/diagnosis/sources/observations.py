"""Tables of one row per commune: codes checked, former codes folded, numbers read, every row accounted for.

An associated commune or a municipal district is part of a commune: where the file also tells about the whole,
its row is left aside, or its inhabitants would count twice (Lomme in Lille). A delegated or former commune
was a commune of its own when the file was made: its row is added to today's commune.
"""

from collections.abc import Mapping

from .extract import Stream
from .reasons import LEFT_ASIDE
from .rejects import refuse_malformed
from .report import EXAMPLES, Example, Report
from .tables import Table
from .workspace import Workspace, quoted

COLUMNS = ("commune_id", "measure", "value")
CODE = r"^([0-9]{5}|2[AB][0-9]{3})$"
PARTS = "'associated', 'district'"
UNKNOWN = "^(N/?A.*|nd|s|-|\\[ND\\])?$"


def number(text: str) -> str:
    """Return SQL for a number written in French or English ("1 234,5"); NULL when it is none."""
    return f"TRY_CAST(replace(regexp_replace({text}, '[\\s\u00a0\u202f]', '', 'g'), ',', '.') AS DOUBLE)"


def observe(
    space: Workspace,
    tables: list[Table],
    *,
    code: str,
    measures: Mapping[str, str],
    report: Report,
    kept: str = "true",
) -> Stream:
    """Turn wide tables into observations and account for their rows.

    ``code`` and ``measures`` (measure → column) are SQL of text over the tables' columns. Missing values are
    unknown; a row without any value, or with one that is no number, is refused.
    ``kept`` is SQL for the values to keep.
    """
    columns = ", ".join(
        f"trim({expression}) AS m{place}" for place, expression in enumerate(measures.values())
    )
    reads = [
        f"""
        SELECT {quoted(table.name)} AS file, row_number() OVER () + 1 AS line, trim({code}) AS code, {columns}
        FROM {table.scan()}"""
        for table in tables
    ]
    rows = sum(table.rows for table in tables)
    space.run(f"CREATE TABLE wide AS {' UNION ALL '.join(reads)}", step="read", share=(0, 0.7), rows=rows)
    cells = [f"m{place}" for place in range(len(measures))]
    empty = " AND ".join(f"regexp_matches(coalesce({cell}, ''), {quoted(UNKNOWN)}, 'i')" for cell in cells)
    wrong = " OR ".join(
        f"(NOT regexp_matches(coalesce({cell}, ''), {quoted(UNKNOWN)}, 'i') AND {number(cell)} IS NULL)"
        for cell in cells
    )
    negative = " OR ".join(f"{number(cell)} < 0" for cell in cells)
    space.run(
        f"""
        CREATE TABLE judged AS
        SELECT w.*, p.commune, p.kind, CASE
            WHEN w.code IS NULL OR NOT regexp_matches(w.code, {quoted(CODE)}) THEN 'bad-code'
            WHEN p.code IS NULL THEN 'unknown-commune'
            WHEN {wrong} OR ({empty}) THEN 'no-value'
            WHEN {negative} THEN 'negative-value'
            WHEN row_number() OVER (PARTITION BY w.code ORDER BY w.file, w.line) > 1 THEN 'twice'
            WHEN p.kind IN ({PARTS}) AND p.commune IN (SELECT code FROM wide) THEN 'part-of-commune'
            END AS verdict
        FROM wide w LEFT JOIN places p ON p.code = w.code""",
        step="read",
        share=(0.7, 0.85),
        rows=rows,
    )
    report.rows_read = rows
    account(space, report, met=f"concat_ws(' ', code, {', '.join(cells)})")
    refuse_malformed(space, report, tables)
    values = " UNION ALL ".join(
        f"""SELECT commune, {quoted(measure)} AS measure, sum({number(cell)}) AS value
        FROM judged WHERE verdict IS NULL GROUP BY 1"""
        for measure, cell in zip(measures, cells, strict=True)
    )
    space.run(
        f"""CREATE TABLE observations AS
        SELECT * FROM ({values}) WHERE value IS NOT NULL AND {kept} ORDER BY ALL"""
    )
    return observations(space)


def observations(space: Workspace) -> Stream:
    """Return the stream of the engine's table ``observations(commune, measure, value)``."""
    return Stream(
        "observations",
        COLUMNS,
        "observations",
        space.value("SELECT count(*) FROM observations"),
    )


def note_silence(space: Workspace, report: Report) -> None:
    """Note how many of today's communes the file says nothing about."""
    report.note(
        "communes-without-row",
        space.value(
            "SELECT count(*) FROM places WHERE kind = '' AND code NOT IN (SELECT commune FROM observations)"
        ),
    )


def account(space: Workspace, report: Report, met: str) -> None:
    """Count the rows of the engine's table ``judged`` by verdict; ``met`` is SQL for what to show."""
    for verdict, count in space.rows("SELECT verdict, count(*) FROM judged GROUP BY 1 ORDER BY 1"):
        if verdict is None:
            report.rows_used = count
        elif verdict in LEFT_ASIDE:
            report.leave_aside(verdict, count)
        else:
            rows = space.rows(
                f"""SELECT file, line, left({met}, 60) FROM judged
                WHERE verdict = {quoted(verdict)} ORDER BY line LIMIT {EXAMPLES}"""
            )
            report.refuse(verdict, count, [Example(file, line, verdict, text) for file, line, text in rows])
    report.note("folded", space.value("SELECT count(*) FROM judged WHERE verdict IS NULL AND kind <> ''"))
