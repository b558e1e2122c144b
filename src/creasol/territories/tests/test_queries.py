import pytest

from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.queries import (
    all_communes,
    commune_page,
    communes_of,
    comparable_territories,
    parts_of,
    search_communes,
    territories_listed,
    territory_by_key,
    territory_page,
)
from creasol.territories.queries import territories as territories_room
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.name for row in rows]


class TestSearchingCommunes:
    @pytest.fixture(autouse=True)
    def some_communes(self):
        make_commune(code="59350", name="Lille", postcodes="59000 59160 59800", population=238_246)
        make_commune(code="76384", name="Lillebonne", postcodes="76170", population=8_900)
        make_commune(code="59437", name="Noyelles-lès-Seclin", postcodes="59139", population=838)
        make_commune(code="59560", name="Seclin", postcodes="59113", population=13_000)
        make_commune(code="42218", name="Saint-Étienne", postcodes="42000 42100", population=170_000)
        make_commune(code="59386", name="Marquillies", postcodes="59274", population=1_900)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("lille", ["Lille", "Lillebonne"]),
            ("LILLE ", ["Lille", "Lillebonne"]),
            ("seclin", ["Seclin", "Noyelles-lès-Seclin"]),
            ("noyelle les seclins", ["Noyelles-lès-Seclin"]),
            ("saint etienne", ["Saint-Étienne"]),
            ("St-Etienne", ["Saint-Étienne"]),
            ("marquillie", ["Marquillies"]),
            ("59160", ["Lille"]),
            ("591", ["Lille", "Seclin", "Noyelles-lès-Seclin"]),
            ("59350", ["Lille"]),
            ("", []),
            ("  -- ", []),
            ("%", []),
            ("'; DROP TABLE", []),
            ("\x00", []),
            ("lillebonne\x00", ["Lillebonne"]),
        ],
    )
    def test_by_name_postcode_or_code(self, text, expected):
        assert names(search_communes(text)) == expected

    def test_a_former_name_finds_the_commune_of_today_once(self):
        lille = search_communes("lille")[0]
        make_former_commune(code="59355", name="Lomme", commune=lille)
        make_former_commune(code="59298", name="Lommelette", commune=lille)
        found = search_communes("lomme")
        assert [(commune.name, commune.found_as) for commune in found] == [("Lille", "Lomme")]
        make_commune(name="Lommerange")
        assert names(search_communes("lomme")) == ["Lille", "Lommerange"]
        assert [(commune.name, commune.found_as) for commune in search_communes("59298")] == [
            ("Lille", "Lommelette")
        ]

    def test_no_more_than_asked_in_two_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            assert len(search_communes("l", limit=1)) == 1

    def test_listed_by_code_of_a_departement_or_an_epci(self):
        make_commune(code="01001", department_code="01", epci_code="240100883")
        assert next(commune.code for commune in all_communes()) == "01001"
        assert [commune.code for commune in all_communes(department="01")] == ["01001"]
        assert [commune.code for commune in all_communes(epci="240100883")] == ["01001"]
        assert not all_communes(department="\0x", epci="\0").exists()


class TestTerritories:
    def test_known_by_address_or_official_code(self):
        mel = make_territory(slug="mel", kind=TerritoryKind.EPCI, code="200093201")
        north = make_territory(slug="departement-nord", kind=TerritoryKind.DEPARTMENT, code="59")
        make_territory(slug="region", kind=TerritoryKind.REGION, code="59")
        assert [territory_by_key(key) for key in ("mel", "200093201", "59")] == [mel, mel, north]

    @pytest.mark.parametrize("key", ["", "atlantide", "999999999", "\x00"])
    def test_unknown_keys_are_told(self, key):
        make_territory(slug="mine")
        with pytest.raises(Territory.DoesNotExist):
            territory_by_key(key)

    def test_an_address_wins_over_a_code(self):
        make_territory(slug="departement-nord", kind=TerritoryKind.DEPARTMENT, code="59")
        mine = make_territory(slug="59")
        assert territory_by_key("59") == mine

    def test_communes_and_parts_by_name(self):
        communes = [make_commune(name="Loos"), make_commune(name="Émmerin")]
        whole = make_territory(communes=communes)
        make_territory(name="B", reference=whole)
        make_territory(name="A", reference=whole, communes=communes)
        assert names(communes_of(whole)) == ["Émmerin", "Loos"]
        assert [(part.name, part.communes_count, part.population) for part in parts_of(whole)] == [
            ("A", 2, 2000),
            ("B", 0, None),
        ]

    def test_listed_those_of_this_site_first_then_by_size_of_kind(self):
        make_territory(name="EPCI", kind=TerritoryKind.EPCI, code="200093201")
        make_territory(name="Région", kind=TerritoryKind.REGION, code="32")
        make_territory(name="Partie")
        make_territory(name="Métropole", kind=TerritoryKind.METROPOLIS)
        assert names(territories_listed()) == ["Métropole", "Partie", "Région", "EPCI"]
        assert names(territories_listed(text="metro")) == ["Métropole"]
        assert names(territories_listed(text="200093201")) == ["EPCI"]
        assert names(territories_listed(kind=TerritoryKind.REGION)) == ["Région"]

    def test_what_this_site_is_about(self):
        commune = make_commune(epci_code="200093201")
        make_territory(name="Ici", communes=[commune])
        make_territory(name="MEL", kind=TerritoryKind.EPCI, code="200093201", communes=[commune])
        make_territory(name="Ailleurs", kind=TerritoryKind.EPCI, code="200000172")
        assert names(comparable_territories()) == ["Ici", "MEL"]

    def test_a_large_territory_shows_its_most_populous_communes(self, monkeypatch):
        monkeypatch.setattr(territories_room, "MOST_COMMUNES", 2)
        communes = [
            make_commune(name=name, population=people) for name, people in (("C", 3), ("A", 1), ("B", 2))
        ]
        make_territory(
            slug="large", communes=[*communes, make_commune(name="D", population=None, population_year=None)]
        )
        page = territory_page("large")
        assert (names(page.communes), page.is_cut) == (["B", "C"], True)
        assert (page.totals.communes, page.totals.population, page.totals.unknown) == (4, 6, 1)


def test_the_neighbours_of_a_commune_are_told_by_distance():
    lille = make_commune(name="Lille", longitude=3.0476, latitude=50.6344)
    make_commune(name="Loos", longitude=3.0187, latitude=50.6136)
    make_commune(name="Seclin", longitude=3.0298, latitude=50.5466)
    make_commune(name="Nowhere", longitude=None, latitude=None)
    found = commune_page(lille).nearby
    assert [(each.commune.name, round(each.kilometres, 1)) for each in found] == [
        ("Loos", 3.1),
        ("Seclin", 9.8),
    ]
