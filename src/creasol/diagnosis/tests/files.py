"""Small files in the official shapes, and an engine to read them with."""

import csv
import json
from contextlib import contextmanager
from pathlib import Path

import pytest

from creasol.diagnosis.example_stock.stock import COLUMNS
from creasol.diagnosis.perimeters import Rule
from creasol.diagnosis.sources.workspace import workspace

OFFICIAL = Path(__file__).parents[5] / "shared" / "data"
official_files = pytest.mark.skipif(
    not OFFICIAL.is_dir(), reason="the official files of ../shared/data are not on this machine"
)

PLACES = [
    ("59193", "59193", ""),
    ("59350", "59350", ""),
    ("59585", "59585", ""),
    ("75056", "75056", ""),
    ("97411", "97411", ""),
    ("59298", "59350", "associated"),
    ("59355", "59350", "associated"),
    ("75101", "75056", "district"),
    ("59001", "59193", "former"),
]
DATA = json.loads((Path(__file__).parents[1] / "data" / "perimeters.json").read_text())
CATEGORIES = {code: family for family, codes in DATA["categories"].items() for code in codes}
INSEE, LAW = (
    Rule(
        mode=row["mode"],
        version=DATA["version"],
        categories=CATEGORIES,
        excluded_activities=tuple(row["excluded_activities"]),
        with_flag=row["with_flag"],
    )
    for row in DATA["perimeters"]
)


@contextmanager
def engine(folder, listener=None, places=PLACES):
    """Open a workspace that knows a few communes."""
    with workspace(folder / "work", listener) as space:
        space.fill("places", "code VARCHAR, commune VARCHAR, kind VARCHAR", places)
        yield space


def write_csv(path, rows, *, separator=";", encoding="utf-8"):
    """Write rows (the first one holds the names) and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return path


def establishment(number, **over):
    """Return a row of StockEtablissement: an active employer of Emmerin, unless told otherwise."""
    return {
        "siren": f"{number:09d}",
        "nic": "00011",
        "siret": f"{number:09d}00011",
        "dateCreationEtablissement": "2001-02-03",
        "trancheEffectifsEtablissement": "02",
        "dateDernierTraitementEtablissement": "2025-12-18T10:00:00",
        "codeCommuneEtablissement": "59193",
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "88.99B",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O",
        **over,
    }


def unit(number, **over):
    """Return a row of StockUniteLegale: an association, unless told otherwise."""
    return {
        "siren": f"{number:09d}",
        "denominationUniteLegale": f"Association {number}",
        "categorieJuridiqueUniteLegale": "9220",
        "economieSocialeSolidaireUniteLegale": "",
        **over,
    }


def write_stock(folder, establishments, units, *, suffix="_2026-01-01.csv", columns=COLUMNS):
    """Write the pair of SIRENE files in the official schema, or in that of ``columns``."""
    return [
        write_csv(
            folder / f"{file}{suffix}",
            [columns[file], *([row.get(column, "") for column in columns[file]] for row in rows)],
            separator=",",
        )
        for file, rows in (("StockEtablissement", establishments), ("StockUniteLegale", units))
    ]


def stream(space, extract, table):
    """Return the rows of one stream as dicts."""
    found = next(stream for stream in extract.streams if stream.table == table)
    rows = [
        dict(zip(found.columns, row, strict=True)) for batch in space.batches(found.made) for row in batch
    ]
    assert len(rows) == found.count
    return rows
