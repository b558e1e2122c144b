from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.diagnosis.changes import Balance, Seen, balances, events_between
from creasol.diagnosis.enums import Change

HERE, ELSEWHERE, FAR = "59560", "59350", "75056"


def seen(siret, commune=HERE, **over):
    values = {
        "name": f"Association {siret[:9]}",
        "activity": "88.99B",
        "family": "association",
        "size_band": "02",
        "created_on": None,
        "here": commune in (HERE, "59437"),
        "counted": True,
    }
    return Seen(siret=siret, commune=commune, **{**values, **over})


def told(before, after):
    """Return (what happened, SIRET before, SIRET after) of every event."""
    return [
        (str(event.change.value), event.before and event.before.siret, event.after and event.after.siret)
        for event in events_between(before, after)
    ]


def siret(unit, place):
    return f"{unit:09}{place:05}"


ONE, TWO, THREE = siret(1, 1), siret(1, 2), siret(1, 3)


def test_what_stays_is_not_told():
    assert told([seen(ONE)], [seen(ONE)]) == []
    assert told([seen(ONE)], [seen(ONE, size_band="03", name="Autre nom")]) == []


def test_what_appears_and_disappears():
    assert told([seen(ONE)], [seen(siret(2, 1))]) == [
        ("disappeared", ONE, None),
        ("appeared", None, siret(2, 1)),
    ]


def test_one_siret_closes_and_another_opens_under_one_siren():
    assert told([seen(ONE)], [seen(TWO, "59437")]) == [("moved-within", ONE, TWO)]
    assert told([seen(ONE)], [seen(TWO, ELSEWHERE)]) == [("moved-out", ONE, TWO)]
    assert told([seen(ONE, ELSEWHERE)], [seen(TWO)]) == [("moved-in", ONE, TWO)]
    assert told([seen(ONE, ELSEWHERE)], [seen(TWO, FAR)]) == []


def test_another_establishment_that_was_there_already_is_no_move():
    former = [seen(ONE), seen(TWO, ELSEWHERE)]
    assert told(former, [seen(TWO, ELSEWHERE)]) == [("disappeared", ONE, None)]


def test_the_same_activity_goes_first():
    before = [seen(ONE, activity="94.99Z"), seen(TWO, activity="88.10A")]
    assert told(before, [seen(THREE, ELSEWHERE, activity="88.10A")]) == [
        ("disappeared", ONE, None),
        ("moved-out", TWO, THREE),
    ]


def test_then_the_same_commune_then_the_same_departement():
    before = [seen(ONE, ELSEWHERE), seen(TWO, "59437")]
    assert told(before, [seen(THREE, "59437")]) == [("moved-within", TWO, THREE)]
    before = [seen(ONE, FAR), seen(TWO, ELSEWHERE)]
    assert told(before, [seen(THREE)]) == [("moved-in", TWO, THREE)]


def test_a_siret_that_changes_commune_or_perimeter():
    assert told([seen(ONE)], [seen(ONE, "59437")]) == [("moved-within", ONE, ONE)]
    assert told([seen(ONE)], [seen(ONE, ELSEWHERE)]) == [("moved-out", ONE, ONE)]
    assert told([seen(ONE, ELSEWHERE)], [seen(ONE)]) == [("moved-in", ONE, ONE)]
    assert told([seen(ONE)], [seen(ONE, counted=False)]) == [("uncounted", ONE, ONE)]
    assert told([seen(ONE, counted=False)], [seen(ONE)]) == [("counted", ONE, ONE)]


def test_an_establishment_that_the_perimeter_does_not_count_moves_nowhere():
    assert told([seen(ONE, counted=False)], [seen(TWO, ELSEWHERE)]) == []
    assert told([seen(ONE)], [seen(TWO, ELSEWHERE, counted=False)]) == [("disappeared", ONE, None)]


def test_the_balance_of_each_class():
    before = [seen(ONE), seen(siret(2, 1)), seen(siret(3, 1), activity="01.13Z")]
    after = [seen(TWO, ELSEWHERE), seen(siret(3, 1)), seen(siret(4, 1)), seen(siret(5, 1))]
    found = balances(before, after, events_between(before, after), lambda one: one.activity[:2])
    assert found == [
        Balance("88", 2, appeared=2, moved_in=0, disappeared=1, moved_out=1, otherwise=1, after=3),
        Balance("01", 1, appeared=0, moved_in=0, disappeared=0, moved_out=0, otherwise=-1, after=0),
    ]


places = st.sampled_from([HERE, "59437", ELSEWHERE, FAR])
stocks = st.lists(
    st.builds(
        seen,
        st.sampled_from([siret(unit, place) for unit, place in product(range(1, 5), range(1, 7))]),
        places,
        activity=st.sampled_from(["88.99B", "94.99Z"]),
        counted=st.booleans(),
    ),
    unique_by=lambda one: one.siret,
)
SIGNS = {
    Change.APPEARED: 1,
    Change.MOVED_IN: 1,
    Change.COUNTED: 1,
    Change.DISAPPEARED: -1,
    Change.MOVED_OUT: -1,
    Change.UNCOUNTED: -1,
    Change.MOVED_WITHIN: 0,
}


@given(stocks, stocks)
def test_what_came_less_what_went_is_the_difference(before, after):
    events = events_between(before, after)
    difference = sum(one.within for one in after) - sum(one.within for one in before)
    assert sum(SIGNS[event.change] for event in events) == difference
    for balance in balances(before, after, events, lambda one: one.activity):
        came = balance.appeared + balance.moved_in + balance.otherwise
        assert balance.before + came - balance.disappeared - balance.moved_out == balance.after


@given(stocks, stocks)
def test_nobody_is_told_of_twice(before, after):
    events = events_between(before, after)
    for side in ("before", "after"):
        sirets = [getattr(event, side).siret for event in events if getattr(event, side)]
        assert len(sirets) == len(set(sirets))


@given(stocks)
def test_nothing_happens_between_a_vintage_and_itself(stock):
    assert events_between(stock, [replace(one) for one in stock]) == []


@pytest.mark.parametrize("swap", [Change.APPEARED, Change.DISAPPEARED])
def test_going_back_in_time_turns_everything_round(swap):
    before, after = ([seen(ONE)], []) if swap == Change.DISAPPEARED else ([], [seen(ONE)])
    assert told(before, after)[0][0] == swap.value
    assert told(after, before)[0][0] != swap.value
