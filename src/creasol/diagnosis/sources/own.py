"""A table of an indicator that somebody adds: a code of commune, a value, a year, in columns known by their names.

The year may be given beside the file instead. An associated commune or a municipal district is left aside where
the file also tells about the whole; former communes are added up into today's, but means cannot be added.
"""

from django.utils.translation import gettext as _

from .extract import Extract, Stream
from .observations import PARTS, UNKNOWN, account, number
from .refusals import BadInputError
from .rejects import refuse_malformed
from .report import Report
from .tables import Table
from .workspace import Workspace, quoted

CODES = ("code", "codgeo", "code_insee", "insee", "code_commune", "geo", "com", "depcom")
VALUES = ("value", "valeur", "obs_value")
YEARS = ("year", "annee", "année", "time_period", "millesime", "millésime")
CODE = r"^([0-9]{5}|2[AB][0-9]{3})$"
YEAR = r"^(1[89]|20|21)[0-9]{2}$"
COLUMNS = ("commune_id", "year", "value")
MOST_ROWS = 2_000_000


def read(space: Workspace, tables: list[Table], *, year: int | None = None, mean: bool = False) -> Extract:
    """Return the values of each commune and year; raise `BadInputError` naming the file and what is wrong.

    ``year`` is that of files without a column for it; ``mean`` when values of communes make a mean, not a sum.
    The vintage is the latest year told.
    """
    if not tables:
        raise BadInputError(_("expected a table with the columns code, value and year"))
    report = Report(files=[table.name for table in tables])
    report.rows_read = sum(table.rows for table in tables)
    if report.rows_read > MOST_ROWS:
        raise BadInputError(
            _("%(file)s: more than %(most)s rows") % {"file": tables[0].name, "most": MOST_ROWS}
        )
    told = " UNION ALL ".join(told_by(table, year) for table in tables)
    space.run(f"CREATE TABLE told AS {told}", step="read", share=(0, 0.6), rows=report.rows_read)
    judge(space, mean=mean)
    account(space, report, met="concat_ws(' ', code, text, year)")
    refuse_malformed(space, report, tables)
    space.run(
        f"""
        CREATE TABLE own AS
        SELECT commune, year::INTEGER AS year, sum({number("text")}) AS value
        FROM judged WHERE verdict IS NULL GROUP BY ALL ORDER BY ALL"""
    )
    count = space.value("SELECT count(*) FROM own")
    if not count:
        raise BadInputError(
            _("%(file)s: no row can be used; %(why)s")
            % {"file": tables[0].name, "why": first_refusal(report)}
        )
    vintage = str(space.value("SELECT max(year) FROM own"))
    return Extract(vintage, report, (Stream("own", COLUMNS, "own", count),))


def told_by(table: Table, year: int | None) -> str:
    """Return SQL for the rows of a table as text: code, value, year."""
    code, text = (first_of(table, names) for names in (CODES, VALUES))
    table.need([name for name, found in (("code", code), ("value", text)) if not found])
    years = first_of(table, YEARS)
    if not years and year is None:
        raise BadInputError(
            _("%(file)s: no column tells the year; add a column “year”, or give the year beside the file")
            % {"file": table.name}
        )
    when = f"trim({table.text(years)})" if years else quoted(year)
    return f"""
        SELECT {quoted(table.name)} AS file, row_number() OVER () + 1 AS line,
            regexp_replace(upper(trim(coalesce({table.text(code)}, ''))), '^([0-9]{{4}})$', '0\\1') AS code,
            trim(coalesce({table.text(text)}, '')) AS text, coalesce({when}, '') AS year
        FROM {table.scan()}"""


def first_of(table: Table, names: tuple[str, ...]) -> str:
    """Return the first of these columns that the table has, or nothing."""
    return next((name for name in names if table.has(name)), "")


def judge(space: Workspace, *, mean: bool) -> None:
    """Make the engine's table ``judged``: each row with today's commune, and why it cannot be used, if so."""
    space.run(
        f"""
        CREATE TABLE checked AS
        SELECT t.*, p.commune, p.kind, CASE
            WHEN NOT regexp_matches(t.code, {quoted(CODE)}) THEN 'bad-code'
            WHEN p.code IS NULL THEN 'unknown-commune'
            WHEN NOT regexp_matches(t.year, {quoted(YEAR)}) THEN 'bad-year'
            WHEN regexp_matches(t.text, {quoted(UNKNOWN)}, 'i') THEN 'no-value'
            WHEN NOT coalesce(isfinite({number("t.text")}), false) THEN 'no-value'
            WHEN row_number() OVER (PARTITION BY t.code, t.year ORDER BY t.file, t.line) > 1 THEN 'twice'
            WHEN p.kind IN ({PARTS}) AND (p.commune, t.year) IN (SELECT (code, year) FROM told)
            THEN 'part-of-commune'
            END AS verdict
        FROM told t LEFT JOIN places p ON p.code = t.code""",
        step="read",
        share=(0.6, 0.9),
    )
    several = "verdict IS NULL AND count(*) FILTER (verdict IS NULL) OVER (PARTITION BY commune, year) > 1"
    refused = f"WHEN {several} AND kind <> '' THEN 'mean-of-former'" if mean else ""
    space.run(
        f"""
        CREATE TABLE judged AS
        SELECT * EXCLUDE (verdict), CASE WHEN verdict IS NOT NULL THEN verdict {refused} END AS verdict
        FROM checked"""
    )


def first_refusal(report: Report) -> str:
    """Return where the first refused row is and what was met there."""
    if not report.examples:
        return _("it holds no row")
    example = report.examples[0]
    return _("line %(line)s: %(met)s") % {"line": example.line, "met": example.met}
