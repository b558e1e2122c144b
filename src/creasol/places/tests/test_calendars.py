"""What dates are held against: calendars of partners brought as files, days of elections."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.places.actions.calendars import (
    CalendarDraft,
    import_calendar,
    load_election_days,
    remove_election_day,
)
from creasol.places.election_days import election_days
from creasol.places.models import ElectionDay, PartnerCalendar, PartnerEvent
from creasol.places.partner_calendar import PartnerMoment
from creasol.programmes.tests.factories import make_membership

from .factories import AT, make_election_day, make_partner_calendar

pytestmark = pytest.mark.django_db


def moment(number: int, **over) -> PartnerMoment:
    starts_at = datetime(2011, 11, number, 17, tzinfo=UTC)
    fields = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "uid": f"{number}",
        "title": "Marché",
    }
    return PartnerMoment(**fields | over)


def bring(*moments: PartnerMoment, name: str = "Ville", at: datetime = AT):
    return import_calendar(CalendarDraft(name=name, moments=moments), by=make_user(), at=at)


def test_a_file_brought_again_takes_the_place_of_what_was_there():
    first = bring(moment(1), moment(2))
    assert (first.added, first.removed) == (2, 0)
    kept = PartnerEvent.objects.get(uid="1")
    later = bring(moment(1), moment(3, title="Fête"), name=" VILLE ", at=AT + timedelta(days=1))
    assert (later.added, later.removed, later.calendar) == (1, 1, first.calendar)
    assert list(PartnerEvent.objects.values_list("uid", "title")) == [("1", "Marché"), ("3", "Fête")]
    assert PartnerEvent.objects.get(uid="1") == kept
    assert PartnerCalendar.objects.get().imported_at == AT + timedelta(days=1)


def test_the_same_file_twice_changes_nothing():
    bring(moment(1), moment(2))
    rows = list(PartnerEvent.objects.values())
    again = bring(moment(2), moment(1), at=AT + timedelta(days=1))
    assert again.is_same
    assert list(PartnerEvent.objects.values()) == rows
    assert PartnerCalendar.objects.get().imported_at == AT
    assert Entry.objects.filter(verb="import").count() == 1


def test_another_title_at_the_same_time_replaces_the_former():
    bring(moment(1))
    bring(moment(1, title="Annulé"))
    assert [event.title for event in PartnerEvent.objects.all()] == ["Annulé"]


def test_the_list_of_elections_is_of_days_when_people_vote():
    days = election_days()
    assert days[date(2012, 4, 22)] == "Élection présidentielle, 1er tour"
    assert days[date(2014, 5, 25)] == "Élections européennes"
    # in mainland France people vote on Sundays
    assert {day.weekday() for day in days} == {6}
    assert len(days) == 31


def test_loading_elections_twice_is_loading_them_once_and_spares_what_is_there():
    make_election_day(day=date(2012, 4, 22), name="Comme l’équipe l’a dit")
    load_election_days(at=AT)
    load_election_days(at=AT)
    assert ElectionDay.objects.count() == 31
    assert ElectionDay.objects.get(day=date(2012, 4, 22)).name == "Comme l’équipe l’a dit"
    remove_election_day(ElectionDay.objects.get(day=date(2012, 5, 6)), by=make_user(), at=AT)
    assert ElectionDay.objects.count() == 30


# The screen


@pytest.fixture
def team(client):
    user = make_user()
    make_membership(user=user)
    client.force_login(user)
    return client


def upload(content: bytes, name: str = "Ville") -> dict:
    return {"name": name, "file": SimpleUploadedFile("agenda.ics", content, "text/calendar")}


def calendar_file(title: str = "Braderie") -> bytes:
    day = timezone.localdate() + timedelta(days=20)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{title}\r\n"
        f"DTSTART:{day:%Y%m%d}T180000\r\nDTEND:{day:%Y%m%d}T200000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_the_team_brings_a_calendar_twice_then_removes_it(team):
    address = reverse("places:calendars")
    page = team.post(address, upload(calendar_file()), follow=True).content.decode()
    assert "Événements nouveaux : 1" in page.replace("\xa0", " ").replace("\u202f", " ")
    event = PartnerEvent.objects.get()
    assert timezone.localtime(event.starts_at).hour == 18
    assert "rien de nouveau" in team.post(address, upload(calendar_file()), follow=True).content.decode()
    team.post(reverse("places:remove_calendar", args=[event.calendar_id]))
    assert not PartnerEvent.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "Ce n’est pas un agenda"),
        (b"x" * 2_000_001, "trop gros"),
        (calendar_file().replace(b"DTEND", b"RRULE:FREQ=HOURLY\r\nDTEND"), "se répète trop souvent"),
        (
            calendar_file().replace(b"DTEND", b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nDTEND"),
            "un jour qui n’arrive jamais",
        ),
        (
            calendar_file().replace(
                b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5000 + b"BEGIN:VEVENT"
            ),
            "5000 au plus",
        ),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words(team, content, words):
    make_partner_calendar(name="Ville")
    page = team.post(reverse("places:calendars"), upload(content)).content.decode()
    assert words in page
    assert not PartnerEvent.objects.exists()


def test_the_team_adds_and_removes_days_of_elections(team):
    day = (timezone.localdate() + timedelta(days=90)).isoformat()
    said = {"election-day": day, "election-name": "Élections d’essai"}
    page = team.post(reverse("places:add_election"), said, follow=True).content.decode()
    assert "Élections d’essai" in page
    assert "déjà dans la liste" in team.post(reverse("places:add_election"), said).content.decode()
    team.post(reverse("places:remove_election", args=[ElectionDay.objects.get().pk]))
    assert not ElectionDay.objects.exists()


def test_a_get_changes_nothing(team):
    calendar, election = make_partner_calendar(), make_election_day()
    addresses = [
        reverse("places:remove_calendar", args=[calendar.pk]),
        reverse("places:remove_election", args=[election.pk]),
        reverse("places:add_election"),
    ]
    assert [team.get(address).status_code for address in addresses] == [405, 405, 405]
