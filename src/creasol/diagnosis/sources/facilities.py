"""Permanent facilities database, BPE (INSEE): facilities by type and commune.

Long shape (2024, 2025):
`GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE`, and more. Every
facility is there three times: under its type, and in the totals ("_T") of its sub-domain and domain. Only
rows of types count. Wide shape: one row per commune, one column per domain (A_services … G_tourisme).
Measures are the types (A101) and the domains (A), added up here. No row means none.
"""

import re

from django.utils.translation import gettext as _

from .extract import Extract
from .observations import CODE, PARTS, UNKNOWN, account, number, observations, observe
from .refusals import BadInputError
from .rejects import refuse_malformed
from .report import Report
from .tables import Table
from .vintages import year_of_names
from .workspace import Workspace, named, quoted

LONG = ("GEO", "GEO_OBJECT", "FACILITY_TYPE", "BPE_MEASURE", "TIME_PERIOD", "OBS_VALUE")
LABELS = ("COD_VAR", "COD_MOD", "LIB_MOD")
SYNTHETIC = "SYNTHETIC"  # a column that made-up files alone have
KNOWN = {*LONG, "FACILITY_DOM", "FACILITY_SDOM", "OBS_STATUS", "FREQ", "DECIMALS", "UNIT_MULT", "CONF_STATUS"}
TYPE = "^[A-G][0-9]{3}$"
DOMAINS = "ABCDEFG"
CODES_OF_WIDE = ("code_insee", "CODGEO", "codgeo", "insee", "code", "GEO", "COM", "DEPCOM")


def read(space: Workspace, tables: list[Table], *, vintage: str | None) -> Extract:
    """Return the facilities of every commune by type and domain; by domain alone from the wide shape."""
    long = [table for table in tables if table.has(*LONG)]
    wide = [table for table in tables if _domains(table) and _code_of_wide(table)]
    if long:
        return _read_long(space, long, vintage, _labels(space, tables))
    if wide:
        return _read_wide(space, wide[:1], vintage)
    tables[0].need(LONG)
    raise BadInputError(tables[0].name)


def _read_wide(space: Workspace, tables: list[Table], vintage: str | None) -> Extract:
    table = tables[0]
    report = Report(files=[table.name])
    vintage = vintage or year_of_names(_years_of_wide(table.name))
    measures = {domain: table.text(column) for domain, column in _domains(table).items()}
    stream = observe(
        space,
        tables,
        code=table.text(_code_of_wide(table)),
        measures=measures,
        report=report,
        kept="value > 0",
    )
    return Extract(vintage, report, (stream,))


def _years_of_wide(name: str) -> list[str]:
    """Return a name with the year freed from what sticks to it: bpe2024-domaines → bpe 2024 -domaines."""
    return [re.sub(r"(?i)(bpe)(\d)", r"\1 \2", name)]


def _domains(table: Table) -> dict[str, str]:
    """Return the column of each domain, when all seven are there and named by their letter."""
    found = {
        domain: next(
            (name for name in table.columns if re.fullmatch(f"{domain}(_[a-z_]+)?", name, re.IGNORECASE)), ""
        )
        for domain in DOMAINS
    }
    return found if all(found.values()) else {}


def _code_of_wide(table: Table) -> str | None:
    return next((name for name in CODES_OF_WIDE if table.has(name)), None)


def _read_long(space: Workspace, tables: list[Table], vintage: str | None, labels: dict[str, str]) -> Extract:
    report = Report(files=[table.name for table in tables])
    report.rows_read = sum(table.rows for table in tables)
    space.run(
        "CREATE TABLE long AS " + " UNION ALL ".join(_judged(space, table) for table in tables),
        step="read",
        share=(0, 0.7),
        rows=report.rows_read,
    )
    vintage = vintage or _latest_period(space, tables[0])
    space.run(
        f"""
        CREATE TABLE judged AS
        SELECT l.*, p.commune, p.kind, CASE
            WHEN l.aside IS NOT NULL THEN l.aside
            WHEN l.period <> {quoted(vintage)} THEN 'other-period'
            WHEN NOT regexp_matches(l.code, {quoted(CODE)}) THEN 'bad-code'
            WHEN p.code IS NULL THEN 'unknown-commune'
            WHEN regexp_matches(l.text, {quoted(UNKNOWN)}, 'i') OR {number("l.text")} IS NULL THEN 'no-value'
            WHEN {number("l.text")} < 0 THEN 'negative-value'
            WHEN p.kind IN ({PARTS}) AND p.commune IN (SELECT code FROM long) THEN 'part-of-commune'
            END AS verdict
        FROM long l LEFT JOIN places p ON p.code = l.code""",
        step="read",
        share=(0.7, 0.85),
    )
    _refuse_repeated(space, tables[0])
    account(space, report, met="concat_ws(' ', code, type, text)")
    refuse_malformed(space, report, tables)
    value = number("text")
    space.run(
        f"""
        CREATE TABLE observations AS
        SELECT * FROM (
            SELECT commune, type AS measure, sum({value}) AS value FROM judged
            WHERE verdict IS NULL GROUP BY ALL
            UNION ALL
            SELECT commune, left(type, 1), sum({value}) FROM judged WHERE verdict IS NULL GROUP BY ALL
        ) WHERE value > 0 ORDER BY ALL"""
    )
    synthetic = all(table.has(SYNTHETIC) for table in tables)
    return Extract(vintage, report, (observations(space),), labels, synthetic)


def _judged(space: Workspace, table: Table) -> str:
    """Return SQL for the rows of a table, those not concerned marked ``aside``.

    A dimension that a later vintage adds is recognised by its total ("_T"): only the rows of that total are
    kept.
    """
    kind, area, measure = (
        f"trim({table.text(name)})" for name in ("FACILITY_TYPE", "GEO_OBJECT", "BPE_MEASURE")
    )
    aside = f"""
        CASE WHEN {area} <> 'COM' THEN 'not-communes' WHEN {measure} <> 'FACILITIES' THEN 'not-counts'
             WHEN NOT regexp_matches({kind}, {quoted(TYPE)}) THEN 'subtotals' END"""
    extra = [column for column in table.columns if column.upper() not in KNOWN]
    totals = "".join(
        f" WHEN {table.text(column)} <> '_T' THEN 'subtotals'"
        for column in extra
        if space.value(
            f"FROM {table.scan()} SELECT count(*) WHERE {aside} IS NULL AND {table.text(column)} = '_T'"
        )
    )
    return f"""
        SELECT {quoted(table.name)} AS file, row_number() OVER () + 1 AS line,
            regexp_replace(trim({table.text("GEO")}), '^.*-', '') AS code,
            {kind} AS type,
            left(trim({table.text("TIME_PERIOD")}), 4) AS period,
            trim(coalesce({table.text("OBS_VALUE")}, '')) AS text,
            coalesce({aside}, CASE {totals or "WHEN false THEN ''"} END) AS aside
        FROM {table.scan()}"""


def _latest_period(space: Workspace, table: Table) -> str:
    period = space.value("SELECT max(period) FROM long WHERE aside IS NULL")
    if not period or not re.fullmatch(r"\d{4}", period):
        raise BadInputError(
            _("%(file)s: no row counts facilities of communes (GEO_OBJECT COM, BPE_MEASURE FACILITIES)")
            % {"file": table.name}
        )
    return period


def _refuse_repeated(space: Workspace, table: Table) -> None:
    """Stop at a file that tells twice about one type in one commune: its shape is not one we know."""
    twice = space.rows(
        """SELECT code, type, max(line) FROM judged WHERE verdict IS NULL
        GROUP BY code, type HAVING count(*) > 1 ORDER BY 3 LIMIT 1"""
    )
    for code, kind, line in twice:
        raise BadInputError(
            _("%(file)s, line %(line)s: type %(type)s of commune %(code)s is there twice")
            % {"file": table.name, "line": line, "type": kind, "code": code}
        )


def _labels(space: Workspace, tables: list[Table]) -> dict[str, str]:
    """Return the words for the types, when the metadata file of the same delivery is given."""
    for table in tables:
        if table.has(*LABELS):
            code, words = (named(table.found(name)) for name in ("COD_MOD", "LIB_MOD"))
            variable = table.text("COD_VAR")
            return dict(
                space.rows(f"SELECT {code}, {words} FROM {table.scan()} WHERE {variable} = 'FACILITY_TYPE'")
            )
    return {}
