from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.mailing.models import Message
from creasol.places.actions.registrations import (
    RegistrationDraft,
    cancel_booking,
    cancel_registration,
    register,
)
from creasol.places.actions.wishes import assign_wishes
from creasol.places.enums import BookingState, SlotKind
from creasol.places.models import Booking, Wish
from creasol.places.queries.wishes import wish_plan

from .factories import AT, make_booking, make_occasion, make_registration, make_slot, make_wish

pytestmark = pytest.mark.django_db
TEN = datetime(2011, 11, 5, 9, tzinfo=UTC)
UNTIL = AT + timedelta(days=7)
AFTER = UNTIL + timedelta(hours=1)


@pytest.fixture
def forum():
    """A forum that gives its workshops by wishes."""
    return make_occasion(starts_at=TEN, ends_at=TEN + timedelta(hours=8), wishes_until=UNTIL)


def workshop(occasion, name, *, start=0, capacity=2):
    starts_at = TEN + timedelta(minutes=start)
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name=name, capacity=capacity, **hours)


def wishing(occasion, *slots, people=1, **over):
    """Somebody who wishes for slots, the most wanted first."""
    registration = make_registration(occasion=occasion, **over)
    for rank, slot in enumerate(slots, start=1):
        make_wish(registration=registration, slot=slot, rank=rank, size=people)
    return registration


def held(registration):
    bookings = registration.bookings.filter(state=BookingState.CONFIRMED)
    return [booking.slot.name for booking in bookings.order_by("slot__name")]


def test_places_are_given_and_people_told(forum):
    drums, waste = workshop(forum, "Légumes"), workshop(forum, "Tri", start=60)
    people = [wishing(forum, drums, waste) for _ in range(3)]
    found = assign_wishes(forum, by=make_user(), at=AFTER)
    assert [held(person) for person in people] == [["Légumes", "Tri"], ["Légumes", "Tri"], []]
    assert (found.met, found.is_optimal) == ((2, 2, 0), True)
    drums.refresh_from_db()
    assert drums.taken == 2
    told = Message.objects.order_by("id").values_list("kind", "about")
    assert list(told) == [
        (kind, f"places.registration:{person.pk}")
        for kind, person in zip(["places.registered"] * 2 + ["places.no_wish_met"], people, strict=True)
    ]
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.details) == (
        "assign",
        {"bound": 4, "optimal": True, "first": 2, "second": 2, "third": 0},
    )
    assert mail.outbox == []


def test_twice_in_a_row_gives_nothing_twice(forum):
    drums = workshop(forum, "Légumes")
    for _ in range(3):
        wishing(forum, drums)
    assign_wishes(forum, by=None, at=AFTER)
    again = assign_wishes(forum, by=None, at=AFTER)
    assert again.given == ()
    assert Booking.objects.count() == 2
    assert Message.objects.count() == 3
    assert Wish.objects.count() == 3


def test_a_wish_that_is_not_met_waits_for_a_place_that_becomes_free(forum):
    drums = workshop(forum, "Légumes", capacity=1)
    first, second = wishing(forum, drums), wishing(forum, drums)
    assign_wishes(forum, by=None, at=AFTER)
    cancel_booking(first.bookings.get(), at=AFTER)
    assign_wishes(forum, by=None, at=AFTER)
    assert (held(first), held(second)) == ([], ["Légumes"])


def test_who_was_given_one_wish_is_not_told_that_none_was_met(forum):
    drums, waste = workshop(forum, "Légumes"), workshop(forum, "Tri", capacity=1)
    wishing(forum, drums, waste)
    assign_wishes(forum, by=None, at=AFTER)
    assign_wishes(forum, by=None, at=AFTER)
    assert [message.kind for message in Message.objects.all()] == ["places.registered"]


def test_the_size_is_that_of_the_group_and_it_goes_whole(forum):
    entry, drums = make_slot(occasion=forum, capacity=50), workshop(forum, "Légumes", capacity=3)
    group = wishing(forum, drums, people=4)
    make_booking(registration=group, slot=entry, size=4)
    pair = wishing(forum, drums, people=2)
    make_booking(registration=pair, slot=entry, size=2)
    assign_wishes(forum, by=None, at=AFTER)
    assert pair.bookings.get(slot=drums).size == 2
    assert not group.bookings.filter(slot=drums).exists()


def test_whoever_waits_for_the_entry_cancelled_or_was_erased_is_given_nothing(forum):
    entry, drums = make_slot(occasion=forum, capacity=50), workshop(forum, "Légumes", capacity=9)
    for state in (BookingState.WAITING, BookingState.CANCELLED, BookingState.REFUSED):
        make_booking(registration=wishing(forum, drums), slot=entry, state=state)
    wishing(forum, drums, forgotten_at=AT)
    cancelled = wishing(forum, drums)
    cancel_registration(cancelled, at=AT)
    assert assign_wishes(forum, by=None, at=AFTER).given == ()


def test_what_one_holds_at_the_same_time_is_respected(forum):
    bar = make_slot(
        occasion=forum, kind=SlotKind.SHIFT, name="Buvette", starts_at=TEN, ends_at=TEN + timedelta(hours=1)
    )
    drums, waste = workshop(forum, "Légumes"), workshop(forum, "Tri", start=60)
    helper = wishing(forum, drums, waste)
    make_booking(registration=helper, slot=bar)
    assign_wishes(forum, by=None, at=AFTER)
    assert held(helper) == ["Buvette", "Tri"]


def test_while_people_may_wish_nothing_is_given(forum):
    wishing(forum, workshop(forum, "Légumes"))
    with pytest.raises(
        ValidationError, match="On peut encore faire des vœux, jusqu’au lundi 17 octobre 2011"
    ):
        assign_wishes(forum, by=None, at=UNTIL - timedelta(minutes=1))
    forum.cancelled_at = AT
    forum.save()
    with pytest.raises(ValidationError, match="on n’attribue plus de place"):
        assign_wishes(forum, by=None, at=AFTER)
    assert not Booking.objects.exists()


def test_wishes_come_with_the_registration(forum):
    drums, waste = workshop(forum, "Légumes"), workshop(forum, "Tri", start=60)
    draft = RegistrationDraft(first_name="Zoé", email="zoe@example.org", wishes={waste.pk: 1, drums.pk: 2})
    registration = register(draft, occasion=forum, places={}, at=AT + timedelta(hours=1))
    assign_wishes(forum, by=None, at=AFTER)
    assert held(registration) == ["Légumes", "Tri"]


def test_a_plan_writes_nothing(forum):
    drums, waste = workshop(forum, "Légumes", capacity=1), workshop(forum, "Tri", start=30, capacity=1)
    wishing(forum, drums, waste)
    wishing(forum, drums)
    plan = wish_plan(forum)
    assert [(demand.slot.name, demand.wished, demand.given) for demand in plan.demands] == [
        ("Légumes", (2, 0, 0), 1),
        ("Tri", (0, 1, 0), 1),
    ]
    assert (plan.open_wishes, plan.met_before, plan.is_empty) == (3, (0, 0, 0), False)
    assert not Booking.objects.exists()
    assert not Entry.objects.filter(verb="assign").exists()
    assign_wishes(forum, by=None, at=AFTER)
    after = wish_plan(forum)
    assert (after.open_wishes, after.met_before, after.assignment.given) == (1, (1, 1, 0), ())


def test_a_plan_of_nothing_is_empty(forum):
    assert wish_plan(forum).is_empty
    workshop(forum, "Légumes")
    assert wish_plan(forum).is_empty


def test_a_plan_reads_no_row_by_row(forum):
    drums = workshop(forum, "Légumes")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            wish_plan(forum)
        return len(captured)

    make_booking(registration=wishing(forum, drums))
    first = queries()
    for _ in range(3):
        make_booking(registration=wishing(forum, drums))
    assert queries() == first
