import pytest

from creasol.diagnosis.example_stock.facilities import facility_types, write_example_facilities
from creasol.diagnosis.example_stock.metropole import lille_metropole_2011
from creasol.diagnosis.example_stock.stock import Place
from creasol.diagnosis.sources import facilities
from creasol.diagnosis.sources.files import found_files, tables

from .files import engine, stream

METROPOLE = lille_metropole_2011()
CODES = (*METROPOLE.communes, *METROPOLE.joined_later)
PLACES = {code: Place(f"Commune {code}", "59000", 500 + 137 * (int(code) % 89)) for code in CODES}
SOUTH = next(part.communes for part in METROPOLE.parts if part.slug == "couronne-sud-2011")


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    """The facilities by commune and measure, and what the ordinary import says of the files."""
    folder = tmp_path_factory.mktemp("example")
    paths = write_example_facilities(folder / "bpe", PLACES)
    with engine(folder, places=[(code, code, "") for code in CODES]) as space:
        found = facilities.read(space, tables(space, found_files(space, paths)), vintage=None)
        rows = {
            (row["commune_id"], row["measure"]): row["value"] for row in stream(space, found, "observations")
        }
        yield rows, found


def test_every_type_is_there_as_often_as_told(extract):
    rows, _found = extract
    numbers = {}
    for (_code, measure), value in rows.items():
        numbers[measure] = numbers.get(measure, 0) + value
    types = facility_types()
    assert {one.code: numbers[one.code] for one in types} == {one.code: one.number for one in types}
    assert numbers["D"] == sum(one.number for one in types if one.code[0] == "D")


def test_every_commune_has_its_town_hall(extract):
    rows, _found = extract
    assert [rows[code, "A129"] for code in CODES] == [1.0] * 95


def test_a_few_types_are_scarce_on_couronne_sud(extract):
    rows, _found = extract
    people = sum(PLACES[code].population for code in SOUTH) / sum(
        place.population for place in PLACES.values()
    )
    shares = {
        one.code: sum(rows.get((code, one.code), 0) for code in SOUTH) / one.number / people
        for one in facility_types()
        if one.factor < 0.8 and one.number > 100
    }
    assert sorted(shares) == ["A304", "B208", "B210", "D502", "G102"]
    assert max(shares.values()) < 0.8


def test_the_import_knows_them_for_synthetic_and_tells_the_words(extract):
    _rows, found = extract
    assert (found.synthetic, found.vintage) == (True, "2011")
    assert found.labels["D502"] == "Établissement d’accueil du jeune enfant"
    assert found.report.refused == {}
    assert list(found.report.left_aside) == ["subtotals"]


def test_the_same_files_come_out_every_time(tmp_path):
    first, second = (write_example_facilities(tmp_path / name, PLACES) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
