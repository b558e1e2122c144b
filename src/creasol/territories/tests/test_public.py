from datetime import date

import pytest
from django.urls import reverse

from creasol.territories.enums import FormerKind, TerritoryKind
from creasol.territories.sections import PageSection
from creasol.territories.signals import territory_page
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lille():
    return make_commune(
        code="59350", name="Lille", population=238_246, epci_code="200093201", postcodes="59000 59800"
    )


@pytest.fixture
def mel(lille):
    return make_territory(
        name="Métropole européenne de Lille",
        slug="mel",
        kind=TerritoryKind.EPCI,
        code="200093201",
        communes=[lille],
    )


def get(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_those_defined_here_come_first_then_the_official_ones(self, client, mel):
        make_territory(
            name="Couronne Sud (2011)", slug="couronne-sud-2011", communes=[make_commune(name="Loos")]
        )
        page = get(client, "/territoires/")
        assert page.index("Couronne Sud (2011)") < page.index("Métropole européenne de Lille")
        assert 'href="/territoires/couronne-sud-2011/"' in page

    def test_search_by_words_without_accents_and_by_commune(self, client, mel):
        page = get(client, "/territoires/?q=metropole+lille")
        assert 'href="/territoires/mel/"' in page
        page = get(client, "/territoires/?q=lill")
        assert 'href="/communes/59350/"' in page

    def test_filter_by_kind(self, client, mel):
        make_territory(name="Nord", slug="nord", kind=TerritoryKind.DEPARTMENT, code="59")
        page = get(client, "/territoires/?genre=department")
        assert 'href="/territoires/nord/"' in page
        assert 'href="/territoires/mel/"' not in page

    @pytest.mark.parametrize(
        "question", ["?q=zzzz", "?q=%00%27%22;--", "?q=" + "x" * 5000, "?genre=nothing", "?page=-3"]
    )
    def test_hostile_questions_get_a_page(self, client, mel, question):
        get(client, f"/territoires/{question}")

    def test_as_a_file_whole_or_as_asked(self, client, mel):
        make_territory(name="Lillois", slug="lillois", reference=mel, communes=[make_commune(population=7)])
        whole = client.get("/territoires/liste.csv").content.decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in whole] == ["adresse", "lillois", "mel"]
        parts = client.get("/territoires/liste.csv?reference=mel").content.decode("utf-8-sig").splitlines()
        assert parts[1:] == ["lillois,Lillois,territoire d’une métropole,,mel,1,7,,,"]

    def test_as_many_queries_for_one_as_for_ten(self, client, mel, django_assert_max_num_queries):
        def count():
            with django_assert_max_num_queries(20) as queries:
                client.get("/territoires/")
            return len(queries)

        one = count()
        for _ in range(9):
            make_territory(reference=mel, communes=[make_commune()])
            make_territory(kind=TerritoryKind.EPCI, code=str(make_commune().pk), reference=mel)
        assert count() == one


class TestTerritory:
    def test_definition_totals_map_and_table(self, client, lille, mel):
        loos = make_commune(code="59360", name="Loos", population=22_000)
        make_territory(
            name="Couronne Sud (2011)",
            slug="couronne-sud-2011",
            communes=[lille, loos],
            reference=mel,
            valid_from=date(2011, 1, 1),
            valid_to=date(2013, 12, 31),
            source="Délibération du conseil",
            description="Treize communes, au **sud**.",
        )
        page = get(client, "/territoires/couronne-sud-2011/")
        assert "260\u202f246" in page
        assert "<strong>sud</strong>" in page
        assert "Délibération du conseil" in page
        assert "31 décembre 2013" in page
        assert '<a href="/territoires/mel/">Métropole européenne de Lille</a>' in page
        assert "<title>Lille · 238\u202f246 " in page
        assert 'href="/communes/59360/"' in page
        assert 'href="/territoires/couronne-sud-2011/communes.csv"' in page

    def test_its_parts_and_its_siblings(self, client, lille, mel):
        one = make_territory(name="Lillois", slug="lillois", reference=mel, communes=[lille])
        make_territory(name="Weppes", slug="weppes", reference=mel)
        assert 'href="/territoires/weppes/"' in get(client, "/territoires/mel/")
        assert 'href="/territoires/weppes/"' in get(client, f"/territoires/{one.slug}/")

    def test_without_population_nor_place(self, client):
        nowhere = make_commune(
            name="Terre-Adélie", population=None, population_year=None, longitude=None, latitude=None
        )
        make_territory(slug="terres", communes=[nowhere])
        make_territory(slug="vide")
        assert '<svg class="map"' not in get(client, "/territoires/terres/")
        get(client, "/territoires/vide/")

    def test_unknown_ones_are_not_found(self, client):
        assert client.get("/territoires/atlantide/").status_code == 404
        assert client.get("/territoires/atlantide/communes.csv").status_code == 404

    def test_communes_as_a_file(self, client, mel):
        answer = client.get("/territoires/mel/communes.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[1] == "59350,Lille,238246,2023,59000 59800,59,32,200093201,3.05,50.63"

    def test_as_many_queries_for_one_commune_as_for_ten(self, client, mel, django_assert_max_num_queries):
        def count():
            with django_assert_max_num_queries(40) as queries:
                client.get("/territoires/mel/")
            return len(queries)

        one = count()
        for _ in range(9):
            mel.communes.add(make_commune())
        assert count() == one

    def test_the_floors_above_add_sections(self, client, mel, monkeypatch):
        def section(sender, territory, user, **kwargs):
            return PageSection(
                title=f"De plus sur {territory.name}",
                template="foundation/components/facts.html",
                context={"facts": [("Clé", "Valeur")]},
            )

        territory_page.connect(section)
        try:
            page = get(client, "/territoires/mel/")
        finally:
            territory_page.disconnect(section)
        assert "De plus sur Métropole européenne de Lille</h2>" in page
        assert "<dt>Clé</dt><dd>Valeur</dd>" in page


class TestCommune:
    def test_codes_territories_and_neighbours(self, client, lille, mel):
        loos = make_commune(code="59360", name="Loos", longitude=3.02, latitude=50.61)
        make_commune(code="75056", name="Paris", longitude=2.35, latitude=48.85)
        make_territory(name="Lillois", slug="lillois", communes=[lille])
        page = get(client, "/communes/59350/")
        assert "238\u202f246" in page
        assert 'href="/territoires/mel/"' in page
        assert 'href="/territoires/lillois/"' in page
        assert f'href="/communes/{loos.code}/"' in page
        assert "Paris" not in page

    def test_a_former_code_leads_to_the_commune_of_today_which_says_why(self, client, lille):
        make_former_commune(code="59355", name="Lomme", commune=lille, kind=FormerKind.ASSOCIATED)
        answer = client.get("/communes/59355/")
        assert (answer.status_code, answer["Location"]) == (302, "/communes/59350/?ancien=59355")
        page = get(client, "/communes/59350/?ancien=59355")
        assert page.count("Lomme") == 2
        assert get(client, "/communes/59350/?ancien=59000").count("Lomme") == 1

    def test_a_code_without_its_zero_is_put_right(self, client):
        make_commune(code="01001")
        assert client.get("/communes/1001/")["Location"] == "/communes/01001/"

    def test_unknown_codes_are_not_found(self, client):
        assert client.get("/communes/99999/").status_code == 404
        assert client.get("/communes/lille/").status_code == 404

    def test_without_population_nor_place(self, client):
        make_commune(code="98412", population=None, population_year=None, longitude=None, latitude=None)
        get(client, "/communes/98412/")


def test_addresses_are_in_french():
    assert reverse("territories:commune", args=["59350"]) == "/communes/59350/"
    assert reverse("territories:territory", args=["x"]) == "/territoires/x/"
