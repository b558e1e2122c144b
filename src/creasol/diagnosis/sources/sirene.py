"""SIRENE (INSEE): from the two stock files to ESS employer establishments and totals of all employers.

Schema: https://www.sirene.fr/static-resources/documentation/ (StockEtablissement, StockUniteLegale), columns
by name. The ESS flag and the legal category are in StockUniteLegale only, hence the join on `siren`.
`caractereEmployeurUniteLegale` is always empty now: an employer is an establishment with the mark "O" or a
size band. Natural persons are never kept one by one: their employer establishments enter the totals as
counts, and nothing else of them leaves the files. Partial diffusion hides values as "[ND]".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
NAME_LENGTH = 200
UNDISCLOSED = "Nom non diffusé"


@dataclass(frozen=True)
class Rules:
    """The rules in force: INSEE's, the law's (which contains it)."""

    insee: Rule
    law: Rule

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
    _find_employers(space, establishments, dated=not vintage)
    _find_units(space, units)
    vintage = vintage or _vintage_of_rows(space, establishments)
    _sort_out(space, rules)
    _account(space, report, establishments[0].name)
    refuse_malformed(space, report, establishments + units)
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
            SELECT {table.text("siret")} AS siret, {table.text("siren")} AS siren,
                coalesce({table.text("codeCommuneEtablissement")}, '') AS place,
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
    space.run(
        f"CREATE TABLE employers AS {' UNION ALL '.join(parts)}",
        step="establishments",
        share=(0, 0.55),
        rows=rows,
    )


def _find_units(space: Workspace, tables: list[Table]) -> None:
    """Make ``units``: the legal units of these employers; names only of organisations."""
    parts = []
    for table in tables:
        names = [
            _shown(table.text(column))
            for column in ("denominationUniteLegale", "sigleUniteLegale", "denominationUsuelle1UniteLegale")
        ]
        category = table.text("categorieJuridiqueUniteLegale")
        parts.append(
            f"""
            SELECT {table.text("siren")} AS siren, coalesce({category}, '') AS category,
                coalesce({table.text("economieSocialeSolidaireUniteLegale")}, '') AS flag,
                CASE WHEN {category} <> '{NATURAL_PERSON}' THEN coalesce({", ".join(names)}) END AS name
            FROM {table.scan()}
            WHERE {table.text("siren")} IN (SELECT siren FROM employers)"""
        )
    rows = sum(table.rows for table in tables)
    space.run(
        f"CREATE TABLE units AS {' UNION ALL '.join(parts)}", step="units", share=(0.55, 0.8), rows=rows
    )


def _sort_out(space: Workspace, rules: Rules) -> None:
    """Make ``ess`` and ``totals``, stored in the order of their communes."""
    space.engine.execute("SET preserve_insertion_order=true")
    insee, law = (
        rule.sql(category="u.category", activity="e.activity", flag="u.flag")
        for rule in (rules.insee, rules.law)
    )
    undisclosed = f"'{UNDISCLOSED} (SIREN ' || e.siren || ')'"
    sign = "CASE WHEN e.sign IS NOT NULL AND lower(e.sign) <> lower(u.name) THEN ' – ' || e.sign ELSE '' END"
    space.run(
        f"""
        CREATE TABLE ess AS
        SELECT e.siret, left(coalesce(u.name || {sign}, e.sign, {undisclosed}), {NAME_LENGTH}) AS name,
            p.commune, e.activity, e.nomenclature, u.category,
            {family_sql(rules.categories, "u.category")} AS family, e.size_band,
            CAST(e.created AS VARCHAR) AS created, {insee} AS in_insee, {law} AS in_law
        FROM employers e JOIN places p ON p.code = e.place JOIN units u ON u.siren = e.siren
        WHERE ({law} OR {insee}) AND length(e.siret) = 14
        QUALIFY row_number() OVER (PARTITION BY e.siret) = 1
        ORDER BY p.commune, e.siret""",
        step="join",
        share=(0.8, 0.86),
    )
    space.run(
        """
        CREATE TABLE totals AS
        SELECT p.commune, e.activity, e.size_band, count(*) AS establishments
        FROM employers e JOIN places p ON p.code = e.place
        GROUP BY p.commune, e.activity, e.size_band
        ORDER BY p.commune, e.activity, e.size_band""",
        step="join",
        share=(0.86, 0.9),
    )


def _account(space: Workspace, report: Report, file: str) -> None:
    """Count every row once: used, left aside (not an active employer), or refused with its reason."""
    reason = f"""
        CASE WHEN e.place = '{HIDDEN}' THEN 'hidden-commune' WHEN e.place = '' THEN 'no-commune'
             WHEN p.code IS NULL THEN 'unknown-commune' END"""
    counts = space.rows(
        f"""SELECT {reason} AS reason, count(*), min(e.siret), count(*) FILTER (p.kind <> '')
        FROM employers e LEFT JOIN places p ON p.code = e.place GROUP BY 1"""
    )
    employers = sum(count for _reason, count, _siret, _folded in counts)
    for why, count, siret, folded in counts:
        if why is None:
            report.rows_used = count
            report.note("folded", folded)
        else:
            report.refuse(why, count, [Example(file, 0, why, f"SIRET {siret}")])
    report.leave_aside("closed-or-no-employee", report.rows_read - employers)
    people, unknown = space.rows(
        f"""SELECT count(*) FILTER (u.category = '{NATURAL_PERSON}'), count(*) FILTER (u.siren IS NULL)
        FROM employers e LEFT JOIN units u ON u.siren = e.siren"""
    )[0]
    report.note("natural-persons", people)
    report.note("no-legal-unit", unknown)
    report.note(
        "hidden-name",
        space.value(f"SELECT count(*) FROM ess WHERE starts_with(name, '{UNDISCLOSED} (SIREN ')"),
    )
    report.note("ess", space.value("SELECT count(*) FROM ess"))


def _shown(expression: str) -> str:
    """Return SQL for a text that partial diffusion may hide: NULL when hidden or empty."""
    return f"nullif(nullif({expression}, '{HIDDEN}'), '')"
