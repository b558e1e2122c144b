"""A person's own calendar: behind a secret address, with what the own addresses are registered for."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.places.actions.calendar_keys import renew_calendar_key, revoke_calendar_key
from creasol.places.models import CalendarKey

from .factories import AT, STARTS_AT, make_booking, make_occasion, make_registration, make_room, make_slot

pytestmark = pytest.mark.django_db


def register(user_or_address, *, state="confirmed", mode="on-site", **over):
    occasion = make_occasion(**over)
    address = getattr(user_or_address, "email", user_or_address)
    registration = make_registration(occasion=occasion, email=address)
    make_booking(registration=registration, slot=make_slot(occasion=occasion, mode=mode), state=state)
    return registration


def events(client, key):
    answer = client.get(f"/agenda/{key}.ics")
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_it_holds_what_the_person_is_registered_for_and_did_not_cancel(client):
    ada = make_user(email="ada@example.org")
    EmailAddress.objects.create(user=ada, email="ada@work.example", verified=True)
    EmailAddress.objects.create(user=ada, email="eve@example.org", verified=False)
    mine = register("ADA@example.org", title="Soirée", room=make_room())
    register("ada@work.example", title="Forum", state="waiting", starts_at=STARTS_AT + timedelta(days=1))
    register(ada, title="Annulée", cancelled_at=AT, starts_at=STARTS_AT + timedelta(days=2))
    register(ada, state="cancelled")
    register("eve@example.org")
    register("bob@example.org")
    key = renew_calendar_key(ada, at=AT).key

    found = events(client, key)

    assert [(str(one["SUMMARY"]), str(one["STATUS"])) for one in found] == [
        ("Soirée", "CONFIRMED"),
        ("Forum", "TENTATIVE"),
        ("Annulée", "CANCELLED"),
    ]
    assert found[0]["UID"] == f"occasion-{mine.occasion_id}@127.0.0.1"
    assert found[1]["DESCRIPTION"] == "Vous n’avez pas encore de place."
    assert found[0]["URL"].endswith(f"/inscription/{mine.code}/")


@pytest.mark.parametrize(("days", "shown"), [(0, True), (3, False)])
def test_it_holds_the_link_to_join_remotely_from_the_day_before(client, days, shown):
    ada = make_user()
    starts_at = timezone.now() + timedelta(days=days, hours=2)
    register(ada, mode="remote", remote_link="https://visio.example/salle", starts_at=starts_at)
    [event] = events(client, renew_calendar_key(ada, at=AT).key)

    assert ("visio.example" in event.get("DESCRIPTION", "")) is shown


def test_no_cache_keeps_it_and_no_search_engine_finds_it(client):
    key = renew_calendar_key(make_user(), at=AT).key
    answer = client.get(f"/agenda/{key}.ics")

    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_new_address_makes_the_old_one_useless_and_a_closed_one_opens_nothing(client):
    ada = make_user()
    first = renew_calendar_key(ada, at=AT).key
    second = renew_calendar_key(ada, at=AT).key
    assert len(second) == 24
    assert [client.get(f"/agenda/{key}.ics").status_code for key in (first, second)] == [404, 200]

    ada.is_active = False
    ada.save()
    assert client.get(f"/agenda/{second}.ics").status_code == 404
    ada.is_active = True
    ada.save()
    revoke_calendar_key(ada, at=AT)
    revoke_calendar_key(ada, at=AT)
    assert client.get(f"/agenda/{second}.ics").status_code == 404
    assert client.get("/agenda/%00.ics").status_code == 404


def test_its_page_makes_renews_and_closes_the_address(client):
    assert client.get("/mon-agenda/").status_code == 302
    ada = make_user()
    client.force_login(ada)
    register(ada, title="Soirée des acteurs", starts_at=timezone.now() + timedelta(days=9))
    page = client.get("/mon-agenda/").content.decode()
    assert "Soirée des acteurs" in page
    assert "agenda/" not in page.replace("mon-agenda/", "")

    client.post("/mon-agenda/", {"renew": "yes"})
    first = CalendarKey.objects.get().key
    assert f"/agenda/{first}.ics" in client.get("/mon-agenda/").content.decode()
    client.post("/mon-agenda/", {"renew": "yes"})
    assert CalendarKey.objects.get().key != first
    client.post("/mon-agenda/", {"close": "yes"})
    assert not CalendarKey.objects.exists()


def test_it_takes_the_same_number_of_queries_for_one_and_three_dates(client):
    ada = make_user()
    key = renew_calendar_key(ada, at=AT).key

    def count():
        with CaptureQueriesContext(connection) as queries:
            events(client, key)
        return len(queries)

    register(ada, room=make_room())
    one = count()
    register(ada, room=make_room())
    register(ada, room=make_room())

    assert count() == one


def test_that_there_is_an_address_is_told_but_not_which():
    ada = make_user()
    assert "calendar_address" not in export_user(ada)
    renew_calendar_key(ada, at=AT)

    assert export_user(ada)["calendar_address"] == {"made_at": "2011-10-10T09:00:00+00:00"}
