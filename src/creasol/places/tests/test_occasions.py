"""What happens to those registered when a date moves or is cancelled."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.mailing.models import Message
from creasol.places.actions.bookings import accept_offer, expire_offers, let_in
from creasol.places.actions.occasions import OccasionDraft, cancel_occasion, move_occasion, revise_occasion
from creasol.places.enums import BookingState, OfferState
from creasol.places.models import Occasion
from creasol.places.queries.registrations import registration_page

from .factories import AT, ENDS_AT, STARTS_AT, make_booking, make_occasion, make_offer, make_slot

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_late_offer(**over):
    """Make an offer to be answered until an hour before the start."""
    booking = make_booking(slot=make_slot(**over), state=BookingState.OFFERED)
    return make_offer(booking=booking, expires_at=STARTS_AT - HOUR)


def moved(occasion: Occasion, days: int) -> None:
    delta = timedelta(days=days)
    move_occasion(occasion, starts_at=STARTS_AT + delta, ends_at=ENDS_AT + delta, by=None, at=AT)


@pytest.mark.parametrize(
    ("days", "until"),
    [(-7, STARTS_AT - timedelta(days=7)), (7, STARTS_AT - HOUR)],
)
def test_an_offer_never_outlives_a_start_that_comes_earlier(days, until):
    offer = make_late_offer()
    moved(offer.booking.slot.occasion, days)
    offer.refresh_from_db()
    assert offer.expires_at == until
    with pytest.raises(ValidationError):
        accept_offer(offer, at=until)


def test_an_offer_of_a_workshop_lasts_until_the_workshop_at_most():
    offer = make_late_offer(
        kind="workshop", starts_at=STARTS_AT + HOUR / 2, ends_at=STARTS_AT + HOUR, capacity=1
    )
    moved(offer.booking.slot.occasion, -7)
    offer.refresh_from_db()
    assert offer.expires_at == STARTS_AT - timedelta(days=7) + HOUR / 2


def test_of_a_cancelled_occasion_no_place_is_offered_nor_said_to_be_gone():
    offer = make_late_offer()
    registration = offer.booking.registration
    assert registration_page(registration.code).offers
    cancel_occasion(offer.booking.slot.occasion, by=None, at=AT)
    assert registration_page(registration.code).offers == ()
    assert expire_offers(at=STARTS_AT) == 0
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN
    assert not Message.objects.exists()


def test_nobody_is_let_in_to_what_is_cancelled():
    waiting = make_booking(state=BookingState.WAITING)
    cancel_occasion(waiting.slot.occasion, by=None, at=AT)
    with pytest.raises(ValidationError, match="annul"):
        let_in(waiting, reason="Elle insiste.", by=make_user(), at=AT)
    assert not Message.objects.exists()


def test_who_corrects_the_words_of_an_occasion_cancelled_meanwhile_does_not_bring_it_back():
    occasion = make_occasion()
    before = Occasion.objects.get(pk=occasion.pk)
    cancel_occasion(occasion, by=None, at=AT)
    draft = OccasionDraft(title="Autre titre", starts_at=STARTS_AT, ends_at=ENDS_AT)
    revise_occasion(before, draft, by=None, at=AT)
    occasion.refresh_from_db()
    assert (occasion.title, occasion.cancelled_at) == ("Autre titre", AT)
