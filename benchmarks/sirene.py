"""National SIRENE: our import, the bare engine and pandas asked the same question, in one run.

The question: every active employer establishment of an ESS legal unit with its name, commune, activity and
size; and the number of all active employers by commune, activity and size. The bare engine and pandas hold
the answer in memory and stop there; ours also accounts for every row, folds former communes and writes the
answer into the database that serves the pages. Each contender runs in a process of its own, best of the runs.

    python benchmarks/sirene.py [--scale 0.1] [--cache FOLDER] [--runs 2]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import duckdb
import pandas as pd
from django.utils import timezone
from national_sirene import CACHE, ROOT, national_stock

PERIMETERS = json.loads((ROOT / "src/creasol/diagnosis/data/perimeters.json").read_text())
CATEGORIES = sorted(code for codes in PERIMETERS["categories"].values() for code in codes)
EXCLUDED = tuple(PERIMETERS["perimeters"][0]["excluded_activities"])
TIMES = 3
MOST_MEMORY = 600


def ours(establishments: Path, units: Path) -> dict:
    """Import as the product does, into a database made ready before."""
    from creasol.diagnosis.actions.imports import run_import  # noqa: PLC0415 after django.setup()

    started, answered = time.monotonic(), []

    def listen(progress):
        if progress.step == "write" and not answered:
            answered.append(time.monotonic() - started)

    done = run_import(source="sirene", location=[establishments, units], at=timezone.now(), progress=listen)
    found = {"establishments": done.report["notes"]["ess"], "employers": done.report["rows_used"]}
    return {**found, "answered": answered[0]}


def bare_engine(establishments: Path, units: Path) -> dict:
    """Ask the engine in plain SQL, with the memory and the threads that ours gives it, and fetch the answer."""
    engine = duckdb.connect()
    engine.execute(f"SET memory_limit='{os.environ['ENGINE_MEMORY']}'")
    engine.execute(f"SET threads={os.environ['ENGINE_THREADS']}")
    engine.execute("SET preserve_insertion_order=false")
    engine.execute(f"SET temp_directory='{tempfile.mkdtemp()}'")
    excluded = " AND ".join(
        f"NOT starts_with(e.activitePrincipaleEtablissement, '{prefix}')" for prefix in EXCLUDED
    )
    listed = ", ".join(f"'{code}'" for code in CATEGORIES)
    employer = """etatAdministratifEtablissement = 'A' AND (caractereEmployeurEtablissement = 'O'
        OR coalesce(trancheEffectifsEtablissement, 'NN') <> 'NN')"""
    ess = engine.execute(f"""
        SELECT e.siret, u.denominationUniteLegale, e.codeCommuneEtablissement, e.activitePrincipaleEtablissement,
            e.nomenclatureActivitePrincipaleEtablissement, u.categorieJuridiqueUniteLegale, e.trancheEffectifsEtablissement,
            e.dateCreationEtablissement, e.enseigne1Etablissement,
            u.categorieJuridiqueUniteLegale IN ({listed}) AND {excluded} AS insee
        FROM (SELECT * FROM '{establishments}' WHERE {employer}) e
        JOIN (SELECT * FROM '{units}' WHERE categorieJuridiqueUniteLegale IN ({listed})
              OR (economieSocialeSolidaireUniteLegale = 'O' AND categorieJuridiqueUniteLegale <> '1000')) u USING (siren)
        WHERE e.codeCommuneEtablissement <> '[ND]'""").fetchall()
    totals = engine.execute(f"""
        SELECT codeCommuneEtablissement, activitePrincipaleEtablissement, trancheEffectifsEtablissement, count(*)
        FROM '{establishments}' WHERE {employer} AND codeCommuneEtablissement <> '[ND]' GROUP BY ALL""").fetchall()
    return {"establishments": len(ess), "employers": sum(row[3] for row in totals)}


def with_pandas(establishments: Path, units: Path) -> dict:
    """Do the same with pandas, reading the needed columns alone and filtering while it reads."""
    rows = pd.read_parquet(
        establishments,
        columns=[
            "siren",
            "siret",
            "codeCommuneEtablissement",
            "activitePrincipaleEtablissement",
            "nomenclatureActivitePrincipaleEtablissement",
            "trancheEffectifsEtablissement",
            "caractereEmployeurEtablissement",
            "dateCreationEtablissement",
            "enseigne1Etablissement",
        ],
        filters=[("etatAdministratifEtablissement", "==", "A")],
    )
    size = rows["trancheEffectifsEtablissement"].fillna("NN")
    rows = rows[(rows["caractereEmployeurEtablissement"] == "O") | (size != "NN")]
    rows = rows[rows["codeCommuneEtablissement"].notna() & (rows["codeCommuneEtablissement"] != "[ND]")]
    companies = pd.read_parquet(
        units,
        columns=[
            "siren",
            "denominationUniteLegale",
            "categorieJuridiqueUniteLegale",
            "economieSocialeSolidaireUniteLegale",
        ],
    )
    category, flag = (
        companies["categorieJuridiqueUniteLegale"],
        companies["economieSocialeSolidaireUniteLegale"],
    )
    companies = companies[category.isin(CATEGORIES) | ((flag == "O") & (category != "1000"))]
    ess = rows.merge(companies, on="siren")
    listed = ess["categorieJuridiqueUniteLegale"].isin(CATEGORIES)
    ess["insee"] = listed & ~ess["activitePrincipaleEtablissement"].str.startswith(EXCLUDED)
    totals = rows.groupby(
        ["codeCommuneEtablissement", "activitePrincipaleEtablissement", "trancheEffectifsEtablissement"],
        dropna=False,
    ).size()
    return {"establishments": len(ess), "employers": int(totals.sum())}


CONTENDERS = {"ours": ours, "bare engine": bare_engine, "pandas": with_pandas}


def contend(name: str, paths: tuple[Path, Path]) -> None:
    """Run one contender in this process and print what it found, how long it took and its highest memory."""
    django.setup()
    started = time.monotonic()
    found = CONTENDERS[name](*paths)
    seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"answered": seconds, "seconds": seconds, "processor": used.ru_utime + used.ru_stime}
    print(json.dumps({**told, "megabytes": used.ru_maxrss / 1024, **found}))


def measure(name: str, options: argparse.Namespace, environment: dict[str, str]) -> dict:
    command = [
        sys.executable,
        __file__,
        "--contender",
        name,
        "--scale",
        str(options.scale),
        "--cache",
        str(options.cache),
    ]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main(options: argparse.Namespace) -> bool:
    """Run every contender in turn, print the table and the ratios; tell whether the goals are met."""
    national_stock(options.cache, options.scale)
    with tempfile.TemporaryDirectory(prefix="creasol-benchmark-") as folder:
        environment = dict(
            os.environ,
            PYTHONPATH=str(ROOT / "src"),
            DJANGO_SETTINGS_MODULE="creasol.settings",
            CREASOL_DATA=folder,
            ENGINE_MEMORY="256MB",
            ENGINE_THREADS=str(min(2, os.cpu_count() or 1)),
        )
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "creasol", "prepare"], env=environment, check=True)
        runs = {name: [] for name in CONTENDERS}
        for _again in range(options.runs):
            for name in CONTENDERS:
                runs[name].append(measure(name, options, environment))
    best = {name: min(found, key=lambda run: run["seconds"]) for name, found in runs.items()}
    most = {name: max(run["megabytes"] for run in found) for name, found in runs.items()}
    print(
        f"{'':<12}{'answer, s':>10}{'stored, s':>10}{'processor':>10}{'memory, MB':>11}{'ESS':>9}{'employers':>11}"
    )
    for name, run in best.items():
        stored = f"{run['seconds']:.1f}" if name == "ours" else "–"
        print(
            f"{name:<12}{run['answered']:>10.1f}{stored:>10}{run['processor']:>10.1f}{most[name]:>11.0f}"
            f"{run['establishments']:>9,}{run['employers']:>11,}"
        )
    stored = {name: best["ours"]["seconds"] / best[name]["seconds"] for name in CONTENDERS}
    answer = {name: best["ours"]["answered"] / best[name]["seconds"] for name in CONTENDERS}
    print(
        f"ours to the answer / bare engine: {answer['bare engine']:.2f}; pandas / ours stored: {1 / stored['pandas']:.2f}"
    )
    checks = {
        f"ours stored / bare engine = {stored['bare engine']:.2f} (goal: at most 3)": stored["bare engine"]
        <= TIMES,
        f"pandas / ours to the answer = {1 / answer['pandas']:.2f} (goal: at least 3)": 1 / answer["pandas"]
        >= TIMES,
        f"highest memory of ours = {most['ours']:.0f} MB (goal: at most 600)": most["ours"] <= MOST_MEMORY,
        "all three count the same": len({(run["establishments"], run["employers"]) for run in best.values()})
        == 1,
    }
    for check, met in checks.items():
        print(f"{'yes' if met else 'NO ':<4}{check}")
    return all(checks.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.contender:
        contend(asked.contender, national_stock(asked.cache, asked.scale))
    else:
        sys.exit(0 if main(asked) else 1)
