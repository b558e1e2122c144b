"""SIRENE (INSEE): from the two stock files to ESS employer establishments and totals of all employers.

Schema: https://www.sirene.fr/static-resources/documentation/ (StockEtablissement, StockUniteLegale), columns
by name. The ESS flag and the legal category are in StockUniteLegale only, hence the join on `siren`.
`caractereEmployeurUniteLegale` is always empty now: an employer is an establishment with the mark "O" or a
size band. Natural persons are never kept one by one: their employer establishments enter the totals as
counts, and nothing else of them leaves the files. Partial diffusion hides values as "[ND]".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from creasol.diagnosis.perimeters import NATURAL_PERSON, Rule, family_sql

from .extract import Extract, Stream
from .refusals import BadInputError
from .rejects import refuse_malformed
from .report import Example, Report
from .tables import Table
from .workspace import Workspace

ESTABLISHMENTS = (
    "siret",
    "siren",
    "trancheEffectifsEtablissement",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
    "caractereEmployeurEtablissement",
)
UNITS = ("siren", "categorieJuridiqueUniteLegale", "economieSocialeSolidaireUniteLegale")
HIDDEN = "[ND]"
NO_SIZE = "NN"
SIRET_LENGTH, BAD_SIRET = 14, "#"
NAME_LENGTH = 200
UNDISCLOSED = "Nom non diffusé"
MADE_UP_RANGE = "000"  # where the SIREN of made-up units lie; a few real ones do, never a whole file's


@dataclass(frozen=True)
class Rules:
    """The rules in force: INSEE's, the law's (which contains it), and the SIREN numbers flagged by a list of ours."""

    insee: Rule
    law: Rule
    listed: frozenset[str] = frozenset()

    @property
    def categories(self) -> Mapping[str, str]:
        return self.law.categories


def read(space: Workspace, tables: list[Table], rules: Rules, *, vintage: str | None) -> Extract:
    """Join the two stocks and return the ESS employer establishments and the totals.

    The engine must hold ``places(code, commune, kind)``: every code of commune, former ones with today's
    commune. Raises `BadInputError` when one of the two files is missing, lacks a column, or tells no date.
    """
    establishments, units = _told_apart(tables)
    vintage = vintage or _vintage_of_names(establishments + units)
    space.engine.execute("SET preserve_insertion_order=false")
    report = Report(files=[table.name for table in establishments + units])
    report.rows_read = sum(table.rows for table in establishments)
    space.fill("listed", "siren INTEGER", [(int(number),) for number in rules.listed])
    _find_employers(space, establishments, dated=not vintage)
    _find_units(space, units, rules)
    vintage = vintage or _vintage_of_rows(space, establishments)
    _keep_ess(space, rules)
    _tally(space)
    refuse_malformed(space, report, establishments + units)
    _account(space, report, establishments[0].name)
    report.note("listed", len(rules.listed))
    return Extract(
        vintage,
        report,
        (
            Stream(
                "establishments",
                (
                    "siret",
                    "name",
                    "commune_id",
                    "activity_code",
                    "activity_nomenclature",
                    "legal_category",
                    "family",
                    "size_band",
                    "created_on",
                    "in_insee",
                    "in_law_2014",
                ),
                "ess",
                space.value("SELECT count(*) FROM ess"),
            ),
            Stream(
                "totals",
                ("commune_id", "activity_code", "size_band", "count"),
                "totals",
                space.value("SELECT count(*) FROM totals"),
            ),
        ),
        synthetic=bool(space.value(f"SELECT bool_and(siret LIKE '{MADE_UP_RANGE}%') FROM ess")),
    )


def _told_apart(tables: list[Table]) -> tuple[list[Table], list[Table]]:
    """Return the tables of establishments and those of legal units; leave others (history, links)."""
    establishments = [table for table in tables if table.has("siret", "codeCommuneEtablissement")]
    units = [
        table
        for table in tables
        if table.has("siren", "categorieJuridiqueUniteLegale") and not table.has("siret")
    ]
    names = ", ".join(table.name for table in tables) or "–"
    if not establishments:
        raise BadInputError(
            _("%(files)s: no StockEtablissement among these files (expected columns: %(columns)s)")
            % {"files": names, "columns": ", ".join(ESTABLISHMENTS)}
        )
    if not units:
        raise BadInputError(
            _("%(files)s: no StockUniteLegale among these files (expected columns: %(columns)s)")
            % {"files": names, "columns": ", ".join(UNITS)}
        )
    for table in establishments:
        table.need(ESTABLISHMENTS)
    for table in units:
        table.need(UNITS)
    return establishments, units


def _vintage_of_names(tables: list[Table]) -> str | None:
    """Return the latest month written in a file's name (StockEtablissement_2026-01-01.parquet)."""
    found = [
        match
        for table in tables
        if (match := re.search(r"(20\d\d)[-_]?(0[1-9]|1[0-2])(?!\d{3})", table.name))
    ]
    return max((f"{match[1]}-{match[2]}" for match in found), default=None)


def _vintage_of_rows(space: Workspace, establishments: list[Table]) -> str:
    """Return the month of the latest update told by the rows of employers."""
    month = space.value("SELECT max(left(treated, 7)) FROM employers")
    if not month or not re.fullmatch(r"\d{4}-\d{2}", month):
        raise BadInputError(
            _("%(file)s: its name and its rows tell no date; give the vintage, for example --vintage 2026-01")
            % {"file": establishments[0].name}
        )
    return month


def _find_employers(space: Workspace, tables: list[Table], *, dated: bool) -> None:
    """Make ``employers``: one row per active employer establishment of the files."""
    parts = []
    for table in tables:
        size = f"coalesce({table.text('trancheEffectifsEtablissement')}, '')"
        activity = _shown(table.text("activitePrincipaleEtablissement"))
        newer = _shown(table.text("activitePrincipaleNAF25Etablissement"))
        nomenclature = table.text("nomenclatureActivitePrincipaleEtablissement")
        usual, sign = table.text("denominationUsuelleEtablissement"), table.text("enseigne1Etablissement")
        employer = f"{table.text('caractereEmployeurEtablissement')} = 'O' OR {size} NOT IN ('', '{NO_SIZE}')"
        parts.append(
            f"""
            SELECT {table.text("siret")} AS siret, TRY_CAST({table.text("siren")} AS INTEGER) AS siren,
                CASE WHEN length({table.text("siret")}) = {SIRET_LENGTH}
                     THEN coalesce({table.text("codeCommuneEtablissement")}, '') ELSE '{BAD_SIRET}' END AS place,
                coalesce({activity}, {newer}, '') AS activity,
                CASE WHEN {activity} IS NULL AND {newer} IS NOT NULL THEN 'NAF2025'
                     ELSE coalesce({nomenclature}, '') END AS nomenclature,
                CASE WHEN {size} = '' THEN '{NO_SIZE}' ELSE {size} END AS size_band,
                TRY_CAST({table.text("dateCreationEtablissement")} AS DATE) AS created,
                coalesce({_shown(usual)}, {_shown(sign)}) AS sign,
                {table.text("dateDernierTraitementEtablissement") if dated else "NULL"} AS treated
            FROM {table.scan()}
            WHERE {table.text("etatAdministratifEtablissement")} = 'A' AND ({employer})"""
        )
    rows = sum(table.rows for table in tables)
    made = " UNION ALL ".join(parts)
    space.run(f"CREATE TABLE employers AS {made}", step="establishments", share=(0, 0.5), rows=rows)


def _find_units(space: Workspace, tables: list[Table], rules: Rules) -> None:
    """Make ``legal``: the legal units, named when organisations; and ``units``: those of ESS that employ."""
    parts = []
    for table in tables:
        names = [
            _shown(table.text(column))
            for column in ("denominationUniteLegale", "sigleUniteLegale", "denominationUsuelle1UniteLegale")
        ]
        category = table.text("categorieJuridiqueUniteLegale")
        siren = f"TRY_CAST({table.text('siren')} AS INTEGER)"
        wanted = f"{siren} IN (SELECT siren FROM employers)"
        flag = f"coalesce({table.text('economieSocialeSolidaireUniteLegale')}, '')"
        if rules.listed:
            flag = f"CASE WHEN {siren} IN (SELECT siren FROM listed) THEN 'O' ELSE {flag} END"
        parts.append(
            f"""
            SELECT {siren} AS siren, coalesce({category}, '') AS category, {flag} AS flag,
                CASE WHEN {category} <> '{NATURAL_PERSON}' THEN coalesce({", ".join(names)}) END AS name
            FROM {table.scan()} WHERE {wanted if table.is_csv else "true"}"""
        )
    # Parquet is read again by column at little cost; CSV is read once.
    kind = "TABLE" if any(table.is_csv for table in tables) else "VIEW"
    rows = sum(table.rows for table in tables)
    made = " UNION ALL ".join(parts)
    space.run(f"CREATE {kind} legal AS {made}", step="units", share=(0.5, 0.65), rows=rows)
    whatever_activity = replace(rules.insee, excluded_activities=())
    columns = {"category": "category", "activity": "''", "flag": "flag"}
    space.run(
        f"""
        CREATE TABLE units AS
        SELECT * FROM legal WHERE ({rules.law.sql(**columns)} OR {whatever_activity.sql(**columns)})
            AND siren IN (SELECT siren FROM employers)""",
        step="units",
        share=(0.65, 0.75),
        rows=rows,
    )


def _keep_ess(space: Workspace, rules: Rules) -> None:
    """Make ``ess``: the ESS employer establishments, near to those of their commune."""
    insee, law = (
        rule.sql(category="u.category", activity="e.activity", flag="u.flag")
        for rule in (rules.insee, rules.law)
    )
    undisclosed = f"'{UNDISCLOSED} (SIREN ' || left(e.siret, 9) || ')'"
    sign = "CASE WHEN e.sign IS NOT NULL AND lower(e.sign) <> lower(u.name) THEN ' – ' || e.sign ELSE '' END"
    space.run(
        f"""
        CREATE TABLE ess AS
        SELECT e.siret, left(coalesce(u.name || {sign}, e.sign, {undisclosed}), {NAME_LENGTH}) AS name,
            p.commune, e.activity, e.nomenclature, u.category,
            {family_sql(rules.categories, "u.category")} AS family, e.size_band,
            CAST(e.created AS VARCHAR) AS created, {insee} AS in_insee, {law} AS in_law
        FROM employers e JOIN places p ON p.code = e.place JOIN units u ON u.siren = e.siren
        WHERE {law} OR {insee}
        QUALIFY row_number() OVER (PARTITION BY e.siret) = 1
        ORDER BY p.commune, e.siret""",
        step="join",
        share=(0.75, 0.82),
    )


def _tally(space: Workspace) -> None:
    """Make ``tallied``: employers by code as written; and ``totals``: by today's commune."""
    space.run(
        """
        CREATE TABLE tallied AS
        SELECT place, activity, size_band, count(*) AS establishments, min(siren) AS siren
        FROM employers GROUP BY place, activity, size_band""",
        step="join",
        share=(0.82, 0.86),
    )
    space.run(
        """
        CREATE TABLE totals AS
        SELECT p.commune, t.activity, t.size_band, sum(t.establishments)::INTEGER AS establishments
        FROM tallied t JOIN places p ON p.code = t.place
        GROUP BY p.commune, t.activity, t.size_band
        ORDER BY p.commune, t.activity, t.size_band""",
        step="join",
        share=(0.86, 0.9),
    )


def _account(space: Workspace, report: Report, file: str) -> None:
    """Count every row once: used, left aside (not an active employer), or refused with its reason."""
    counts = space.rows(
        f"""
        SELECT CASE WHEN t.place = '{BAD_SIRET}' THEN 'bad-siret' WHEN t.place = '{HIDDEN}' THEN 'hidden-commune'
                    WHEN t.place = '' THEN 'no-commune' WHEN p.code IS NULL THEN 'unknown-commune' END AS reason,
            sum(t.establishments)::BIGINT, min(t.siren),
            coalesce(sum(t.establishments) FILTER (p.kind <> ''), 0)::BIGINT
        FROM tallied t LEFT JOIN places p ON p.code = t.place GROUP BY 1"""
    )
    employers = sum(count for _reason, count, _siren, _folded in counts)
    malformed = report.refused.get("malformed", 0)
    report.leave_aside("closed-or-no-employee", max(0, report.rows_read - malformed - employers))
    for why, count, siren, folded in counts:
        if why is None:
            report.rows_used = count
            report.note("folded", folded)
        else:
            report.refuse(why, count, [Example(file, 0, why, f"SIREN {siren:09d}" if siren else "–")])
    people, unknown = space.rows(
        f"""SELECT count(*) FILTER (l.category = '{NATURAL_PERSON}'), count(*) FILTER (l.siren IS NULL)
        FROM employers e LEFT JOIN legal l ON l.siren = e.siren"""
    )[0]
    hidden = f"SELECT count(*) FROM ess WHERE starts_with(name, '{UNDISCLOSED} (SIREN ')"
    report.note("natural-persons", people)
    report.note("no-legal-unit", unknown)
    report.note("hidden-name", space.value(hidden))
    report.note("ess", space.value("SELECT count(*) FROM ess"))


def _shown(expression: str) -> str:
    """Return SQL for a text that partial diffusion may hide: NULL when hidden or empty."""
    return f"nullif(nullif({expression}, '{HIDDEN}'), '')"
