"""Whatever the order in which telephones are heard, the same words make the same arrival."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from creasol.places.arrivals import Arrival, Said, adds_to, settled

SIX = datetime(2011, 11, 7, 17, 0, tzinfo=UTC)


def said(minute: int, arrived: int = 1, number: int | None = None) -> Said:
    return Said(
        at=SIX + timedelta(minutes=minute), number=minute if number is None else number, arrived=arrived
    )


def minutes(arrival: Arrival | None) -> int | None:
    return None if arrival is None else int((arrival.at - SIX).total_seconds() / 60)


def test_nobody_came_when_nothing_was_said():
    assert settled([]) is None


def test_the_earliest_arrival_wins():
    assert settled([said(10), said(4), said(7)]) == Arrival(
        at=SIX + timedelta(minutes=4), arrived=1, number=4
    )


def test_a_group_is_completed_and_keeps_its_first_hour():
    arrival = settled([said(4, 2), said(20, 4)])
    assert (minutes(arrival), arrival.arrived) == (4, 4)
    assert adds_to(said(20, 4), [said(4, 2), said(20, 4)])
    assert not adds_to(said(20, 2), [said(4, 2), said(20, 2)])


def test_a_mistake_takes_back_what_was_said_before_it_and_no_more():
    assert settled([said(4), said(5, 0)]) is None
    assert minutes(settled([said(4), said(5, 0), said(9)])) == 9
    assert minutes(settled([said(5, 0), said(9), said(4)])) == 9


def test_at_the_same_moment_what_was_received_last_stands():
    assert settled([said(4, 1, number=1), said(4, 0, number=2)]) is None
    assert minutes(settled([said(4, 0, number=1), said(4, 1, number=2)])) == 4


words = st.lists(
    st.builds(said, st.integers(0, 30), st.integers(0, 4), st.integers(1, 1000)),
    unique_by=lambda one: one.number,
    max_size=12,
)


@given(words, st.randoms())
def test_order_and_repetition_change_nothing(all_of_them, random):
    mixed = [*all_of_them, *all_of_them[::2]]
    random.shuffle(mixed)
    assert settled(mixed) == settled(all_of_them)


@given(words)
def test_an_arrival_is_never_later_than_one_that_stands(all_of_them):
    arrival = settled(all_of_them)
    last_mistake = max((one for one in all_of_them if not one.arrived), default=None)
    standing = [one for one in all_of_them if one.arrived and (last_mistake is None or one > last_mistake)]
    assert (arrival is None) == (standing == [])
    if arrival:
        assert arrival.at == min(one.at for one in standing)
        assert arrival.arrived == max(one.arrived for one in standing)
