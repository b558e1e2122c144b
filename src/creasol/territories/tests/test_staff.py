from datetime import date

import pytest

from creasol.accounts.models import User
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Couronne Sud (2011)",
    "kind": "metropolitan-territory",
    "valid_from": "2011-01-01",
    "valid_to": "",
    "source": "Contrat de territoire",
    "description": "Treize communes.",
    "reference": "",
}


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_user("admin@example.org", is_administrator=True))
    return client


@pytest.fixture
def communes():
    lille = make_commune(code="59350", name="Lille", postcodes="59000", population=238_246)
    loos = make_commune(code="59360", name="Loos", postcodes="59120", population=22_000)
    make_former_commune(code="59355", name="Lomme", commune=lille)
    return lille, loos


@pytest.mark.parametrize("address", ["", "nouveau/", "1/", "1/supprimer/"])
def test_closed_to_strangers_and_to_people_without_a_role(client, address):
    assert client.get(f"/bureau/territoires/{address}").status_code == 302
    client.force_login(User.objects.create_user("elue@example.org"))
    assert client.get(f"/bureau/territoires/{address}").status_code == 403


def test_the_list_says_what_to_do_when_empty_then_shows_what_there_is(staff):
    assert "/bureau/territoires/nouveau/" in staff.get("/bureau/territoires/").content.decode()
    territory = make_territory(name="Couronne Sud")
    make_territory(name="Nord", kind=TerritoryKind.DEPARTMENT, code="59")
    page = staff.get("/bureau/territoires/").content.decode()
    assert f"/bureau/territoires/{territory.pk}/" in page
    assert "Nord" not in page


class TestChoosing:
    def test_a_search_finds_by_name_and_keeps_everything(self, staff, communes):
        answer = staff.post(
            "/bureau/territoires/nouveau/", WORDS | {"step": "search", "search": "loos", "commune": ["59350"]}
        )
        page = answer.content.decode()
        assert 'id="commune-59350" name="commune" value="59350" checked' in page
        assert 'id="commune-59360" name="commune" value="59360">' in page
        assert 'value="Couronne Sud (2011)"' in page
        assert not Territory.objects.exists()

    def test_a_search_by_postcode(self, staff, communes):
        page = staff.post(
            "/bureau/territoires/nouveau/", {"step": "search", "search": "59120"}
        ).content.decode()
        assert 'id="commune-59360"' in page

    def test_a_pasted_list_changes_map_and_totals_and_says_what_it_did_not_understand(self, staff, communes):
        page = staff.post(
            "/bureau/territoires/nouveau/", {"step": "paste", "pasted": "59360; 59355\nAtlantide"}
        ).content.decode()
        assert 'id="commune-59350" name="commune" value="59350" checked' in page
        assert "260\u202f246" in page
        assert "<title>Lille · 238\u202f246 " in page
        assert "59355" in page
        assert "<li>Atlantide</li>" in page
        assert ">59360; 59355\nAtlantide</textarea>" in page

    def test_communes_are_chosen_before_the_words_are_written(self, staff):
        page = staff.get("/bureau/territoires/nouveau/").content.decode()
        assert 'name="step" value="search" formnovalidate' in page
        assert 'name="step" value="paste" formnovalidate' in page
        assert 'name="step" value="save">' in page

    def test_any_number_of_communes(self, staff):
        codes = [f"{number:05}" for number in range(1500)]
        assert (
            staff.post("/bureau/territoires/nouveau/", {"step": "look", "commune": codes}).status_code == 200
        )

    def test_htmx_gets_only_the_communes(self, staff, communes):
        answer = staff.post(
            "/bureau/territoires/nouveau/",
            {"step": "look", "search": "lill"},
            headers={"HX-Request": "true"},
        )
        page = answer.content.decode()
        assert 'id="found"' in page
        assert "<html" not in page


class TestSaving:
    def test_defines_a_territory(self, staff, communes):
        answer = staff.post(
            "/bureau/territoires/nouveau/", WORDS | {"step": "save", "commune": ["59350", "59360"]}
        )
        assert (answer.status_code, answer["Location"]) == (302, "/bureau/territoires/")
        territory = Territory.objects.get()
        assert (territory.slug, territory.valid_from) == ("couronne-sud-2011", date(2011, 1, 1))
        assert list(territory.communes.all()) == list(communes)

    @pytest.mark.parametrize(
        ("answers", "reason"),
        [
            ({"commune": []}, "au moins une commune"),
            ({"commune": ["59350"], "name": ""}, "Ce champ est obligatoire"),
            ({"commune": ["59350"], "valid_to": "2010-01-01"}, "vient avant le premier"),
            ({"commune": ["59350"], "pasted": "Atlantide"}, "<li>Atlantide</li>"),
            ({"commune": ["59350"], "pasted": "Atlantide"}, "La liste collée reste à corriger"),
            ({"commune": ["59350"], "kind": "epci"}, "epci"),
        ],
    )
    def test_nothing_is_saved_nor_lost_on_error(self, staff, communes, answers, reason):
        answer = staff.post("/bureau/territoires/nouveau/", WORDS | {"step": "save"} | answers)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert reason in page
        assert "Treize communes.</textarea>" in page
        assert not Territory.objects.exists()
        if answers["commune"]:
            assert 'id="commune-59350" name="commune" value="59350" checked' in page

    def test_sent_twice_it_is_saved_once(self, staff, communes):
        sent = WORDS | {"step": "save", "commune": ["59350"]}
        staff.post("/bureau/territoires/nouveau/", sent)
        page = staff.post("/bureau/territoires/nouveau/", sent).content.decode()
        assert "Un territoire de ce nom est déjà défini pour ces dates." in page
        assert Territory.objects.count() == 1

    def test_revises_a_territory(self, staff, communes):
        lille, loos = communes
        territory = make_territory(slug="ici", name="Avant", communes=[lille])
        page = staff.get(f"/bureau/territoires/{territory.pk}/").content.decode()
        assert 'id="commune-59350" name="commune" value="59350" checked' in page
        assert 'value="Avant"' in page
        staff.post(f"/bureau/territoires/{territory.pk}/", WORDS | {"step": "save", "commune": ["59360"]})
        territory.refresh_from_db()
        assert (territory.slug, territory.name, list(territory.communes.all())) == (
            "ici",
            "Couronne Sud (2011)",
            [loos],
        )

    def test_official_territories_are_not_on_this_screen(self, staff):
        official = make_territory(kind=TerritoryKind.EPCI, code="200093201")
        assert staff.get(f"/bureau/territoires/{official.pk}/").status_code == 404


class TestRemoving:
    def test_asks_then_removes(self, staff):
        territory = make_territory(name="Essai")
        assert "Essai" in staff.get(f"/bureau/territoires/{territory.pk}/supprimer/").content.decode()
        answer = staff.post(f"/bureau/territoires/{territory.pk}/supprimer/")
        assert answer["Location"] == "/bureau/territoires/"
        assert not Territory.objects.exists()

    def test_one_in_use_stays_and_says_why(self, staff):
        territory = make_territory()
        make_territory(reference=territory)
        page = staff.get(f"/bureau/territoires/{territory.pk}/supprimer/").content.decode()
        assert "territoires (1)" in page
        staff.post(f"/bureau/territoires/{territory.pk}/supprimer/")
        assert Territory.objects.filter(pk=territory.pk).exists()
