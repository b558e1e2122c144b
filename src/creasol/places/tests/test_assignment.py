from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creasol.places.assignment import Assignment, Group, Level, Part, assign
from creasol.places.slot_times import overlap

TEN = datetime(2011, 11, 5, 10)


def part(number, start=0, minutes=60, left=10):
    """A slot that starts so many minutes after ten."""
    starts_at = TEN + timedelta(minutes=start)
    return Part(id=number, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), left=left)


def group(number, *wished, size=1, after=None, busy=()):
    """People who wish for slots, the most wanted first, registered so many hours after the opening."""
    ranks = {slot: rank for rank, slot in enumerate(wished, start=1)}
    asked_at = TEN - timedelta(days=30) + timedelta(hours=number if after is None else after)
    return Group(id=number, size=size, asked_at=asked_at, wishes=ranks, busy=tuple(busy))


def test_everyone_is_given_what_there_is_room_for():
    found = assign([group(1, 7), group(2, 7), group(3, 7, 8)], [part(7, left=2), part(8, left=1)])
    assert found.given == ((1, 7), (2, 7), (3, 8))
    assert found.met == (2, 1, 0)
    assert (found.wished, found.firsts, found.seconds) == (Level(3, 3), Level(2, 2), Level(1, 1))
    assert found.is_optimal


def test_the_most_wishes_met_come_before_better_ranks():
    # a first choice for the group of two would leave the two others with nothing
    groups = [group(1, 7, 8, size=2), group(2, 7), group(3, 7)]
    found = assign(groups, [part(7, left=2), part(8, left=2)])
    assert found.given == ((1, 8), (2, 7), (3, 7))
    assert found.met == (2, 2, 0)


def test_first_choices_come_before_second_ones():
    groups = [group(1, 7, 8), group(2, 9, 7)]
    found = assign(groups, [part(7, left=1), part(8, left=1), part(9, left=1)])
    assert found.given == ((1, 7), (2, 9))


def test_a_group_goes_whole_or_not_at_all():
    assert assign([group(1, 7, size=3)], [part(7, left=2)]).given == ()
    assert assign([group(1, 7, size=3), group(2, 7)], [part(7, left=3)]).given == ((1, 7),)


def test_a_group_counts_as_so_many_people():
    groups = [group(1, 7, size=3), group(2, 7), group(3, 7)]
    assert assign(groups, [part(7, left=3)]).given == ((1, 7),)


@pytest.mark.parametrize(("start", "given"), [(60, ((1, 7), (1, 8))), (59, ((1, 7),))])
def test_nobody_is_in_two_places_at_once_but_touching_ends_are_allowed(start, given):
    assert assign([group(1, 7, 8)], [part(7), part(8, start=start)]).given == given


@pytest.mark.parametrize(("start", "given"), [(60, ((1, 7),)), (30, ())])
def test_what_a_person_holds_already_takes_its_time(start, given):
    assert assign([group(1, 7, busy=[part(99)])], [part(7, start=start)]).given == given


def test_a_slot_without_hours_of_its_own_overlaps_nothing():
    whole = Part(id=9, starts_at=None, ends_at=None, left=5)
    assert assign([group(1, 7, 9)], [part(7), whole]).given == ((1, 7), (1, 9))


def test_between_equals_who_registered_first_comes_first():
    groups = [group(1, 7, after=5), group(2, 7, after=2), group(3, 7, after=9), group(4, 7, after=2)]
    assert assign(groups, [part(7, left=2)]).given == ((2, 7), (4, 7))
    assert assign(groups, [part(7, left=1)]).given == ((2, 7),)


def test_no_wish_no_room_and_an_unknown_slot_give_nothing():
    nothing = Assignment((), (0, 0, 0), Level(0, 0), Level(0, 0), Level(0, 0))
    assert assign([], []) == nothing
    assert assign([group(1, 7), group(2, 8)], [part(7, left=0)]) == nothing
    assert nothing.is_optimal


def test_a_rank_beyond_the_third_is_refused():
    with pytest.raises(ValueError, match="ranks of group 1"):
        assign([group(1, 7, 8, 9, 10)], [part(7)])


def test_without_time_nothing_is_said_to_be_proven():
    found = assign([group(1, 7, size=2), group(2, 7)], [part(7)], seconds=0)
    assert (found.given, found.wished, found.is_optimal) == ((), Level(0, 3), False)


def test_three_hundred_people_are_placed_within_seconds():
    parts = [part(number, start=30 * (number % 12), left=12) for number in range(30)]
    groups = [
        group(number, *{number % 30, number * 7 % 30, number * 13 % 30}, size=1 + number % 3)
        for number in range(300)
    ]
    found = assign(groups, parts, seconds=20)
    assert found.is_optimal
    assert found.wished == Level(356, 356)


# Against every assignment there is

parts_drawn = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 2), st.integers(0, 4)), min_size=1, max_size=4
).map(lambda found: [part(n, 30 * start, 30 * length, left) for n, (start, length, left) in enumerate(found)])
groups_drawn = st.lists(
    st.tuples(st.permutations(range(4)), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2)), max_size=4
).map(lambda found: [group(n, *order[:many], size=size, after=after)
                     for n, (order, many, size, after) in enumerate(found)])  # fmt: skip


def is_allowed(pairs, groups, parts):
    filled = Counter()
    for one, slot in pairs:
        filled[slot.id] += one.size
    full = any(filled[slot.id] > slot.left for slot in parts)
    clash = any(a[0].id == b[0].id and overlap(a[1], b[1]) for a, b in combinations(pairs, 2))
    return not full and not clash


def worth(pairs, queue):
    """What is compared: people given a wish, a first one, a second one; then who registered first."""
    by_rank = Counter()
    for one, slot in pairs:
        by_rank[one.wishes[slot.id]] += one.size
    turns = sum(len(queue) - queue.index(one.id) for one, _slot in pairs)
    return by_rank.total(), by_rank[1], by_rank[2], turns


def every_assignment(groups, parts):
    wishes = [(one, slot) for one in groups for slot in parts if slot.id in one.wishes]
    for kept in product([False, True], repeat=len(wishes)):
        pairs = [wish for wish, is_kept in zip(wishes, kept, strict=True) if is_kept]
        if is_allowed(pairs, groups, parts):
            yield pairs


@settings(max_examples=120, deadline=None)
@given(groups_drawn, parts_drawn)
def test_nothing_is_better_than_what_is_found(groups, parts):
    found = assign(groups, parts)
    slots, people = {slot.id: slot for slot in parts}, {one.id: one for one in groups}
    pairs = [(people[one], slots[slot]) for one, slot in found.given]
    could = [one for one in groups if any(s in slots and one.size <= slots[s].left for s in one.wishes)]
    queue = [one.id for one in sorted(could, key=lambda one: (one.asked_at, one.id))]
    best = max(worth(other, queue) for other in every_assignment(groups, parts))
    assert is_allowed(pairs, groups, parts)
    assert worth(pairs, queue) == best
    assert (found.wished, found.firsts, found.seconds) == tuple(Level(value, value) for value in best[:3])


@settings(max_examples=60, deadline=None)
@given(groups_drawn, parts_drawn, st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_changes_nothing(groups, parts, random):
    shuffled = random.sample(groups, len(groups)), random.sample(parts, len(parts))
    assert assign(groups, parts) == assign(*shuffled)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.permutations(range(8)), st.integers(1, 5), st.integers(0, 9)), max_size=25),
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4), st.integers(0, 9)), min_size=8, max_size=8),
)
def test_a_room_is_never_exceeded(people, rooms):
    parts = [part(n, 30 * start, 30 * length, left) for n, (start, length, left) in enumerate(rooms)]
    groups = [group(n, *order[:3], size=size, after=after) for n, (order, size, after) in enumerate(people)]
    found = assign(groups, parts)
    slots, known = {slot.id: slot for slot in parts}, {one.id: one for one in groups}
    assert is_allowed([(known[one], slots[slot]) for one, slot in found.given], groups, parts)
    assert sum(found.met) == found.wished.value == found.wished.bound
