from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from icalendar import Calendar

from creasol.gatherings.actions.states import cancel_gathering, move_gathering
from creasol.gatherings.enums import GatheringState
from creasol.places.tests.factories import make_room, make_slot, make_venue
from creasol.programmes.tests.factories import make_edition, make_theme
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_gathering

pytestmark = pytest.mark.django_db
SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=20)


def upcoming(**over):
    return make_gathering(**{"starts_at": SOON, "opens_at": SOON - timedelta(days=30)} | over)


def events(client, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"].partition(";")[0]) == (
        200,
        "text/calendar",
    )
    return Calendar.from_ical(response.content).walk("VEVENT")


def titles(client, address):
    return [str(event["SUMMARY"]) for event in events(client, address)]


def test_the_calendar_holds_what_is_public_from_a_year_ago_on(client):
    upcoming(title="Confirmée")
    upcoming(title="Brouillon", state=GatheringState.DRAFT)
    make_gathering(title="Ancienne")
    make_gathering(title="D’hier", starts_at=SOON - timedelta(days=100), state=GatheringState.HELD)
    assert titles(client, "/rencontres/agenda.ics") == ["D’hier", "Confirmée"]


def test_a_calendar_of_a_programme_a_territory_or_a_theme(client):
    theme = make_theme()
    edition = theme.edition
    commune = make_commune()
    elsewhere = make_territory(communes=[commune])
    upcoming(title="Thème", edition=edition, theme=theme)
    upcoming(title="Édition", edition=edition)
    upcoming(title="Ailleurs", room=make_room(venue=make_venue(commune=commune)))
    address = "/rencontres/agenda.ics"
    assert titles(client, f"{address}?programme={edition.programme.slug}") == ["Thème", "Édition"]
    assert titles(client, f"{address}?territoire={edition.territory.slug}") == ["Thème", "Édition"]
    assert titles(client, f"{address}?territoire={elsewhere.slug}") == ["Ailleurs"]
    assert titles(client, f"{address}?theme={theme.pk}") == ["Thème"]


@pytest.mark.parametrize("text", ["inconnu", "\x00", "é" * 300, "9" * 40, "²"])
def test_an_unknown_calendar_is_not_the_whole_one(client, text):
    upcoming()
    for name in ("programme", "territoire", "theme"):
        assert client.get("/rencontres/agenda.ics", {name: text}).status_code == 404


@pytest.mark.parametrize(
    ("starts_at", "written"),
    [
        (datetime(2027, 3, 27, 17, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Paris:20270327T183000"),
        (datetime(2027, 3, 28, 16, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Paris:20270328T183000"),
        (datetime(2027, 10, 30, 16, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Paris:20271030T183000"),
        (datetime(2027, 10, 31, 17, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Paris:20271031T183000"),
    ],
)
def test_hours_are_those_of_the_clock_winter_and_summer(client, starts_at, written):
    make_gathering(slug="heure", starts_at=starts_at)
    text = client.get("/rencontres/heure/agenda.ics").content.decode()
    assert written in text.splitlines()
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("DTSTART") == starts_at


def test_one_event_lives_through_proposal_move_and_cancellation(client):
    gathering = upcoming(slug="vie", summary="Venez", practical="Par la cour", state=GatheringState.PROPOSED)
    [first] = events(client, "/rencontres/vie/agenda.ics")
    assert (str(first["STATUS"]), first["SEQUENCE"]) == ("TENTATIVE", 0)
    assert str(first["DESCRIPTION"]) == "Venez\n\nPar la cour"
    assert str(first["URL"]).endswith("/rencontres/vie/")
    gathering.state = GatheringState.CONFIRMED
    gathering.save()
    assert [str(event["STATUS"]) for event in events(client, "/rencontres/vie/agenda.ics")] == ["CONFIRMED"]
    week = timedelta(days=7)
    now = timezone.now()
    move_gathering(
        gathering,
        starts_at=SOON + week,
        ends_at=SOON + week + timedelta(hours=2),
        is_tentative=True,
        by=None,
        at=now,
    )
    [moved] = events(client, "/rencontres/vie/agenda.ics")
    assert (moved["UID"], moved["SEQUENCE"], str(moved["STATUS"])) == (first["UID"], 1, "TENTATIVE")
    assert moved.decoded("DTSTART") == SOON + week
    cancel_gathering(gathering, reason="Neige", by=None, at=now)
    [off] = events(client, "/rencontres/vie/agenda.ics")
    assert (off["UID"], off["SEQUENCE"], str(off["STATUS"])) == (first["UID"], 2, "CANCELLED")


def test_a_draft_has_no_calendar(client):
    make_gathering(slug="brouillon", state=GatheringState.DRAFT)
    assert client.get("/rencontres/brouillon/agenda.ics").status_code == 404


def test_the_feed_costs_the_same_however_long(client, django_assert_max_num_queries):
    edition = make_edition()
    for _ in range(2):
        make_slot(occasion=upcoming(edition=edition).occasion)
    with django_assert_max_num_queries(8) as two:
        client.get("/rencontres/agenda.ics")
    for _ in range(5):
        make_slot(occasion=upcoming(edition=edition).occasion)
    with django_assert_max_num_queries(len(two)):
        client.get("/rencontres/agenda.ics")


def test_news_are_an_atom_feed(client):
    upcoming(
        title="Manger d’ici & là",
        is_tentative=True,
        room=make_room(venue=make_venue(commune=make_commune(name="Seclin"))),
    )
    upcoming(title="Annulée", state=GatheringState.CANCELLED)
    response = client.get("/rencontres/agenda.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.fromstring(response.content).findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == ["Manger d’ici & là"]
    assert "Seclin (date à confirmer)" in entries[0].findtext(f"{atom}summary")
