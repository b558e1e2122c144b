"""What happens to those registered when a date moves or is cancelled."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.mailing.models import Message
from creasol.places.actions.bookings import accept_offer, expire_offers, let_in
from creasol.places.actions.occasions import (
    OccasionDraft,
    cancel_occasion,
    move_occasion,
    revise_occasion,
    set_waiting_rules,
)
from creasol.places.enums import BookingState, OfferState
from creasol.places.models import Occasion, Offer
from creasol.places.queries.registrations import registration_page
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership

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


def test_with_a_later_date_whom_an_offer_would_have_reached_too_late_is_made_one():
    slot = make_slot(occasion=make_occasion(starts_at=AT + HOUR))
    waiting = make_booking(slot=slot, state=BookingState.WAITING)
    move_occasion(slot.occasion, starts_at=STARTS_AT, ends_at=ENDS_AT, by=None, at=AT)
    offer = Offer.objects.get()
    assert (offer.booking, offer.expires_at) == (waiting, AT + timedelta(days=2))


@pytest.mark.parametrize(
    ("closes_at", "then"),
    [
        (STARTS_AT, STARTS_AT - timedelta(days=20)),
        (STARTS_AT - timedelta(days=2), STARTS_AT - timedelta(days=22)),
        (STARTS_AT - timedelta(days=10), STARTS_AT - timedelta(days=20)),  # ten days before would be past
        (AT, AT - timedelta(days=20)),  # it was closed
    ],
)
def test_registration_closes_earlier_with_the_date_but_not_at_once(closes_at, then):
    occasion = make_occasion(opens_at=AT - timedelta(days=1), closes_at=closes_at)
    moved(occasion, -20)
    assert occasion.closes_at == then


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


def test_once_smaller_groups_may_pass_what_is_free_is_offered_at_once():
    slot = make_slot(capacity=5, occasion=make_occasion(small_groups_pass=False))
    group, pair = (make_booking(slot=slot, size=size, state=BookingState.WAITING) for size in (6, 2))
    rules = {"by": make_user(), "at": AT}
    set_waiting_rules(slot.occasion, offer_hours=24, small_groups_pass=False, **rules)
    assert not Offer.objects.exists()
    set_waiting_rules(slot.occasion, offer_hours=24, small_groups_pass=True, **rules)
    offer = Offer.objects.get()
    assert (offer.booking, offer.expires_at) == (pair, AT + timedelta(hours=24))
    group.refresh_from_db()
    assert group.state == BookingState.WAITING
    revise_occasion(slot.occasion, draft_of(slot.occasion), by=None, at=AT)
    assert Occasion.objects.values_list("offer_hours", "small_groups_pass").get() == (24, True)


def draft_of(occasion: Occasion) -> OccasionDraft:
    return OccasionDraft(title=occasion.title, starts_at=occasion.starts_at, ends_at=occasion.ends_at)


def test_the_team_says_how_places_are_offered(client):
    occasion = make_slot(capacity=5).occasion
    staff = make_membership(role=Role.COORDINATOR, programme=occasion.programme).user
    client.force_login(staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
    url = f"/bureau/inscriptions/{occasion.pk}/attente/"
    assert client.post(url, {"offer_hours": "0"}).context["form"].errors.keys() == {"offer_hours"}
    page = client.post(url, {"offer_hours": "24"}, follow=True)
    assert "pour 24 heures au plus" in page.content.decode()
    occasion.refresh_from_db()
    assert (occasion.offer_hours, occasion.small_groups_pass) == (24, False)
