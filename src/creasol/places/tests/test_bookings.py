"""Places given, held, offered and given back, one after the other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.mailing.models import Message
from creasol.places.actions.bookings import (
    NoPlaceLeft,
    accept_offer,
    decline_offer,
    expire_offers,
    let_in,
    offer_free_places,
    set_capacity,
    set_priority,
)
from creasol.places.actions.registrations import cancel_registration, resize_booking
from creasol.places.enums import BookingState, OfferState
from creasol.places.models import Booking, Offer, Slot

from .factories import AT, STARTS_AT, make_booking, make_occasion, make_offer, make_registration, make_slot

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def states(slot) -> list[tuple[str, int]]:
    return list(slot.bookings.order_by("id").values_list("state", "size"))


def kinds() -> list[str]:
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


def test_places_are_granted_up_to_the_last():
    slot = make_slot(capacity=3)
    booking = make_booking(slot=slot)
    resize_booking(booking, size=2, at=LATER)
    with pytest.raises(NoPlaceLeft, match="1 place"):
        resize_booking(booking, size=4, at=LATER)
    resize_booking(booking, size=3, at=LATER)
    with pytest.raises(NoPlaceLeft):
        resize_booking(booking, size=4, at=LATER)
    slot.refresh_from_db()
    assert (slot.taken, slot.left, slot.is_full) == (3, 0, True)


def test_the_database_itself_refuses_one_more():
    slot = make_slot(capacity=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=3)


def test_who_cancels_leaves_the_place_to_the_first_who_waits():
    slot = make_slot(capacity=1)
    gone = make_booking(slot=slot)
    first = make_booking(slot=slot, state=BookingState.WAITING)
    second = make_booking(slot=slot, state=BookingState.WAITING, waiting_since=LATER)
    cancel_registration(gone.registration, at=LATER)
    offer = Offer.objects.get()
    assert (offer.booking, offer.size, offer.expires_at) == (first, 1, LATER + timedelta(hours=48))
    assert states(slot) == [("cancelled", 1), ("offered", 1), ("waiting", 1)]
    slot.refresh_from_db()
    assert slot.taken == 1
    assert kinds() == ["places.place_offered", "places.registration_cancelled"]
    assert Message.objects.get(kind="places.place_offered").to == first.registration.email
    assert second.offers.count() == 0


START = datetime(2011, 11, 7, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before_start", "notice", "valid_for"),
    [
        (timedelta(days=7), 0, timedelta(hours=48)),
        (timedelta(days=7), 72, timedelta(hours=48)),
        (timedelta(days=4), 72, timedelta(hours=24)),
        (timedelta(days=3), 72, None),
        (timedelta(hours=30), 24, timedelta(hours=6)),
        (timedelta(hours=3), 2, timedelta(hours=1)),
        (timedelta(hours=1), 2, None),
        (timedelta(hours=1), 0, timedelta(hours=1)),
        (timedelta(hours=-1), 0, None),
    ],
)
def test_an_offer_lasts_two_days_but_never_beyond_the_notice_that_the_person_needs(
    before_start, notice, valid_for
):
    at = START - before_start
    slot = make_slot(capacity=1, occasion=make_occasion(starts_at=START))
    registration = make_registration(occasion=slot.occasion, notice=notice)
    booking = make_booking(slot=slot, registration=registration, state=BookingState.WAITING)
    offers = offer_free_places(slot, at=at)
    if valid_for is None:
        booking.refresh_from_db()
        assert (offers, booking.state) == ([], "waiting")
    else:
        assert [(offer.booking, offer.expires_at - at) for offer in offers] == [(booking, valid_for)]


def test_whom_an_offer_reaches_too_late_keeps_the_rank():
    slot = make_slot(capacity=2, occasion=make_occasion(starts_at=START))
    slow = make_booking(
        slot=slot,
        registration=make_registration(occasion=slot.occasion, notice=72),
        state=BookingState.WAITING,
    )
    quick = make_booking(slot=slot, state=BookingState.WAITING, waiting_since=LATER)
    offers = offer_free_places(slot, at=START - timedelta(days=1))
    assert [offer.booking for offer in offers] == [quick]
    assert list(slot.bookings.queue()) == [slow]


@pytest.mark.parametrize(
    ("small_groups_pass", "offered"),
    [
        (True, [("waiting", 6), ("offered", 2), ("offered", 1)]),
        (False, [("waiting", 6), ("waiting", 2), ("waiting", 1)]),
    ],
)
def test_a_group_too_large_lets_smaller_ones_pass_if_the_organiser_wants(small_groups_pass, offered):
    slot = make_slot(capacity=5, occasion=make_occasion(small_groups_pass=small_groups_pass))
    for number, size in enumerate((6, 2, 1)):
        make_booking(
            slot=slot, size=size, state=BookingState.WAITING, waiting_since=AT + timedelta(minutes=number)
        )
    offer_free_places(slot, at=LATER)
    assert states(slot) == offered


def test_a_group_that_agreed_is_split_and_the_rest_keeps_its_rank():
    slot = make_slot(capacity=4)
    registration = make_registration(occasion=slot.occasion, may_split=True)
    whole = make_booking(slot=slot, registration=registration, size=6, state=BookingState.WAITING)
    make_booking(slot=slot, state=BookingState.WAITING, waiting_since=LATER)
    [offer] = offer_free_places(slot, at=LATER)
    assert (offer.booking, offer.size) == (whole, 4)
    rest = slot.bookings.queue().first()
    assert (rest.size, rest.registration) == (2, registration)
    accept_offer(offer, at=LATER)
    assert states(slot) == [("confirmed", 4), ("waiting", 1), ("waiting", 2)]


def test_a_priority_goes_before_the_date():
    slot = make_slot(capacity=1)
    make_booking(slot=slot, state=BookingState.WAITING)
    late = make_booking(slot=slot, state=BookingState.WAITING, waiting_since=LATER)
    set_priority(late, priority=1, by=make_user(), at=LATER)
    [offer] = offer_free_places(slot, at=LATER)
    assert offer.booking == late


def test_an_offer_that_is_declined_goes_to_the_next():
    slot = make_slot(capacity=1)
    offer = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED))
    following = make_booking(slot=slot, state=BookingState.WAITING)
    decline_offer(offer, at=LATER)
    assert states(slot) == [("declined", 1), ("offered", 1)]
    assert following.offers.get().state == OfferState.OPEN
    with pytest.raises(ValidationError, match=r"."):
        decline_offer(offer, at=LATER)


def test_an_offer_that_nobody_answers_goes_to_the_next_and_cannot_be_taken_any_more():
    slot = make_slot(capacity=1)
    offer = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED), expires_at=LATER)
    make_booking(slot=slot, state=BookingState.WAITING)
    with pytest.raises(ValidationError):
        accept_offer(offer, at=LATER)
    assert expire_offers(at=LATER - timedelta(seconds=1)) == 0
    assert expire_offers(at=LATER) == 1
    assert expire_offers(at=LATER) == 0
    assert states(slot) == [("expired", 1), ("offered", 1)]
    slot.refresh_from_db()
    assert slot.taken == 1
    assert kinds() == ["places.offer_over", "places.place_offered"]


def test_a_place_cancelled_after_it_was_accepted_revives_no_old_offer():
    slot = make_slot(capacity=1)
    offer = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED))
    accept_offer(offer, at=LATER)
    following = make_booking(slot=slot, state=BookingState.WAITING)
    cancel_registration(offer.booking.registration, at=LATER)
    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED
    assert list(Offer.objects.filter(state=OfferState.OPEN).values_list("booking", flat=True)) == [
        following.pk
    ]
    with pytest.raises(ValidationError):
        accept_offer(offer, at=LATER)


def test_who_leaves_while_a_place_is_offered_withdraws_the_offer():
    slot = make_slot(capacity=1)
    offer = make_offer(booking=make_booking(slot=slot, state=BookingState.OFFERED))
    cancel_registration(offer.booking.registration, at=LATER)
    offer.refresh_from_db()
    slot.refresh_from_db()
    assert (offer.state, slot.taken) == (OfferState.WITHDRAWN, 0)


def test_fewer_places_than_people_sends_nobody_away_and_stops_the_offers():
    slot = make_slot(capacity=3)
    people = [make_booking(slot=slot) for _ in range(3)]
    make_booking(slot=slot, state=BookingState.WAITING)
    set_capacity(slot, capacity=1, by=make_user(), at=LATER)
    assert (slot.taken, slot.capacity, slot.left) == (3, 1, 0)
    cancel_registration(people[0].registration, at=LATER)
    cancel_registration(people[1].registration, at=LATER)
    assert Offer.objects.count() == 0
    cancel_registration(people[2].registration, at=LATER)
    assert Offer.objects.count() == 1


def test_more_places_are_offered_at_once():
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    for _ in range(3):
        make_booking(slot=slot, state=BookingState.WAITING)
    set_capacity(slot, capacity=3, by=make_user(), at=LATER)
    assert sorted(states(slot)) == [("confirmed", 1), ("offered", 1), ("offered", 1), ("waiting", 1)]


def test_somebody_let_in_beyond_the_places_is_counted_and_journalled():
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    waiting = make_booking(slot=slot, size=2, state=BookingState.WAITING)
    with pytest.raises(ValidationError):
        let_in(waiting, reason=" ", by=make_user(), at=LATER)
    let_in(waiting, reason="Elle anime la soirée.", by=make_user(), at=LATER)
    slot.refresh_from_db()
    assert (slot.taken, slot.overbook, slot.left) == (3, 2, 0)
    entry = Entry.objects.get(verb="let-in")
    assert entry.details == {"beyond": 2, "places": 2, "reason": "Elle anime la soirée."}


def test_what_was_let_in_beyond_is_made_up_for_before_anything_is_offered():
    slot = make_slot(capacity=1)
    gone = make_booking(slot=slot)
    let_in(make_booking(slot=slot, state=BookingState.WAITING), reason="Oui", by=make_user(), at=LATER)
    make_booking(slot=slot, state=BookingState.WAITING)
    cancel_registration(gone.registration, at=LATER)
    slot.refresh_from_db()
    assert (slot.taken, slot.overbook, Offer.objects.count()) == (1, 0, 0)


def test_a_cancelled_occasion_offers_nothing():
    slot = make_slot(capacity=1, occasion=make_occasion(cancelled_at=AT))
    make_booking(slot=slot, state=BookingState.WAITING)
    assert offer_free_places(slot, at=LATER) == []


def test_a_slot_people_registered_for_keeps_a_number_of_places():
    slot = make_slot(capacity=2)
    make_booking(slot=slot)
    with pytest.raises(ValidationError):
        set_capacity(slot, capacity=None, by=make_user(), at=LATER)
    free = make_slot(capacity=2)
    set_capacity(free, capacity=None, by=make_user(), at=LATER)
    assert free.left is None


def test_a_workshop_that_starts_later_offers_until_later():
    occasion = make_occasion(starts_at=STARTS_AT)
    slot = make_slot(
        occasion=occasion,
        capacity=1,
        starts_at=STARTS_AT + timedelta(hours=1),
        ends_at=STARTS_AT + timedelta(hours=2),
    )
    booking = make_booking(
        slot=slot, registration=make_registration(occasion=occasion, notice=0), state=BookingState.WAITING
    )
    [offer] = offer_free_places(slot, at=STARTS_AT - timedelta(minutes=5))
    assert (offer.booking, offer.expires_at) == (booking, STARTS_AT + timedelta(hours=1))
    assert Booking.objects.get().state == BookingState.OFFERED
