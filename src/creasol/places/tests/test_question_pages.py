"""The team's screen of the questions asked, and the file of the participants."""

import pytest
from django.conf import settings

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.places.enums import QuestionKind
from creasol.places.models import Question
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership

from .factories import make_answer, make_booking, make_occasion, make_question, make_registration, make_slot

pytestmark = pytest.mark.django_db
MEAL = {"label": "Quel repas ?", "purpose": "Commander", "kind": "text", "keep_days": "7"}


@pytest.fixture
def occasion():
    return make_occasion(title="Se nourrir", keep_days=30)


@pytest.fixture
def adviser(client, occasion):
    return sign_in(client, make_membership(role=Role.ADVISER, programme=occasion.programme).user)


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_team_asks_one_thing_more(client, adviser, occasion):
    url = f"/bureau/inscriptions/{occasion.pk}/questions/"
    assert "On ne demande rien de plus." in page(client, url)
    refused = client.post(url, MEAL | {"purpose": ""})
    assert refused.status_code == 200
    assert not Question.objects.exists()
    assert client.post(url, MEAL | {"keep_days": "31"}).status_code == 200
    assert not Question.objects.exists()
    assert client.post(url, MEAL).status_code == 302
    assert Question.objects.get().label == "Quel repas ?"
    assert "Quel repas" in page(client, url)
    assert "donnée sensible" not in page(client, url)


def test_a_sensitive_word_is_pointed_out_and_the_question_asked(client, adviser, occasion):
    url = f"/bureau/inscriptions/{occasion.pk}/questions/"
    client.post(url, MEAL | {"label": "Des allergies ?"})
    assert "donnée sensible" in page(client, url)


def test_a_question_is_corrected_moved_and_removed(client, adviser, occasion):
    first, second = (
        make_question(occasion=occasion, position=place, label=f"Question {place}") for place in (1, 2)
    )
    make_answer(question=second)
    url = f"/bureau/inscriptions/{occasion.pk}/questions/"
    client.post(f"{url}{second.pk}/deplacer/", {"up": "1"})
    second.refresh_from_db()
    assert second.position == 1
    assert "1\u00a0personne a répondu" in page(client, f"{url}{second.pk}/")
    refused = client.post(f"{url}{second.pk}/", MEAL)
    assert "mais ne demandez rien d’autre" in refused.content.decode()
    assert client.post(f"{url}{first.pk}/", MEAL).status_code == 302
    first.refresh_from_db()
    assert first.purpose == "Commander"
    gone = client.post(f"{url}{second.pk}/retirer/", follow=True)
    assert "1\u00a0réponse est effacée" in gone.content.decode()
    assert list(Question.objects.all()) == [first]


def test_a_question_of_another_occasion_is_out_of_reach(client, adviser, occasion):
    other = make_question()
    url = f"/bureau/inscriptions/{occasion.pk}/questions/{other.pk}/"
    assert client.get(url).status_code == 404
    assert client.post(f"{url}retirer/").status_code == 404
    assert client.post(f"{url}deplacer/", {"up": "1"}).status_code == 404


def test_looking_changes_nothing(client, adviser, occasion):
    question = make_question(occasion=occasion)
    url = f"/bureau/inscriptions/{occasion.pk}/questions/"
    before = (list(Question.objects.values()), Entry.objects.count())
    for address in (url, f"{url}{question.pk}/"):
        assert client.get(address).status_code == client.head(address).status_code == 200
    for address in (f"{url}{question.pk}/retirer/", f"{url}{question.pk}/deplacer/"):
        assert client.get(address).status_code == 405
    assert client.get(f"/bureau/inscriptions/{occasion.pk}/participants.csv").status_code == 405
    assert (list(Question.objects.values()), Entry.objects.count()) == before


@pytest.mark.parametrize("role", [None, Role.FUNDER])
def test_others_neither_ask_nor_read(client, occasion, role):
    user = make_membership(role=role, programme=occasion.programme).user if role else make_user()
    question = make_question(occasion=occasion)
    sign_in(client, user)
    url = f"/bureau/inscriptions/{occasion.pk}/questions/"
    for address in (url, f"{url}{question.pk}/"):
        assert client.get(address).status_code == 403
        assert client.post(address, MEAL).status_code == 403
    assert client.post(f"{url}{question.pk}/retirer/").status_code == 403
    assert client.post(f"/bureau/inscriptions/{occasion.pk}/participants.csv").status_code == 403


def test_the_team_of_another_programme_sees_nothing(client, occasion):
    sign_in(client, make_membership(role=Role.COORDINATOR).user)
    assert client.get(f"/bureau/inscriptions/{occasion.pk}/questions/").status_code == 404
    assert client.post(f"/bureau/inscriptions/{occasion.pk}/participants.csv").status_code == 404


def test_the_participants_leave_as_a_file_and_the_journal_knows(client, adviser, occasion):
    question = make_question(
        occasion=occasion, label="Quel repas ?", kind=QuestionKind.CHOICE, choices="A\nB"
    )
    registration = make_registration(
        occasion=occasion, first_name="=HYPERLINK(0)", organisation_name="L’Atelier", access_needs="Une rampe"
    )
    make_booking(registration=registration, slot=make_slot(occasion=occasion, name="Salle"), size=2)
    make_answer(registration=registration, question=question, text="B")
    make_registration(occasion=occasion, first_name="", forgotten_at=registration.registered_at)
    response = client.post(f"/bureau/inscriptions/{occasion.pk}/participants.csv")
    header, line = response.content.decode("utf-8-sig").splitlines()
    assert header == "prénom,organisation,inscription le,réservé,Quel repas ?"
    assert line == "'=HYPERLINK(0),L’Atelier,2011-10-10,Salle × 2 (confirmée),B"
    assert response["Cache-Control"] == "private, no-store"
    (entry,) = Entry.objects.filter(verb="export")
    assert (entry.actor, entry.details) == (adviser, {"file": "participants", "lines": 1})
