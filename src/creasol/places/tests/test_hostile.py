"""Whatever is sent to an address of this app, it answers; what is no number of ours is not found."""

import json
from uuid import uuid4

import pytest

from creasol.places.enums import QuestionKind
from creasol.places.models import Registration
from creasol.programmes.tests.factories import make_programme
from creasol.territories.tests.factories import make_commune
from tests import hostile
from tests import whole_occasion as whole
from tests.roles import client_of, people_of
from tests.whole_occasion import addresses, make_whole

from .factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def coordinator(programme):
    return client_of(people_of(programme)["coordinator"])


@pytest.fixture
def evening(programme):
    evening = make_whole(programme)
    make_question(occasion=evening.at, kind=QuestionKind.CHOICE, choices="A\nB")
    return evening


def every_field(client, evening):
    """Return the names of all the fields of all the pages of this app."""
    pages = [client.get(address) for address in addresses(" ".join(whole.EVERY), evening)]
    names = set().union(*[hostile.fields_of(page) for page in pages if page.status_code == 200])
    assert {"first_name", "capacity", "kind", "request_key", "reason", "priority"} <= names
    return names | {"answer", "held", "words", "device", "slots", "close", "creneau", "billet", "q", "langue"}


def test_no_words_break_anything(coordinator, evening):
    names = every_field(coordinator, evening)
    broken = [
        one
        for address in addresses(" ".join(whole.EVERY), evening)
        for one in hostile.broken_by_words(coordinator, address, names)
    ]
    assert broken == []


REGISTERED = {
    "first_name": "Noor", "email": "noor@example.org", "phone": "03", "organisation_name": "", "access_needs": "",
    "size": "1", "request_key": "cle-1", "notice": "2", "may_split": "on", "shifts": [], "workshops": [], "website": "",
}  # fmt: skip
TYPED = {
    "day": "2027-05-10", "starts": "18:30", "ends": "20:30", "last_day": "", "room": "1", "audience": "public",
    "school_zones": "A", "led_by": "1", "on_site_places": "40", "occasion": "1",
}  # fmt: skip
VENUE = {
    "name": "Maison", "commune": "59999", "address": "", "rooms-TOTAL_FORMS": "1", "rooms-INITIAL_FORMS": "0",
    "rooms-0-name": "Salle", "rooms-0-capacity": "12", "lift-answer": "yes", "lift-verified_on": "2011-10-01",
}  # fmt: skip
ASKED = {
    "label": "Quel repas ?",
    "purpose": "Cuisiner",
    "kind": "choice",
    "choices": "A\nB",
    "keep_days": "7",
}
DOOR = {
    "key": "6e1b0a3c0d4f4f6e9b0a3c0d4f4f6e9b",
    "kind": "walk-in",
    "first_name": "Zoé",
    "size": "1",
    "at": "1",
}


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        ("/s-inscrire/{occasion}/", REGISTERED),
        ("/bureau/inscriptions/{occasion}/ajouter/", REGISTERED),
        ("/inscription/{code}/modifier/", REGISTERED),
        ("/inscription/{code}/ajouter/", {"slots": "{part}"}),
        ("/bureau/inscriptions/{occasion}/places/{slot}/", {"capacity": "12"}),
        ("/bureau/inscriptions/{occasion}/reservation/{waiting}/", {"reason": "Elle parle"}),
        ("/bureau/inscriptions/{occasion}/reservation/{waiting}/", {"priority": "1"}),
        ("/bureau/inscriptions/{occasion}/inscription/{registration}/refuser/", {"reason": "Deux fois"}),
        ("/bureau/inscriptions/{occasion}/questions/", ASKED),
        ("/bureau/inscriptions/{occasion}/questions/{question}/deplacer/", {"up": "on", "steps": "1"}),
        ("/bureau/inscriptions/{occasion}/mails/reminder-day/", {"words": "À vélo"}),
        ("/bureau/inscriptions/{occasion}/accueil/", DOOR | {"slot": "{slot}"}),
        ("/bureau/lieux/nouveau/", VENUE),
        ("/bureau/lieux/elections/", {"election-day": "2027-05-10", "election-name": "Régionales"}),
    ],
)
def test_one_field_of_a_good_form_breaks_nothing(coordinator, evening, pattern, good):
    make_commune(code="59999")
    named = {"{part}": evening.part, "{slot}": evening.slot}
    good = {
        name: value if isinstance(value, list) else named.get(value, value) for name, value in good.items()
    }
    address = pattern.format(**vars(evening))
    assert hostile.status(coordinator, "post", address, good) == 302
    assert hostile.broken_by_one_field(coordinator, address, good) == []


def test_no_word_typed_for_a_date_breaks_its_alerts(coordinator, evening):
    typed = TYPED | {"occasion": str(evening.occasion), "room": str(evening.at.room_id)}
    assert hostile.status(coordinator, "get", "/bureau/dates/alertes/", typed) == 200
    assert hostile.broken_by_one_field(coordinator, "/bureau/dates/alertes/", typed, method="get") == []


def test_no_form_of_a_request_breaks_anything(coordinator, evening):
    broken = [
        one
        for address in addresses(" ".join(whole.EVERY), evening)
        for one in hostile.broken_by_form(coordinator, address, {"first_name", "words", "size", "q"})
    ]
    assert broken == []


@pytest.mark.parametrize("number", hostile.NUMBERS)
def test_a_number_that_is_nobody_s_is_not_found(coordinator, evening, number):
    numbers = [name for name, value in vars(evening).items() if isinstance(value, int)]
    given = {}
    for pattern in " ".join(whole.EVERY).split():
        for name in numbers:
            if f"{{{name}}}" in pattern:
                address = pattern.format(**vars(evening) | {name: number})
                read, sent = (hostile.status(coordinator, method, address) for method in ("get", "post"))
                given[address] = {read, sent} - {405}
    gone = f"/inscription/{evening.code}/offre/{number}/"
    assert given.pop(gone) == {302}  # it is told that the offer is over
    assert {address: codes for address, codes in given.items() if codes != {404}} == {}


@pytest.mark.parametrize(
    "word", ["%00", "%ff", "a" * 3_000, "..%2f..", "<script>", "%F0%9F%98%80", "-1", "%0d%0a"]
)
def test_a_secret_word_that_is_nobody_s_is_not_found(client, coordinator, evening, word):
    for pattern in (*whole.BY_LINK.split(), *whole.BY_LINK_ACT.split(), whole.ADD):
        address = pattern.format(**vars(evening) | {"code": word, "key": word})
        for visitor in (client, coordinator):
            read, sent = (hostile.status(visitor, method, address) for method in ("get", "post"))
            assert {read, sent} <= {404, 405}, address
    for visitor in (client, coordinator):
        assert hostile.status(visitor, "get", f"/e/{word}") in {200, 404}


NESTED = "[" * 100_000 + "]" * 100_000
PARCELS = {
    "nested list": NESTED,
    "nested object": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "nested in a word": '[{"key": ' + NESTED + "}]",
    "a number of many digits": f'[{{"at": {"9" * 5_000}}}]',
    "not closed": "[" * 50_000,
    "no list": '{"a": 1}',
    "infinite": '[{"at": Infinity, "size": NaN}]',
    "too many": json.dumps([{}] * 201),
    "empty": "",
    "a NUL": "[\0]",
}


@pytest.mark.parametrize("parcel", PARCELS)
def test_a_parcel_of_the_door_that_is_a_trap_is_refused(coordinator, evening, parcel):
    address = whole.DOOR.format(**vars(evening))
    code = hostile.status(coordinator, "post", address, {"words": PARCELS[parcel], "device": "t"})
    assert code == (200 if parcel == "infinite" else 400)


@pytest.mark.parametrize(
    "over",
    [
        {"first_name": "a\ud83d"},
        {"kind": "arrive", "ticket": "\udfff.x"},
        {"kind": "arrive", "ticket": "\0"},
        {"key": "\ud800"},
        {"key": [[1]]},
        {"kind": {"a": 1}},
        {"slot": [1, 2]},
        {"slot": "\ud800"},
        {"size": 1e308},
        {"size": True},
        {"size": 10**30},
        {"arrived": -5, "kind": "arrive", "booking": 2**80},
        {"registration": "\0", "kind": "admit"},
        {"of": "\ud800", "kind": "undo"},
        {"at": "\ud800"},
        {"at": -1e300},
        {"first_name": {"a": ["<b>"]}},
        {"first_name": "{0.__class__}"},
    ],
)
def test_a_word_of_the_door_that_is_none_is_answered(coordinator, evening, over):
    said = {"kind": "walk-in", "key": str(uuid4()), "slot": evening.slot, "first_name": "Zoé"} | over
    parcel = {"words": json.dumps([said]), "device": "t"}
    response = coordinator.post(whole.DOOR.format(**vars(evening)), parcel)
    assert response.status_code == 200
    assert len(response.json()["answers"]) == 1


def test_half_a_letter_said_at_the_door_keeps_the_name(coordinator, evening):
    """Telephones cut names in the middle of an emoji."""
    said = {"kind": "walk-in", "key": str(uuid4()), "slot": evening.slot, "first_name": "Zoé \ud83d"}
    coordinator.post(whole.DOOR.format(**vars(evening)), {"words": json.dumps([said]), "device": "t"})
    assert Registration.objects.get(origin="walk-in").first_name == "Zoé ?"
