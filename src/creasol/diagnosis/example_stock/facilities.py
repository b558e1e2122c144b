"""Writes a synthetic permanent facilities database (BPE): facilities by type and commune, in the official shape.

Kinds of facilities and their words are the official ones. How many there are, and where, is made up: about as
many of each type as a metropole of this size has; a few types deliberately scarce on Couronne Sud, so that the
diagnosis of the example has something to find. The column SYNTHETIC says so on every row.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from creasol.diagnosis.sources.facilities import LABELS, SYNTHETIC

from .metropole import lille_metropole_2011
from .stock import Place

TYPES = Path(__file__).parent.parent / "data" / "example-facilities.csv"
YEAR = "2011"
SEED = 59
COLUMNS = (
    "GEO", "GEO_OBJECT", "FACILITY_DOM", "FACILITY_SDOM", "FACILITY_TYPE", "BPE_MEASURE", "TIME_PERIOD",
    "OBS_VALUE", SYNTHETIC,
)  # fmt: skip
TOTAL = "_T"
SCARCE_ON = "couronne-sud-2011"
IN_EVERY_COMMUNE = 0
# the farther people come for a facility, the more it keeps to large communes
EXPONENT = {IN_EVERY_COMMUNE: 1.0, 1: 1.0, 2: 1.08, 3: 2.0}


@dataclass(frozen=True)
class Type:
    """A type of facility: how many in the whole metropole, how far people come for it, how scarce down south."""

    code: str
    label: str
    number: int
    range: int
    factor: float


def write_example_facilities(folder: Path, places: Mapping[str, Place]) -> tuple[Path, Path]:
    """Write the data and their metadata into ``folder`` and return both files.

    ``places`` holds the 95 communes of today's metropole by code.
    """
    folder.mkdir(parents=True, exist_ok=True)
    types = facility_types()
    data = write(folder / f"DS_BPE_{YEAR}_data.csv", COLUMNS, rows(types, places))
    words = [("FACILITY_TYPE", one.code, one.label) for one in types]
    return data, write(folder / f"DS_BPE_{YEAR}_metadata.csv", LABELS, words)


def write(path: Path, names: Sequence[str], lines: Sequence[Sequence[str | int]]) -> Path:
    """Write a table separated by semicolons, as INSEE does, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([names, *lines])
    return path


def facility_types() -> tuple[Type, ...]:
    """Return the types of the example, by code."""
    with TYPES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Type(row["type"], row["label"], int(row["number"]), int(row["range"]), float(row["couronne_sud"]))
            for row in csv.DictReader(file, delimiter=";")
        )


def rows(types: Sequence[Type], places: Mapping[str, Place]) -> list[tuple[str | int, ...]]:
    """Return the rows of the data: each facility under its type, and in the totals of its kin, as officially."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for commune, kind, number in facilities(types, places):
        domain, kin = kind[0], kind[:2]
        for key in ((domain, kin, kind), (domain, kin, TOTAL), (domain, TOTAL, TOTAL), (TOTAL,) * 3):
            counts[commune, *key] += number
    return [
        (commune, "COM", *key, "FACILITIES", YEAR, number, 1)
        for (commune, *key), number in sorted(counts.items())
    ]


def facilities(types: Sequence[Type], places: Mapping[str, Place]) -> Iterator[tuple[str, str, int]]:
    """Yield commune, type and number: drawn by the inhabitants, the same way every time."""
    random = Random(SEED)  # noqa: S311 not a secret
    codes = sorted(places)
    scarce = next(set(part.communes) for part in lille_metropole_2011().parts if part.slug == SCARCE_ON)
    for one in types:
        exponent = EXPONENT[one.range]
        weights = [
            places[code].population ** exponent * (one.factor if code in scarce else 1) for code in codes
        ]
        drawn = Counter(codes if one.range == IN_EVERY_COMMUNE else ())
        left = one.number - drawn.total()
        drawn.update(random.choices(codes, cum_weights=list(accumulate(weights)), k=left))
        yield from ((code, one.code, drawn[code]) for code in codes if drawn[code])
