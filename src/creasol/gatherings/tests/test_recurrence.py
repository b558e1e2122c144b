from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.gatherings.recurrence import (
    FREQUENCIES,
    MOST,
    in_words,
    monthly,
    occurrences,
    same_day_each_month,
    weekly,
)

PARIS = ZoneInfo("Europe/Paris")
EVENING = datetime(2011, 10, 18, 18, 30, tzinfo=PARIS)  # a Tuesday, the third, in summer time


def clocks(moments):
    return [moment.astimezone(PARIS).strftime("%d/%m %H:%M") for moment in moments]


def test_the_hour_of_the_clock_stays_when_clocks_change():
    moments = occurrences("FREQ=WEEKLY;COUNT=3", starts_at=EVENING)
    assert clocks(moments) == ["18/10 18:30", "25/10 18:30", "01/11 18:30"]
    assert [moment.strftime("%H:%M") for moment in moments] == ["16:30", "16:30", "17:30"]
    spring = datetime(2012, 3, 20, 18, 30, tzinfo=PARIS)
    later = occurrences("FREQ=WEEKLY;COUNT=2", starts_at=spring)
    assert [moment.strftime("%d %H:%M") for moment in later] == ["20 17:30", "27 16:30"]


def test_an_hour_that_does_not_exist_is_the_next_that_does():
    night = datetime(2012, 3, 18, 2, 30, tzinfo=PARIS)
    assert clocks(occurrences("FREQ=WEEKLY;COUNT=2", starts_at=night)) == ["18/03 02:30", "25/03 03:30"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20111115", ["18/10", "01/11", "15/11"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20111025T163000Z", ["18/10", "25/10"]),
        ("FREQ=WEEKLY;UNTIL=20111025T000000", ["18/10", "25/10"]),
        ("FREQ=MONTHLY;BYDAY=3TU;COUNT=3", ["18/10", "15/11", "20/12"]),
        ("freq=monthly;bymonthday=18,-1;count=4", ["18/10", "31/10", "18/11", "30/11"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=12;COUNT=2", ["18/10", "16/11"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", ["18/10", "20/10", "25/10"]),
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", ["18/10", "21/10", "24/10"]),
        ("FREQ=YEARLY;BYDAY=42TU;COUNT=1", ["18/10"]),
    ],
)
def test_rules_of_the_subset(rule, days):
    assert [clock[:5] for clock in clocks(occurrences(rule, starts_at=EVENING))] == days


def test_days_left_out_count_among_the_dates():
    moments = occurrences("FREQ=WEEKLY;COUNT=3", starts_at=EVENING, exceptions={date(2011, 10, 25)})
    assert clocks(moments) == ["18/10 18:30", "01/11 18:30"]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "WEEKLY",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20111231",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=61",
        "FREQ=WEEKLY;COUNT=²",
        "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=WEEKLY;COUNT=2;BYDAY=",
        "FREQ=WEEKLY;COUNT=2;BYDAY=XX",
        "FREQ=WEEKLY;COUNT=2;BYDAY=1TU",
        "FREQ=MONTHLY;COUNT=2;BYDAY=0TU",
        "FREQ=MONTHLY;COUNT=2;BYMONTHDAY=32",
        "FREQ=MONTHLY;COUNT=2;BYSETPOS=1",
        "FREQ=WEEKLY;COUNT=2;INTERVAL=99",
        "FREQ=WEEKLY;UNTIL=hier",
        "FREQ=WEEKLY;UNTIL=20111340",
        "FREQ=WEEKLY;COUNT=2;BYHOUR=3",
        "FREQ=DAILY;UNTIL=20120501",
        "FREQ=WEEKLY;BYDAY=WE;COUNT=2",
        "FREQ=DAILY;BYMONTHDAY=31;BYSETPOS=2;COUNT=2",
    ],
)
def test_what_is_not_understood_too_long_or_begins_elsewhere_is_refused(rule):
    with pytest.raises(ValueError, match=r"."):
        occurrences(rule, starts_at=EVENING)


def test_a_rule_is_made_from_what_people_choose():
    until = date(2011, 12, 31)
    assert weekly(until=until) == "FREQ=WEEKLY;UNTIL=20111231"
    assert weekly(until=until, interval=2) == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20111231"
    assert monthly(EVENING.date(), until=until) == "FREQ=MONTHLY;BYDAY=3TU;UNTIL=20111231"
    assert monthly(date(2011, 11, 29), until=until) == "FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20111231"
    assert same_day_each_month(EVENING.date(), until=until) == "FREQ=MONTHLY;BYMONTHDAY=18;UNTIL=20111231"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;COUNT=2", "toutes les semaines"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", "toutes les deux semaines"),
        ("FREQ=MONTHLY;COUNT=2", "tous les mois"),
        ("FREQ=MONTHLY;INTERVAL=3;COUNT=2", ""),
    ],
)
def test_a_rule_is_said_in_words(rule, words):
    assert in_words(rule) == words


@given(
    frequency=st.sampled_from(sorted(FREQUENCIES)),
    interval=st.integers(1, 52),
    count=st.integers(1, MOST),
    starts_on=st.dates(date(1950, 1, 1), date(2200, 1, 1)),
)
def test_dates_are_bounded_in_order_and_at_the_same_hour(frequency, interval, count, starts_on):
    starts_at = datetime(starts_on.year, starts_on.month, starts_on.day, 18, 30, tzinfo=PARIS)
    moments = occurrences(f"FREQ={frequency};INTERVAL={interval};COUNT={count}", starts_at=starts_at)
    assert 1 <= len(moments) <= count
    assert moments == sorted(set(moments))
    assert {moment.astimezone(PARIS).strftime("%H:%M") for moment in moments} == {"18:30"}
