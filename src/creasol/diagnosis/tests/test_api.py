import pytest

from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    make_dataset,
    make_employer_total,
    make_establishment,
    make_observation,
    make_perimeter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    commune = make_commune(code="59560", name="Seclin")
    territory = make_territory(communes=[commune], slug="seclin", name="Seclin")
    make_observation(make_dataset(Source.POPULATIONS), commune, 13_000)
    sirene = make_dataset(Source.SIRENE)
    make_employer_total(sirene, commune, 20)
    make_establishment(sirene, commune, name="Régie", siret="12345678900011")
    make_establishment(sirene, commune, name="Atelier", in_insee=False)
    return territory


def test_figures_of_a_territory(client, town):
    answer = client.get("/api/diagnosis?territory=seclin").json()
    assert answer["territory"] == {
        "name": "Seclin",
        "slug": "seclin",
        "communes": [{"code": "59560", "name": "Seclin"}],
    }
    assert answer["perimeter"]["mode"] == "insee"
    population = answer["figures"]["population"]
    assert {key: population[key] for key in ("value", "unit", "vintage", "synthetic")} == {
        "value": 13_000,
        "unit": "inhabitants",
        "vintage": "2023",
        "synthetic": False,
    }


def test_figures_of_chosen_communes(client, town):
    answer = client.get("/api/diagnosis?communes=59560&perimeter=law-2014").json()
    assert answer["figures"]["ess_establishments"]["value"] == 2


def test_figures_as_csv(client, town):
    lines = client.get("/api/diagnosis.csv?territory=seclin").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("indicator,class,")
    assert [line.split(",")[3] for line in lines if line.startswith("population,")] == ["13000"]


def test_establishments(client, town):
    answer = client.get("/api/establishments?territory=seclin").json()
    assert answer["total"] == 1
    assert answer["establishments"] == [
        {
            "siret": "12345678900011",
            "name": "Régie",
            "family": "association",
            "legal_category": "9220",
            "activity_code": "88.99B",
            "activity": "Action sociale sans hébergement n.c.a.",
            "size_band": "02",
            "created_on": "2011-11-07",
            "commune_code": "59560",
            "commune": "Seclin",
            "vintage": "2026-01",
            "synthetic": False,
        }
    ]


def test_establishments_of_an_activity(client, town):
    assert client.get("/api/establishments?communes=59560&section=Q").json()["total"] == 1
    assert client.get("/api/establishments?communes=59560&section=A").json()["total"] == 0


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("territory=nowhere", 404),
        ("communes=99999", 404),
        ("", 404),
        ("territory=seclin&reference=nowhere", 404),
        ("territory=seclin&perimeter=mine", 422),
    ],
)
def test_what_cannot_be_understood_says_why(client, town, question, status):
    answer = client.get(f"/api/diagnosis?{question}")
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_indicators_and_datasets(client, town):
    indicators = client.get("/api/indicators").json()
    assert indicators[0]["key"] == "communes"
    assert {dataset["source"] for dataset in client.get("/api/datasets").json()} == {"populations", "sirene"}
