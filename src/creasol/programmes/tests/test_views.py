from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.programmes.enums import EditionState, PhaseKind
from creasol.programmes.models import Edition, Membership
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    make_edition,
    make_membership,
    make_objective,
    make_partner,
    make_phase,
    make_programme,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def metropole():
    return make_territory(name="Métropole")


@pytest.fixture
def programme(metropole):
    return make_programme(slug="creation-solidaire", name="Création solidaire", territory=metropole)


@pytest.fixture
def coordinator(client, programme):
    user = make_membership(programme=programme).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def sent(territory, **over):
    """Return what the screen of an edition sends."""
    fields = {
        "territory": territory.pk,
        "name": "Est 2012",
        "starts_on": "2012-01-01",
        "ends_on": "2012-12-31",
        "mobilisation-starts_on": "2012-01-01",
        "mobilisation-ends_on": "2012-04-30",
        "mobilisation-deliverables": "Un diagnostic partagé",
        "events-starts_on": "2012-05-01",
        "events-ends_on": "2012-06-30",
        "support-starts_on": "2012-07-01",
        "support-ends_on": "2012-12-31",
        "themes-TOTAL_FORMS": "2",
        "themes-INITIAL_FORMS": "0",
        "themes-0-name": "Mobilité",
        "partners-TOTAL_FORMS": "2",
        "partners-INITIAL_FORMS": "0",
        "partners-1-name": "Maillage",
        "partners-1-role": "lead",
    }
    return fields | over


def test_the_programme_says_what_it_is_for(client, programme, metropole):
    make_objective(programme=programme, title="Soutenir l’émergence de projets")
    territory = make_territory(name="Est", reference=metropole)
    make_edition(programme=programme, territory=territory, name="Est 2011", state=EditionState.RUNNING)
    html = page(client, "/programmes/creation-solidaire/")
    assert "Soutenir l’émergence de projets" in html
    assert "Est 2011" in html
    assert "/programmes/creation-solidaire/rotation/" in html


def test_the_list_shows_what_is_under_way(client, programme):
    edition = make_edition(programme=programme, name="Est 2011", state=EditionState.RUNNING)
    make_phase(edition=edition)
    html = page(client, "/programmes/")
    assert "Création solidaire" in html
    assert "Est 2011" in html


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2999, 9, 1), date(2999, 11, 30), "La première phase commence le 1er septembre 2999."),
        (date(2011, 9, 1), date(2011, 11, 30), "Toutes ses phases sont terminées."),
    ],
)
def test_an_edition_under_way_before_its_phases_or_after(client, programme, starts_on, ends_on, words):
    edition = make_edition(programme=programme, state=EditionState.RUNNING)
    make_phase(edition=edition, starts_on=starts_on, ends_on=ends_on)
    assert words in page(client, f"/editions/{edition.slug}/")


def test_what_is_written_in_french_says_so_on_an_english_page(client, programme):
    theme = make_theme(edition=make_edition(programme=programme), description="Se déplacer sans voiture.")
    make_phase(edition=theme.edition, description="Se concerter.")
    client.cookies["django_language"] = "en"
    html = page(client, f"/editions/{theme.edition.slug}/")
    assert '<html lang="en">' in html
    assert '<p lang="fr">Se déplacer sans voiture.</p>' in html
    assert '<div class="stack" lang="fr">\n          <p>Se concerter.</p>' in html


def test_pages_say_when_there_is_nothing_yet(client):
    assert "Aucun programme" in page(client, "/programmes/")
    bare = make_programme()
    assert "Pas encore d’édition" in page(client, f"/programmes/{bare.slug}/")
    assert "Pas encore de territoire" in page(client, f"/programmes/{bare.slug}/rotation/")


def test_the_rotation_names_the_next_territory(client, programme, metropole):
    territory = make_territory(name="Est", reference=metropole, communes=[make_commune()])
    html = page(client, "/programmes/creation-solidaire/rotation/")
    assert f"/territoires/{territory.slug}/" in html
    assert "Prochain tour : Est" in html.replace("\u00a0", " ")


def test_the_rotation_is_a_file_too(client, programme, metropole):
    est, _lys = (make_territory(name=name, reference=metropole) for name in ("Est", "Lys"))
    est.communes.add(make_commune(population=1200))
    make_edition(programme=programme, territory=est, name="=Est 2011", state=EditionState.COMPLETED)
    response = client.get("/programmes/creation-solidaire/rotation.csv")
    assert response.content.decode("utf-8-sig").splitlines() == [
        "territoire,Habitants aujourd’hui,Tour,édition,commence le,finit le,état,exemple",
        "Est,1200,édition terminée,'=Est 2011,2011-01-01,2011-12-31,terminée,non",
        "Lys,0,prochain tour,,,,,",
    ]


def test_an_edition_shows_its_phases_themes_partners_and_communes(client, programme):
    territory = make_territory(communes=[make_commune(name="Emmerin")])
    edition = make_edition(programme=programme, territory=territory, slug="couronne-sud-2011")
    make_phase(edition=edition, kind=PhaseKind.EVENTS, deliverables="Trois soirées")
    make_theme(edition=edition, name="Mobilité durable")
    make_partner(edition=edition, name="Maillage")
    html = page(client, "/editions/couronne-sud-2011/")
    for words in ("Trois soirées", "Mobilité durable", "Maillage", "Emmerin"):
        assert words in html


@pytest.mark.parametrize("state", EditionState)
def test_an_edition_has_a_page_in_every_state(client, state):
    edition = make_edition(state=state, is_example=True)
    assert "inventé" in page(client, f"/editions/{edition.slug}/")


def test_what_does_not_exist_is_not_found(client):
    for url in ("/programmes/x/", "/programmes/x/rotation/", "/editions/x/"):
        assert client.get(url).status_code == 404


def test_the_edition_page_takes_the_same_number_of_queries_for_more_rows(client):
    counts = []
    for rows in (1, 3):
        edition = make_edition(territory=make_territory(communes=[make_commune() for _ in range(rows)]))
        for _ in range(rows):
            make_theme(edition=edition)
            make_partner(edition=edition)
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/editions/{edition.slug}/")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_next_edition_is_planned_on_the_proposed_territory(client, programme, metropole, coordinator):
    territory = make_territory(name="Est", reference=metropole)
    url = "/bureau/programmes/creation-solidaire/nouvelle-edition/"
    assert "Est" in page(client, url)
    assert "Est" in page(client, f"{url}?territory=%00")
    response = client.post(url, sent(territory))
    edition = Edition.objects.get()
    assert response.headers["Location"] == f"/bureau/editions/{edition.slug}/"
    assert [phase.deliverables for phase in edition.phases.all()] == ["Un diagnostic partagé", "", ""]
    assert [theme.name for theme in edition.themes.all()] == ["Mobilité"]
    assert [partner.name for partner in edition.partners.all()] == ["Maillage"]


def test_nothing_written_is_lost_when_the_edition_is_refused(client, programme, metropole, coordinator):
    territory = make_territory(name="Est", reference=metropole)
    make_edition(
        programme=programme, territory=territory, starts_on=date(2012, 3, 1), ends_on=date(2012, 4, 1)
    )
    url = "/bureau/programmes/creation-solidaire/nouvelle-edition/"
    html = client.post(url, sent(territory)).content.decode()
    assert "a déjà une édition" in html
    for words in ("Est 2012", "Un diagnostic partagé", "Mobilité", "Maillage"):
        assert words in html
    assert Edition.objects.count() == 1


def test_an_edition_is_revised_row_by_row(client, programme, metropole, coordinator):
    territory = make_territory(reference=metropole)
    edition = make_edition(programme=programme, territory=territory, slug="est-2012")
    theme, gone = make_theme(edition=edition), make_theme(edition=edition)
    assert theme.name in page(client, "/bureau/editions/est-2012/")
    changed = {
        "themes-INITIAL_FORMS": "2",
        "themes-0-id": theme.pk,
        "themes-0-name": "Autre nom",
        "themes-1-id": gone.pk,
        "themes-1-name": gone.name,
        "themes-1-DELETE": "on",
    }
    response = client.post("/bureau/editions/est-2012/", sent(territory, **changed))
    assert response.status_code == 302
    assert [(row.pk, row.name) for row in edition.themes.all()] == [(theme.pk, "Autre nom")]


def test_the_state_changes_by_a_button_and_a_wrong_one_is_explained(client, programme, coordinator):
    edition = make_edition(programme=programme, slug="est-2012")
    url = "/bureau/editions/est-2012/etat/"
    assert client.post(url, {"state": "running"}).headers["Location"] == "/bureau/editions/est-2012/"
    edition.refresh_from_db()
    assert edition.state == "running"
    html = client.post(url, {"state": "planned"}, follow=True).content.decode()
    assert "ne peut pas devenir" in html
    assert client.post(url, {"state": "x"}).status_code == 404


def test_a_coordinator_does_not_touch_another_programme(client, coordinator):
    other = make_edition()
    assert client.get(f"/bureau/editions/{other.slug}/").status_code == 403
    assert client.post(f"/bureau/editions/{other.slug}/etat/", {"state": "running"}).status_code == 403
    assert client.get(f"/bureau/programmes/{other.programme.slug}/").status_code == 403
    assert client.get(f"/bureau/programmes/{other.programme.slug}/nouvelle-edition/").status_code == 403
    membership = make_membership(programme=other.programme)
    assert client.post(f"/bureau/personnes/{membership.pk}/fin/").status_code == 403


def test_the_desk_lists_editions_and_what_comes_next(client, programme, metropole, coordinator):
    make_territory(name="Est", reference=metropole)
    make_edition(programme=programme, name="Lys 2011")
    html = page(client, "/bureau/editions/")
    assert "Lys 2011" in html
    assert "Prochain tour" in html


def test_a_programme_is_revised(client, programme, metropole, coordinator):
    make_territory(reference=metropole)
    objective = make_objective(programme=programme)
    assert objective.title in page(client, "/bureau/programmes/creation-solidaire/")
    sent_words = {
        "name": "Création solidaire",
        "tagline": "Des projets qui répondent",
        "territory": metropole.pk,
        "objectives-TOTAL_FORMS": "2",
        "objectives-INITIAL_FORMS": "1",
        "objectives-0-id": objective.pk,
        "objectives-0-title": "Premier",
        "objectives-1-title": "Second",
    }
    assert client.post("/bureau/programmes/creation-solidaire/", sent_words).status_code == 302
    programme.refresh_from_db()
    assert programme.tagline == "Des projets qui répondent"
    assert [row.title for row in programme.objectives.all()] == ["Premier", "Second"]


def test_a_person_is_invited_and_the_role_is_ended(client, programme, coordinator):
    html = page(client, "/bureau/personnes/")
    assert coordinator.email in html
    role = {
        "email": "conseil@example.org",
        "name": "Conseil",
        "programme": programme.pk,
        "role": "adviser",
        "since": "2011-01-01",
    }
    assert client.post("/bureau/personnes/", role).status_code == 302
    membership = Membership.objects.get(role="adviser")
    refused = client.post("/bureau/personnes/", role).content.decode()
    assert "conseil@example.org" in refused
    assert "déjà" in refused
    client.post(f"/bureau/personnes/{membership.pk}/fin/")
    membership.refresh_from_db()
    assert not membership.user.has_perm("network.register_organisation")


def test_a_coordinator_gives_no_role_in_another_programme(client, coordinator):
    role = {
        "email": "a@example.org",
        "programme": make_programme().pk,
        "role": "adviser",
        "since": "2011-01-01",
    }
    assert client.post("/bureau/personnes/", role).status_code == 200
    assert Membership.objects.filter(role="adviser").count() == 0


def test_strangers_and_people_without_a_role_stay_out(client, programme):
    assert client.get("/bureau/editions/").status_code == 302
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.get("/bureau/editions/").status_code == 403
    assert client.get("/bureau/personnes/").status_code == 403
