from datetime import date

import pytest

from creasol.foundation.timeline import Step, timeline

STEPS = (
    Step(label="Meetings", starts_on=date(2011, 11, 17), ends_on=date(2011, 12, 16)),
    Step(label="Support", starts_on=date(2011, 12, 17), ends_on=date(2012, 6, 30)),
)


@pytest.mark.parametrize(
    ("on", "places"),
    [
        (date(2011, 11, 16), [("future", 0), ("future", 0)]),
        (date(2011, 11, 17), [("current", 0), ("future", 0)]),
        (date(2011, 12, 2), [("current", 50), ("future", 0)]),
        (date(2011, 12, 16), [("current", 97), ("future", 0)]),
        (date(2011, 12, 17), [("past", 100), ("current", 0)]),
        (date(2012, 7, 1), [("past", 100), ("past", 100)]),
    ],
)
def test_the_place_of_a_day_among_phases(on, places):
    assert [(stage.state, stage.percent) for stage in timeline(STEPS, on)] == places


def test_the_dates_are_in_words():
    assert [stage.dates for stage in timeline(STEPS, date(2011, 12, 3))] == [
        "du 17 novembre au 16 décembre 2011",
        "du 17 décembre 2011 au 30 juin 2012",
    ]
