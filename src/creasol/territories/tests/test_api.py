import pytest
from ninja.testing import TestClient

from creasol.territories.api import router
from creasol.territories.enums import TerritoryKind
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

pytestmark = pytest.mark.django_db
api = TestClient(router)

LILLE = {
    "code": "59350",
    "name": "Lille",
    "population": 238246,
    "population_year": 2023,
    "postcodes": ["59000", "59800"],
    "longitude": 3.05,
    "latitude": 50.63,
    "department": "59",
    "region": "32",
    "epci": "200093201",
}


@pytest.fixture
def lille():
    return make_commune(
        code="59350", name="Lille", population=238246, postcodes="59000 59800", epci_code="200093201"
    )


@pytest.fixture
def mel(lille):
    return make_territory(name="MEL", slug="mel", kind=TerritoryKind.EPCI, code="200093201", communes=[lille])


def test_communes_searched_and_listed(lille):
    make_commune(code="75056", name="Paris", department_code="75")
    assert api.get("/communes?q=lil").json() == {"total": 1, "communes": [LILLE]}
    assert api.get("/communes?limit=1").json() == {"total": 2, "communes": [LILLE]}
    assert [row["code"] for row in api.get("/communes?department=75").json()["communes"]] == ["75056"]
    assert api.get("/communes?limit=1&offset=5").json() == {"total": 2, "communes": []}


def test_a_commune_by_its_code_or_a_former_one(lille, mel):
    make_former_commune(code="59355", name="Lomme", commune=lille)
    expected = LILLE | {
        "former": [{"code": "59355", "name": "Lomme", "kind": "associated"}],
        "territories": ["mel"],
    }
    assert api.get("/communes/59350").json() == expected
    assert api.get("/communes/59355").json() == expected


def test_territories_searched_and_listed(mel):
    part = make_territory(name="Lillois", slug="lillois", reference=mel)
    answer = api.get("/territories").json()
    assert (answer["total"], [row["slug"] for row in answer["territories"]]) == (2, [part.slug, "mel"])
    assert [row["slug"] for row in api.get("/territories?kind=epci").json()["territories"]] == ["mel"]
    assert api.get("/territories?q=lillois").json()["territories"] == [
        {
            "slug": "lillois",
            "name": "Lillois",
            "kind": "metropolitan-territory",
            "code": "",
            "source": "",
            "valid_from": None,
            "valid_to": None,
            "reference": "mel",
            "communes_count": 0,
            "population": None,
        }
    ]


def test_a_territory_by_its_address_or_its_code(mel):
    one = api.get("/territories/mel").json()
    assert (one["slug"], one["communes_count"], one["population"]) == ("mel", 1, 238246)
    assert api.get("/territories/200093201").json() == one
    assert api.get("/territories/mel/communes").json() == {"total": 1, "communes": [LILLE]}


def test_centres_as_geojson(mel):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [3.05, 50.63]},
        "properties": {"code": "59350", "name": "Lille", "population": 238246, "population_year": 2023},
    }
    assert api.get("/communes/59350/geojson").json() == feature
    assert api.get("/territories/mel/geojson").json() == {"type": "FeatureCollection", "features": [feature]}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/communes/99999", 404),
        ("/communes/99999/geojson", 404),
        ("/territories/atlantide", 404),
        ("/territories/atlantide/communes", 404),
        ("/territories/atlantide/geojson", 404),
        ("/communes?limit=0", 422),
        ("/territories?kind=planet", 422),
    ],
)
def test_errors_are_declared(address, status):
    assert api.get(address).status_code == status
