from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.actions.states import (
    cancel_gathering,
    confirm_gathering,
    hold_gathering,
    move_gathering,
    propose_gathering,
    withdraw_gathering,
)
from creasol.gatherings.enums import GATHERING_TRANSITIONS, GatheringState
from creasol.gatherings.models import Gathering
from creasol.journal.models import Entry
from creasol.places.enums import BookingState
from creasol.places.models import Occasion
from creasol.places.signals import occasion_changed
from creasol.places.tests.factories import (
    AT,
    ENDS_AT,
    STARTS_AT,
    make_booking,
    make_registration,
    make_room,
    make_slot,
)

from .factories import make_gathering, make_harvest

pytestmark = pytest.mark.django_db
AFTER = ENDS_AT + timedelta(days=1)
LATER = STARTS_AT + timedelta(days=7)


def move(gathering, **over):
    move_gathering(
        gathering, **{"starts_at": LATER, "ends_at": LATER + timedelta(hours=2), "by": None, "at": AT} | over
    )


WAYS = {
    GatheringState.DRAFT: lambda one: withdraw_gathering(one, by=None, at=AT),
    GatheringState.PROPOSED: lambda one: propose_gathering(one, by=None, at=AT),
    GatheringState.CONFIRMED: lambda one: confirm_gathering(one, by=None, at=AT),
    GatheringState.MOVED: move,
    GatheringState.HELD: lambda one: hold_gathering(one, came=12, by=None, at=AFTER),
    GatheringState.CANCELLED: lambda one: cancel_gathering(one, reason="La salle a brûlé", by=None, at=AT),
}
VERBS = {
    GatheringState.DRAFT: "withdraw",
    GatheringState.PROPOSED: "propose",
    GatheringState.CONFIRMED: "confirm",
    GatheringState.MOVED: "reschedule",
    GatheringState.HELD: "hold",
    GatheringState.CANCELLED: "cancel",
}


@pytest.mark.parametrize("to", GatheringState)
@pytest.mark.parametrize("now", GatheringState)
def test_every_way_is_open_or_closed_as_the_table_says(now, to):
    gathering = make_gathering(state=now)
    entries = Entry.objects.filter(subject_type="gatherings.gathering")
    corrects = now == to == GatheringState.HELD  # how many came is corrected by saying it again
    if to in GATHERING_TRANSITIONS[now] or corrects:
        WAYS[to](gathering)
        draft_goes = (now, to) == (GatheringState.DRAFT, GatheringState.CANCELLED)
        assert entries.get().verb == ("remove" if draft_goes else VERBS[to])
        if draft_goes:
            assert not Gathering.objects.exists()
            assert not Occasion.objects.exists()
        else:
            gathering.refresh_from_db()
            assert gathering.state == to
    else:
        with pytest.raises(ValidationError):
            WAYS[to](gathering)
        gathering.refresh_from_db()
        assert gathering.state == now
        assert not entries.exists()


def test_confirming_opens_registration_from_now_until_the_start():
    gathering = make_gathering(state=GatheringState.PROPOSED, opens_at=None, closes_at=None)
    confirm_gathering(gathering, by=None, at=AT)
    gathering.occasion.refresh_from_db()
    assert (gathering.occasion.opens_at, gathering.occasion.closes_at) == (AT, STARTS_AT)
    other = make_gathering(state=GatheringState.DRAFT)
    opens, closes = AT + timedelta(days=2), STARTS_AT - timedelta(days=1)
    confirm_gathering(other, opens_at=opens, closes_at=closes, by=None, at=AT)
    other.occasion.refresh_from_db()
    assert (other.occasion.opens_at, other.occasion.closes_at) == (opens, closes)


@pytest.mark.parametrize(
    "window",
    [
        {"at": STARTS_AT},
        {"at": AT, "opens_at": STARTS_AT},
        {"at": AT, "closes_at": AT},
        {"at": AT, "closes_at": ENDS_AT + timedelta(hours=1)},
    ],
)
def test_what_is_past_or_never_open_is_not_confirmed(window):
    gathering = make_gathering(state=GatheringState.DRAFT)
    with pytest.raises(ValidationError):
        confirm_gathering(gathering, by=None, **window)
    assert Gathering.objects.get().state == GatheringState.DRAFT


def test_a_move_keeps_the_former_date_and_takes_the_parts_along():
    by, told = make_user(), []

    def hear(occasion, **kwargs):
        told.append(occasion)

    occasion_changed.connect(hear)
    gathering = make_gathering(is_tentative=True)
    make_slot(occasion=gathering.occasion)
    part = make_slot(
        occasion=gathering.occasion, starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(minutes=30)
    )
    move(gathering, reason=" Les vacances ", by=by)
    occasion = Occasion.objects.get()
    assert (occasion.starts_at, occasion.ends_at) == (LATER, LATER + timedelta(hours=2))
    assert (occasion.version, occasion.is_tentative, occasion.closes_at) == (1, False, LATER)
    former = occasion.moves.get()
    assert (former.version, former.previous_starts_at, former.previous_ends_at) == (1, STARTS_AT, ENDS_AT)
    assert (former.reason, former.by, former.at) == ("Les vacances", by, AT)
    part.refresh_from_db()
    assert (part.starts_at, part.ends_at) == (LATER, LATER + timedelta(minutes=30))
    assert told == [occasion]
    move(gathering, starts_at=LATER + timedelta(days=1), ends_at=LATER + timedelta(days=2))
    assert Occasion.objects.get().version == 2
    occasion_changed.disconnect(hear)


def test_another_room_alone_is_a_move_too():
    gathering, room = make_gathering(room=make_room()), make_room()
    move(gathering, starts_at=STARTS_AT, ends_at=ENDS_AT, room=room)
    occasion = Occasion.objects.get()
    assert (occasion.room, occasion.version, occasion.starts_at) == (room, 1, STARTS_AT)


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_at": STARTS_AT, "ends_at": ENDS_AT},
        {"starts_at": AT - timedelta(days=1), "ends_at": AT},
        {"starts_at": LATER, "ends_at": LATER},
    ],
)
def test_a_move_to_nowhere_to_the_past_or_backwards_is_refused(dates):
    gathering = make_gathering()
    with pytest.raises(ValidationError):
        move(gathering, **dates)
    occasion = Occasion.objects.get()
    assert (Gathering.objects.get().state, occasion.starts_at) == (GatheringState.CONFIRMED, STARTS_AT)
    assert not occasion.moves.exists()


def test_how_many_came_is_what_is_said_else_what_the_door_counted():
    gathering = make_gathering()
    slot = make_slot(occasion=gathering.occasion)
    make_booking(slot=slot, size=3, arrived=2, state=BookingState.PRESENT)
    make_booking(slot=slot, arrived=1, state=BookingState.PRESENT)
    hold_gathering(gathering, by=None, at=AFTER)
    assert Gathering.objects.get().came == 3
    hold_gathering(gathering, came=40, by=None, at=AFTER)
    assert Gathering.objects.get().came == 40
    unknown = make_gathering()
    hold_gathering(unknown, by=None, at=AFTER)
    assert unknown.came is None


def test_nothing_is_held_before_it_starts():
    gathering = make_gathering()
    with pytest.raises(ValidationError, match="pas encore commencé"):
        hold_gathering(gathering, by=None, at=AT)
    assert Gathering.objects.get().state == GatheringState.CONFIRMED


def test_a_cancellation_says_why_and_closes_registration():
    gathering = make_gathering()
    with pytest.raises(ValidationError, match="pourquoi"):
        cancel_gathering(gathering, reason="  ", by=None, at=AT)
    assert Gathering.objects.get().state == GatheringState.CONFIRMED
    assert cancel_gathering(gathering, reason="La salle a brûlé", by=None, at=AT)
    gathering = Gathering.objects.get()
    assert (gathering.cancel_reason, gathering.occasion.cancelled_at) == ("La salle a brûlé", AT)
    assert not gathering.occasion.announcements.exists()


def test_why_it_is_cancelled_is_in_the_mail_to_those_registered():
    gathering = make_gathering()
    make_registration(occasion=gathering.occasion)
    cancel_gathering(gathering, reason="La salle a brûlé", by=None, at=AT)
    announcement = gathering.occasion.announcements.get()
    assert (announcement.kind, announcement.words) == ("cancelled", "La salle a brûlé")


@pytest.mark.parametrize("use", [make_harvest, make_registration])
def test_a_draft_that_people_used_does_not_vanish(use):
    gathering = make_gathering(state=GatheringState.DRAFT)
    use(**({"gathering": gathering} if use is make_harvest else {"occasion": gathering.occasion}))
    with pytest.raises(ValidationError):
        cancel_gathering(gathering, by=None, at=AT)
    assert Gathering.objects.exists()
