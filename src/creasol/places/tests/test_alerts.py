"""What speaks against a date: exactly what is so for the dates of the founding document, and never an error."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.places.alert_words import SENTENCES, words_of
from creasol.places.alerts import (
    AlertKind,
    DateFacts,
    Engagement,
    RoomUse,
    Seating,
    alerts_for,
)

AUTUMN = date(2011, 10, 3)
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 12, 31))
CODES = st.sampled_from(["59", "2A", "67", "974", "75", "", "XX"])


def facts(day: str, starts_at: str = "09:00", ends_at: str = "17:00", **over) -> DateFacts:
    """Return what is known of a date in Lille, announced in the autumn of 2011."""
    on = date.fromisoformat(day)
    said = {
        "starts_at": datetime.combine(on, time.fromisoformat(starts_at)),
        "ends_at": datetime.combine(on, time.fromisoformat(ends_at)),
        "today": AUTUMN,
        "department": "59",
    }
    return DateFacts(**said | over)


def said(known: DateFacts) -> list[str]:
    return [words_of(alert).replace("\xa0", " ").replace("\u202f", " ") for alert in alerts_for(known)]


def kinds(known: DateFacts) -> list[str]:
    return [alert.kind.value for alert in alerts_for(known)]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2011-12-03", []),
        ("2011-12-17", ["Vacances de Noël, zones A, B et C"]),
        ("2012-02-25", ["Vacances d’hiver, zone B"]),
        ("2012-03-03", ["Vacances d’hiver, zone B"]),
        ("2012-03-10", ["Vacances d’hiver, zone B"]),
        ("2011-11-11", ["Jour férié : Armistice"]),
        ("2012-04-09", ["Jour férié : Lundi de Pâques"]),
        ("2011-11-05", []),
        ("2011-11-10", ["Veille de jour férié (Armistice)"]),
    ],
)
def test_the_days_of_the_founding_document_in_lille(day, words):
    assert said(facts(day)) == words


@pytest.mark.parametrize(
    ("day", "starts_at", "ends_at"),
    [("2011-11-07", "18:00", "20:00"), ("2011-11-15", "18:30", "20:30"), ("2011-11-29", "18:00", "20:00")],
)
def test_nothing_speaks_against_the_three_evenings(day, starts_at, ends_at):
    assert said(facts(day, starts_at, ends_at)) == []


def test_zones_of_the_public_are_named_when_they_are_on_holiday_too():
    assert said(facts("2012-02-25", zones="AC")) == ["Vacances d’hiver, zones A, B et C"]
    assert said(facts("2012-03-03", zones="AC")) == ["Vacances d’hiver, zones B et C"]
    assert said(facts("2012-02-13", zones="A")) == ["Vacances d’hiver, zone A"]
    assert said(facts("2012-02-13")) == []


def test_the_same_day_is_something_else_in_another_academie():
    assert said(facts("2012-02-13", department="69")) == ["Vacances d’hiver, zone A"]
    assert said(facts("2011-12-26", department="67")) == [
        "Vacances de Noël, zones A, B et C",
        "Jour férié : Saint-Étienne",
    ]


def test_where_the_calendar_of_schools_is_unknown_it_is_said():
    assert said(facts("2012-02-25", department="974")) == [
        "Le calendrier scolaire n’est pas connu pour ce jour."
    ]
    assert said(facts("2012-02-25", department="974", zones="C")) == ["Vacances d’hiver, zone C"]
    assert said(facts("2012-02-25", department="")) == []
    assert said(facts("2060-05-12")) == ["Le calendrier scolaire n’est pas connu pour ce jour."]


def test_bridges_and_eves_are_alerts_of_their_own():
    # Ascension on Thursday 17 May 2012
    assert kinds(facts("2012-05-16")) == ["eve"]
    assert said(facts("2012-05-18")) == ["Pont : beaucoup prennent ce jour de congé (Ascension)"]
    # 1 May 2012 is a Tuesday, in the spring holidays of zone B: its Monday is said as a bridge, once
    assert kinds(facts("2012-04-30")) == ["school-holiday", "bridge"]


def test_sundays_and_late_evenings_ring():
    assert said(facts("2011-11-13")) == ["C’est un dimanche."]
    assert said(facts("2011-11-07", "20:00", "22:00")) == []
    assert said(facts("2011-11-07", "20:00", "22:30")) == ["Fin tardive : 22 h 30."]
    over_midnight = replace(facts("2011-11-12", "20:00"), ends_at=datetime(2011, 11, 13, 1))
    assert kinds(over_midnight) == ["late"]


def test_people_need_fifteen_days():
    assert said(facts("2011-10-18")) == []
    assert said(facts("2011-10-17")) == ["14 jours pour l’annoncer : il en faut 15."]
    assert said(facts("2011-10-04")) == ["1 jour pour l’annoncer : il en faut 15."]
    assert said(facts("2011-10-03")) == ["Aucun délai pour l’annoncer : il faut 15 jours."]


def test_nobody_is_told_earlier_of_a_past_date_nor_of_one_announced_long_ago():
    assert said(facts("2011-10-01")) == []
    assert said(facts("2011-10-10", announced_on=date(2011, 9, 1))) == []
    assert kinds(facts("2011-10-10", announced_on=date(2011, 10, 1))) == ["short-notice"]


def test_days_of_elections_ring():
    known = facts("2012-05-05", elections={date(2012, 5, 5): "Élection d’essai"})
    assert "Jour d’élection : Élection d’essai" in said(known)


def test_each_day_of_several_is_looked_at_and_each_holiday_said_once():
    several = replace(facts("2011-12-16"), ends_at=datetime(2011, 12, 19, 17))
    assert [(alert.day.day, alert.kind.value) for alert in alerts_for(several)] == [
        (17, "school-holiday"),
        (18, "sunday"),
    ]


def engagement(starts_at: str, ends_at: str, key: str = "1", **over) -> Engagement:
    day = "2011-11-07"
    moments = {
        "starts_at": datetime.fromisoformat(f"{day}T{starts_at}"),
        "ends_at": datetime.fromisoformat(f"{day}T{ends_at}"),
    }
    rooms = tuple(RoomUse(**moments, **room) for room in over.pop("rooms", ()))
    return Engagement(key=key, title="Autre soirée", **moments, rooms=rooms, **over)


EVENING = facts(
    "2011-11-07",
    "18:00",
    "20:00",
    audience="actors",
    persons=frozenset({7}),
    rooms=(RoomUse(room=3, venue=2, starts_at=datetime(2011, 11, 7, 18), ends_at=datetime(2011, 11, 7, 20)),),
)


def test_a_room_is_taken_once_at_a_time():
    room = {"room": 3, "venue": 2}
    taken = engagement("19:00", "21:00", rooms=[room])
    assert said(replace(EVENING, others=(taken,))) == [
        "La salle est prise : « Autre soirée », lundi 7 novembre 2011, 19 h – 21 h"
    ]
    touching = engagement("20:00", "21:00", rooms=[room])
    elsewhere = engagement("18:00", "20:00", rooms=[{"room": 4, "venue": 2}])
    assert said(replace(EVENING, others=(touching, elsewhere))) == []


def test_who_has_the_whole_venue_has_its_rooms():
    whole = engagement("18:00", "20:00", rooms=[{"room": 9, "venue": 2, "whole": True}])
    assert kinds(replace(EVENING, others=(whole,))) == ["same-room"]


def test_the_same_person_the_same_day_rings():
    morning = engagement("09:00", "10:00", persons=frozenset({7, 8}))
    assert said(replace(EVENING, others=(morning,))) == [
        "La même personne anime, ce jour-là, « Autre soirée », lundi 7 novembre 2011, 9 h – 10 h"
    ]
    assert said(replace(EVENING, others=(engagement("09:00", "10:00", persons=frozenset({8})),))) == []


def test_the_same_public_the_same_evening_rings():
    assert said(replace(EVENING, others=(engagement("20:30", "22:00", audience="actors"),))) == [
        "Pour le même public : « Autre soirée », lundi 7 novembre 2011, 20 h 30 – 22 h"
    ]
    afternoon = engagement("14:00", "17:00", audience="actors")
    other_public = engagement("18:00", "20:00", audience="public")
    assert said(replace(EVENING, others=(afternoon, other_public))) == []


def test_what_is_not_announced_by_others_has_no_title():
    theirs = replace(
        engagement("18:00", "20:00", rooms=[{"room": 3, "venue": 2}]), title="", of="Autre programme"
    )
    assert said(replace(EVENING, others=(theirs,))) == [
        (
            "La salle est prise : quelque chose qui n’est pas encore annoncé (Autre programme), "
            "lundi 7 novembre 2011, 18 h – 20 h"
        )
    ]


def test_partners_ring_at_the_same_time_only():
    market = engagement("17:00", "19:00", of="Ville de Lille")
    assert said(replace(EVENING, partners=(market, engagement("20:00", "21:00", key="2")))) == [
        "Chez un partenaire : « Autre soirée » (Ville de Lille), lundi 7 novembre 2011, 17 h – 19 h"
    ]


def test_a_room_smaller_than_the_places_announced_rings():
    small = Seating(room=3, name="salle du conseil", places=60, holds=40)
    assert said(replace(EVENING, seatings=(small,))) == [
        "60 places sont annoncées, et « salle du conseil » tient 40 personnes."
    ]
    assert said(replace(EVENING, seatings=(replace(small, places=40),))) == []


@given(
    MOMENTS, st.timedeltas(timedelta(), timedelta(days=90)), CODES, st.sets(st.sampled_from("ABC")), MOMENTS
)
def test_no_date_is_an_error_and_every_alert_has_words_and_a_key(starts_at, length, department, zones, today):
    known = DateFacts(
        starts_at=starts_at,
        ends_at=starts_at + length,
        today=today.date(),
        department=department,
        zones="".join(sorted(zones)),
        elections={starts_at.date(): "Élection"},
    )
    found = alerts_for(known)
    assert found == alerts_for(known)
    assert len({alert.key for alert in found}) == len(found)
    assert all(alert.day.isoformat() in alert.key and len(alert.key) <= 80 for alert in found)
    assert all(0 < len(words_of(alert)) <= 300 for alert in found)
    assert [alert.day for alert in found] == sorted(alert.day for alert in found)


@given(
    st.permutations([engagement("18:00", "20:00", key=str(number), audience="actors") for number in range(5)])
)
def test_the_order_does_not_depend_on_that_of_the_facts(others):
    found = [alert.key for alert in alerts_for(replace(EVENING, others=tuple(others)))]
    assert found == [f"same-audience:2011-11-07:{number}" for number in range(5)]


@given(MOMENTS)
def test_another_day_is_another_alert(starts_at):
    here = DateFacts(starts_at=starts_at, ends_at=starts_at, today=AUTUMN, department="59")
    later = replace(here, starts_at=starts_at + timedelta(days=1), ends_at=starts_at + timedelta(days=1))
    assert not {alert.key for alert in alerts_for(here)} & {alert.key for alert in alerts_for(later)}


def test_beyond_what_is_known_of_calendars_nothing_rings():
    assert alerts_for(facts("9999-12-31")) == ()
    assert alerts_for(facts("0001-01-01")) == ()


def test_every_kind_has_its_words():
    assert set(AlertKind) == set(SENTENCES)
