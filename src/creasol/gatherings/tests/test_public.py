import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.gatherings import gathering_page, gatherings_visible_to
from creasol.network.tests.factories import make_organisation
from creasol.places.tests.factories import (
    make_move,
    make_room,
    make_slot,
    make_venue,
)
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_theme
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_gathering, make_host, make_series, make_speaker

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SOON = NOW + timedelta(days=20)


def upcoming(**over):
    """Make a gathering to come that people can register for now."""
    return make_gathering(**{"starts_at": SOON, "opens_at": NOW - timedelta(days=1)} | over)


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def at_commune(commune):
    return make_room(venue=make_venue(commune=commune))


def test_a_page_says_everything(client):
    commune = make_commune(name="Emmerin")
    venue = make_venue(
        name="Mairie", address="Rue A.-Potié", commune=commune, directions="Entrée par la cour",
        access_contact="accueil@example.org",
    )  # fmt: skip
    theme = make_theme(name="Se nourrir")
    gathering = upcoming(
        slug="manger", title="Manger d’ici", summary="Circuits courts", description="On **goûte**",
        edition=theme.edition, theme=theme, room=make_room(venue=venue, name="Salle"), practical="Apportez un bol",
    )  # fmt: skip
    make_slot(occasion=gathering.occasion, capacity=40, taken=12)
    make_host(gathering=gathering, organisation=make_organisation(name="Ville", slug="ville"))
    make_host(gathering=gathering, organisation=make_organisation(name="Discrète", listed=False))
    make_speaker(gathering=gathering, name="Noa Petit", title="maraîchère")
    html = page(client, "/rencontres/manger/")
    for text in (
        "Circuits courts", "<strong>goûte</strong>", "Mairie, Salle", "Rue A.-Potié", "Entrée par la cour",
        "accueil@example.org", "Apportez un bol", '<a href="/annuaire/ville/">Ville</a>', "<li>Discrète</li>",
        "Noa Petit", "maraîchère", "28</span> places libres sur 40", f"/s-inscrire/{gathering.occasion.pk}/",
        "S’inscrire", "/rencontres/manger/agenda.ics", "Se nourrir", "Tout public",
    ):  # fmt: skip
        assert text in html, text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (data["name"], data["remainingAttendeeCapacity"]) == ("Manger d’ici", 28)
    assert [one["name"] for one in data["organizer"]] == ["Ville", "Discrète"]


@pytest.mark.parametrize(
    ("over", "capacity", "text"),
    [
        ({}, None, "Accès libre : sans inscription"),
        ({}, 0, "Se mettre en liste d’attente"),
        ({"opens_at": NOW + timedelta(days=3)}, 5, "Les inscriptions ouvrent le"),
        ({"closes_at": NOW - timedelta(hours=1)}, 5, "Les inscriptions sont closes."),
        ({"opens_at": None, "state": GatheringState.PROPOSED}, 5, "proposée, pas encore confirmée"),
        ({"is_tentative": True}, 5, "Cette date reste à confirmer"),
        ({"state": GatheringState.CANCELLED, "cancel_reason": "Neige"}, 5, "Neige"),
        ({"is_example": True}, 5, "Rencontre inventée"),
    ],
)
def test_what_one_has_to_know_before_coming(client, over, capacity, text):
    gathering = upcoming(slug="une", **over)
    make_slot(occasion=gathering.occasion, capacity=capacity)
    html = page(client, "/rencontres/une/").replace("\u00a0", " ")
    assert text in html
    is_open = capacity is not None and not over.keys() & {"opens_at", "closes_at", "state"}
    assert ("/s-inscrire/" in html.partition("<body")[2]) == is_open


def test_a_moved_one_shows_its_former_date(client):
    gathering = upcoming(slug="une", state=GatheringState.MOVED)
    make_move(occasion=gathering.occasion, reason="Vacances")
    html = page(client, "/rencontres/une/")
    for text in (
        "La date ou le lieu a changé",
        "<s>lundi 7 novembre 2011",
        "Vacances",
        "EventRescheduled",
        "2011-11-07T18:00",
    ):
        assert text in html


def test_a_past_one_says_how_many_came(client):
    gathering = make_gathering(slug="une", state=GatheringState.HELD, came=31)
    make_slot(occasion=gathering.occasion, capacity=40)
    html = page(client, "/rencontres/une/")
    assert "31</span> personnes sont venues." in html
    assert "/s-inscrire/" not in html


def test_a_series_links_its_dates(client):
    series = make_series(name="Café des idées")
    for number, state in enumerate(("held", "confirmed", "draft", "confirmed")):
        upcoming(
            slug=f"cafe-{number}", series=series, state=state, starts_at=SOON + timedelta(days=7 * number)
        )
    html = page(client, "/rencontres/cafe-1/")
    assert re.findall(r'<a href="/rencontres/(cafe-\d)/" rel="(\w+)"', html) == [
        ("cafe-0", "prev"),
        ("cafe-3", "next"),
    ]


def test_the_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    gathering = upcoming(slug="une", room=make_room())
    make_slot(occasion=gathering.occasion)
    for _ in range(3):
        make_host(gathering=gathering)
        make_speaker(gathering=gathering)
    with django_assert_max_num_queries(9):
        client.get("/rencontres/une/")


# Who sees what


def test_list_and_page_agree_on_who_sees_a_draft():
    edition = make_edition()
    make_gathering(slug="brouillon", edition=edition, state=GatheringState.DRAFT)
    make_gathering(slug="publique", edition=edition)
    people = {
        None: False,
        make_user(): False,
        make_membership(role=Role.FUNDER, programme=edition.programme).user: False,
        make_membership(role=Role.ADVISER).user: False,
        make_membership(role=Role.ADVISER, programme=edition.programme).user: True,
        make_user(is_administrator=True): True,
    }
    for user, sees in people.items():
        listed = set(gatherings_visible_to(user).values_list("slug", flat=True))
        assert listed == ({"brouillon", "publique"} if sees else {"publique"})
        for slug in ("brouillon", "publique"):
            if slug in listed:
                assert gathering_page(slug, user, at=NOW).gathering.slug == slug
            else:
                with pytest.raises(Gathering.DoesNotExist):
                    gathering_page(slug, user, at=NOW)


def test_a_draft_is_shown_to_the_team_only(client):
    edition = make_edition()
    upcoming(slug="brouillon", edition=edition, state=GatheringState.DRAFT)
    assert client.get("/rencontres/brouillon/").status_code == 404
    sign_in(client, make_membership(role=Role.ADVISER, programme=edition.programme).user)
    html = page(client, "/rencontres/brouillon/")
    assert "seule l’équipe voit cette page" in html
    assert "ld+json" not in html


def test_a_territory_a_commune_and_an_edition_show_theirs(client):
    commune = make_commune(code="59560", name="Seclin")
    edition = make_edition(territory=make_territory(slug="couronne", communes=[commune]), slug="edition-x")
    upcoming(title="Manger d’ici", edition=edition, room=at_commune(commune))
    make_gathering(title="Ancienne", edition=edition, state=GatheringState.HELD)
    for address, past in (
        ("/territoires/couronne/", True),
        ("/communes/59560/", False),
        ("/editions/edition-x/", True),
    ):
        html = page(client, address)
        assert "Manger d’ici" in html
        assert ("Ancienne" in html) == past


def test_the_interface_tells_what_everyone_may_read(client):
    commune = make_commune(code="59560", name="Seclin")
    room = make_room(name="Salle", venue=make_venue(name="Mairie", address="Rue", commune=commune))
    gathering = make_gathering(slug="manger", title="Manger d’ici", state=GatheringState.MOVED, room=room)
    make_slot(occasion=gathering.occasion, capacity=40, taken=12)
    make_move(occasion=gathering.occasion, reason="Vacances")
    make_gathering(state=GatheringState.DRAFT, slug="brouillon")
    assert client.get("/api/gatherings").json() == {"total": 0, "gatherings": []}
    answer = client.get("/api/gatherings", {"past": "true", "commune": "59560", "since": "2011-11-07"}).json()
    assert answer["total"] == 1
    assert (
        answer["gatherings"][0]
        == client.get("/api/gatherings/manger").json()
        == {
            "slug": "manger",
            "url": f"{settings.SITE_URL}/rencontres/manger/",
            "title": "Manger d’ici",
            "summary": "",
            "kind": "evening",
            "state": "moved",
            "starts_at": "2011-11-07T18:00:00+01:00",
            "ends_at": "2011-11-07T20:00:00+01:00",
            "date_to_be_confirmed": False,
            "former_dates": [
                {
                    "starts_at": "2011-11-07T18:00:00+01:00",
                    "ends_at": "2011-11-07T20:00:00+01:00",
                    "reason": "Vacances",
                }
            ],
            "place": {
                "room": "Salle",
                "venue": "Mairie",
                "address": "Rue",
                "commune": "Seclin",
                "commune_code": "59560",
            },
            "mode": "on-site",
            "capacity": 40,
            "places_left": 28,
            "full": False,
            "edition": gathering.edition.slug,
            "theme": None,
            "series": None,
            "holders": [],
            "came": None,
            "cancel_reason": "",
            "example": False,
        }
    )
    assert client.get("/api/gatherings", {"past": "true", "commune": "99999"}).json()["total"] == 0
    assert client.get("/api/gatherings", {"until": "0"}).status_code == 422
    assert client.get("/api/gatherings/brouillon").status_code == 404
