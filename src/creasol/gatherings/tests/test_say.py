"""What participants say from the secret address of a gathering: without an account, once, and not without end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Harvest
from creasol.gatherings.queries.harvest import Door, door_of
from creasol.gatherings.views import harvest as views
from creasol.journal.models import Entry
from creasol.needs.models import Contribution

from .factories import make_gathering
from .test_harvest import address_of, going_on, html_of, staff_of, written

pytestmark = pytest.mark.django_db


def test_a_participant_says_something_without_an_account(client):
    gathering = going_on()
    here = address_of(gathering)
    page = client.get(here)
    assert "Qu’aimeriez-vous dire" in html_of(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "same-origin"
    response = client.post(here, written(may_be_shown="on"))
    assert response.headers["Location"] == f"{here}merci/"
    page = html_of(client.get(response.headers["Location"]))
    assert "Merci" in page
    assert f'href="{here}"' in page
    said = Contribution.objects.get()
    assert (said.words, said.noted_by, said.territory) == (
        "Un atelier vélo",
        None,
        gathering.edition.territory,
    )


def test_who_is_signed_in_leaves_no_more_trace_than_others():
    gathering = going_on()
    staff_of(gathering).post(address_of(gathering), written())
    assert Contribution.objects.get().noted_by is None
    assert Entry.objects.get(verb="note").actor is None


def test_a_double_send_is_one_row(client):
    gathering = going_on()
    twice = written()
    for _time in range(2):
        assert client.post(address_of(gathering), twice).status_code == 302
    assert (Contribution.objects.count(), Harvest.objects.count()) == (1, 1)


@pytest.mark.parametrize("key", ["faux", "é", "\0", "%", "x" * 500])
def test_another_key_opens_nothing(client, key):
    gathering = going_on()
    assert client.get(address_of(gathering, key)).status_code == 404
    assert client.post(address_of(gathering, key), written()).status_code == 404
    assert client.get(f"{address_of(gathering, key)}merci/").status_code == 404
    other = going_on()
    assert client.get(address_of(gathering, other.say_key)).status_code == 404


def test_the_page_is_open_from_the_start_until_two_weeks_after():
    gathering = make_gathering()
    starts, ends = gathering.occasion.starts_at, gathering.occasion.ends_at
    moments = (
        starts - timedelta(seconds=1),
        starts,
        ends + timedelta(days=14),
        ends + timedelta(days=14, seconds=1),
    )
    assert [door_of(gathering, at=at) for at in moments] == [Door.EARLY, Door.OPEN, Door.OPEN, Door.OVER]
    for state in (GatheringState.DRAFT, GatheringState.CANCELLED):
        gathering.state = state
        assert door_of(gathering, at=starts) == Door.SHUT


@pytest.mark.parametrize(
    ("when", "state", "says"),
    [
        (timedelta(days=3), GatheringState.CONFIRMED, "Cette page ouvre avec la rencontre"),
        (timedelta(days=-20), GatheringState.HELD, "Cette page est fermée"),
        (timedelta(0), GatheringState.DRAFT, "Cette page n’est pas ouverte"),
        (timedelta(0), GatheringState.CANCELLED, "Cette page n’est pas ouverte"),
    ],
)
def test_a_closed_page_says_why(client, when, state, says):
    now = timezone.now()
    gathering = make_gathering(
        starts_at=now + when, ends_at=now + when + timedelta(hours=2), state=state, title="Soirée secrète"
    )
    for response in (client.get(address_of(gathering)), client.post(address_of(gathering), written())):
        assert response.status_code == 403
        assert says in html_of(response)
        assert ("Soirée secrète" in html_of(response)) == (state not in {"draft", "cancelled"})
    assert not Contribution.objects.exists()


def test_nobody_floods_a_gathering(client, monkeypatch):
    gathering = going_on()
    monkeypatch.setattr(views, "MOST_BY_ONE", 2)
    for _time in range(2):
        assert client.post(address_of(gathering), written()).status_code == 302
    refused = client.post(address_of(gathering), written(words="Une de trop"))
    assert refused.status_code == 429
    assert "Revenez un peu plus tard" in html_of(refused)
    assert "Une de trop" in html_of(refused)
    other = Client()
    monkeypatch.setattr(views, "MOST_BY_ALL", 3)
    assert other.post(address_of(gathering), written()).status_code == 302
    assert "dans une heure" in html_of(Client().post(address_of(gathering), written()))
    assert Contribution.objects.count() == 3


def test_robots_and_hostile_words_harm_nothing(client):
    gathering = going_on()
    here = address_of(gathering)
    assert "pour les robots" in html_of(client.post(here, written(website="http://spam")))
    assert client.post(here, written(words="a\0b")).status_code == 200
    assert client.post(here, written(words="x" * 1_000_000)).status_code == 200
    assert client.post(here, written(kind="other")).status_code == 200
    assert client.post(here, written(request_key="x")).status_code == 200
    assert client.post(here, {}).status_code == 200
    assert not Contribution.objects.exists()
    client.post(here, written(words="<script>alert(1)</script> {{ x }}", may_be_shown="on"))
    page = html_of(client.get(f"/rencontres/{gathering.slug}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_of_another_site_is_refused():
    gathering = going_on()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address_of(gathering), written()).status_code == 403
    assert not Contribution.objects.exists()
