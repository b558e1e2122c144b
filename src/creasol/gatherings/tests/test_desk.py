import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Gathering, Series
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import BookingState
from creasol.places.tests.factories import STARTS_AT, make_booking, make_room, make_slot
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_theme

from .factories import make_gathering, make_series

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SOON = NOW + timedelta(days=20)
ADDRESS = "/bureau/rencontres/une/"


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def adviser(client, edition):
    user = make_membership(role=Role.ADVISER, programme=edition.programme).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def gathering_of(edition, **over):
    gathering = make_gathering(**{"slug": "une", "edition": edition, "starts_at": SOON} | over)
    make_slot(occasion=gathering.occasion, capacity=20)
    return gathering


def written(**over):
    return {
        "title": "Manger d’ici",
        "kind": "evening",
        "day": "2027-05-10",
        "starts": "18:30",
        "ends": "20:30",
        "on_site": "on",
        "on_site_places": "40",
        "audience": "public",
    } | over


def test_what_waits_for_a_decision_comes_first(client, adviser, edition):
    assert "Aucune rencontre n’est encore prévue" in page(client, "/bureau/rencontres/")
    for slug, state, starts_at in (
        ("passee", "confirmed", STARTS_AT),
        ("proposee", "proposed", SOON),
        ("brouillon", "draft", SOON),
        ("a-venir", "moved", SOON),
        ("tenue", "held", STARTS_AT),
    ):
        make_gathering(slug=slug, edition=edition, state=state, starts_at=starts_at)
    make_gathering(slug="ailleurs")
    html = page(client, "/bureau/rencontres/")
    assert re.findall(r'href="/bureau/rencontres/([a-z-]+)/"', html.partition("<h1>")[2]) == [
        "nouvelle", "passee", "proposee", "brouillon", "a-venir", "tenue",
    ]  # fmt: skip


def test_a_gathering_is_planned(client, adviser, edition):
    theme, room = make_theme(edition=edition), make_room()
    make_organisation(name="Ville d’Emmerin", words=" ville d emmerin")
    assert "C’est d’abord un brouillon" in page(client, "/bureau/rencontres/nouvelle/")
    said = written(
        met_in=f"theme:{theme.pk}", room=room.pk, hosts="Ville d’Emmerin\n", speakers="Noa Petit, maraîchère, élue\n\n",
        school_zones=["A", "C"], is_tentative="on",
    )  # fmt: skip
    response = client.post("/bureau/rencontres/nouvelle/", said)
    assert response.headers["Location"] == "/bureau/rencontres/manger-dici/"
    gathering = Gathering.objects.get()
    occasion = gathering.occasion
    assert timezone.localtime(occasion.starts_at) == datetime(
        2027, 5, 10, 18, 30, tzinfo=timezone.get_current_timezone()
    )
    assert (occasion.room, occasion.school_zones, occasion.is_tentative) == (room, "AC", True)
    assert (gathering.theme, gathering.attendance.capacity) == (theme, 40)
    assert [str(host) for host in gathering.hosts.all()] == ["Ville d’Emmerin"]
    assert [(one.name, one.title) for one in gathering.speakers.all()] == [("Noa Petit", "maraîchère, élue")]
    again = page(client, "/bureau/rencontres/manger-dici/")
    for text in ('value="2027-05-10"', 'value="18:30"', "Noa Petit, maraîchère, élue", 'value="40"'):
        assert text in again


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "9999-12-31"}, "entre 1990 et 2100"),
        ({"day": "0001-01-01"}, "entre 1990 et 2100"),
        ({"last_day": "2227-05-10"}, "entre 1990 et 2100"),
        ({"speakers": "Noa\n, élue"}, "Commencez chaque ligne par un nom"),
        ({"speakers": "N" * 200}, "au plus 120"),
        ({"ends": "18:00"}, "La fin vient avant le début."),
        ({"on_site": ""}, "Dites comment on participe"),
        ({"hosts": "Inconnue"}, "annuaire"),
        ({"met_in": "edition:0"}, "edition:0"),
        ({"title": "x" * 300}, "200"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, adviser, edition, wrong, words):
    said = written(met_in=f"edition:{edition.pk}") | wrong
    html = client.post("/bureau/rencontres/nouvelle/", said).content.decode()
    assert "error-summary" in html
    assert words in html
    assert not Gathering.objects.exists()


def test_an_announced_date_is_not_revised(client, adviser, edition):
    gathering_of(edition)
    said = written(met_in=f"edition:{edition.pk}", title="Autre", is_tentative="on")
    assert client.post(ADDRESS, said).headers["Location"] == ADDRESS
    gathering = Gathering.objects.get()
    assert (str(gathering), gathering.occasion.starts_at) == ("Autre", SOON)
    assert gathering.occasion.is_tentative
    assert "avec « Déplacer »" in page(client, ADDRESS).replace("\u00a0", " ")


def test_the_life_of_a_gathering_by_its_buttons(client, adviser, edition):
    gathering = gathering_of(edition, state=GatheringState.DRAFT, opens_at=None)

    def bring(state, **said):
        return client.post(f"{ADDRESS}etat/", {"state": state} | said, follow=True).content.decode()

    for state in ("proposed", "draft", "confirmed"):
        bring(state)
        gathering.refresh_from_db()
        assert gathering.state == state
    assert gathering.occasion.opens_at is not None
    assert "ne peut pas passer" in bring("draft")
    assert "Elle n’a pas encore commencé" in bring("held", came="3")
    said = {"day": "2027-06-01", "starts": "18:00", "ends": "20:00", "reason": "Élections"}
    assert client.post(f"{ADDRESS}deplacer/", said).headers["Location"] == ADDRESS
    assert Gathering.objects.get().occasion.moves.get().reason == "Élections"
    assert "la date et le lieu qu’elle a déjà" in client.post(f"{ADDRESS}deplacer/", said).content.decode()
    assert "Dites pourquoi" in bring("cancelled")
    assert "Elle est finie" in bring("cancelled", reason="Neige")
    assert Gathering.objects.get().cancel_reason == "Neige"


def test_whoever_changes_what_people_were_told_is_led_to_the_mail(client, adviser, edition):
    gathering = gathering_of(edition)
    mails = f"/bureau/inscriptions/{gathering.occasion_id}/mails"
    slot = gathering.occasion.slots.get()
    make_booking(slot=slot, size=2)
    assert '<option value="" selected>Inchangée</option>' in page(client, f"{ADDRESS}deplacer/")
    said = {"day": "2027-06-01", "starts": "18:00", "ends": "20:00", "reason": "Élections"}
    response = client.post(f"{ADDRESS}deplacer/", said, follow=True)
    assert response.redirect_chain[-1][0] == f"{mails}/moved/"
    assert "1 personne inscrite n’a pas été prévenue" in response.content.decode()
    assert f'href="{mails}/moved/"' in page(client, ADDRESS)
    client.post(f"{mails}/moved/envoyer/")
    assert f'href="{mails}/moved/"' not in page(client, ADDRESS)
    response = client.post(f"{ADDRESS}etat/", {"state": "cancelled", "reason": "Neige"})
    assert response.headers["Location"] == f"{mails}/cancelled/"
    assert f'href="{mails}/cancelled/"' in page(client, ADDRESS)


def test_a_held_one_tells_how_many_came_and_can_be_corrected(client, adviser, edition):
    gathering_of(edition, starts_at=STARTS_AT)
    for came in ("31", "32"):
        client.post(f"{ADDRESS}etat/", {"state": "held", "came": came})
        assert Gathering.objects.get().came == int(came)
    assert "Corriger le nombre" in page(client, ADDRESS)


def test_after_it_was_held_the_two_questions_wait_to_be_sent(client, adviser, edition):
    gathering = gathering_of(edition, starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=22))
    make_booking(slot=gathering.occasion.slots.get(), state=BookingState.PRESENT, arrived=1)
    mail = f"/bureau/inscriptions/{gathering.occasion_id}/mails/survey/"
    response = client.post(f"{ADDRESS}etat/", {"state": "held", "came": ""}, follow=True)
    assert response.redirect_chain[-1][0] == mail
    assert "1 personne venue peut recevoir les deux questions" in response.content.decode()
    assert f'href="{mail}"' in page(client, ADDRESS)
    client.post(f"{mail}envoyer/")
    assert f'href="{mail}"' not in page(client, ADDRESS)


def test_a_draft_is_deleted(client, adviser, edition):
    gathering_of(edition, state=GatheringState.DRAFT)
    response = client.post(f"{ADDRESS}etat/", {"state": "cancelled"})
    assert response.headers["Location"] == "/bureau/rencontres/"
    assert not Gathering.objects.exists()


@pytest.mark.parametrize("state", ["moved", "x", "", "\x00"])
def test_no_button_leads_elsewhere(client, adviser, edition, state):
    gathering_of(edition)
    assert client.post(f"{ADDRESS}etat/", {"state": state}).status_code == 404


def test_a_get_changes_nothing(client, adviser, edition):
    gathering_of(edition)
    for name in ("etat/", "serie/laisser/"):
        assert client.get(ADDRESS + name).status_code == 405


def test_the_screen_says_who_comes(client, adviser, edition):
    slot = gathering_of(edition).occasion.slots.get()
    make_booking(slot=slot, size=3)
    make_booking(slot=slot, size=2, state=BookingState.WAITING)
    html = page(client, ADDRESS)
    assert "3 personnes inscrites" in html
    assert "2 attendent" in html
    assert f"/bureau/inscriptions/{slot.occasion_id}/" in html


def test_a_series_is_planned_and_days_are_left_out(client, adviser, edition):
    starts_at = datetime(2027, 3, 16, 17, 30, tzinfo=UTC)
    gathering_of(edition, title="Café", state=GatheringState.DRAFT, starts_at=starts_at)
    said = {"name": "Cafés", "rhythm": "weekly", "until": "2027-04-06", "exceptions": "30/03/2027\n"}
    assert "comes" not in page(client, f"{ADDRESS}serie/")
    assert client.post(f"{ADDRESS}serie/", said).headers["Location"] == f"{ADDRESS}serie/"
    series = Series.objects.get()
    assert [timezone.localtime(one.occasion.starts_at).strftime("%d/%m %H:%M") for one in series.gatherings.all()] == [
        "16/03 18:30", "23/03 18:30", "06/04 18:30",
    ]  # fmt: skip
    html = page(client, f"{ADDRESS}serie/")
    assert "3 dates, toutes les semaines." in html
    assert "Laissés de côté : mardi 30 mars 2027" in html.replace("\u00a0", " ")
    response = client.post(f"{ADDRESS}serie/laisser/", {"day": "2027-03-23"}, follow=True)
    assert "son brouillon est supprimé" in response.content.decode()
    assert series.gatherings.count() == 2
    response = client.post(f"{ADDRESS}serie/laisser/", {"day": "2027-03-16"}, follow=True)
    assert "elle reste" in response.content.decode()
    assert client.post(f"{ADDRESS}serie/laisser/", {"day": "hier"}).status_code == 404
    assert date.fromisoformat(Series.objects.get().exceptions[0]) == date(2027, 3, 16)


@pytest.mark.parametrize(
    "wrong", [{"until": "2027-01-01"}, {"until": "2090-01-01"}, {"exceptions": "demain"}, {"rhythm": "x"}]
)
def test_a_series_that_cannot_be_is_said(client, adviser, edition, wrong):
    gathering_of(edition, starts_at=datetime(2027, 3, 16, 17, 30, tzinfo=UTC))
    said = {"name": "Cafés", "rhythm": "weekly", "until": "2027-04-06"} | wrong
    response = client.post(f"{ADDRESS}serie/", said)
    assert (response.status_code, Series.objects.exists()) == (200, False)


def test_only_the_team_of_the_programme_works_on_it(client, edition):
    gathering_of(edition, series=make_series(edition=edition))
    pages = ["", "deplacer/", "serie/"]
    for user, statuses in (
        (make_membership(role=Role.ADVISER).user, {404}),
        (make_membership(role=Role.FUNDER, programme=edition.programme).user, {403}),
        (make_user(), {403}),
        (make_membership(role=Role.COORDINATOR, programme=edition.programme).user, {200}),
    ):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        assert {client.get(ADDRESS + name).status_code for name in pages} == statuses
        if statuses != {200}:
            answers = {
                client.post(ADDRESS + name, {"state": "cancelled"}).status_code for name in ("etat/", "")
            }
            assert answers == statuses
    assert Gathering.objects.get().state == GatheringState.CONFIRMED


def test_nobody_plans_for_a_programme_of_others(client, adviser):
    other = make_edition()
    response = client.post("/bureau/rencontres/nouvelle/", written(met_in=f"edition:{other.pk}"))
    assert response.status_code == 200
    assert not Gathering.objects.exists()
