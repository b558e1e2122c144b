"""Who gets where: each address of this app, for everyone who may knock, what is answered."""

import pytest
from django.urls import resolve

from creasol.gatherings.enums import GatheringState
from creasol.gatherings.urls import urlpatterns
from creasol.programmes.tests.factories import make_programme
from tests import whole_gathering as whole
from tests.roles import answers, astray, client_of, people_of
from tests.whole_gathering import make_whole_gathering
from tests.whole_occasion import addresses, filled

pytestmark = pytest.mark.django_db
# who:      stranger signed-in member elected funder adviser coordinator elsewhere administrator
EVERYONE = "200      200       200    200     200    200     200         200       200"
STAFF = "   login    403       403    403     403    200     200         404       200"
ANY_STAFF = "login   403       403    403     403    200     200         200       200"
READ = {
    whole.LISTS: EVERYONE,
    whole.PAGES: EVERYONE,
    whole.AGENDA: EVERYONE,
    whole.BY_LINK: EVERYONE,
    whole.DESK: ANY_STAFF,
    whole.OF_THE_GATHERING: STAFF,
}
ACT = {
    whole.SHOWN_AGAIN: "login 403 403 403 403 200 200 404 200",
    whole.DONE: "login 403 403 403 403 302 302 404 302",
    # who may do it and does not say what is told that there is no such thing
    whole.WITHOUT_A_CHOICE: "login 403 403 403 403 404 404 404 404",
}
NOT_READ = "login 405 405 405 405 405 405 405 405"
NOBODY = "404 404 404 404 404 404 404 404 404"
DRAFT = {
    whole.LISTS: EVERYONE,
    whole.PAGES: "404 404 404 404 404 200 200 404 200",
    whole.AGENDA: NOBODY,
    whole.OF_THE_GATHERING: STAFF,
    "/rencontres/{slug}/avis/{code}/": NOBODY,
    "/rencontres/{slug}/avis/{code}/merci/": NOBODY,
    # who holds the sheet of a draft reads that it is not open, and not what it is
    "/rencontres/{slug}/dire/{say_key}/": "403 403 403 403 403 403 403 403 403",
}


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def people(programme):
    return people_of(programme)


@pytest.fixture
def evening(programme):
    return make_whole_gathering(programme)


def test_every_address_of_the_app_is_in_the_table(evening):
    named = {resolve(address).url_name for address in addresses(" ".join(whole.EVERY), evening)}
    assert named == {pattern.name for pattern in urlpatterns}


def test_what_is_read(people, evening):
    assert astray(people, filled(READ, evening)) == {}


def test_what_is_done(people, evening):
    assert astray(people, filled(ACT, evening), method="post") == {}


def test_what_is_done_is_not_done_by_reading(people, evening):
    assert astray(people, filled(dict.fromkeys(ACT, NOT_READ), evening)) == {}


def test_what_is_read_and_written_is_closed_to_the_same_people(people, evening):
    for address in addresses(whole.OF_THE_GATHERING, evening):
        given = answers(people, address, method="post").split()
        assert given[0] == "login", address
        assert set(given[1:5]) <= {"403", "405"}, address
        assert given[7] in {"404", "405"}, address


def test_a_draft_is_there_for_its_team_alone(people, programme):
    draft = make_whole_gathering(programme, state=GatheringState.DRAFT)
    assert astray(people, filled(DRAFT, draft)) == {}
    for address in (*addresses(whole.LISTS, draft), f"/rencontres/{draft.slug}/dire/{draft.say_key}/"):
        for who in set(people) - {"adviser", "coordinator", "administrator"}:
            assert draft.at.title not in client_of(people[who]).get(address).content.decode(), (who, address)


def test_parts_of_a_gathering_are_not_reached_through_another(people, programme):
    """Who coordinates another programme plans a gathering there: it is no way into this one."""
    mine = make_whole_gathering(people["elsewhere"].memberships.get().programme)
    theirs = make_whole_gathering(programme)
    mixed = type(mine)(**vars(theirs) | {"slug": mine.slug})
    client = client_of(people["elsewhere"])
    nested = [pattern for pattern in " ".join(whole.EVERY).split() if pattern.count("{") > 1]
    given = {}
    for pattern in nested:
        address = pattern.format(**vars(mixed))
        given[pattern] = {client.get(address).status_code, client.post(address).status_code}
    assert len(given) == 11
    assert {pattern: codes for pattern, codes in given.items() if not codes <= {404, 405}} == {}


@pytest.mark.parametrize(
    "page", ["/rencontres/", "/rencontres/{slug}/", "/rencontres/{slug}/programme/", "/api/gatherings"]
)
def test_pages_of_everyone_tell_no_secret_word(client, evening, page):
    said = client.get(page.format(slug=evening.slug)).content.decode()
    for secret in (evening.say_key, evening.code, evening.key, evening.at.remote_link):
        assert secret not in said
