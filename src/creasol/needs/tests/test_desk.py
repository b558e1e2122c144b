import pytest
from django.conf import settings

from creasol.accounts.actions import erase_user
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.needs.enums import NeedState
from creasol.needs.models import Author, Need
from creasol.network.tests.factories import make_organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership, make_theme
from creasol.territories.tests.factories import make_territory

from .factories import AT, make_author, make_evidence, make_need

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


@pytest.fixture
def adviser(client):
    return sign_in(client, make_membership(role=Role.ADVISER, user=make_user(name="Camille")).user)


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def organisation_named(name):
    return make_organisation(name=name, words=f" {name.lower()}")


def test_the_staff_records_a_need_by_hand(client, adviser):
    theme = make_theme(name="Se garder")
    amap = organisation_named("AMAP de Seclin")
    assert 'value="Camille"' in page(client, "/bureau/besoins/nouveau/")
    assert "Notez un besoin" in page(client, "/bureau/besoins/")
    written = {
        "statement": "Des places de crèche",
        "territory": theme.edition.territory_id,
        "met_in": f"theme:{theme.pk}",
        "organisation": "amap",
        "name": "Camille",
    }
    response = client.post("/bureau/besoins/nouveau/", written)
    assert response.headers["Location"] == "/bureau/besoins/des-places-de-creche/"
    need = Need.objects.get()
    assert (need.edition, need.theme, need.state) == (theme.edition, theme, NeedState.CANDIDATE)
    author = need.authors.get()
    assert (author.user, author.organisation, author.name) == (adviser, amap, "Camille")
    again = client.post("/bureau/besoins/nouveau/", written)
    assert "Ce territoire a déjà ce besoin" in again.content.decode()
    assert Need.objects.count() == 1


def test_a_theme_of_another_territory_and_an_unknown_organisation_are_refused(client, adviser):
    theme = make_theme()
    for name in ("Les Jardins bleus", "Les Jardins verts"):
        organisation_named(name)
    written = {"statement": "Des places", "territory": make_territory().pk, "met_in": f"theme:{theme.pk}"}

    def answer(**more):
        return client.post("/bureau/besoins/nouveau/", written | more).content.decode()

    assert "Cette édition est sur un autre territoire." in answer()
    assert "Aucune organisation de l’annuaire ne porte ce nom." in answer(organisation="inconnue")
    assert "Les Jardins bleus\u202f; Les Jardins verts" in answer(organisation="jardins")
    assert not Need.objects.exists()


def test_the_staff_revises_the_words(client, adviser):
    theme = make_theme()
    need = make_need(slug="creche", territory=theme.edition.territory, edition=theme.edition, theme=theme)
    assert f'value="theme:{theme.pk}" selected' in page(client, "/bureau/besoins/creche/")
    written = {
        "statement": "Des crèches",
        "territory": need.territory_id,
        "met_in": f"edition:{theme.edition_id}",
        "explanation": "Vite",
    }
    client.post("/bureau/besoins/creche/", written)
    need.refresh_from_db()
    assert (need.statement, need.explanation, need.edition, need.theme) == (
        "Des crèches",
        "Vite",
        theme.edition,
        None,
    )
    make_need(territory=need.territory, statement="Un car")
    refused = client.post("/bureau/besoins/creche/", written | {"statement": "un  CAR"}).content.decode()
    assert "Ce territoire a déjà ce besoin" in refused
    assert '<h1 lang="fr">Des crèches</h1>' in refused


def test_the_staff_shares_and_sets_aside(client, adviser):
    need = make_need(slug="creche")
    assert "Partager avec tous" in page(client, "/bureau/besoins/creche/")
    client.post("/bureau/besoins/creche/etat/", {"state": "shared"})
    need.refresh_from_db()
    assert need.state == NeedState.SHARED
    refused = client.post("/bureau/besoins/creche/etat/", {"state": "set-aside"}).content.decode()
    assert "Dites pourquoi" in refused
    client.post("/bureau/besoins/creche/etat/", {"state": "set-aside", "reason": "Hors sujet"})
    need.refresh_from_db()
    assert (need.state, need.steps.last().reason) == (NeedState.SET_ASIDE, "Hors sujet")
    assert "Rouvrir" in page(client, "/bureau/besoins/creche/")
    assert client.post("/bureau/besoins/creche/etat/", {"state": "gone"}).status_code == 404
    assert client.get("/bureau/besoins/creche/etat/").status_code == 405


def test_authors_and_figures_come_and_go(client, adviser):
    need = make_need(slug="creche")
    amap = organisation_named("AMAP")
    there = "/bureau/besoins/creche/"
    client.post(f"{there}auteurs/", {"organisation": "AMAP"})
    author = need.authors.get()
    assert (author.organisation, author.name, author.user) == (amap, "", None)
    assert (
        "Cet auteur est déjà nommé"
        in client.post(f"{there}auteurs/", {"organisation": "AMAP"}).content.decode()
    )
    client.post(f"{there}auteurs/{author.pk}/retirer/")
    assert not need.authors.exists()
    written = {
        "label": "Places de crèche",
        "value": "12",
        "unit": "places",
        "source": "CAF",
        "vintage": "2010",
    }
    client.post(f"{there}chiffres/", written)
    figure = need.evidence.get()
    assert (figure.measure, figure.value, figure.source) == ("places de creche", 12, "CAF")
    assert "CAF" in page(client, there)
    assert "déjà un chiffre" in client.post(f"{there}chiffres/", written).content.decode()
    client.post(f"{there}chiffres/{figure.pk}/retirer/")
    assert not need.evidence.exists()
    other = make_author().pk, make_evidence().pk
    assert client.post(f"{there}auteurs/{other[0]}/retirer/").status_code == 404
    assert client.post(f"{there}chiffres/{other[1]}/retirer/").status_code == 404


@pytest.mark.parametrize(
    "address", ["", "nouveau/", "creche/", "creche/etat/", "creche/auteurs/", "creche/chiffres/"]
)
def test_the_screens_are_closed_to_others(client, address):
    need = make_need(slug="creche")
    for user in (
        make_author(need=need, user=make_user()).user,
        make_membership(role=Role.ELECTED_OFFICIAL).user,
    ):
        sign_in(client, user)
        assert client.post(f"/bureau/besoins/{address}", {"state": "shared"}).status_code in {403, 405}
        assert client.get(f"/bureau/besoins/{address}").status_code in {403, 405}
    need.refresh_from_db()
    assert need.state == NeedState.CANDIDATE


def test_the_staffs_list_shows_candidates_first(client, adviser):
    make_need(statement="Un car du soir", state=NeedState.SHARED)
    for _ in range(3):
        make_evidence(need=make_need(statement=f"Pressenti {_}"))
    html = page(client, "/bureau/besoins/")
    assert html.index("Pressenti 0") < html.index("Un car du soir")
    assert "Un car du soir" not in page(client, "/bureau/besoins/?etat=candidate")


def signed_need():
    return make_evidence(need=make_author(need=make_need(state=NeedState.SHARED)).need)


@pytest.mark.parametrize("address", ["/bureau/besoins/", "/besoins/", "/besoins/besoins.csv", "/api/needs"])
def test_more_rows_cost_no_more_queries(client, adviser, assert_constant_queries, address):
    assert_constant_queries(client, address, signed_need)


def test_a_person_reads_and_erases_what_was_signed():
    user = make_user(name="Noa")
    make_author(
        user=user,
        name="Noa Petit",
        need=make_need(statement="Des places"),
        organisation=make_organisation(name="AMAP"),
    )
    assert export_user(user)["needs"] == [
        {
            "need": "Des places",
            "shown_as": "Noa Petit",
            "organisation": "AMAP",
            "since": "2011-10-03T09:00:00+00:00",
        }
    ]
    pseudonym = erase_user(user, by=None, at=AT)
    author = Author.objects.get()
    assert (author.user, author.name) == (None, pseudonym)
