"""Calendars of partners: what they name, once each; what would harm is refused in plain words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.places.partner_calendar import (
    MOST_BYTES,
    PartnerMoment,
    Refusal,
    UnreadableCalendarError,
    read_calendar,
)

PARIS = ZoneInfo("Europe/Paris")


def file_of(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Essai//FR\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str) -> tuple[PartnerMoment, ...]:
    return read_calendar(file_of(*events), since=date(2011, 10, 1), until=date(2012, 3, 31), zone=PARIS)


def starts(*events: str) -> list[str]:
    return [moment.starts_at.astimezone(PARIS).isoformat(timespec="minutes") for moment in read(*events)]


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises(UnreadableCalendarError) as caught:
        read_calendar(content, since=date(2011, 10, 1), until=date(2012, 3, 31), zone=PARIS)
    return caught.value.refusal


def test_an_event_is_read_with_its_title_and_place():
    assert read(
        """
UID:marche@example.org
SUMMARY:Marché   solidaire
LOCATION:Place de la Nouvelle-Aventure\\, Lille
DTSTART;TZID=Europe/Paris:20111107T183000
DTEND;TZID=Europe/Paris:20111107T203000
"""
    ) == (
        PartnerMoment(
            starts_at=datetime(2011, 11, 7, 17, 30, tzinfo=UTC),
            ends_at=datetime(2011, 11, 7, 19, 30, tzinfo=UTC),
            uid="marche@example.org",
            title="Marché solidaire",
            place="Place de la Nouvelle-Aventure, Lille",
        ),
    )


def test_times_without_a_zone_are_local_and_whole_days_last_until_midnight():
    assert starts("UID:a\nDTSTART:20111107T183000") == ["2011-11-07T18:30+01:00"]
    (day,) = read("UID:a\nDTSTART;VALUE=DATE:20111030")
    # the night when the clock goes back: this day has 25 hours
    assert day.ends_at - day.starts_at == timedelta(hours=25)


def test_repetitions_keep_the_hour_of_the_clock_through_the_change_of_time():
    weekly = """
UID:a
DTSTART;TZID=Europe/Paris:20111019T183000
DURATION:PT2H
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Paris:20111102T183000
"""
    assert starts(weekly) == ["2011-10-19T18:30+02:00", "2011-10-26T18:30+02:00", "2011-11-09T18:30+01:00"]
    assert {moment.ends_at - moment.starts_at for moment in read(weekly)} == {timedelta(hours=2)}


def test_a_repetition_moved_elsewhere_is_not_there_any_more():
    assert starts(
        "UID:a\nDTSTART;TZID=Europe/Paris:20111019T183000\nRRULE:FREQ=WEEKLY;COUNT=2",
        "UID:a\nRECURRENCE-ID;TZID=Europe/Paris:20111026T183000\nDTSTART;TZID=Europe/Paris:20111027T183000",
    ) == ["2011-10-19T18:30+02:00", "2011-10-27T18:30+02:00"]


def test_what_repeats_for_ever_ends_with_the_window_and_what_is_past_is_left_out():
    monthly = "UID:a\nDTSTART;TZID=Europe/Paris:20050103T090000\nRRULE:FREQ=MONTHLY;BYDAY=1MO"
    assert [start[:10] for start in starts(monthly)] == [
        "2011-10-03", "2011-11-07", "2011-12-05", "2012-01-02", "2012-02-06", "2012-03-05",
    ]  # fmt: skip
    assert starts("UID:a\nDTSTART:20110907T183000") == []


def test_until_counts_its_own_day():
    until = "UID:a\nDTSTART:20111101T163000Z\nRRULE:FREQ=DAILY;UNTIL=20111103T163000Z"
    assert len(starts(until)) == 3
    assert len(starts("UID:a\nDTSTART;VALUE=DATE:20111101\nRRULE:FREQ=DAILY;UNTIL=20111103")) == 3


def test_what_is_cancelled_or_cannot_be_read_is_left_out():
    assert starts("UID:a\nSTATUS:CANCELLED\nDTSTART:20111107T183000") == []
    assert starts("UID:a\nSUMMARY:sans date", "UID:b\nDTSTART:2011130T") == []
    assert starts("UID:a\nDTSTART:20111107T183000\nDTEND:hier\nEXDATE:jamais\nRRULE:souvent") == [
        "2011-11-07T18:30+01:00"
    ]


def test_the_same_thing_twice_in_a_file_is_there_once():
    assert len(read("UID:a\nDTSTART:20111107T183000", "UID:a\nDTSTART:20111107T183000")) == 1


def test_titles_are_plain_and_short():
    (moment,) = read("UID:a\nDTSTART:20111107T183000\nSUMMARY:" + "long\\n" * 100)
    assert len(moment.title) <= 200
    assert "\n" not in moment.title


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<html></html>",
        b"\x00\xff\xfe",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\n",
    ],
)
def test_what_is_no_calendar_is_refused(content):
    assert refusal_of(content) == Refusal.NO_CALENDAR


def test_files_without_measure_are_refused():
    assert refusal_of(b"x" * (MOST_BYTES + 1)) == Refusal.TOO_BIG
    assert refusal_of(file_of(*["UID:a\nDTSTART:20111107T183000"] * 5001)) == Refusal.TOO_MANY


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
    ],
)
def test_what_repeats_without_measure_is_refused(rule):
    assert refusal_of(file_of(f"UID:a\nDTSTART:20050101T000000\nRRULE:{rule}")) == Refusal.TOO_OFTEN


def test_what_repeats_on_a_day_that_never_comes_is_refused():
    rule = "UID:a\nDTSTART:20111001T000000\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
    assert refusal_of(file_of(rule)) == Refusal.NEVER


HOSTILE = """
UID:a
UID:
SUMMARY:x
SUMMARY;LANGUAGE=fr:é
DTSTART:20111107T183000
DTSTART:20111107T183000Z
DTSTART:0001
DTSTART;VALUE=DATE:20111107
DTSTART;TZID=Mars/Base:20111107T183000
DTSTART;VALUE=PERIOD:20111107T183000/PT1H
DTEND:20101107T183000
DTEND;VALUE=DATE:20111109
DURATION:-PT1H
DURATION:P9999999D
RRULE:FREQ=WEEKLY
RRULE:FREQ=WEEKLY;BYDAY=XX
RRULE:FREQ=YEARLY;BYWEEKNO=53
RRULE:COUNT=3
RRULE:FREQ=WEEKLY;UNTIL=19000101
EXDATE:20111107T183000
EXDATE;VALUE=DATE:20111107
RDATE;VALUE=PERIOD:20111107T183000/PT1H
RDATE:x
RECURRENCE-ID:20111107T183000
RECURRENCE-ID:x
STATUS:CANCELLED
LOCATION:
BEGIN:VALARM
END:VALARM
"""
LINES = st.lists(st.sampled_from(HOSTILE.split("\n")), max_size=8)


@given(st.lists(LINES, max_size=4))
def test_any_file_is_read_or_refused(events):
    content = file_of(*("\n".join(lines) for lines in events))
    try:
        found = read_calendar(content, since=date(2011, 10, 1), until=date(2011, 12, 31), zone=PARIS)
    except UnreadableCalendarError:
        return
    assert all(moment.starts_at <= moment.ends_at for moment in found)
