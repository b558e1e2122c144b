"""Who gets where: each address of this app, for everyone who may knock, what is answered."""

import pytest
from django.urls import resolve

from creasol.places.urls import urlpatterns
from creasol.programmes.tests.factories import make_programme
from tests import whole_occasion as whole
from tests.roles import answers, astray, client_of, people_of
from tests.whole_occasion import addresses, filled, make_whole

pytestmark = pytest.mark.django_db
# who:      stranger signed-in member elected funder adviser coordinator elsewhere administrator
EVERYONE = "200      200       200    200     200    200     200         200       200"
SIGNED_IN = "login   200       200    200     200    200     200         200       200"
STAFF = "   login    403       403    403     403    200     200         404       200"
ANY_STAFF = "login   403       403    403     403    200     200         200       200"
READ = {
    whole.PUBLIC: EVERYONE,
    # a ticket tells the team who is at the door, and nobody else anything
    whole.TICKET: "200 200 200 200 200 302 302 200 302",
    whole.BY_LINK: EVERYONE,
    whole.OWN: SIGNED_IN,
    whole.OF_THE_OCCASION: STAFF,
    whole.SHARED: ANY_STAFF,
}
ACT = {
    # whoever holds the link does what it says, and comes back to it
    whole.BY_LINK_ACT: "302 302 302 302 302 302 302 302 302",
    whole.ADD: "200 200 200 200 200 200 200 200 200",
    whole.OF_THE_OCCASION_ACT: "login 403 403 403 403 302 302 404 302",
    whole.DOOR: "login 403 403 403 403 400 400 404 400",
    whole.FILE: "login 403 403 403 403 200 200 404 200",
    whole.SHARED_ACT: "login 403 403 403 403 302 302 302 302",
    whole.ELECTION: "login 403 403 403 403 200 200 200 200",
}
NOT_READ = "login 405 405 405 405 405 405 405 405"


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def people(programme):
    return people_of(programme)


@pytest.fixture
def evening(programme):
    return make_whole(programme)


def test_every_address_of_the_app_is_in_the_table(evening):
    named = {resolve(address).url_name for address in addresses(" ".join(whole.EVERY), evening)}
    assert named == {pattern.name for pattern in urlpatterns}


def test_what_is_read(people, evening):
    assert astray(people, filled(READ, evening)) == {}


def test_what_is_done(people, evening):
    assert astray(people, filled(ACT, evening), method="post") == {}


def test_what_is_done_is_not_done_by_reading(people, evening):
    by_link = {whole.BY_LINK_ACT, whole.ADD}
    assert astray(people, filled(dict.fromkeys(set(ACT) - by_link, NOT_READ), evening)) == {}
    assert astray(people, filled(dict.fromkeys(by_link, NOT_READ.replace("login", "405")), evening)) == {}


def test_what_is_read_and_written_is_closed_to_the_same_people(people, evening):
    for address in addresses(whole.OF_THE_OCCASION, evening):
        given = answers(people, address, method="post").split()
        assert given[:5] == ["login", *given[1:5]], address
        assert set(given[1:5]) <= {"403", "405"}, address
        assert given[7] in {"404", "405"}, address
    for address in addresses(whole.SHARED, evening):
        given = answers(people, address, method="post").split()
        assert given[0] == "login", address
        assert set(given[1:5]) <= {"403", "405"}, address


def test_parts_of_an_occasion_are_not_reached_through_another(people, programme):
    """Who coordinates another programme manages an occasion there: it is no way into this one."""
    mine = make_whole(people["elsewhere"].memberships.get().programme)
    theirs = make_whole(programme)
    mixed = type(mine)(**vars(theirs) | {"occasion": mine.occasion})
    client = client_of(people["elsewhere"])
    nested = [
        pattern
        for pattern in (whole.OF_THE_OCCASION + whole.OF_THE_OCCASION_ACT).split()
        if pattern.count("{") > 1
    ]
    given = {}
    for pattern in nested:
        address = pattern.format(**vars(mixed))
        given[pattern] = {client.get(address).status_code, client.post(address).status_code}
    assert len(given) == 7
    assert {pattern: codes for pattern, codes in given.items() if not codes <= {404, 405}} == {}


def test_parts_of_a_registration_are_not_reached_by_another_link(client, programme):
    mine, theirs = make_whole(programme), make_whole(programme)
    booking = f"/inscription/{mine.code}/{theirs.booking}/annuler/"
    offer = f"/inscription/{mine.code}/offre/{theirs.offer}/"
    assert client.post(booking).status_code == 404
    answer = client.post(offer, {"answer": "accept"}, follow=True)
    assert "Cette offre est close" in answer.content.decode()
    assert theirs.at.registrations.get(pk=theirs.registration).bookings.filter(state="offered").exists()


def test_what_is_open_to_nobody_yet_is_not_shown(people, programme):
    draft = make_whole(programme, opens_at=None)
    assert answers(people, f"/s-inscrire/{draft.occasion}/") == " ".join(["404"] * 9)
    assert answers(people, f"/s-inscrire/{draft.occasion}/", method="post") == " ".join(["404"] * 9)


def test_what_a_secret_address_shows_is_kept_nowhere(client, evening):
    for address in [*addresses(whole.BY_LINK, evening), *addresses(whole.TICKET, evening)]:
        answer = client.get(address)
        assert answer["Cache-Control"] == "private, no-store", address
        assert answer["X-Robots-Tag"] == "noindex, nofollow", address


@pytest.mark.parametrize(
    "page", ["", "attente/", "mails/", "accueil/", "accueil/liste.json", "accueil/compte/"]
)
def test_lists_of_people_are_not_found_again_once_the_team_has_left(people, evening, page):
    answer = client_of(people["coordinator"]).get(f"/bureau/inscriptions/{evening.occasion}/{page}")
    assert "no-store" in answer["Cache-Control"]
