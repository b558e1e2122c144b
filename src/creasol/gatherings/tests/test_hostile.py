"""Whatever is sent to an address of gatherings and contributions, it answers; and what was sent harms nobody."""

import pytest

from creasol.places.tests.factories import STARTS_AT
from creasol.programmes.tests.factories import make_programme
from tests import hostile
from tests import whole_gathering as whole
from tests.roles import client_of, people_of
from tests.whole_gathering import make_whole_gathering
from tests.whole_occasion import addresses

from .factories import make_gathering
from .test_reading_changes_nothing import OF_CONTRIBUTIONS

pytestmark = pytest.mark.django_db
EVERY = " ".join([*whole.EVERY, OF_CONTRIBUTIONS])
ASKED = {
    "q", "commune", "territoire", "theme", "genre", "du", "au", "acces", "quand", "mois", "page", "programme", "format",
    "atelier", "dans", "state", "etat", "nature", "workshop", "request_key", "score", "words",
    "exceptions", "rhythm",
}  # fmt: skip


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def coordinator(programme):
    return client_of(people_of(programme)["coordinator"])


@pytest.fixture
def evening(programme):
    return make_whole_gathering(programme)


def test_no_words_break_anything(coordinator, evening):
    pages = [coordinator.get(address) for address in addresses(EVERY, evening)]
    names = ASKED.union(*[hostile.fields_of(page) for page in pages if page.status_code == 200])
    assert {"title", "day", "came", "reason", "kind", "met_in", "until"} <= names
    broken = [
        one
        for address in addresses(EVERY, evening)
        for one in hostile.broken_by_words(coordinator, address, names)
    ]
    assert broken == []


PLANNED = {
    "title": "Manger", "kind": "evening", "day": "2027-05-10", "starts": "18:30", "ends": "20:30", "last_day": "",
    "on_site": "on", "on_site_places": "40", "remote": "", "remote_places": "", "audience": "public", "summary": "",
    "description": "", "practical": "", "hosts": "", "speakers": "Noa, élue", "school_zones": "A", "room": "",
    "remote_link": "", "led_by": "", "offer_hours": "48",
}  # fmt: skip
MOVED = {
    "day": "2027-05-10",
    "starts": "18:30",
    "ends": "20:30",
    "last_day": "",
    "room": "",
    "reason": "La salle",
}
SERIES = {"name": "Soirées", "rhythm": "monthly", "until": "2011-12-31", "exceptions": "26/12/2026"}
SAID = {
    "kind": "need", "words": "Une garde", "may_be_shown": "on", "name": "Zoé", "email": "zoe@example.org",
    "phone": "03", "may_be_contacted": "on", "request_key": "6e1b0a3c0d4f4f6e9b0a3c0d4f4f6e9b", "workshop": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        ("/bureau/rencontres/nouvelle/", PLANNED),
        ("/bureau/rencontres/{slug}/deplacer/", MOVED),
        ("/bureau/rencontres/{alone}/serie/", SERIES),
        ("/bureau/rencontres/{slug}/serie/laisser/", {"day": "2011-11-07"}),
        ("/bureau/rencontres/{slug}/etat/", {"state": "held", "came": "3"}),
        ("/bureau/rencontres/{slug}/etat/", {"state": "cancelled", "reason": "Neige"}),
        ("/bureau/rencontres/{slug}/voeux/delai/", {"until": "2011-11-07 18:00"}),
        ("/rencontres/{slug}/dire/{say_key}/", SAID),
        ("/bureau/rencontres/{slug}/recolte/", SAID),
        ("/rencontres/{slug}/avis/{code}/", {"score": "4", "words": "Un atelier"}),
        ("/bureau/contributions/{contribution}/etat/", {"state": "set-aside", "reason": "Fait"}),
        (
            "/bureau/contributions/{contribution}/nouveau-besoin/",
            {"statement": "Une garde", "explanation": ""},
        ),
    ],
)
def test_one_field_of_a_good_form_breaks_nothing(coordinator, evening, pattern, good):
    alone = make_gathering(edition=evening.gathering.edition, starts_at=STARTS_AT)
    met_in = {"met_in": f"edition:{evening.gathering.edition.pk}"} if "title" in good else {}
    address = pattern.format(**vars(evening), alone=alone.slug)
    taken = 200 if "until" in good and "rhythm" not in good else 302  # it is too late for wishes
    assert hostile.status(coordinator, "post", address, good | met_in) == taken
    assert hostile.broken_by_one_field(coordinator, address, good | met_in) == []


def test_no_form_of_a_request_breaks_anything(coordinator, evening):
    names = {"words", "title", "reason", "q"}
    broken = [
        one
        for address in addresses(EVERY, evening)
        for one in hostile.broken_by_form(coordinator, address, names)
    ]
    assert broken == []


@pytest.mark.parametrize("number", hostile.NUMBERS)
def test_a_number_that_is_nobody_s_is_not_found(coordinator, evening, number):
    given = {}
    for pattern in EVERY.split():
        for name in ("workshop", "strand", "shift", "contribution"):
            if f"{{{name}}}" in pattern:
                address = pattern.format(**vars(evening) | {name: number})
                read, sent = (hostile.status(coordinator, method, address) for method in ("get", "post"))
                given[address] = {read, sent} - {405}
    assert len(given) == 11
    assert {address: codes for address, codes in given.items() if codes != {404}} == {}


@pytest.mark.parametrize("word", ["%00", "%ff", "a" * 3_000, "..%2f..", "<script>", "%F0%9F%98%80", "%0d%0a"])
def test_a_secret_word_that_is_nobody_s_is_not_found(client, evening, word):
    for pattern in whole.BY_LINK.split():
        for over in ({"code": word, "say_key": word}, {"slug": word}):
            address = pattern.format(**vars(evening) | over)
            read, sent = (hostile.status(client, method, address) for method in ("get", "post"))
            assert {read, sent} <= {404, 405}, address
