"""Registering without an account, and what one can do by the link of the confirmation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from creasol.mailing.models import Message
from creasol.places.enums import BookingState, SlotKind
from creasol.places.models import Booking, Registration, Slot

from .factories import (
    AT,
    make_booking,
    make_move,
    make_occasion,
    make_offer,
    make_question,
    make_registration,
    make_slot,
    make_wish,
)

pytestmark = pytest.mark.django_db
SOON = timedelta(days=20)


@pytest.fixture
def occasion():
    """An evening in three weeks, open to registration since yesterday."""
    now = timezone.now()
    return make_occasion(title="Bien manger", starts_at=now + SOON, opens_at=now - timedelta(days=1))


@pytest.fixture
def slot(occasion):
    return make_slot(occasion=occasion, capacity=2)


def sent(client, occasion, **over):
    values = {
        "first_name": "Noor",
        "email": "noor@example.org",
        "size": "1",
        "request_key": "cle-1",
        "notice": "2",
    }
    return client.post(f"/s-inscrire/{occasion.pk}/", values | over)


def text(response) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_one_registers_with_a_first_name_and_an_address(client, occasion, slot):
    page = text(client.get(f"/s-inscrire/{occasion.pk}/"))
    assert "Bien manger" in page
    response = sent(client, occasion)
    registration = Registration.objects.get()
    assert response.headers["Location"] == f"/inscription/{registration.code}/"
    after = text(client.get(response.headers["Location"]))
    assert "C’est noté, Noor" in after
    assert Message.objects.get().to == "noor@example.org"


def test_a_reload_or_a_second_click_is_the_same_registration(client, occasion, slot):
    first, again = sent(client, occasion), sent(client, occasion)
    assert first.headers["Location"] == again.headers["Location"]
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)


def test_who_steps_back_on_a_shared_computer_is_somebody_else(client, occasion, slot):
    """The form of before is still there, with its key: it must not lead to the registration of before."""
    first = sent(client, occasion)
    other = sent(client, occasion, first_name="Zoé", email="zoe@example.org")
    assert first.headers["Location"] != other.headers["Location"]
    assert "C’est noté, Zoé" in text(client.get(other.headers["Location"]))
    assert Registration.objects.count() == 2


def test_the_key_of_a_form_is_that_of_one_occasion(client, occasion, slot):
    now = timezone.now()
    elsewhere = make_slot(occasion=make_occasion(starts_at=now + SOON, opens_at=now)).occasion
    assert [sent(client, one).status_code for one in (occasion, elsewhere)] == [302, 302]
    assert Registration.objects.filter(occasion=elsewhere).count() == 1


def test_when_it_is_full_one_waits_and_is_told_so(client, occasion, slot):
    make_booking(slot=slot, size=2)
    page = text(client.get(f"/s-inscrire/{occasion.pk}/"))
    assert "Se mettre en liste d’attente" in page
    response = sent(client, occasion, notice="24", may_split="on")
    assert "Vous êtes en position 1 sur la liste d’attente, Noor" in text(
        client.get(response.headers["Location"])
    )
    registration = Registration.objects.get(first_name="Noor")
    assert (registration.notice, registration.may_split) == (24, True)


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"first_name": " "}, "obligatoire"),
        ({"email": "noor"}, "valide"),
        ({"size": "0"}, "1"),
        ({"size": "51"}, "50"),
        ({"website": "http://robot.example"}, "robots"),
        ({"first_name": "x" * 81}, "80"),
        ({"first_name": "a\0b"}, "nul"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, occasion, slot, over, message):
    response = sent(client, occasion, phone="03 20 00 00 00", **over)
    assert response.status_code == 200
    page = text(response)
    assert message in page
    assert "03 20 00 00 00" in page
    assert Registration.objects.count() == 0


def test_questions_of_the_organiser_are_asked_with_their_purpose(client, occasion, slot):
    question = make_question(
        occasion=occasion, label="Venez-vous à vélo ?", purpose="Prévoir des arceaux", is_required=True
    )
    assert "Prévoir des arceaux" in text(client.get(f"/s-inscrire/{occasion.pk}/"))
    assert sent(client, occasion).status_code == 200
    sent(client, occasion, **{f"question_{question.pk}": "Oui"})
    assert Registration.objects.get().answers.get().text == "Oui"


def test_what_is_not_open_says_so(client, slot):
    now = timezone.now()
    closed = make_slot(
        occasion=make_occasion(starts_at=now + SOON, opens_at=now + timedelta(days=1))
    ).occasion
    free = make_slot(
        occasion=make_occasion(starts_at=now + SOON, opens_at=now), capacity=None, ceiling=0
    ).occasion
    cancelled = make_slot(
        occasion=make_occasion(starts_at=now + SOON, opens_at=now, cancelled_at=now)
    ).occasion
    secret = make_occasion(starts_at=now + SOON, opens_at=None)
    past = make_slot(occasion=make_occasion(opens_at=AT)).occasion
    early = make_slot(
        occasion=make_occasion(starts_at=now + SOON, opens_at=AT, closes_at=now - timedelta(days=1))
    ).occasion
    assert "Les inscriptions ouvrent le" in text(client.get(f"/s-inscrire/{closed.pk}/"))
    assert "Ce rendez-vous a eu lieu" in text(client.get(f"/s-inscrire/{past.pk}/"))
    assert "Les inscriptions ne sont pas ouvertes" in text(client.get(f"/s-inscrire/{early.pk}/"))
    assert "Pas besoin de s’inscrire" in text(client.get(f"/s-inscrire/{free.pk}/"))
    assert "C’est annulé" in text(client.get(f"/s-inscrire/{cancelled.pk}/"))
    assert client.get(f"/s-inscrire/{secret.pk}/").status_code == 404
    for occasion in (closed, free, cancelled):
        assert sent(client, occasion).status_code == 200
    assert Registration.objects.count() == 0


def test_workshops_shifts_and_ways_of_entering_are_chosen(client, occasion, slot):
    remote = make_slot(occasion=occasion, mode="remote", capacity=5)
    starts = occasion.starts_at
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    workshop = make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name="Vélo", **times)
    shift = make_slot(occasion=occasion, kind=SlotKind.SHIFT, name="Accueil", **times)
    both = sent(client, occasion, entry=remote.pk, workshops=[workshop.pk], shifts=[shift.pk])
    assert "ont lieu en même temps" in text(both)
    sent(client, occasion, entry=remote.pk, workshops=[workshop.pk], size="3")
    booked = list(Registration.objects.get().bookings.order_by("id").values_list("slot", "size"))
    assert booked == [(remote.pk, 3), (workshop.pk, 3)]
    preselected = text(client.get(f"/s-inscrire/{occasion.pk}/?creneau={shift.pk}"))
    assert f'value="{shift.pk}" id="id_shifts_0" checked' in preselected.replace(
        ' aria-describedby="id_shifts_helptext"', ""
    )


def test_wishes_are_ranked_while_they_run(client, occasion):
    occasion.wishes_until = timezone.now() + timedelta(days=1)
    occasion.save()
    one, two = (
        make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name=name) for name in ("Vélo", "Couture")
    )
    asked = text(client.get(f"/s-inscrire/{occasion.pk}/?creneau={two.pk}"))
    assert f'<option value="{two.pk}" selected>' in asked
    assert asked.index("L’atelier que je préfère") < asked.index("Prénom")
    response = sent(client, occasion, wish_1=two.pk, wish_2=one.pk, wish_3=two.pk)
    wishes = list(Registration.objects.get().wishes.values_list("rank", "slot"))
    assert wishes == [(1, two.pk), (2, one.pk)]
    assert "Vœu n° 1" in text(client.get(response.headers["Location"]))


def test_a_wish_for_the_same_hour_as_a_place_is_no_longer_told(client, occasion):
    hours = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at}
    one, two = (
        make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name=name, **hours)
        for name in ("Vélo", "Couture")
    )
    registration = make_booking(slot=one).registration
    make_wish(registration=registration, slot=two, rank=2)
    assert "Vœu n° 2" not in text(client.get(f"/inscription/{registration.code}/"))
    Slot.objects.filter(pk=one.pk).update(starts_at=None, ends_at=None)
    assert "Vœu n° 2" in text(client.get(f"/inscription/{registration.code}/"))


def test_the_page_of_a_registration_is_secret_and_kept_nowhere(client, occasion, slot):
    registration = make_booking(slot=slot).registration
    response = client.get(f"/inscription/{registration.code}/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert registration.email not in text(response)
    for code in ("x", "x" * 500, "é", "a%00b"):
        assert client.get(f"/inscription/{code}/").status_code == 404


def test_looking_changes_nothing(client, occasion, slot):
    offer = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED))
    code = offer.booking.registration.code
    before = list(Booking.objects.values())
    addresses = [
        "",
        "modifier/",
        "annuler/",
        "ajouter/",
        f"offre/{offer.pk}/",
        f"{offer.booking_id}/annuler/",
        "agenda.ics",
    ]
    statuses = [client.get(f"/inscription/{code}/{address}").status_code for address in addresses]
    assert statuses == [200, 200, 405, 405, 405, 405, 200]
    assert list(Booking.objects.values()) == before


def test_an_offer_is_accepted_or_declined_by_a_button(client, occasion, slot):
    for answer, state in (("accept", "confirmed"), ("decline", "declined")):
        offer = make_offer(
            booking=make_booking(slot=slot, state=BookingState.OFFERED),
            expires_at=timezone.now() + timedelta(hours=5),
        )
        code = offer.booking.registration.code
        assert "Je viendrai" in text(client.get(f"/inscription/{code}/"))
        client.post(f"/inscription/{code}/offre/{offer.pk}/", {"answer": answer})
        offer.booking.refresh_from_db()
        assert offer.booking.state == state
    again = client.post(f"/inscription/{code}/offre/{offer.pk}/", {"answer": "accept"}, follow=True)
    assert "Cette offre est close" in text(again)
    other = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED))
    client.post(f"/inscription/{code}/offre/{other.pk}/", {"answer": "accept"})
    other.refresh_from_db()
    assert other.state == "open"


def test_one_cancels_by_the_link_and_registers_again(client, occasion, slot):
    registration = make_booking(slot=slot, size=2).registration
    page = client.post(f"/inscription/{registration.code}/annuler/", follow=True)
    assert "Cette inscription n’est plus valable" in text(page)
    slot.refresh_from_db()
    assert slot.taken == 0


@pytest.mark.parametrize("change", ["cancelled", "over"])
def test_nothing_is_to_be_changed_once_it_does_not_take_place_or_is_over(client, occasion, slot, change):
    now = timezone.now()
    registration = make_booking(slot=slot).registration
    address = f"/inscription/{registration.code}/"
    assert "Je ne peux pas venir" in text(client.get(address))
    if change == "cancelled":
        occasion.cancelled_at = now
    else:
        occasion.starts_at, occasion.ends_at = now - 2 * SOON, now - SOON
    occasion.save()
    said = text(client.get(address))
    assert ("ce rendez-vous n’a pas lieu" if change == "cancelled" else "Ce rendez-vous a eu lieu") in said
    for gone in ("Je ne peux pas venir", "Corriger, ou", "Votre billet", "à bientôt"):
        assert gone not in said
    assert ("Confirmée" in said) is (change == "over")
    assert "Ce qui est gardé sur vous" in said


def test_a_date_that_changed_since_is_said_to_whom_did_not_know_it(client, occasion, slot):
    now = timezone.now()
    before, after = (make_booking(slot=slot).registration for _number in range(2))
    Registration.objects.filter(pk=before.pk).update(registered_at=now - timedelta(days=2))
    Registration.objects.filter(pk=after.pk).update(registered_at=now)
    make_move(occasion=occasion, at=now - timedelta(days=1))
    occasion.version = 1
    occasion.save()
    assert "La date a changé depuis votre inscription" in text(client.get(f"/inscription/{before.code}/"))
    assert "a changé depuis" not in text(client.get(f"/inscription/{after.code}/"))


@pytest.mark.parametrize(("mode", "told"), [("remote", True), ("on-site", False)])
def test_who_joins_remotely_knows_when_the_link_comes(client, occasion, mode, told):
    registration = make_booking(slot=make_slot(occasion=occasion, mode=mode)).registration
    said = text(client.get(f"/inscription/{registration.code}/"))
    assert ("Le lien pour participer à distance est montré ici" in said) is told


def test_one_changes_the_number_and_the_rest(client, occasion, slot):
    registration = make_booking(slot=slot).registration
    address = f"/inscription/{registration.code}/modifier/"
    values = {"size": "2", "first_name": "Noor", "email": "noor@example.net"}
    assert client.post(address, values).status_code == 302
    registration.refresh_from_db()
    assert (registration.first_name, registration.email) == ("Noor", "noor@example.net")
    refused = client.post(address, values | {"size": "3", "first_name": "Nora"})
    assert "Il n’y a plus de place" in text(refused)
    registration.refresh_from_db()
    assert (registration.first_name, registration.bookings.get().size) == ("Noor", 2)


def test_one_adds_a_workshop_and_gives_it_up(client, occasion, slot):
    workshop = make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name="Vélo")
    booking = make_booking(slot=slot, size=2)
    address = f"/inscription/{booking.registration.code}/"
    client.post(f"{address}ajouter/", {"slots": [workshop.pk]})
    added = booking.registration.bookings.get(slot=workshop)
    assert (added.size, added.state) == (2, "confirmed")
    client.post(f"{address}{added.pk}/annuler/")
    added.refresh_from_db()
    assert added.state == "cancelled"
    stranger = make_booking(slot=workshop)
    assert client.post(f"{address}{stranger.pk}/annuler/").status_code == 404


def test_a_calendar_file_comes_with_the_registration(client, occasion, slot):
    registration = make_booking(slot=slot).registration
    answer = client.get(f"/inscription/{registration.code}/agenda.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Bien manger" in answer.content.decode()


def test_the_link_to_join_remotely_is_for_those_registered_from_the_day_before(client):
    now = timezone.now()
    for hours, shown in ((30, False), (20, True)):
        occasion = make_occasion(
            starts_at=now + timedelta(hours=hours), opens_at=now, remote_link="https://visio.example.org/x"
        )
        remote = make_booking(slot=make_slot(occasion=occasion, mode="remote")).registration
        there = make_booking(slot=make_slot(occasion=occasion)).registration
        links = [
            "visio.example.org" in text(client.get(f"/inscription/{one.code}/")) for one in (remote, there)
        ]
        day_before = timezone.localdate(occasion.starts_at) - timedelta(days=1) <= timezone.localdate(now)
        assert links == [day_before if shown else links[0], False]
        assert "visio.example.org" not in text(client.get(f"/s-inscrire/{occasion.pk}/"))


def test_an_erased_registration_has_no_page(client, occasion):
    registration = make_registration(occasion=occasion, forgotten_at=timezone.now())
    assert client.get(f"/inscription/{registration.code}/").status_code == 404
