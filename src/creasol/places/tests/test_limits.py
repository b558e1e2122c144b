"""Whoever types an address may not be its owner: how much may be asked with it, and that families are at ease."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.mailing.models import Message
from creasol.places.actions.forgetting import erase_registration
from creasol.places.actions.registrations import (
    RegistrationDraft,
    add_bookings,
    cancel_booking,
    cancel_registration,
    register,
    revise_registration,
)
from creasol.places.enums import Origin, SlotKind
from creasol.places.models import Booking, Registration

from .factories import AT, make_occasion, make_slot

pytestmark = pytest.mark.django_db
WORDS = "Rien de plus ne peut être demandé avec cette adresse pour le moment."


@pytest.fixture
def slot():
    return make_slot(capacity=1_000)


def registered(slot, email="zoe@example.org", **over):
    draft = RegistrationDraft(first_name="Zoé", email=email)
    return register(draft, occasion=slot.occasion, places={slot.pk: 1}, **{"at": AT} | over)


def test_a_family_registers_one_by_one_and_a_flood_does_not(slot):
    for _number in range(6):
        registered(slot)
    with pytest.raises(ValidationError, match=WORDS):
        registered(slot, email="ZOE@example.org")
    assert (Registration.objects.count(), Booking.objects.count(), Message.objects.count()) == (6, 6, 6)
    registered(slot, email="noor@example.org")
    registered(make_slot())


def test_who_cancels_may_come_again(slot):
    for _number in range(5):
        registered(slot)
    last = registered(slot)
    cancel_registration(last, at=AT)
    assert registered(slot).pk


def test_the_team_registers_whom_it_wants(slot):
    for _number in range(15):
        registered(slot, origin=Origin.STAFF, by=make_user())
    assert Registration.objects.count() == 15


def test_without_an_address_nobody_is_counted(slot):
    for _number in range(8):
        registered(slot, email="")
    assert Registration.objects.count() == 8


def until_refused(ask):
    """Return how often something could be asked before it was refused."""
    for number in range(100):
        try:
            ask()
        except ValidationError as error:
            return number if WORDS in error.messages[0] else error
    return None


def test_an_address_is_not_flooded_by_coming_and_going(slot):
    assert until_refused(lambda: cancel_registration(registered(slot), at=AT)) == 12
    assert Message.objects.filter(to="zoe@example.org").count() <= 24


def test_nor_by_erasing_what_was_sent(slot):
    assert until_refused(lambda: erase_registration(registered(slot), at=AT)) == 12


def test_nor_by_taking_a_workshop_and_giving_it_back(slot):
    workshop = make_slot(occasion=slot.occasion, kind=SlotKind.WORKSHOP, name="Vélo")
    mine = registered(slot)

    def take_and_give_back():
        add_bookings(mine, places={workshop.pk: 1}, at=AT)
        cancel_booking(mine.bookings.get(slot=workshop, state="confirmed"), at=AT)

    assert until_refused(take_and_give_back) == 11


def test_nor_by_giving_the_address_afterwards(slot):
    def register_as_another_then_change():
        mine = registered(slot, email=f"{Registration.objects.count()}@example.org")
        revise_registration(mine, RegistrationDraft(first_name="Zoé", email="zoe@example.org"), at=AT)
        cancel_registration(mine, at=AT)

    assert until_refused(register_as_another_then_change) == 12


def test_what_else_one_changes_counts_for_nothing(slot):
    mine = registered(slot)
    for number in range(20):
        revise_registration(
            mine, RegistrationDraft(first_name=f"Zoé {number}", email="zoe@example.org"), at=AT
        )
    assert mine.first_name == "Zoé 19"


def test_the_form_says_so_and_loses_nothing(client):
    now = timezone.now()
    slot = make_slot(occasion=make_occasion(starts_at=now + timedelta(days=20), opens_at=now), capacity=100)
    for number in range(6):
        registered(slot, at=now, request_key=f"cle-{number}")
    said = {
        "first_name": "Noor",
        "email": "zoe@example.org",
        "size": "1",
        "request_key": "cle-7",
        "phone": "03 20",
    }
    page = client.post(f"/s-inscrire/{slot.occasion_id}/", said).content.decode()
    assert WORDS in page
    assert "03 20" in page
    again = client.post(
        f"/s-inscrire/{slot.occasion_id}/", said | {"first_name": "Zoé", "request_key": "cle-5"}
    )
    assert again.status_code == 302  # the same form sent twice is still one registration


def test_who_gives_an_address_too_many_changes_nothing(client):
    now = timezone.now()
    slot = make_slot(occasion=make_occasion(starts_at=now + timedelta(days=20), opens_at=now), capacity=100)
    for _number in range(6):
        registered(slot, at=now)
    mine = registered(slot, email="noor@example.org", at=now)
    said = {"first_name": "Noor", "email": "zoe@example.org", "size": "4"}
    assert WORDS in client.post(f"/inscription/{mine.code}/modifier/", said).content.decode()
    mine.refresh_from_db()
    assert (mine.first_name, mine.email, mine.bookings.get().size) == ("Zoé", "noor@example.org", 1)
    assert client.post(f"/inscription/{mine.code}/modifier/", said | {"email": mine.email}).status_code == 302
    assert mine.bookings.get().size == 4
