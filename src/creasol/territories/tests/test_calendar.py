from datetime import date, timedelta

import pytest

from creasol.territories.calendar import ACADEMY_OF, DayFacts, day_facts, school_zone


@pytest.mark.parametrize(
    ("day", "public", "school"),
    [
        (date(2011, 12, 17), None, "Vacances de Noël"),
        (date(2012, 2, 25), None, "Vacances d'hiver"),
        (date(2012, 3, 3), None, "Vacances d'hiver"),
        (date(2012, 3, 10), None, "Vacances d'hiver"),
        (date(2011, 11, 11), "Armistice", None),
        (date(2011, 12, 3), None, None),
        (date(2011, 11, 5), None, None),
        (date(2011, 12, 25), "Noël", "Vacances de Noël"),
    ],
)
def test_the_dates_of_2011_in_lille(day, public, school):
    assert day_facts(day) == DayFacts(day=day, public_holiday=public, school_holiday=school, zone="B")


def test_a_plain_day_is_known_to_be_plain():
    assert day_facts(date(2011, 12, 3)).is_plain is True
    assert day_facts(date(2011, 11, 11)).is_plain is False
    assert day_facts(date(2100, 12, 3)).is_plain is False


def test_alsace_and_moselle_have_two_more_days_off():
    friday, stephen = date(2011, 4, 22), date(2011, 12, 26)
    names = {
        code: tuple(day_facts(day, department_code=code).public_holiday for day in (friday, stephen))
        for code in ("57", "67", "68", "59")
    }
    both = ("Vendredi saint", "Saint-Étienne")
    assert names == {"57": both, "67": both, "68": both, "59": (None, None)}


def test_la_reunion_remembers_the_abolition_of_slavery():
    facts = day_facts(date(2011, 12, 20), department_code="974")
    assert facts.public_holiday == "Abolition de l'esclavage"
    assert (facts.school_known, facts.zone, facts.school_holiday) == (False, None, None)


def test_the_zones_were_redrawn_in_2015():
    before, after = date(2015, 8, 31), date(2015, 9, 1)
    zones = {
        code: tuple(school_zone(day, department_code=code) for day in (before, after))
        for code in ("59", "33", "69", "31", "25", "57")
    }
    assert zones == {
        "59": ("B", "B"),
        "33": ("C", "A"),
        "69": ("A", "A"),
        "31": ("A", "C"),
        "25": ("B", "A"),
        "57": ("A", "B"),
    }


def test_every_metropolitan_departement_but_corsica_has_an_academy():
    expected = {f"{number:02}" for number in range(1, 96)} - {"20"}
    assert set(ACADEMY_OF) == expected


def test_what_is_not_known_is_never_said_to_be_nothing():
    for day in (date(1995, 8, 31), date(2028, 9, 1), date(2040, 5, 1)):
        facts = day_facts(day)
        assert (facts.school_known, facts.zone, facts.school_holiday, facts.is_plain) == (
            False,
            None,
            None,
            False,
        )
    assert day_facts(date(2028, 8, 31)).school_holiday == "Vacances d'été"
    assert day_facts(date(2026, 2, 20), department_code="2A").school_known is False
    assert day_facts(date(2200, 1, 1)).public_known is False


def test_every_day_of_a_known_year_has_an_answer():
    day = date(2011, 1, 1)
    facts = [day_facts(day + timedelta(days=number)) for number in range(365)]
    assert all(fact.school_known and fact.public_known for fact in facts)
    assert sum(fact.public_holiday is not None for fact in facts) == 11
