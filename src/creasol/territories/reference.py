"""The reference data that ships: communes of France, their former codes, the official territories.

Pure: reads the packed files of `data/` (built by `tools/reference_data.py`, licences beside them), knows no
database.
"""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"
FILES = ("communes.csv.gz", "former.csv.gz", "territories.csv.gz")
GEOGRAPHY_YEAR = 2026
POPULATION_YEAR = 2023  # of the communes, but a few overseas: each row says its own
SOURCE = "INSEE, Code officiel géographique 2026 ; DGCL, intercommunalités au 1er janvier 2026"


class CommuneRow(NamedTuple):
    code: str
    name: str
    population: int | None
    population_year: int | None
    postcodes: str
    longitude: float | None
    latitude: float | None
    department: str
    region: str
    epci: str


class FormerRow(NamedTuple):
    code: str
    name: str
    kind: str
    commune: str


class TerritoryRow(NamedTuple):
    kind: str
    code: str
    name: str
    slug: str
    region: str


def commune_rows() -> Iterator[CommuneRow]:
    """Yield today's communes; degrees in WGS 84, population in inhabitants, None where nothing is known."""
    for code, name, population, year, postcodes, longitude, latitude, *rest in _rows("communes.csv.gz"):
        yield CommuneRow(
            code,
            name,
            int(population) if population else None,
            int(year) if year else None,
            postcodes,
            float(longitude) if longitude else None,
            float(latitude) if latitude else None,
            *rest,
        )


def former_rows() -> Iterator[FormerRow]:
    """Yield the codes that are no commune any more, each with today's commune."""
    return (FormerRow(*row) for row in _rows("former.csv.gz"))


def territory_rows() -> Iterator[TerritoryRow]:
    """Yield regions, départements, then EPCI; `region` is the one they lie in whole, or nothing."""
    return (TerritoryRow(*row) for row in _rows("territories.csv.gz"))


def fingerprint() -> str:
    """Return a word that changes with the content of the files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]


def _rows(name: str) -> Iterator[list[str]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows
