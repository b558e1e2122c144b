import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.utils import timezone

from creasol.gatherings.enums import GatheringKind, GatheringState
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import Mode
from creasol.places.tests.factories import (
    STARTS_AT,
    make_access_fact,
    make_room,
    make_slot,
    make_venue,
)
from creasol.programmes.tests.factories import make_edition, make_theme
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_gathering, make_host

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SOON = NOW + timedelta(days=20)


def upcoming(**over):
    """Make a gathering to come that people can register for now."""
    return make_gathering(**{"starts_at": SOON, "opens_at": NOW - timedelta(days=1)} | over)


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def shown(client, address, **asked):
    context = client.get(address, asked).context
    return [str(one) for one in context["page"].object_list], [str(one) for one in context["past"]]


def at_commune(commune):
    return make_room(venue=make_venue(commune=commune))


def test_those_to_come_then_those_past(client):
    upcoming(title="Plus tard", starts_at=SOON + timedelta(days=1))
    upcoming(title="Bientôt")
    upcoming(title="Annulée", starts_at=SOON + timedelta(days=2), state=GatheringState.CANCELLED)
    upcoming(title="Aujourd’hui", starts_at=NOW - timedelta(minutes=1), ends_at=NOW + timedelta(hours=1))
    upcoming(title="Brouillon", state=GatheringState.DRAFT)
    make_gathering(title="Ancienne")
    make_gathering(title="Tenue", starts_at=STARTS_AT + timedelta(days=1), state=GatheringState.HELD, came=40)
    coming, past = shown(client, "/rencontres/")
    assert coming == ["Aujourd’hui", "Bientôt", "Plus tard", "Annulée"]
    assert past == ["Tenue", "Ancienne"]
    assert shown(client, "/rencontres/", quand="passees") == (["Tenue", "Ancienne"], [])
    html = page(client, "/rencontres/")
    for text in ("4 rencontres à venir", "40 personnes venues", "annulée", "2011"):
        assert text in html or text == "40 personnes venues"
    assert "40 personnes sont venues" in html


def test_a_card_says_the_date_the_places_and_what_is_uncertain(client):
    commune = make_commune(name="Seclin")
    full = upcoming(title="Pleine", room=at_commune(commune), is_tentative=True)
    make_slot(occasion=full.occasion, capacity=2, taken=2)
    free = upcoming(title="Libre")
    make_slot(occasion=free.occasion, capacity=None)
    open_one = upcoming(title="Ouverte")
    make_slot(occasion=open_one.occasion, capacity=20, taken=8)
    make_slot(occasion=open_one.occasion, mode=Mode.REMOTE, capacity=5)
    html = page(client, "/rencontres/")
    for text in (
        "Seclin",
        "date à confirmer",
        "complet",
        "liste d’attente",
        "accès libre",
        "17 places libres",
        "à distance",
    ):
        assert text in html


def test_the_list_is_narrowed(client):
    theme = make_theme(name="Se nourrir")
    edition = theme.edition
    seclin, loos = make_commune(name="Seclin"), make_commune(name="Loos")
    around = make_territory(communes=[loos])
    other = make_edition(territory=around)
    upcoming(title="Évènement à table", edition=edition, theme=theme, room=at_commune(seclin))
    upcoming(
        title="Forum",
        edition=edition,
        room=at_commune(loos),
        kind=GatheringKind.FORUM,
        starts_at=SOON + timedelta(days=10),
    )
    upcoming(title="Ailleurs", edition=other, starts_at=SOON + timedelta(days=11))
    day = timezone.localtime(SOON).date()
    for asked, titles in (
        ({"commune": seclin.code}, ["Évènement à table"]),
        ({"theme": theme.pk}, ["Évènement à table"]),
        ({"genre": "forum"}, ["Forum"]),
        ({"territoire": edition.territory.slug}, ["Évènement à table", "Forum"]),
        ({"territoire": around.slug}, ["Forum", "Ailleurs"]),
        ({"q": "evenement TABLE"}, ["Évènement à table"]),
        ({"q": "nourrir"}, ["Évènement à table"]),
        ({"q": "loos"}, ["Forum"]),
        ({"du": day + timedelta(days=1)}, ["Forum", "Ailleurs"]),
        ({"au": day}, ["Évènement à table"]),
        ({"du": day, "au": day + timedelta(days=10), "genre": "forum"}, ["Forum"]),
    ):
        assert shown(client, "/rencontres/", **asked)[0] == titles, asked
    assert "Aucune rencontre ne correspond" in page(client, "/rencontres/?q=introuvable")


def test_only_what_is_known_to_be_accessible(client):
    lift, steps = make_venue(), make_venue()
    for venue in (lift, steps):
        make_access_fact(venue=venue, feature="step-free", answer="yes" if venue == lift else "no")
    signed = upcoming(title="Signée", room=make_room(venue=lift))
    make_access_fact(occasion=signed.occasion, venue=None, feature="sign-language")
    upcoming(title="De plain-pied", room=make_room(venue=lift), starts_at=SOON + timedelta(days=1))
    upcoming(title="Marches", room=make_room(venue=steps))
    upcoming(title="Inconnu", room=make_room())
    assert shown(client, "/rencontres/", acces="step-free")[0] == ["Signée", "De plain-pied"]
    assert shown(client, "/rencontres/", acces=["step-free", "sign-language"])[0] == ["Signée"]
    assert len(shown(client, "/rencontres/", acces="inconnu")[0]) == 4
    assert 'value="step-free" checked' in page(client, "/rencontres/?acces=step-free")


@pytest.mark.parametrize(
    "text", ['"', "%", "\x00", "é" * 3000, "<script>", "9999-12-31", "0001-01-01", "2011-13-45", "-1"]
)
def test_hostile_questions_get_an_answer(client, text):
    make_gathering()
    names = ("q", "commune", "territoire", "theme", "genre", "du", "au", "acces", "quand", "page", "mois")
    for address in (
        "/rencontres/",
        "/rencontres/rencontres.csv",
        "/rencontres/calendrier/",
        "/api/gatherings",
    ):
        given = dict.fromkeys(names, text) | {
            "commune": text,
            "territory": text,
            "since": text,
            "until": text,
        }
        response = client.get(address, given)
        assert response.status_code in {200, 422}
        assert '<script>"' not in response.content.decode()


def test_an_empty_list_says_what_to_do(client):
    assert "Rien n’est annoncé pour l’instant" in page(client, "/rencontres/")


def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries):
    edition = make_edition()

    def more(count):
        for _ in range(count):
            make_slot(occasion=upcoming(edition=edition, room=make_room()).occasion)
            make_slot(occasion=make_gathering(edition=edition).occasion)

    more(1)
    with django_assert_max_num_queries(14) as one:
        client.get("/rencontres/")
    more(5)
    with django_assert_max_num_queries(len(one)):
        client.get("/rencontres/")


def test_the_list_is_a_file_too(client):
    theme = make_theme(name="Se nourrir")
    commune = make_commune(name="Emmerin")
    room = make_room(name="Salle du conseil", venue=make_venue(name="Mairie", commune=commune))
    gathering = make_gathering(
        slug="manger", title="Manger d’ici", edition=theme.edition, theme=theme, room=room, came=31,
        state=GatheringState.HELD,
    )  # fmt: skip
    make_slot(occasion=gathering.occasion, capacity=40, taken=30)
    make_host(gathering=gathering, organisation=make_organisation(name="Ville d’Emmerin"))
    make_gathering(state=GatheringState.DRAFT)
    rows = list(csv.reader(StringIO(client.get("/rencontres/rencontres.csv").content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["adresse", "titre", "genre", "état"]
    assert rows[1:] == [
        [
            f"{settings.SITE_URL}/rencontres/manger/",
            "Manger d’ici",
            "soirée thématique",
            "tenue",
            "2011-11-07T18:00:00+01:00",
            "2011-11-07T20:00:00+01:00",
            "non",
            "Emmerin",
            "Mairie, Salle du conseil",
            "sur place",
            "40",
            "10",
            theme.edition.name,
            "Se nourrir",
            "Ville d’Emmerin",
            "31",
            "non",
        ]
    ]


# A month


def test_a_month_day_by_day(client):
    make_gathering(title="Manger d’ici", slug="manger")
    make_gathering(title="Minuit", starts_at=datetime(2011, 10, 31, 23, 0, tzinfo=UTC), is_tentative=True)
    make_gathering(title="Décembre", starts_at=datetime(2011, 12, 1, 18, 0, tzinfo=UTC))
    response = client.get("/rencontres/calendrier/?mois=2011-11")
    month = response.context["month"]
    found = {day.date.day: [str(one) for one in day.gatherings] for day in month.days if day.gatherings}
    assert (found, month.offset, len(month.days), month.total) == (
        {1: ["Minuit"], 7: ["Manger d’ici"]},
        1,
        30,
        2,
    )
    html = re.sub(r"\s+", " ", response.content.decode())
    for text in (
        "Novembre 2011",
        '?mois=2011-10"',
        '?mois=2011-12"',
        "/rencontres/manger/",
        "lundi </span>7",
        "à confirmer",
    ):
        assert text in html


@pytest.mark.parametrize("text", ["", "2011", "2011-00", "2011-13", "3000-01", "²011-01", "201１-01", "\x00"])
def test_a_month_that_is_none_is_this_one(client, text):
    month = client.get("/rencontres/calendrier/", {"mois": text}).context["month"]
    assert month.first == timezone.localdate().replace(day=1)


def test_the_calendar_has_ends(client):
    assert client.get("/rencontres/calendrier/?mois=1900-01").context["month"].previous is None
    assert client.get("/rencontres/calendrier/?mois=2999-12").context["month"].next is None
