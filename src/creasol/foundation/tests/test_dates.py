from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from creasol.foundation import dates

FORUM = (datetime(2011, 12, 3, 8, 0, tzinfo=UTC), datetime(2011, 12, 3, 16, 0, tzinfo=UTC))


def plain(words):
    return words.replace("\u202f", "~").replace("\u00a0", "_")


def test_a_day_in_words():
    assert dates.day(date(2011, 12, 3)) == "samedi 3 décembre 2011"
    assert dates.day(date(2011, 12, 1), weekday=False) == "1er décembre 2011"
    assert dates.day(datetime(2011, 12, 3, 23, 30, tzinfo=UTC)) == "dimanche 4 décembre 2011"
    assert dates.day(None) == "—"
    with translation.override("en"):
        assert dates.day(date(2011, 12, 1)) == "Thursday 1 December 2011"


@pytest.mark.parametrize(
    ("start", "end", "french", "english"),
    [
        (date(2011, 11, 17), date(2011, 11, 20), "du 17 au 20 novembre 2011", "17–20 November 2011"),
        (
            date(2011, 11, 1),
            date(2011, 12, 3),
            "du 1er novembre au 3 décembre 2011",
            "1 November – 3 December 2011",
        ),
        (
            date(2011, 12, 28),
            date(2012, 1, 3),
            "du 28 décembre 2011 au 3 janvier 2012",
            "28 December 2011 – 3 January 2012",
        ),
        (date(2011, 12, 3), date(2011, 12, 3), "3 décembre 2011", "3 December 2011"),
        (date(2011, 12, 3), None, "3 décembre 2011", "3 December 2011"),
        (None, None, "—", "—"),
    ],
)
def test_a_period_says_month_and_year_once(start, end, french, english):
    assert dates.period(start, end) == french
    with translation.override("en"):
        assert dates.period(start, end) == english


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        (time(9), "9~h", "9_am"),
        (time(16, 30), "16~h~30", "4:30_pm"),
        (time(0, 5), "0~h~05", "12:05_am"),
        (time(12), "12~h", "12_pm"),
    ],
)
def test_the_clock(at, french, english):
    assert plain(dates.clock(at)) == french
    with translation.override("en"):
        assert plain(dates.clock(at)) == english


def test_a_moment_is_told_in_local_time():
    assert plain(dates.moment(*FORUM)) == "samedi 3 décembre 2011, 9~h – 17~h"
    assert plain(dates.moment(FORUM[0])) == "samedi 3 décembre 2011, 9~h"
    with translation.override("en"):
        assert plain(dates.moment(*FORUM)) == "Saturday 3 December 2011, 9_am – 5_pm"


def test_a_moment_over_two_days_says_both():
    end = datetime(2011, 12, 4, 11, 0, tzinfo=UTC)
    assert plain(dates.moment(FORUM[0], end)) == (
        "samedi 3 décembre 2011, 9~h – dimanche 4 décembre 2011, 12~h"
    )


def test_an_hour_of_a_day_is_that_of_the_clocks_here_in_winter_and_in_summer():
    assert dates.moment_at(date(2011, 12, 3), time(9)) == datetime(2011, 12, 3, 8, tzinfo=UTC)
    assert dates.moment_at(date(2011, 7, 14)) == datetime(2011, 7, 13, 22, tzinfo=UTC)
