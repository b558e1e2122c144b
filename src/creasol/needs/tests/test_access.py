"""Who gets where among what people said: each address, for everyone who may knock, what is answered."""

import pytest
from django.urls import resolve

from creasol.needs.urls import urlpatterns
from creasol.programmes.tests.factories import make_edition, make_programme
from tests.roles import answers, astray, client_of, people_of

from .factories import make_contribution

pytestmark = pytest.mark.django_db
# who:         stranger signed-in member elected funder adviser coordinator elsewhere administrator
ANY_STAFF = "   login    403       403    403     403    200     200         200       200"
STAFF = "      login    403       403    403     403    200     200         404       200"
READ = {
    "/bureau/contributions/": ANY_STAFF,
    "/bureau/contributions/contributions.csv": ANY_STAFF,
    "/bureau/contributions/nouvelle/": ANY_STAFF,
    "/bureau/contributions/{said}/": STAFF,
    # said outside of any programme: whoever works for one takes care of it
    "/bureau/contributions/{anywhere}/": ANY_STAFF,
}
ACT = {
    # only who answers for a programme takes names away, and only of a territory of its own
    "/bureau/contributions/avec-contacts.csv": "login 403 403 403 403 403 404 404 404",
    "/bureau/contributions/{said}/besoin/": STAFF,
    "/bureau/contributions/{said}/nouveau-besoin/": STAFF,
    "/bureau/contributions/{said}/etat/": "login 403 403 403 403 404 404 404 404",
}
NAMES = "login 403 403 403 403 403 200 404 200"
NOT_READ = "login 405 405 405 405 405 405 405 405"


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def people(programme):
    return people_of(programme)


@pytest.fixture
def said(programme):
    edition = make_edition(programme=programme)
    return make_contribution(edition=edition, territory=edition.territory, name="Zoé", name_may_be_shown=True)


def filled(table, said):
    anywhere = make_contribution()
    return {address.format(said=said.pk, anywhere=anywhere.pk): given for address, given in table.items()}


def test_every_address_of_contributions_is_in_the_table():
    listed = {resolve(address.format(said=1, anywhere=1)).url_name for address in READ | ACT}
    assert listed == {
        pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith("bureau/contributions/")
    }


def test_what_is_read(people, said):
    assert astray(people, filled(READ, said)) == {}


def test_what_is_done(people, said):
    assert astray(people, filled(ACT, said), method="post") == {}


def test_what_is_done_is_not_done_by_reading(people, said):
    assert astray(people, filled(dict.fromkeys(ACT, NOT_READ), said)) == {}


def test_names_are_taken_away_by_who_answers_for_the_programme(people, said):
    asked = {"territoire": said.territory.slug}
    assert answers(people, "/bureau/contributions/avec-contacts.csv", asked, method="post") == NAMES


def test_what_others_were_told_is_in_no_list(people, said):
    for address in ("/bureau/contributions/", "/bureau/contributions/contributions.csv"):
        assert said.words in client_of(people["adviser"]).get(address).content.decode()
        assert said.words not in client_of(people["elsewhere"]).get(address).content.decode()


def test_the_list_is_not_found_again_once_the_team_has_left(people, said):
    assert "no-store" in client_of(people["adviser"]).get("/bureau/contributions/")["Cache-Control"]
