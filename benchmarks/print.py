"""A diagnosis on paper: composed out of the database at the size of France, then printed.

On the database of `figures` (35,000 communes, 200,000 ESS establishments): one commune, the metropole of Lille (95
communes), a region (3,782). Goal: the metropole, with nothing in memory, asked for and printed in under 3 seconds.

    python benchmarks/print.py [--cache FOLDER] [--runs 5]
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import figures

GOAL = 3
CHOICES = {
    "commune": {"communes": "59350"},
    "metropole": {"slug": figures.TERRITORY},
    "region": {"slug": "region-hauts-de-france"},
}


def measure(words: dict[str, str], runs: int) -> dict[str, float]:
    """Return medians in seconds of each step, and what it gives."""
    from django.core.cache import cache  # noqa: PLC0415 the settings are read after the arguments
    from django.utils import timezone  # noqa: PLC0415

    from creasol.diagnosis.queries.choices import choose  # noqa: PLC0415
    from creasol.foundation.printing import compiler  # noqa: PLC0415
    from creasol.foundation.spreadsheets import ods_bytes  # noqa: PLC0415
    from creasol.reports.document.composing import compose  # noqa: PLC0415
    from creasol.reports.paper import summary, whole  # noqa: PLC0415
    from creasol.reports.sheets import sheets_of  # noqa: PLC0415

    def composed():
        return compose(choose(**words), title="Diagnostic", at=timezone.now(), language="fr")

    times = {name: [] for name in ("composed, cold", "composed, warm", "PDF", "two pages", "ODS")}
    compiler.cache_clear()  # the first print reads templates and fonts, the next ones what changed
    for _ in range(runs):
        cache.clear()
        document = timed(times["composed, cold"], composed)
        document = timed(times["composed, warm"], composed)
        printed = timed(
            times["PDF"], lambda document=document: whole(document, address="https://example.org/")
        )
        timed(times["two pages"], lambda document=document: summary(document, address="https://example.org/"))
        timed(times["ODS"], lambda document=document: ods_bytes(sheets_of(document)))
    found = {name: statistics.median(taken) for name, taken in times.items()}
    first = {"first PDF": times["PDF"][0], "KB": len(printed) / 1000}
    return found | first | {"slowest": max(times["composed, cold"]) + max(times["PDF"])}


def timed(times: list[float], work):
    """Do something, and note how long it took."""
    start = time.perf_counter()
    result = work()
    times.append(time.perf_counter() - start)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, default=figures.CACHE)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.environ["CREASOL_DATA"] = str(options.cache / "figures")
    os.environ["DJANGO_SETTINGS_MODULE"] = "creasol.settings"
    Path(os.environ["CREASOL_DATA"]).mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(figures.ROOT / "src"))
    import django  # noqa: PLC0415

    django.setup()
    figures.fill()
    found = {name: measure(words, options.runs) for name, words in CHOICES.items()}
    columns = next(iter(found.values()))
    print(f"{'seconds':<12}" + "".join(f"{column:>16}" for column in columns))
    for name, values in found.items():
        print(f"{name:<12}" + "".join(f"{value:>16.2f}" for value in values.values()))
    reached = found["metropole"]["slowest"] < GOAL
    print(f"\nGoal {'reached' if reached else 'NOT reached'}: the metropole in under {GOAL} s.")
    return not reached


if __name__ == "__main__":
    sys.exit(main())
