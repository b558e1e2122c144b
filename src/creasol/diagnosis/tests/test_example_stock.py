import json

import pytest
from stdnum.fr import siren

from creasol.diagnosis.example_stock.calibration import shared_out
from creasol.diagnosis.example_stock.metropole import lille_metropole_2011
from creasol.diagnosis.example_stock.stock import COLUMNS, Place, write_example_stock
from creasol.diagnosis.size_bands import job_range
from creasol.diagnosis.sources import sirene
from creasol.diagnosis.sources.files import found_files, tables

from .files import INSEE, LAW, engine, stream

METROPOLE = lille_metropole_2011()
CODES = (*METROPOLE.communes, *METROPOLE.joined_later)
PLACES = {code: Place(f"Commune {code}", "59000", 500 + 37 * (int(code) % 89)) for code in CODES}
KNOWN = [(code, code, "") for code in CODES] + [
    ("59355", "59350", "associated"),
    ("59298", "59350", "associated"),
]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The ESS establishments, the totals and the report, by the ordinary import."""
    folder = tmp_path_factory.mktemp("example")
    paths = write_example_stock(folder / "stock", PLACES)
    with engine(folder, places=KNOWN) as space:
        extract = sirene.read(
            space, tables(space, found_files(space, paths)), sirene.Rules(INSEE, LAW), vintage=None
        )
        yield stream(space, extract, "establishments"), stream(space, extract, "totals"), extract


def counted(establishments, mode):
    return {
        part.slug: sum(1 for row in establishments if row["commune_id"] in part.communes and row[mode])
        for part in METROPOLE.parts
    }


def test_the_metropole_of_2011_has_85_communes_in_eight_territories():
    assert {part.slug: len(part.communes) for part in METROPOLE.parts} == {
        "lillois-2011": 1,
        "tourquennois-2011": 6,
        "roubaisien-2011": 9,
        "couronne-nord-2011": 11,
        "lys-2011": 12,
        "est-2011": 13,
        "couronne-sud-2011": 13,
        "weppes-2011": 20,
    }
    assert (len(METROPOLE.communes), len(set(CODES))) == (85, 95)


@pytest.mark.parametrize(("mode", "count", "total"), [("in_insee", 216, 3320), ("in_law_2014", 230, 3535)])
def test_couronne_sud_has_its_share_and_rank(imported, mode, count, total):
    counts = counted(imported[0], mode)
    assert (counts["couronne-sud-2011"], sum(counts.values())) == (count, total)
    assert round(100 * count / total, 1) == 6.5
    assert sorted(counts.values(), reverse=True).index(count) == 5


def test_the_jobs_of_couronne_sud_hold_those_quoted(imported):
    communes = next(part.communes for part in METROPOLE.parts if part.slug == "couronne-sud-2011")
    bands = [row["size_band"] for row in imported[0] if row["commune_id"] in communes and row["in_insee"]]
    jobs = job_range({band: bands.count(band) for band in bands})
    assert (jobs.low, jobs.high) == (1652, 3310)


def test_the_files_hold_every_case_the_import_tells_apart(imported):
    establishments, totals, extract = imported
    report = extract.report
    assert extract.vintage == "2011-11"
    assert report.refused == {"hidden-commune": 3, "no-commune": 1, "unknown-commune": 1}
    assert min(report.notes[key] for key in ("folded", "natural-persons", "hidden-name")) > 0
    assert report.left_aside["closed-or-no-employee"] > 100
    assert {row["family"] for row in establishments} == {
        "association",
        "cooperative",
        "mutuelle",
        "fondation",
        "entreprise",
    }
    assert sum(row["count"] for row in totals) == report.rows_used


def test_nobody_in_them_is_real(imported):
    names = {row["name"] for row in imported[0]}
    assert all("(fictif)" in name or name.startswith("Nom non diffusé") for name in names)
    assert all(row["siret"].startswith("000") and siren.is_valid(row["siret"][:9]) for row in imported[0])


def test_the_import_knows_them_for_synthetic(imported):
    _establishments, _totals, extract = imported
    assert extract.synthetic is True


def test_the_same_files_come_out_every_time(tmp_path):
    first, second = (write_example_stock(tmp_path / name, PLACES) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert first[0].read_text().splitlines()[0].split(",") == COLUMNS["StockEtablissement"]
    assert [len(COLUMNS[file]) for file in ("StockEtablissement", "StockUniteLegale")] == [54, 35]


def test_they_can_be_parquet(tmp_path):
    paths = write_example_stock(tmp_path, PLACES, parquet=True)
    assert [path.name for path in paths] == [
        "StockEtablissement_2011-11-01.parquet",
        "StockUniteLegale_2011-11-01.parquet",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)


def test_sharing_out_keeps_the_total():
    assert shared_out(7, {"a": 1, "b": 1, "c": 1}) == {"a": 3, "b": 2, "c": 2}
    assert json.dumps(shared_out(0, {"a": 1})) == '{"a": 0}'
