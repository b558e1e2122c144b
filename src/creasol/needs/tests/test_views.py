import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.dispatch import receiver

from creasol.accounts.tests.factories import make_user
from creasol.needs.enums import NeedState
from creasol.needs.signals import need_page
from creasol.network.tests.factories import make_organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_theme
from creasol.territories.sections import PageSection
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_author, make_evidence, make_need, make_step

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


def shown(client, url):
    return [need.statement for need in client.get(url).context["page"].object_list]


def nursery(**over):
    return make_need(
        **{"slug": "creche", "statement": "Des places de crèche à Seclin", "state": NeedState.SHARED} | over
    )


def test_the_list_is_narrowed_by_territory_theme_and_state(client):
    theme = make_theme(name="Se nourrir")
    here = theme.edition.territory
    nursery(territory=here, edition=theme.edition, theme=theme)
    make_need(territory=here, statement="Un car du soir", state=NeedState.COVERED)
    make_need(statement="Ailleurs", state=NeedState.SET_ASIDE)
    make_need(statement="Caché")
    assert shown(client, "/besoins/") == ["Des places de crèche à Seclin", "Un car du soir", "Ailleurs"]
    assert shown(client, f"/besoins/?territoire={here.slug}") == [
        "Des places de crèche à Seclin",
        "Un car du soir",
    ]
    assert shown(client, f"/besoins/?theme={theme.pk}") == ["Des places de crèche à Seclin"]
    assert shown(client, "/besoins/?etat=covered") == ["Un car du soir"]
    assert "Aucun besoin ne correspond" in page(client, f"/besoins/?theme={theme.pk}&etat=covered")


@pytest.mark.parametrize("text", ['"', "%", "\x00", "é" * 300, "<script>"])
def test_hostile_questions_get_an_answer(client, text):
    nursery()
    for address in ("/besoins/", "/besoins/besoins.csv", "/api/needs"):
        given = {"territoire": text, "theme": text, "etat": text, "territory": text}
        assert client.get(address, given).status_code in {200, 422}


def test_an_empty_list_says_what_to_do(client):
    assert "Aucun besoin n’est encore partagé" in page(client, "/besoins/")


def test_the_list_is_a_file_too(client):
    theme = make_theme(name="Se nourrir")
    need = nursery(
        territory=theme.edition.territory,
        edition=theme.edition,
        theme=theme,
        recorded_at=datetime(2011, 10, 3, 22, 30, tzinfo=UTC),
    )
    make_author(need=need, name="Noa Petit", organisation=make_organisation(name="AMAP"))
    make_author(need=need, name="", user=make_user())
    make_evidence(
        need=need, measure="D502", label="Crèche", count=9, value=0.076, low=0.035, high=0.145, shortfall=9.9
    )
    make_need(state=NeedState.COVERED, statement="Un car")
    rows = list(csv.reader(StringIO(client.get("/besoins/besoins.csv").content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["adresse", "énoncé", "état", "territoire"]
    assert rows[1] == [
        "creche",
        "Des places de crèche à Seclin",
        "partagé",
        theme.edition.territory.name,
        theme.edition.name,
        "Se nourrir",
        "2011-10-04",
        "Noa Petit, AMAP",
        "D502",
        "Crèche",
        "9.0",
        "0.076",
        "0.035",
        "0.145",
        "",
        "",
        "",
        "9.9",
        "Insee, BPE",
        "2024",
        "non",
        "non",
    ]
    assert rows[2][1:3] + rows[2][8:] == ["Un car", "couvert", *[""] * 13, "non"]
    assert len(rows) == 3


def test_a_page_says_everything_of_a_need(client):
    need = nursery(explanation="Les parents **attendent**")
    make_author(need=need, name="Noa Petit", organisation=make_organisation(name="AMAP", slug="amap"))
    make_author(need=need, name="", organisation=make_organisation(name="Discrète", listed=False))
    make_author(need=need, name="")
    make_evidence(
        need=need,
        label="Crèche",
        count=9,
        value=0.076,
        low=0.0349,
        high=0.145,
        unit="pour 1 000 habitants",
        compared_with="Métropole",
        compared_value=0.16,
        shortfall=9.1,
        definition="Accueil collectif",
        synthetic=True,
        address="/territoires/x/diagnostic/manques/",
    )
    make_step(need=need)
    make_step(need=need, state=NeedState.SHARED, reason="Dit à la soirée")
    html = page(client, "/besoins/creche/")
    for text in (
        "<strong>attendent</strong>",
        'Noa Petit, <a href="/annuaire/amap/">AMAP</a>',
        "<li>Discrète</li>",
        "<li>L’équipe du programme</li>",
        "0,076",
        "entre 0,035 et 0,145",
        "0,160",
        "<dd>10</dd>",
        "Insee, BPE</span>, 2024",
        "données d’exemple",
        'href="/territoires/x/diagnostic/manques/"',
        "Dit à la soirée",
        "lundi 3 octobre 2011",
    ):
        assert text in html
    assert "Modifier" not in html


def test_what_later_points_at_a_need_shows_itself_on_its_page(client):
    need = nursery()

    @receiver(need_page)
    def idea(sender, need, user, **kwargs):
        return PageSection(
            title="Les idées", template="needs/sections/needs.html", context={"needs": [need], "more": False}
        )

    try:
        html = page(client, "/besoins/creche/")
    finally:
        need_page.disconnect(idea)
    assert '<h2 id="section-1">Les idées</h2>' in html
    assert "Les idées" not in page(client, f"/besoins/{need.slug}/?fresh=1")


def test_a_candidate_is_found_by_its_author_and_the_staff_only(client):
    need = nursery(state=NeedState.CANDIDATE)
    author = make_author(need=need, user=make_user()).user
    assert client.get("/besoins/creche/").status_code == 404
    sign_in(client, make_user())
    assert client.get("/besoins/creche/").status_code == 404
    sign_in(client, author)
    html = page(client, "/besoins/creche/")
    assert "n’est pas encore partagé" in html
    assert "/bureau/besoins/" not in html
    sign_in(client, make_membership(role=Role.ADVISER).user)
    assert "/bureau/besoins/creche/" in page(client, "/besoins/creche/")


def test_needs_are_named_where_they_are(client):
    seclin = make_commune(code="59560")
    edition = make_edition(slug="ed", territory=make_territory(slug="cs", communes=[seclin]))
    nursery(territory=edition.territory, edition=edition)
    for number in range(7):
        make_need(statement=f"Besoin {number}", territory=edition.territory, state=NeedState.SHARED)
    make_need(statement="Caché", territory=edition.territory, edition=edition)
    for address, more in (("/territoires/cs/", True), ("/communes/59560/", True), ("/editions/ed/", False)):
        html = page(client, address)
        assert "Ce qui manque ici" in html
        assert ("Voir tous ces besoins" in html) == more
        assert "Caché" not in html
    assert "Des places de crèche" in page(client, "/editions/ed/?fresh=1")


def test_programs_read_the_public_needs(client):
    theme = make_theme(name="Se garder")
    need = nursery(territory=theme.edition.territory, edition=theme.edition, theme=theme)
    make_author(need=need, name="Noa")
    make_evidence(need=need, measure="D502", count=9)
    make_need(territory=need.territory, slug="cache")
    answer = client.get("/api/needs").json()
    assert answer["total"] == 1
    (told,) = answer["needs"]
    assert (told["slug"], told["state"], told["territory"], told["theme"], told["authors"]) == (
        "creche",
        "shared",
        need.territory.slug,
        "Se garder",
        ["Noa"],
    )
    assert [(figure["measure"], figure["count"]) for figure in told["figures"]] == [("D502", 9)]
    assert client.get("/api/needs/creche").json() == told
    assert client.get("/api/needs/cache").status_code == 404
    assert client.get("/api/needs?territory=nulle-part").json() == {"total": 0, "needs": []}
    assert client.get("/api/needs?state=covered").json()["total"] == 0
    assert client.get("/api/needs?state=shared").json()["total"] == 1
