"""The two stock files of SIRENE at their national size, made up: 44 million establishments, 30 million units.

Same schema, same skew as the real ones (INSEE, January 2026): 56 % of units are natural persons, two
establishments in five are active, one in nineteen is an active employer, few activities and communes hold
most of them. Nobody in them is real. Written once to a cache folder, by the engine itself; the rows are a pure function of their number.

    python benchmarks/national_sirene.py [--scale 0.1] [--cache FOLDER]
"""

import argparse
import csv
import gzip
import json
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "var" / "benchmarks"
COLUMNS = json.loads((ROOT / "src/creasol/diagnosis/data/sirene-columns.json").read_text())
COMMUNES = ROOT / "src/creasol/territories/data/communes.csv.gz"
UNITS = 30_000_000
DRAWS = 200_000
CONCENTRATION = 1.25  # employment gathers more than inhabitants do
DISTRICTS = {"75056": (75101, 20), "69123": (69381, 9), "13055": (13201, 16)}

UNIT = {
    "siren": "siren",
    "statutDiffusionUniteLegale": "CASE WHEN draw(i, 1) < 0.08 THEN 'P' ELSE 'O' END",
    "dateCreationUniteLegale": "DATE '2025-12-31' - CAST(20000 * pow(draw(i, 2), 2) AS INTEGER)",
    "trancheEffectifsUniteLegale": "'NN'",
    "dateDernierTraitementUniteLegale": "TIMESTAMP '2025-12-31 08:00:00'",
    "etatAdministratifUniteLegale": "CASE WHEN draw(i, 3) < 0.55 THEN 'A' ELSE 'C' END",
    "nomUniteLegale": "CASE WHEN category = '1000' THEN 'NOM ' || i END",
    "prenom1UniteLegale": "CASE WHEN category = '1000' THEN 'PRENOM' END",
    "denominationUniteLegale": """CASE WHEN category <> '1000'
        THEN CASE WHEN draw(i, 4) < 0.01 THEN '[ND]' ELSE 'ORGANISATION INVENTEE NUMERO ' || i END END""",
    "categorieJuridiqueUniteLegale": "category",
    "activitePrincipaleUniteLegale": "activity",
    "nomenclatureActivitePrincipaleUniteLegale": "'NAFRev2'",
    "economieSocialeSolidaireUniteLegale": """CASE WHEN category LIKE '92%' AND draw(i, 5) < 0.7 THEN 'O'
        WHEN category IN ('5710', '5499') AND draw(i, 5) < 0.002 THEN 'O' WHEN draw(i, 5) < 0.4 THEN 'N' END""",
    "activitePrincipaleNAF25UniteLegale": "activity",
}
ESTABLISHMENT = {
    "siren": "siren",
    "nic": "lpad(CAST(nic AS VARCHAR), 5, '0')",
    "siret": "siren || lpad(CAST(nic AS VARCHAR), 5, '0')",
    "statutDiffusionEtablissement": "CASE WHEN draw(e, 1) < 0.08 THEN 'P' ELSE 'O' END",
    "dateCreationEtablissement": "DATE '2025-12-31' - CAST(20000 * pow(draw(e, 2), 2) AS INTEGER)",
    "trancheEffectifsEtablissement": """CASE WHEN NOT employer THEN CASE WHEN draw(e, 3) < 0.6 THEN 'NN' END
        WHEN size < 0.10 THEN '00' WHEN size < 0.52 THEN '01' WHEN size < 0.73 THEN '02' WHEN size < 0.84 THEN '03'
        WHEN size < 0.92 THEN '11' WHEN size < 0.97 THEN '12' WHEN size < 0.986 THEN '21' WHEN size < 0.995 THEN '22'
        WHEN size < 0.998 THEN '31' ELSE '32' END""",
    "dateDernierTraitementEtablissement": "TIMESTAMP '2025-12-31 08:00:00'",
    "etablissementSiege": "nic = 1",
    "numeroVoieEtablissement": "CAST(e % 200 AS VARCHAR)",
    "libelleVoieEtablissement": "'DE L INVENTION ' || e % 5000",
    "codeCommuneEtablissement": "CASE WHEN draw(e, 4) < 0.004 THEN '[ND]' WHEN draw(e, 4) < 0.008 THEN NULL ELSE place END",
    "etatAdministratifEtablissement": "CASE WHEN active THEN 'A' ELSE 'F' END",
    "enseigne1Etablissement": "CASE WHEN draw(e, 5) < 0.12 THEN 'ENSEIGNE ' || e END",
    "activitePrincipaleEtablissement": "activity",
    "nomenclatureActivitePrincipaleEtablissement": "CASE WHEN active THEN 'NAFRev2' ELSE 'NAP' END",
    "caractereEmployeurEtablissement": "CASE WHEN employer AND draw(e, 6) < 0.98 THEN 'O' ELSE 'N' END",
    "activitePrincipaleNAF25Etablissement": "activity",
}
CATEGORY = """CASE WHEN draw(i, 11) < 0.56 THEN '1000' WHEN draw(i, 11) < 0.70 THEN '5499' WHEN draw(i, 11) < 0.80 THEN '5710'
    WHEN draw(i, 11) < 0.88 THEN '6540' WHEN draw(i, 11) < 0.955 THEN '9220' WHEN draw(i, 11) < 0.957 THEN '5458'
    WHEN draw(i, 11) < 0.958 THEN '8210' WHEN draw(i, 11) < 0.9582 THEN '9300' WHEN draw(i, 11) < 0.962 THEN '9150'
    WHEN draw(i, 11) < 0.97 THEN '7210' ELSE '5599' END"""
KIND = "CAST(floor(732 * pow(draw(i, 12), 10)) AS INTEGER)"
ACTIVITY = f"""lpad(CAST(1 + {KIND} * 37 % 98 AS VARCHAR), 2, '0') || '.' || CAST({KIND} // 98 AS VARCHAR)
    || CAST({KIND} % 10 AS VARCHAR) || 'Z'"""
HOW_MANY = "CASE WHEN draw(i, 15) < 0.69 THEN 1 WHEN draw(i, 15) < 0.95 THEN 2 WHEN draw(i, 15) < 0.999 THEN 4 ELSE 60 END"


def national_stock(cache: Path = CACHE, scale: float = 1.0) -> tuple[Path, Path]:
    """Return the files of establishments and of legal units, made when they are not there yet."""
    folder = cache / f"sirene-{scale:g}"
    paths = folder / "StockEtablissement_2026-01-01.parquet", folder / "StockUniteLegale_2026-01-01.parquet"
    if all(path.exists() for path in paths):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect()
    engine.execute("SET memory_limit='4GB'")
    engine.execute("SET preserve_insertion_order=false")
    engine.execute(
        "CREATE MACRO draw(number, salt) AS (hash(number * 64 + salt) >> 11)::DOUBLE / 9007199254740992.0"
    )
    engine.execute(f"CREATE TABLE places AS SELECT * FROM (VALUES {places()}) t(drawn, place)")
    units = f"""
        SELECT i, CAST(100000000 + i * {900_000_000 // int(UNITS * scale)} AS VARCHAR) AS siren,
            {CATEGORY} AS category, {ACTIVITY} AS activity
        FROM range({int(UNITS * scale)}) t(i)"""
    establishments = f"""
        SELECT i, siren, activity, nic, e, place, active, active AND draw(e, 21) < 0.14 AS employer, draw(e, 22) AS size
        FROM (
            SELECT i, siren, activity, nic, i * 64 + nic AS e, draw(i * 64 + nic, 23) < 0.38 AS active,
                CAST(floor(draw(i * 64 + nic, 24) * {DRAWS}) AS INTEGER) AS drawn
            FROM (SELECT *, unnest(range(1, {HOW_MANY} + 1)) AS nic FROM ({units}))
        ) JOIN places USING (drawn)"""
    write(engine, "StockUniteLegale", UNIT, units, paths[1])
    write(engine, "StockEtablissement", ESTABLISHMENT, establishments, paths[0])
    return paths


def write(engine: duckdb.DuckDBPyConnection, file: str, known: dict[str, str], rows: str, path: Path) -> None:
    """Write one file in the official order of columns; those that nothing reads are empty."""
    columns = ", ".join(f'{known.get(name, "NULL::VARCHAR")} AS "{name}"' for name in COLUMNS[file])
    part = path.with_suffix(".part")
    engine.execute(f"COPY (SELECT {columns} FROM ({rows})) TO '{part}' (FORMAT parquet)")
    part.rename(path)


def places() -> str:
    """Return SQL values: every draw and its commune, by inhabitants; the three largest by their districts."""
    with gzip.open(COMMUNES, "rt", encoding="utf-8") as file:
        people = {row["code"]: int(row["population"] or 0) for row in csv.DictReader(file)}
    for code, (first, count) in DISTRICTS.items():
        shared = people.pop(code) // count
        people.update({str(first + number): shared for number in range(count)})
    people = {code: inhabitants**CONCENTRATION for code, inhabitants in people.items()}
    total = sum(people.values())
    values, passed = [], 0
    for code, inhabitants in people.items():
        start = round(passed * DRAWS / total)
        passed += inhabitants
        values += [f"({drawn}, '{code}')" for drawn in range(start, round(passed * DRAWS / total))]
    return ", ".join(values)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--cache", type=Path, default=CACHE)
    options = parser.parse_args()
    started = time.monotonic()
    for made in national_stock(options.cache, options.scale):
        rows = (
            duckdb.connect()
            .execute(f"SELECT sum(num_rows) FROM parquet_file_metadata('{made}')")
            .fetchone()[0]
        )
        print(f"{made}: {rows:,} rows, {made.stat().st_size / 1e6:,.0f} MB")
    print(f"{time.monotonic() - started:.0f} s")
