"""The door by its page, by what a telephone sends, and on paper."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.places import sheet_paper
from creasol.places.enums import BookingState
from creasol.places.models import Booking, CheckIn, Registration
from creasol.places.tickets import token_of
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from tests.pdf import Pdf

from .factories import AT, STARTS_AT, make_booking, make_occasion, make_registration, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """The entry of an occasion that begins now."""
    return make_slot(occasion=make_occasion(starts_at=timezone.now()))


@pytest.fixture
def staff(slot):
    user = make_user(name="Awa Accueil")
    make_membership(user=user, programme=slot.occasion.programme, role=Role.ADVISER)
    client = Client()
    client.force_login(user)
    return client


def door(slot):
    return f"/bureau/inscriptions/{slot.occasion_id}/accueil/"


def press(client, entry, **said):
    facts = {"key": uuid4(), "slot": entry.pk, "creneau": entry.pk} | said
    return client.post(door(entry), facts, follow=True)


def send(client, slot, *words):
    complete = [{"key": str(uuid4()), "slot": slot.pk, "kind": "arrive"} | word for word in words]
    answer = client.post(f"{door(slot)}envoi/", {"device": "a", "words": json.dumps(complete)})
    assert answer.status_code == 200
    return answer.json()["answers"]


def milliseconds(moment):
    return round(moment.timestamp() * 1000)


@pytest.mark.parametrize("page", ["", "liste.json", "hors-ligne.js", "compte/"])
def test_the_door_is_kept_by_the_team_of_the_programme(slot, staff, page):
    assert staff.get(door(slot) + page).status_code == 200
    assert Client().get(door(slot) + page).status_code == 302
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.get(door(slot) + page).status_code in {403, 404}


def test_somebody_is_found_by_name_and_arrives_by_a_button(slot, staff):
    registration = make_registration(
        occasion=slot.occasion, first_name="Hélène", organisation_name="La Ruche"
    )
    booking = make_booking(slot=slot, registration=registration)
    page = staff.get(door(slot), {"q": "helene"}).content.decode()
    assert "Hélène" in page
    assert "La Ruche" in page
    assert registration.email not in page
    assert "Bienvenue, Hélène" in press(staff, slot, kind="arrive", booking=booking.pk).content.decode()
    again = press(staff, slot, kind="arrive", booking=booking.pk).content.decode()
    assert "Hélène\u00a0: déjà venu à" in again
    assert "(Awa Accueil)" in again
    assert Booking.objects.get().state == BookingState.PRESENT


def test_without_a_search_the_page_names_nobody(slot, staff):
    make_booking(slot=slot, registration=make_registration(occasion=slot.occasion, first_name="Hélène"))
    assert "Hélène" not in staff.get(door(slot)).content.decode()
    assert "Hélène" in staff.get(door(slot), {"tous": "1"}).content.decode()


def test_a_walk_in_by_a_button(slot, staff):
    assert "Bienvenue, Léa" in press(staff, slot, kind="walk-in", first_name="Léa").content.decode()
    assert Registration.objects.get().first_name == "Léa"


def test_nonsense_is_refused_in_words(slot, staff):
    for said in ({"kind": "x"}, {"kind": "arrive", "slot": "0"}, {"kind": "arrive", "key": "x"}):
        assert "Recommencez" in press(staff, slot, **said).content.decode()


def test_the_list_of_a_telephone_holds_what_the_door_needs_and_no_more(slot, staff):
    registration = make_registration(
        occasion=slot.occasion, first_name="Hélène", phone="0320000000", access_needs="une rampe"
    )
    make_booking(slot=slot, registration=registration, size=2)
    answer = staff.get(f"{door(slot)}liste.json")
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    [person] = answer.json()["people"]
    assert sorted(person) == [
        "arrived", "at", "booking", "name", "organisation", "registration", "size", "slot", "state", "ticket",
    ]  # fmt: skip
    assert person["ticket"] != registration.ticket
    for told in (registration.email, "0320000000", "rampe", registration.code, registration.ticket):
        assert told not in answer.content.decode()


def test_after_the_end_a_telephone_gets_no_list(staff, slot):
    slot.occasion.starts_at, slot.occasion.ends_at = AT, AT + timedelta(hours=2)
    slot.occasion.save()
    make_booking(slot=slot)
    answer = staff.get(f"{door(slot)}liste.json").json()
    assert (answer["over"], answer["people"]) == (True, [])


def test_a_telephone_sends_what_it_noted_and_may_send_it_again(slot, staff):
    booking = make_booking(slot=slot)
    noted = timezone.now() - timedelta(minutes=9)
    word = {"key": str(uuid4()), "booking": booking.pk, "at": milliseconds(noted)}
    first, second = send(staff, slot, word), send(staff, slot, word)
    assert first == second
    assert (first[0]["outcome"], first[0]["at"]) == ("welcome", word["at"])
    assert CheckIn.objects.count() == 1


def test_a_parcel_of_everything_is_answered_word_by_word(slot, staff):
    waiting = make_booking(slot=slot, state=BookingState.WAITING)
    answers = send(
        staff,
        slot,
        {"ticket": "https://example.org/e/nonsense"},
        {"ticket": token_of(waiting.registration.ticket)},
        {"kind": "walk-in", "first_name": "Léa", "at": "1e400"},
        {"kind": "walk-in", "first_name": "Léa", "at": -1},
        {"kind": "admit", "registration": waiting.registration_id},
        {"key": "nonsense"},
        {"slot": 10**30},
        {"booking": 10**30},
        {"kind": {"a": 1}, "at": [1], "first_name": "x" * 9000},
    )
    assert [answer["outcome"] for answer in answers] == [
        "unknown", "waiting", "refused", "welcome", "welcome", "refused", "refused", "refused", "refused",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", "{", "{}", "7", "null", json.dumps([{}] * 201)])
def test_what_is_no_parcel_is_refused(slot, staff, words):
    assert staff.post(f"{door(slot)}envoi/", {"words": words}).status_code == 400


def test_words_that_are_no_words_are_answered(slot, staff):
    answer = staff.post(f"{door(slot)}envoi/", {"words": '["a", 1, null]'})
    assert [one["outcome"] for one in answer.json()["answers"]] == ["refused"] * 3


def test_a_parcel_needs_the_token_of_the_page(slot, staff):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = staff.cookies
    parcel = {"words": "[{}]"}
    assert strict.post(f"{door(slot)}envoi/", parcel).status_code == 403
    token = strict.get(f"{door(slot)}liste.json").json()["token"]
    assert strict.post(f"{door(slot)}envoi/", parcel, headers={"X-CSRFToken": token}).status_code == 200


def test_a_get_changes_nothing(slot, staff):
    booking = make_booking(slot=slot)
    token = token_of(booking.registration.ticket)
    staff.get(f"/e/{token}", follow=True)
    staff.get(door(slot), {"kind": "arrive", "booking": booking.pk, "key": uuid4(), "slot": slot.pk})
    assert Booking.objects.get().state == BookingState.CONFIRMED
    assert staff.get(f"{door(slot)}envoi/").status_code == 405


# Tickets


def test_a_ticket_leads_the_team_to_its_person(slot, staff):
    registration = make_registration(occasion=slot.occasion, first_name="Hélène")
    workshop = make_slot(occasion=slot.occasion, kind="workshop", name="Atelier vélo")
    make_booking(slot=workshop, registration=registration)
    page = staff.get(f"/e/{token_of(registration.ticket)}", follow=True)
    assert page.redirect_chain[0][0].startswith(door(slot))
    assert "Hélène" in page.content.decode()


def test_a_ticket_tells_others_nothing_whether_it_is_good_or_not(slot):
    registration = make_registration(occasion=slot.occasion, first_name="Hélène")
    token = token_of(registration.ticket)
    good = Client().get(f"/e/{token}")
    other = Client().get("/e/nonsense")
    assert good.content.decode().replace(token, "nonsense") == other.content.decode()
    assert "Ceci est un billet" in good.content.decode()
    assert good.headers["Cache-Control"] == "private, no-store"
    stranger = Client()
    stranger.force_login(make_user())
    page = stranger.get(f"/e/{token_of(registration.ticket)}").content.decode()
    assert "Ceci est un billet" in page
    assert "Hélène" not in page


# Closing, counting, paper


def test_the_list_is_closed_after_the_end(slot, staff):
    came, missing = make_booking(slot=slot), make_booking(slot=slot)
    press(staff, slot, kind="arrive", booking=came.pk)
    early = staff.post(f"{door(slot)}cloture/", follow=True).content.decode()
    assert "pas encore terminé" in early
    slot.occasion.starts_at, slot.occasion.ends_at = AT, AT + timedelta(hours=2)
    slot.occasion.save()
    closed = staff.post(f"{door(slot)}cloture/", follow=True).content.decode()
    assert "1 inscription sans personne" in closed
    missing.refresh_from_db()
    assert missing.state == BookingState.ABSENT


def test_the_live_count(slot, staff):
    make_booking(slot=slot, size=3)
    text = staff.get(f"{door(slot)}compte/").content.decode()
    assert "<strong>0</strong>" in text
    assert '<td class="number">3</td><td class="number">20</td>' in text


def test_the_sheet_to_sign_names_who_has_a_place_and_leaves_lines_for_others(slot, staff):
    registration = make_registration(
        occasion=slot.occasion, first_name="Hélène", organisation_name="La Ruche"
    )
    make_booking(slot=slot, registration=registration, size=2)
    waiting = make_registration(occasion=slot.occasion, first_name="Zoé")
    make_booking(slot=slot, registration=waiting, state=BookingState.WAITING)
    make_slot(occasion=slot.occasion, kind="workshop", name="Atelier vélo")
    answer = staff.get(f"/bureau/inscriptions/{slot.occasion_id}/emargement.pdf")
    printed = Pdf(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "<pdfuaid:part>1</pdfuaid:part>" in printed.metadata
    assert len(printed.pages) == 2
    for told in (
        "Hélène",
        "La Ruche",
        "2 personnes attendues",
        "Sans inscription",
        "Ce que devient cette feuille",
    ):
        assert told in printed.words
    assert "Atelier vélo" in printed.pages[1]
    for hidden in ("Zoé", registration.email):
        assert hidden not in printed.words
    one = staff.get(f"/bureau/inscriptions/{slot.occasion_id}/emargement.pdf", {"creneau": slot.pk})
    assert len(Pdf(one.content).pages) == 1


def test_whatever_people_wrote_stays_text_on_paper(slot):
    registration = make_registration(occasion=slot.occasion, first_name="*#import(1)* \\ $x$")
    make_booking(slot=slot, registration=registration)
    assert "*#import(1)*" in Pdf(sheet_paper.sheet(slot.occasion, [slot], at=STARTS_AT)).words


def test_once_it_is_over_the_team_reads_how_many_came_and_where_to_take_the_list_along(staff, slot):
    participants = f"/bureau/inscriptions/{slot.occasion_id}/"
    make_booking(slot=slot, size=4, arrived=3, state=BookingState.PRESENT)
    assert "Combien de personnes sont venues" not in staff.get(participants).content.decode()
    occasion = slot.occasion
    occasion.starts_at, occasion.ends_at = AT, AT + timedelta(hours=2)
    occasion.save()
    page = staff.get(participants).content.decode()
    assert "<dt>Venues</dt><dd>3</dd>" in page
    assert "<dt>Avaient une place et ne sont pas venues</dt><dd>1</dd>" in page
    assert f"/bureau/inscriptions/{occasion.pk}/questions/#file" in page
