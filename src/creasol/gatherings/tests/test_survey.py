"""Two questions to those who came: who may answer, until when, and what everyone reads of it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.actions.survey import SurveyDraft, answer_survey
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import SurveyAnswer
from creasol.gatherings.queries.survey import SurveyInShort, survey_in_short
from creasol.journal.models import Entry
from creasol.places.actions.forgetting import erase_registration, forget_occasions
from creasol.places.disclosure import registration_data
from creasol.places.enums import BookingState
from creasol.places.models import Registration
from creasol.places.queries.personal import kept_about
from creasol.places.signals import survey_address
from creasol.places.tests.factories import make_booking, make_registration, make_slot
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership

from .factories import make_gathering, make_survey_answer

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture
def gathering():
    return make_gathering(
        slug="se-nourrir",
        title="Se nourrir",
        state=GatheringState.HELD,
        starts_at=YESTERDAY - timedelta(hours=2),
    )


def come(gathering, state=BookingState.PRESENT):
    slot = gathering.occasion.slots.first() or make_slot(occasion=gathering.occasion, capacity=50)
    registration = make_registration(occasion=gathering.occasion, first_name="Lucie")
    make_booking(
        slot=slot, registration=registration, state=state, arrived=int(state == BookingState.PRESENT)
    )
    return registration


def address(registration, slug="se-nourrir"):
    return f"/rencontres/{slug}/avis/{registration.code}/"


def answer(registration, *, score=4, words="", at=None):
    draft = SurveyDraft(score=score, words=words)
    return answer_survey(draft, registration=registration, at=at or timezone.now())


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_who_came_answers_and_may_change_it(client, gathering):
    lucie = come(gathering)
    assert "très utile" in page(client, address(lucie))
    answered = client.post(address(lucie), {"score": "3", "words": " Un four à pain "}, follow=True)
    assert answered.redirect_chain == [(f"{address(lucie)}merci/", 302)]
    assert "Votre réponse est notée" in answered.content.decode()
    client.post(address(lucie), {"score": "4", "words": "Deux fours"})
    said = SurveyAnswer.objects.get()
    assert (said.registration, said.score, said.words) == (lucie, 4, "Deux fours")
    assert "Deux fours" in page(client, address(lucie))
    assert Entry.objects.filter(verb="answer").count() == 2
    assert not Entry.objects.filter(details__icontains="fours").exists()


def test_the_first_question_is_needed_the_second_free(client, gathering):
    lucie = come(gathering)
    for said in (
        {"words": "Oui"},
        {"score": "5"},
        {"score": "0"},
        {"score": "très"},
        {"score": "3", "words": "x" * 2001},
    ):
        assert client.post(address(lucie), said).status_code == 200
    assert not SurveyAnswer.objects.exists()
    assert client.post(address(lucie), {"score": "1"}).status_code == 302


@pytest.mark.parametrize(
    "state", [state for state in BookingState if state not in (BookingState.PRESENT, BookingState.CONFIRMED)]
)
def test_who_did_not_come_is_told_plainly(client, gathering, state):
    come(gathering)
    other = come(gathering, state)
    assert "ces deux questions s’adressent aux personnes venues" in page(client, address(other)).lower()
    with pytest.raises(ValidationError):
        answer(other)
    refused = client.post(address(other), {"score": "4"})
    assert refused.status_code == 200
    assert not SurveyAnswer.objects.exists()


def test_without_a_check_in_who_had_a_place_may_answer(gathering):
    lucie = come(gathering, BookingState.CONFIRMED)
    assert answer(lucie).score == 4
    come(gathering)  # now somebody was checked in: the others did not come
    with pytest.raises(ValidationError):
        answer(lucie)


def test_answers_are_taken_from_the_end_on_for_thirty_days(gathering):
    lucie, end = come(gathering), gathering.occasion.ends_at
    for moment in (end - timedelta(seconds=1), end + timedelta(days=30, seconds=1)):
        with pytest.raises(ValidationError):
            answer(lucie, at=moment)
    answer(lucie, at=end)
    answer(lucie, score=2, at=end + timedelta(days=30))
    assert SurveyAnswer.objects.get().score == 2


def test_nothing_is_said_of_what_did_not_take_place(client):
    gathering = make_gathering(
        slug="annulee", state=GatheringState.CANCELLED, starts_at=YESTERDAY - timedelta(hours=2)
    )
    lucie = come(gathering, BookingState.CONFIRMED)
    assert "n’a pas eu lieu" in page(client, address(lucie, "annulee"))
    assert client.post(address(lucie, "annulee"), {"score": "4"}).status_code == 200
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("code", ["x", "%00", "' OR 1=1 --", "a" * 500, "..%2F"])
def test_without_the_link_there_is_nothing(client, gathering, code):
    come(gathering)
    assert client.get(f"/rencontres/se-nourrir/avis/{code}/").status_code == 404
    assert client.post(f"/rencontres/se-nourrir/avis/{code}/", {"score": "4"}).status_code == 404


def test_the_link_of_another_gathering_opens_nothing(client, gathering):
    other = come(make_gathering(slug="autre", starts_at=YESTERDAY))
    assert client.get(address(other)).status_code == 404
    assert client.get(address(come(gathering), "nulle-part")).status_code == 404


def test_looking_changes_nothing_and_is_kept_by_nobody(client, gathering):
    lucie = come(gathering)
    before = Entry.objects.count()
    for url in (address(lucie), f"{address(lucie)}merci/"):
        response = client.get(url)
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
    assert (SurveyAnswer.objects.count(), Entry.objects.count()) == (0, before)


def test_mails_learn_where_one_answers(gathering):
    lucie = come(gathering)
    told = [path for _receiver, path in survey_address.send(sender=Registration, registration=lucie)]
    assert told == [address(lucie)]
    elsewhere = make_registration()
    assert [path for _receiver, path in survey_address.send(sender=Registration, registration=elsewhere)] == [
        None
    ]


# Who reads what


def test_the_team_reads_how_many_answered_and_what(client, gathering):
    user = make_membership(role=Role.ADVISER, programme=gathering.edition.programme).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    url = "/bureau/rencontres/se-nourrir/avis/"
    assert "Pas encore de réponse" in page(client, url)
    for score in (4, 4, 2):
        answer(come(gathering), score=score, words="<b>Un four</b>")
    come(gathering)
    shown = page(client, url)
    assert "3\u00a0réponses pour 4\u00a0inscriptions pointées à l’accueil (75\u202f%)" in shown
    assert "&lt;b&gt;Un four" in shown
    assert "Lucie" not in shown


@pytest.mark.parametrize("role", [None, Role.FUNDER, "elsewhere"])
def test_others_read_nothing(client, gathering, role):
    if role == "elsewhere":
        user, status = make_membership(role=Role.COORDINATOR).user, 404
    elif role:
        user, status = make_membership(role=role, programme=gathering.edition.programme).user, 403
    else:
        user, status = make_user(), 403
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.get("/bureau/rencontres/se-nourrir/avis/").status_code == status


def test_everyone_reads_a_number_from_five_answers_on(gathering):
    for score in (4, 3, 2, 1):
        make_survey_answer(gathering=gathering, score=score)
    assert survey_in_short(gathering) is None
    make_survey_answer(gathering=gathering, score=3)
    assert survey_in_short(gathering) == SurveyInShort(useful=3, answers=5)


def test_the_public_page_tells_it_once_it_is_over(client, gathering):
    for score in (4, 4, 3, 2):
        make_survey_answer(gathering=gathering, score=score)
    assert "l’ont trouvée utile" not in page(client, "/rencontres/se-nourrir/")
    make_survey_answer(gathering=gathering, score=1)
    shown = page(client, "/rencontres/se-nourrir/")
    assert "3 des 5 personnes qui ont répondu l’ont trouvée utile." in shown.replace("\u00a0", " ")


# Personal data


def test_the_answer_is_among_what_is_kept_about_a_registration(gathering):
    lucie = come(gathering)
    answer(lucie, score=3, words="Un four")
    data = registration_data(kept_about(lucie, at=timezone.now()))
    assert (data["survey"]["how_useful"], data["survey"]["words"]) == (3, "Un four")


def test_the_answer_is_shown_to_its_person(client, gathering):
    lucie = come(gathering)
    url = f"/inscription/{lucie.code}/mes-donnees/"
    assert "Votre réponse aux deux questions" not in page(client, url)
    answer(lucie, score=3, words="Un <b>four</b>")
    shown = page(client, url)
    assert "Votre réponse aux deux questions" in shown
    assert "Un &lt;b&gt;four" in shown
    assert "comme un nombre" in page(client, f"/inscription/{lucie.code}/effacer/")


def test_when_names_go_the_answer_stays_and_is_nobodys(gathering):
    lucie = come(gathering)
    answer(lucie, score=3, words="Un four")
    forget_occasions(at=gathering.occasion.ends_at + timedelta(days=90))
    said = SurveyAnswer.objects.get()
    assert (said.registration, said.score, said.words) == (None, 3, "Un four")


def test_who_wants_to_be_forgotten_leaves_a_number_only(gathering):
    lucie = come(gathering)
    answer(lucie, score=3, words="Un four")
    erase_registration(lucie, at=timezone.now())
    said = SurveyAnswer.objects.get()
    assert (said.registration, said.score, said.words) == (None, 3, "")
