"""Whatever people do, in whatever order: what must always be true of places and of those who wait."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from creasol.accounts.tests.factories import make_user
from creasol.places.actions.bookings import (
    NoPlaceLeft,
    accept_offer,
    decline_offer,
    expire_offers,
    let_in,
    set_capacity,
)
from creasol.places.actions.registrations import (
    RegistrationDraft,
    cancel_registration,
    register,
    resize_booking,
)
from creasol.places.enums import HOLDING, BookingState, Notice, OfferState
from creasol.places.models import Offer
from creasol.places.slot_times import offer_deadline

from .factories import AT, STARTS_AT, make_occasion, make_slot


class Places(RuleBasedStateMachine):
    """One slot, and everything that can happen to it, told to the actions in any order."""

    def __init__(self):
        super().__init__()
        self.now = AT
        self.slot = make_slot(capacity=3, occasion=make_occasion(closes_at=STARTS_AT))
        self.user = make_user()
        self.registrations = []

    def bookings(self, *states):
        return list(self.slot.bookings.filter(state__in=states).order_by("id"))

    def offers(self):
        return list(Offer.objects.filter(booking__slot=self.slot, state=OfferState.OPEN).order_by("id"))

    @rule(size=st.integers(1, 4), notice=st.sampled_from(Notice.values), may_split=st.booleans())
    def register(self, size, notice, may_split):
        draft = RegistrationDraft(first_name="Sacha", notice=notice, may_split=may_split)
        if self.now < STARTS_AT:
            self.registrations.append(
                register(draft, occasion=self.slot.occasion, places={self.slot.pk: size}, at=self.now)
            )

    @precondition(lambda self: self.registrations)
    @rule(data=st.data())
    def cancel(self, data):
        cancel_registration(data.draw(st.sampled_from(self.registrations)), at=self.now)

    @precondition(lambda self: self.offers())
    @rule(data=st.data(), accepts=st.booleans())
    def answer(self, data, accepts):
        offer = data.draw(st.sampled_from(self.offers()))
        if accepts and offer.expires_at <= self.now:
            with pytest.raises(ValidationError):
                accept_offer(offer, at=self.now)
        else:
            (accept_offer if accepts else decline_offer)(offer, at=self.now)

    @rule(hours=st.sampled_from((1, 20, 50, 200)))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        expire_offers(at=self.now)
        assert [offer for offer in self.offers() if offer.expires_at <= self.now] == []

    @rule(capacity=st.integers(0, 6))
    def resize(self, capacity):
        set_capacity(self.slot, capacity=capacity, by=self.user, at=self.now)

    @precondition(lambda self: self.bookings(BookingState.WAITING))
    @rule(data=st.data())
    def let_somebody_in(self, data):
        booking = data.draw(st.sampled_from(self.bookings(BookingState.WAITING)))
        let_in(booking, reason="Oui", by=self.user, at=self.now)

    @precondition(lambda self: self.bookings(BookingState.CONFIRMED) and self.now < STARTS_AT)
    @rule(data=st.data(), size=st.integers(1, 4))
    def change_number(self, data, size):
        booking = data.draw(st.sampled_from(self.bookings(BookingState.CONFIRMED)))
        try:
            resize_booking(booking, size=size, at=self.now)
        except NoPlaceLeft:
            self.slot.refresh_from_db()
            assert size - booking.size > self.slot.left

    @invariant()
    def the_counter_says_what_the_bookings_say(self):
        self.slot.refresh_from_db()
        held = self.slot.bookings.filter(state__in=HOLDING).aggregate(total=Sum("size"))["total"] or 0
        assert self.slot.taken == held <= self.slot.ceiling

    @invariant()
    def every_open_offer_is_of_a_booking_that_is_offered(self):
        assert sorted(offer.booking_id for offer in self.offers()) == [
            booking.pk for booking in self.bookings(BookingState.OFFERED)
        ]

    @invariant()
    def nobody_whom_an_offer_would_reach_waits_while_enough_places_are_free(self):
        slot = self.slot
        slot.refresh_from_db()
        fits = [
            booking
            for booking in slot.bookings.queue().select_related("registration")
            if booking.size <= (slot.left or 0)
            and booking.waiting_since < self.now
            and offer_deadline(STARTS_AT, notice=booking.registration.notice, hours=48, at=self.now)
        ]
        assert fits == []


class TestPlaces(TestCase):
    def test_what_must_always_be_true_of_places(self):
        run_state_machine_as_test(
            Places,
            settings=settings(
                max_examples=40,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
