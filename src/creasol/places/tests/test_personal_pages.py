"""By the link of a registration: see what is kept, take it along, erase it; nothing without the link."""

import json
from datetime import UTC, datetime

import pytest

from creasol.mailing.models import Message
from creasol.network.tests.factories import make_organisation
from creasol.places.actions.registrations import RegistrationDraft, register
from creasol.places.enums import BookingState, QuestionKind
from creasol.places.models import Registration

from .factories import (
    AT,
    make_answer,
    make_booking,
    make_occasion,
    make_question,
    make_registration,
    make_slot,
    make_wish,
)

pytestmark = pytest.mark.django_db
FAR = datetime(2090, 5, 4, 17, 0, tzinfo=UTC)
HOSTILE = ["x", "..%2F..", "%00", "' OR 1=1 --", "None", "é" * 40, "a" * 500, "%", "<script>"]


@pytest.fixture
def lucie():
    occasion = make_occasion(title="Se nourrir", starts_at=FAR, keep_days=30)
    registration = make_registration(
        occasion=occasion,
        first_name="Lucie",
        email="lucie@example.org",
        phone="06 00 00 00 00",
        organisation_name="L’Atelier",
        access_needs="Une rampe",
    )
    make_booking(registration=registration, slot=make_slot(occasion=occasion, name="Salle"), size=2)
    question = make_question(
        occasion=occasion, label="Quel repas ?", kind=QuestionKind.CHOICE, choices="A\nB"
    )
    make_answer(registration=registration, question=question, text="B")
    return registration


def address(registration, page):
    return f"/inscription/{registration.code}/{page}"


def test_everything_kept_is_shown_with_the_day_it_goes(client, lucie):
    response = client.get(address(lucie, "mes-donnees/"))
    page = response.content.decode()
    for said in ("Lucie", "lucie@example.org", "06 00 00 00 00", "L’Atelier", "Une rampe", "Quel repas"):
        assert said in page
    assert "3 juin 2090" in page
    assert "11 mai 2090" in page
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_it_is_taken_along_as_a_file(client, lucie):
    make_wish(registration=lucie, slot=make_slot(occasion=lucie.occasion, name="Four à pain"))
    response = client.get(address(lucie, "mes-donnees.json"))
    data = json.loads(response.content)
    assert data["registration"]["email"] == "lucie@example.org"
    assert data["registration"]["for"] == "Se nourrir"
    assert data["bookings"][0]["places"] == 2
    assert data["answers"] == [
        {
            "question": "Quel repas ?",
            "asked_because": "Préparer la salle",
            "answer": "B",
            "kept_until": "2090-05-11T19:00:00+00:00",
        }
    ]
    assert data["wishes"] == [{"workshop": "Four à pain", "rank": 1}]
    assert response["Cache-Control"] == "private, no-store"
    assert lucie.code not in response.content.decode()


def test_the_mails_about_it_are_told_and_go_with_the_name(client):
    slot = make_slot(occasion=make_occasion(title="Se nourrir", starts_at=FAR, opens_at=AT))
    draft = RegistrationDraft(first_name="Lucie", email="lucie@example.org")
    lucie = register(draft, occasion=slot.occasion, places={slot.pk: 1}, at=AT)
    other = register(draft, occasion=slot.occasion, places={slot.pk: 1}, at=AT)
    (mail,) = json.loads(client.get(address(lucie, "mes-donnees.json")).content)["mails"]
    assert mail["to"] == "lucie@example.org"
    assert "1\u00a0courriel à ce sujet" in client.get(address(lucie, "mes-donnees/")).content.decode()
    client.post(address(lucie, "effacer/"))
    assert [message.about for message in Message.objects.all()] == [f"places.registration:{other.pk}"]


def test_an_organisation_of_the_directory_is_named(client, lucie):
    lucie.organisation, lucie.organisation_name = make_organisation(name="AMAP de Seclin"), ""
    lucie.save()
    assert "AMAP de Seclin" in client.get(address(lucie, "mes-donnees/")).content.decode()
    data = json.loads(client.get(address(lucie, "mes-donnees.json")).content)
    assert data["registration"]["organisation"] == "AMAP de Seclin"


def test_looking_changes_nothing(client, lucie):
    before = (
        list(Registration.objects.values()),
        list(lucie.bookings.values()),
        list(lucie.answers.values()),
    )
    for page in ("mes-donnees/", "mes-donnees.json", "effacer/"):
        for method in (client.get, client.head):
            assert method(address(lucie, page)).status_code == 200
    after = (list(Registration.objects.values()), list(lucie.bookings.values()), list(lucie.answers.values()))
    assert after == before


def test_erasing_says_before_what_it_does(client, lucie):
    page = client.get(address(lucie, "effacer/")).content.decode()
    assert "votre place revient à la personne suivante" in page
    assert "les réponses que vous avez choisies parmi plusieurs" in page


def test_erasing_cancels_then_forgets_and_the_link_is_dead(client, lucie):
    response = client.post(address(lucie, "effacer/"), follow=True)
    assert response.redirect_chain == [("/donnees-effacees/", 302)]
    assert "C’est effacé" in response.content.decode()
    code = lucie.code
    lucie.refresh_from_db()
    assert (lucie.first_name, lucie.email, lucie.access_needs) == ("", "", "")
    assert lucie.bookings.get().state == BookingState.CANCELLED
    for page in ("", "mes-donnees/", "mes-donnees.json", "effacer/"):
        assert client.get(f"/inscription/{code}/{page}").status_code == 404
        assert client.get(address(lucie, page)).status_code == 404
    assert client.post(f"/inscription/{code}/effacer/").status_code == 404


@pytest.mark.parametrize("code", HOSTILE)
def test_without_the_code_there_is_nothing(client, lucie, code):
    for page in ("mes-donnees/", "mes-donnees.json", "effacer/"):
        assert client.get(f"/inscription/{code}/{page}").status_code == 404
    assert client.post(f"/inscription/{code}/effacer/").status_code == 404
    lucie.refresh_from_db()
    assert lucie.first_name == "Lucie"


def test_the_words_of_people_are_text(client, lucie):
    lucie.first_name = "<script>alert(1)</script>"
    lucie.save()
    assert "<script>alert" not in client.get(address(lucie, "mes-donnees/")).content.decode()
