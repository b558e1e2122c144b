"""Calendar files, read back as calendar programs do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from icalendar import Calendar

from creasol.places.calendar_file import (
    Event,
    EventStatus,
    Method,
    calendar_answer,
    calendar_of,
    event_for,
    event_of,
)
from creasol.places.queries.mails import told_to

from .factories import AT, make_booking, make_move, make_occasion, make_registration, make_room, make_slot

PARIS = ZoneInfo("Europe/Paris")


def event(**over):
    fields = {
        "uid": "occasion-1@127.0.0.1",
        "sequence": 0,
        "title": "Soirée",
        "starts_at": datetime(2011, 11, 7, 17, tzinfo=UTC),
        "ends_at": datetime(2011, 11, 7, 19, tzinfo=UTC),
        "place": "",
        "description": "",
        "url": "",
        "status": EventStatus.CONFIRMED,
        "updated_at": AT,
    }
    return Event(**fields | over)


def read(content):
    """Return a calendar and its events."""
    calendar = Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")


def one(content):
    [only] = read(content)[1]
    return only


@pytest.mark.parametrize(
    ("start", "offset"),
    [
        # the clocks go forward on 27 March 2011 at two o'clock, back on 30 October at three
        (datetime(2011, 3, 27, 1, 30, tzinfo=PARIS), 1),
        (datetime(2011, 3, 27, 3, 30, tzinfo=PARIS), 2),
        (datetime(2011, 10, 30, 1, 30, tzinfo=PARIS), 2),
        (datetime(2011, 10, 30, 3, 30, tzinfo=PARIS), 1),
        (datetime(2011, 11, 7, 18, 0, tzinfo=PARIS), 1),
        (datetime(2026, 3, 28, 23, 30, tzinfo=PARIS), 1),
        (datetime(2026, 3, 29, 3, 30, tzinfo=PARIS), 2),
        (datetime(2026, 10, 24, 23, 30, tzinfo=PARIS), 2),
        (datetime(2026, 10, 25, 3, 30, tzinfo=PARIS), 1),
    ],
)
def test_hours_are_those_of_paris_by_the_rules_in_the_file_itself(start, offset):
    content = calendar_of([event(starts_at=start, ends_at=start + timedelta(hours=2))], name="Agenda")
    calendar, [only] = read(content)

    assert only["DTSTART"].to_ical().decode() == f"{start:%Y%m%dT%H%M%S}"
    assert only["DTSTART"].params["TZID"] == "Europe/Paris"
    assert only.decoded("DTSTART") == start
    [zone] = calendar.walk("VTIMEZONE")
    rules = zone.to_tz(lookup_tzid=False)
    assert rules.utcoffset(start.replace(tzinfo=None)) == timedelta(hours=offset)
    assert start.utcoffset() == timedelta(hours=offset)


def test_an_event_that_lasts_over_the_change_of_clocks_is_as_long_as_it_is():
    start = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)  # 1:00 in Paris
    only = one(calendar_of([event(starts_at=start, ends_at=start + timedelta(hours=3))], name="Agenda"))

    assert only["DTEND"].to_ical() == b"20260329T050000"
    assert only.decoded("DTEND") == start + timedelta(hours=3)


def test_what_the_standard_asks_for_is_there():
    calendar, [only] = read(calendar_of([event()], name="Rencontres"))

    assert (calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert calendar["X-WR-CALNAME"] == "Rencontres"
    assert (only["UID"], only["SEQUENCE"], only["STATUS"]) == ("occasion-1@127.0.0.1", 0, "CONFIRMED")
    assert only["DTSTAMP"].to_ical() == only["LAST-MODIFIED"].to_ical() == b"20111010T090000Z"


def test_long_lines_are_folded_and_every_sign_comes_back():
    words = "Été ; hiver, « midi » \\ minuit\nà l’aise 🎉 " * 12
    content = calendar_of([event(title=words.replace("\n", " "), description=words)], name="Agenda")

    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    assert "\n" not in content.replace("\r\n", "")
    assert one(content)["DESCRIPTION"] == words
    assert one(content)["SUMMARY"] == words.replace("\n", " ")


@pytest.mark.django_db
def test_an_occasion_is_the_same_event_all_its_life_long(settings):
    settings.SITE_URL = "https://creation.example"
    room = make_room(name="Grande salle")
    room.venue.address = "1 place de la Mairie"
    occasion = make_occasion(
        title="Soirée", page="/rencontres/soiree/", room=room, practical="Tram 1", is_tentative=True
    )
    first = event_of(occasion)
    make_move(occasion=occasion, at=AT + timedelta(days=1))
    occasion.version, occasion.is_tentative = 1, False
    moved = event_of(occasion)
    occasion.cancelled_at = AT + timedelta(days=2)
    cancelled = event_of(occasion)

    assert first.uid == moved.uid == cancelled.uid == f"occasion-{occasion.pk}@creation.example"
    assert [one.sequence for one in (first, moved, cancelled)] == [0, 1, 2]
    assert [one.status for one in (first, moved, cancelled)] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert [one.updated_at - AT for one in (first, moved, cancelled)] == [
        timedelta(days=days) for days in (0, 1, 2)
    ]
    assert first.url == "https://creation.example/rencontres/soiree/"
    assert first.place == f"{room.venue.name}, Grande salle, 1 place de la Mairie, {room.venue.commune}"
    assert first.description == "Tram 1"


@pytest.mark.django_db
def test_a_cancellation_says_so_to_calendars():
    occasion = make_occasion(cancelled_at=AT, version=3)
    calendar, [only] = read(calendar_of([event_of(occasion)], name="Agenda", method=Method.CANCEL))

    assert calendar["METHOD"] == "CANCEL"
    assert (only["STATUS"], only["SEQUENCE"]) == ("CANCELLED", 4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "at", "shown"),
    [
        ("remote", datetime(2011, 11, 5, 23, 59, tzinfo=PARIS), False),
        ("remote", datetime(2011, 11, 6, 0, 0, tzinfo=PARIS), True),
        ("on-site", datetime(2011, 11, 7, 17, 0, tzinfo=PARIS), False),
    ],
)
def test_the_link_to_join_remotely_is_for_those_who_join_from_the_day_before(mode, at, shown):
    occasion = make_occasion(remote_link="https://visio.example/salle", practical="Avec un casque")
    registration = make_registration(occasion=occasion)
    make_booking(registration=registration, slot=make_slot(occasion=occasion, mode=mode))
    told = told_to(registration)
    own = event_for(told, url="https://x.example/", remote_link=told.remote_link(at=at))

    assert ("https://visio.example/salle" in own.description) is shown
    assert own.description.startswith("Avec un casque")
    assert "visio.example" not in calendar_of([event_of(occasion)], name="Agenda")


def test_a_calendar_program_that_has_it_already_downloads_nothing():
    content = calendar_of([event()], name="Agenda")
    first = calendar_answer(RequestFactory().get("/"), content, name="agenda.ics")
    again = calendar_answer(
        RequestFactory().get("/", HTTP_IF_NONE_MATCH=first["ETag"]), content, name="agenda.ics"
    )
    changed = calendar_of([event(sequence=1)], name="Agenda")
    newer = calendar_answer(
        RequestFactory().get("/", HTTP_IF_NONE_MATCH=first["ETag"]), changed, name="agenda.ics"
    )

    assert first["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert (first.status_code, again.status_code, newer.status_code) == (200, 304, 200)
    assert first.content.decode() == content


def test_what_a_calendar_is_called_is_one_line_of_text():
    content = calendar_of([], name="Bien manger, ici ; là\r\nX-EVIL:1")
    assert "\r\nX-WR-CALNAME:Bien manger\\, ici \\; là X-EVIL:1\r\n" in content
    assert "\r\nX-EVIL" not in content
