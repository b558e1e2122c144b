"""Comparables and thin facilities of all 35,000 communes in one pass, at the size of France.

Real files where there are some (the comparator and the facilities by domain, in --data), then facilities by type made
up on the spot: 230 types, counts drawn around rates of their own. Each is surveyed in one pass, and held against a
loop that asks for a sample of communes what their page asks, one after the other; both must give the same answer.

    python benchmarks/survey.py [--cache FOLDER] [--data FOLDER] [--sample 40]

Goal: one pass in under 60 s.
"""

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "var" / "benchmarks"
DATA = ROOT.parent / "shared" / "data"
FILES = {
    "comparateur": ("insee-comparateur-2022-01.csv", "2022-01"),
    "bpe": ("bpe2024-domaines-par-commune.csv", "2024"),
}
TYPES = [f"{'ABCDEFG'[number % 7]}{101 + number // 7}" for number in range(230)]
MADE_UP = "2025"
GOAL = 60
INSERT = "INSERT INTO diagnosis_observation (dataset_id, commune_id, measure, value) VALUES (%s, %s, %s, %s)"


def fill(data: Path) -> None:
    """Make the database once: communes, real files where there are some, facilities by type made up."""
    from django.core.management import call_command  # noqa: PLC0415 the settings are read after the arguments
    from django.utils import timezone  # noqa: PLC0415

    from creasol.diagnosis.actions.imports import run_import  # noqa: PLC0415
    from creasol.diagnosis.models import Dataset  # noqa: PLC0415
    from creasol.territories.actions import load_reference_data  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Dataset.everything.filter(vintage=MADE_UP, title="Generated").exists():
        return
    load_reference_data(at=timezone.now())
    for source, (name, vintage) in FILES.items():
        if (data / name).exists():
            run_import(source=source, location=[str(data / name)], vintage=vintage, at=timezone.now())
    make_up_facilities()


def make_up_facilities() -> None:
    """Draw the facilities of every commune: a rate for each type, twice as many in some communes as in others."""
    from django.db import connection, transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from creasol.diagnosis.enums import Domain, Source  # noqa: PLC0415
    from creasol.diagnosis.models import Dataset  # noqa: PLC0415
    from creasol.journal.actions import record  # noqa: PLC0415
    from creasol.territories.models import Commune  # noqa: PLC0415

    draw = np.random.default_rng(2011)
    communes = list(Commune.objects.order_by("code").values_list("code", "population"))
    people = np.array([number or 0 for _, number in communes], dtype=float)
    rates = draw.lognormal(-9.2, 1.3, len(TYPES))
    counts = draw.poisson(np.outer(people * draw.gamma(8, 1 / 8, len(people)), rates))
    letters = np.array([kind[0] for kind in TYPES])
    with transaction.atomic(), connection.cursor() as cursor:
        made = Dataset.objects.create(
            source=Source.FACILITIES, vintage=MADE_UP, title="Generated", imported_at=timezone.now()
        )
        for row, (code, _people) in enumerate(communes):
            present = np.flatnonzero(counts[row])
            types = [(made.pk, code, TYPES[column], int(counts[row, column])) for column in present]
            domains = [
                (made.pk, code, domain, int(counts[row, letters == domain].sum()))
                for domain in Domain.values
                if domain in letters[present]
            ]
            cursor.executemany(INSERT, types + domains)
        record("import", made, by=None, at=timezone.now())
        cursor.execute("ANALYZE")


def with_made_up(*, present: bool) -> None:
    """Show the made-up facilities, or hide them to survey the real ones."""
    from django.core.cache import cache  # noqa: PLC0415

    from creasol.diagnosis.models import Dataset  # noqa: PLC0415

    Dataset.everything.filter(vintage=MADE_UP, title="Generated").update(ready=present)
    cache.clear()


def measure(sample: int) -> dict[str, object]:
    """Return the seconds of one pass, of the loop (extrapolated), and their ratio."""
    from creasol.diagnosis.queries.choices import choose  # noqa: PLC0415
    from creasol.diagnosis.queries.comparables import comparables_of  # noqa: PLC0415
    from creasol.diagnosis.queries.survey import survey  # noqa: PLC0415
    from creasol.diagnosis.queries.thin import thin_list  # noqa: PLC0415

    start = time.perf_counter()
    found = {line.code: line for line in survey()}
    seconds = time.perf_counter() - start
    draw = np.random.default_rng(7)
    codes = draw.choice(sorted(found), size=sample, replace=False).tolist()
    different = []
    start = time.perf_counter()
    for code in codes:
        choice = choose(communes=code)
        compared = comparables_of(choice)
        listed = thin_list(choice, kind="facilities", comparables=compared)
        same = set(found[code].comparables) == {item.key for item in compared.items}
        if not same or set(found[code].thin) != {line.key for line in listed.thin}:
            different.append(code)
    loop = (time.perf_counter() - start) / sample * len(found)
    return {
        "communes": len(found),
        "one pass, s": round(seconds, 1),
        "loop over the page's query, s": round(loop),
        "ratio": round(loop / seconds),
        "communes with something thin": sum(bool(line.thin) for line in found.values()),
        "sample that differs": different,
        "reached": seconds < GOAL and not different,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sample", type=int, default=40)
    options = parser.parse_args()
    os.environ["CREASOL_DATA"] = str(options.cache / "survey")
    os.environ["DJANGO_SETTINGS_MODULE"] = "creasol.settings"
    Path(os.environ["CREASOL_DATA"]).mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT / "src"))
    import django  # noqa: PLC0415

    django.setup()
    fill(options.data)
    found = {}
    if (options.data / FILES["bpe"][0]).exists():
        with_made_up(present=False)
        found["facilities by domain, real"] = measure(options.sample)
    with_made_up(present=True)
    found["facilities by 230 types, made up"] = measure(options.sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**found, "peak memory, MB": peak}, indent=2))
    sys.exit(0 if all(one["reached"] for one in found.values()) else 1)


if __name__ == "__main__":
    main()
