import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from creasol.gatherings.tests.factories import make_gathering
from creasol.needs.tests.factories import make_need
from creasol.portal.enums import Situation
from creasol.portal.queries.home import home
from creasol.programmes.enums import EditionState, PhaseKind
from creasol.programmes.tests.factories import make_edition, make_phase, make_programme
from creasol.reports.tests.factories import make_publication, make_report
from creasol.territories.tests.factories import make_commune, make_territory

pytestmark = pytest.mark.django_db
TODAY = date(2011, 11, 7)


def test_without_an_edition_the_page_says_what_to_do(client):
    assert home(on=TODAY).situation == Situation.EMPTY
    page = client.get("/").content.decode()
    assert "Pas encore d’édition" in page
    assert f'href="{reverse("portal:desk")}"' in page


def test_the_edition_under_way_comes_before_the_planned_and_the_completed():
    programme = make_programme()
    completed = make_edition(programme=programme, state=EditionState.COMPLETED)
    assert (home(on=TODAY).edition, home(on=TODAY).situation) == (completed, Situation.COMPLETED)
    later = make_edition(programme=programme, starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31))
    sooner = make_edition(programme=programme, starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31))
    running = make_edition(programme=programme, state=EditionState.RUNNING)
    shown = home(on=TODAY)
    assert (shown.edition, shown.situation) == (running, Situation.RUNNING)
    assert [view.edition for view in shown.others] == [sooner, later]


def test_the_example_is_told_as_one_until_an_edition_of_its_own_is_planned():
    invented = make_edition(is_example=True, state=EditionState.RUNNING)
    alone = home(on=TODAY)
    assert (alone.edition, alone.is_example) == (invented, True)
    told = make_edition(state=EditionState.COMPLETED)
    delivered = home(on=TODAY)
    assert (delivered.edition, delivered.is_example) == (told, True)
    assert [view.edition for view in delivered.others] == [invented]
    planned = make_edition(starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31))
    own = home(on=TODAY)
    assert (own.edition, own.is_example, own.others) == (planned, False, ())


def test_cancelled_editions_are_not_shown():
    make_edition(state=EditionState.CANCELLED)
    assert home(on=TODAY).situation == Situation.EMPTY


def test_the_map_marks_the_communes_of_the_edition_among_their_neighbours():
    inside, outside = make_commune(name="Seclin"), make_commune(name="Lille", longitude=3.1)
    nowhere = make_commune(name="Ailleurs", longitude=None)
    reference = make_territory(communes=[inside, outside, nowhere])
    make_edition(state=EditionState.RUNNING, territory=make_territory(communes=[inside], reference=reference))
    marks = {shape.label: (shape.css, shape.href) for shape in home(on=TODAY).map.shapes}
    assert marks == {
        "Seclin": ("map-circle map-here", f"/communes/{inside.code}/"),
        "Lille": ("map-circle", ""),
    }


def test_the_page_says_where_what_and_how(client):
    territory = make_territory(name="Couronne Sud", communes=[make_commune(name="Seclin")])
    edition = make_edition(state=EditionState.RUNNING, territory=territory, name="Couronne Sud 2011")
    make_phase(edition=edition, kind=PhaseKind.MOBILISATION)
    page = client.get("/").content.decode()
    assert "Ce qui se passe" in page
    assert "Mobilisation et diagnostic partagé" in page
    for door in (
        "/territoires/",
        f"/territoires/{territory.slug}/diagnostic/",
        "/annuaire/",
        f"/programmes/{edition.programme.slug}/",
        "/compte/connexion/",
    ):
        assert f'href="{door}"' in page


def test_needs_and_the_published_diagnosis_of_the_edition_in_front(client):
    edition = make_edition(state=EditionState.RUNNING)
    make_need(territory=edition.territory, edition=edition, state="shared", slug="creche")
    make_need(territory=edition.territory, edition=edition)
    make_publication(report=make_report(territory=edition.territory, slug="est", title="L’Est en chiffres"))
    page = client.get("/").content.decode()
    assert page.count('href="/besoins/creche/"') == 1
    assert f'href="/besoins/?territoire={edition.territory.slug}"' in page
    assert '<a href="/diagnostics/est/">L’Est en chiffres</a>' in page
    assert "Le diagnostic partagé, écrit à plusieurs\u00a0: version 1" in page


def test_the_next_gatherings_are_told(client):
    soon = datetime.now(UTC) + timedelta(days=3)
    edition = make_edition(state=EditionState.RUNNING)
    for number in range(4):
        starts_at = soon + timedelta(days=number)
        make_gathering(edition=edition, slug=f"rencontre-{number}", starts_at=starts_at)
    make_gathering(edition=edition, slug="annulee", state="cancelled", starts_at=soon)
    page = client.get("/").content.decode()
    assert re.findall(r'href="/rencontres/([a-z0-9-]+)/"', page) == [
        "rencontre-0",
        "rencontre-1",
        "rencontre-2",
    ]


def test_an_example_says_so(client):
    make_edition(state=EditionState.COMPLETED, is_example=True)
    assert "Ce site montre un exemple" in client.get("/").content.decode()


def test_one_may_write_to_the_team_where_there_is_an_address(client, settings):
    assert "mailto:" not in client.get("/").content.decode()
    settings.CONTACT = "equipe@maillage.example"
    assert 'href="mailto:equipe@maillage.example"' in client.get("/").content.decode()


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    def count(editions, communes):
        territory = make_territory(communes=[make_commune() for _ in range(communes)])
        for _ in range(editions):
            make_edition(state=EditionState.RUNNING, territory=territory)

    count(1, 1)
    with django_assert_num_queries(11) as first:
        home(on=TODAY)
    count(3, 3)
    with django_assert_num_queries(len(first)):
        home(on=TODAY)
