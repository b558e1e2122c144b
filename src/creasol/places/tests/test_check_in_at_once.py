"""Two telephones, one ticket, at the same moment: one arrival. Real connections, in parallel."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.places.actions.check_in import CheckInDraft, Word, take_in
from creasol.places.enums import BookingState, CheckInKind
from creasol.places.models import Booking, CheckIn, Registration
from creasol.places.tickets import token_of

from .factories import STARTS_AT, make_booking, make_slot

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        reason="requests are served in parallel on PostgreSQL only",
    ),
]
TELEPHONES = 8


def at_once(drafts, occasion):
    """Take in each word on a connection of its own, all at the same moment."""
    together = Barrier(len(drafts))

    def say(draft):
        try:
            together.wait()
            return take_in(draft, occasion=occasion)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(drafts)) as pool:
        return list(pool.map(say, drafts))


def word(by, minute, key=None):
    received = STARTS_AT + timedelta(minutes=30)
    at = STARTS_AT + timedelta(minutes=minute)
    return Word(key=key or uuid4(), by=by, at=at, received_at=received, device=f"telephone {minute}")


@pytest.mark.parametrize("turn", range(5))
def test_one_ticket_on_many_telephones_is_one_arrival_the_earliest(turn):
    booking, by = make_booking(), make_user()
    ticket = token_of(booking.registration.ticket)
    drafts = [
        CheckInDraft(kind=CheckInKind.ARRIVE, slot=booking.slot, ticket=ticket, word=word(by, 20 - number))
        for number in range(TELEPHONES)
    ]
    answers = at_once(drafts, booking.slot.occasion)
    found = Booking.objects.get()
    assert (found.state, found.arrived, found.arrived_at) == (
        BookingState.PRESENT, 1, STARTS_AT + timedelta(minutes=13),
    )  # fmt: skip
    assert answers[-1].outcome == "welcome"
    again = [take_in(draft, occasion=booking.slot.occasion) for draft in drafts]
    assert [answer.outcome for answer in again] == ["already"] * (TELEPHONES - 1) + ["welcome"]
    assert {answer.at for answer in again} == {STARTS_AT + timedelta(minutes=13)}
    assert CheckIn.objects.count() == TELEPHONES


def test_the_same_word_on_many_lines_is_noted_once():
    booking, by = make_booking(), make_user()
    said = CheckInDraft(
        kind=CheckInKind.ARRIVE, slot=booking.slot, booking=booking.pk, word=word(by, 4, key=uuid4())
    )
    answers = at_once([said] * TELEPHONES, booking.slot.occasion)
    assert {(answer.outcome, answer.at) for answer in answers} == {
        ("welcome", STARTS_AT + timedelta(minutes=4))
    }
    assert (CheckIn.objects.count(), Entry.objects.count()) == (1, 1)


def test_the_same_walk_in_on_many_lines_is_one_person():
    slot, by = make_slot(capacity=1), make_user()
    said = CheckInDraft(kind=CheckInKind.WALK_IN, slot=slot, first_name="Léa", word=word(by, 4, key=uuid4()))
    answers = at_once([said] * TELEPHONES, slot.occasion)
    slot.refresh_from_db()
    assert {answer.outcome for answer in answers} == {"welcome"}
    assert (Registration.objects.count(), slot.taken, slot.overbook) == (1, 1, 0)


def test_many_walk_ins_at_once_are_all_counted():
    slot, by = make_slot(capacity=3), make_user()
    drafts = [
        CheckInDraft(kind=CheckInKind.WALK_IN, slot=slot, first_name=f"P{number}", word=word(by, number))
        for number in range(TELEPHONES)
    ]
    at_once(drafts, slot.occasion)
    slot.refresh_from_db()
    assert (slot.taken, slot.capacity, slot.overbook) == (8, 3, 5)
    assert Booking.objects.filter(state=BookingState.PRESENT).count() == 8
