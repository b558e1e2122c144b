"""A partner's calendar file (RFC 5545), read into the moments it names; pure, and wary of what it is given.

Nothing in the file is fetched, and its work is counted before it is done: a file that would repeat something for
ever is refused, not tried.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import islice

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from icalendar.prop import vDDDLists, vDDDTypes, vRecur

MOST_BYTES = 2_000_000
MOST_EVENTS = 5_000
MOST_STEPS = 1_000_000
"""Days that all repetitions of a file may go through, from their beginning to the end of the window."""
LONGEST_TITLE = 200
LONGEST_UID = 255
FIRST_YEAR, LAST_YEAR = 1900, 2200
DAY = timedelta(days=1)
BY_DAYS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
BY_HOURS = ("BYHOUR", "BYMINUTE", "BYSECOND")


class Refusal(StrEnum):
    """Why a file is not taken."""

    TOO_BIG = "too-big"
    NO_CALENDAR = "no-calendar"
    TOO_MANY = "too-many"
    TOO_OFTEN = "too-often"
    NEVER = "never"


class UnreadableCalendarError(ValueError):
    """The file is not taken; ``refusal`` says why."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, kw_only=True, order=True)
class PartnerMoment:
    """Something in the calendar of a partner, once; moments in UTC."""

    starts_at: datetime
    ends_at: datetime
    uid: str
    title: str
    place: str = ""


def read_calendar(content: bytes, *, since: date, until: date, zone: tzinfo) -> tuple[PartnerMoment, ...]:
    """Return what a file names between two days (both included), repetitions one by one, in order of time.

    What has no time zone is in ``zone``, whole days too. What is cancelled, or cannot be read by itself, is left
    out; UnreadableCalendarError for a file that is no calendar, too big, or repeats something without measure.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableCalendarError(Refusal.TOO_BIG)
    window = Window(since, until, zone)
    events = list(islice(events_of(content), MOST_EVENTS + 1))
    if len(events) > MOST_EVENTS:
        raise UnreadableCalendarError(Refusal.TOO_MANY)
    if sum(steps_of(event, window) for event in events) > MOST_STEPS:
        raise UnreadableCalendarError(Refusal.TOO_OFTEN)
    moved = {key for event in events if (key := moved_from(event, window))}
    found: dict[tuple[str, datetime], PartnerMoment] = {}
    for event in events:
        if text(event, "STATUS", 20).upper() == "CANCELLED":
            continue
        for starts_at, ends_at in times_of(event, window):
            uid = text(event, "UID", LONGEST_UID) or text(event, "SUMMARY", LONGEST_UID)
            is_moved_away = "RECURRENCE-ID" not in event and (uid, starts_at) in moved
            if is_moved_away or not window.holds(starts_at, ends_at):
                continue
            found[uid, starts_at] = PartnerMoment(
                starts_at=starts_at,
                ends_at=ends_at,
                uid=uid,
                title=text(event, "SUMMARY", LONGEST_TITLE) or "—",
                place=text(event, "LOCATION", LONGEST_TITLE),
            )
            if len(found) > MOST_EVENTS:
                raise UnreadableCalendarError(Refusal.TOO_MANY)
    return tuple(sorted(found.values()))


@dataclass(frozen=True)
class Window:
    """The days looked at, and the time zone of what has none."""

    since: date
    until: date
    zone: tzinfo

    def holds(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.in_utc(self.since) <= ends_at and starts_at < self.in_utc(self.until + DAY)

    def in_utc(self, value: date | datetime) -> datetime:
        """Return a moment, or the beginning of a day, in UTC."""
        if not isinstance(value, datetime):
            value = datetime.combine(value, time())
        return (value if value.tzinfo else value.replace(tzinfo=self.zone)).astimezone(UTC)


def events_of(content: bytes) -> Iterator[Event]:
    """Yield the events of a file; UnreadableCalendarError when it is not a calendar."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except Exception as error:  # a parser that is given anything may fail in any way
        raise UnreadableCalendarError(Refusal.NO_CALENDAR) from error
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise UnreadableCalendarError(Refusal.NO_CALENDAR)
    for calendar in calendars:
        yield from (part for part in calendar.subcomponents if part.name == "VEVENT")


def text(event: Event, name: str, longest: int) -> str:
    """Return words of an event on one line, without what cannot be printed."""
    value = event.get(name, "")
    words = str(value[0] if isinstance(value, list) and value else value or "")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:longest]


def start_of(event: Event) -> date | datetime | None:
    """Return when an event first starts, None when that cannot be read."""
    value = read(event, "DTSTART")
    if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    return value


def read(event: Event, name: str) -> date | datetime | timedelta | None:
    """Return a date, a moment or a duration of an event; None when it is not there, twice, or cannot be read."""
    value = event.get(name)
    return value.dt if isinstance(value, vDDDTypes) else None


def length_of(event: Event, start: date | datetime) -> timedelta:
    """Return how long an event lasts: until its end, for its duration, a whole day, or no time at all."""
    end, duration = read(event, "DTEND"), read(event, "DURATION")
    with suppress(TypeError, OverflowError):
        if end is not None:
            return max(end - start, timedelta())
        if isinstance(duration, timedelta):
            return max(duration, timedelta())
    return timedelta() if isinstance(start, datetime) else DAY


def rule_of(event: Event) -> vRecur | None:
    """Return how an event repeats; None when it does not, or when that cannot be read."""
    rule = event.get("RRULE")
    return rule if isinstance(rule, vRecur) and rule.get("FREQ") else None


def steps_of(event: Event, window: Window) -> int:
    """Return through how many days a repetition goes; UnreadableCalendarError for one by the hour or without step."""
    rule, start = rule_of(event), start_of(event)
    if rule is None or start is None:
        return 0
    frequency = [str(word).upper() for word in listed(rule, "FREQ")]
    every = [int(number) for number in listed(rule, "INTERVAL") if str(number).lstrip("-").isdigit()]
    if len(frequency) != 1 or frequency[0] not in BY_DAYS or any(number < 1 for number in every):
        raise UnreadableCalendarError(Refusal.TOO_OFTEN)
    first = start.date() if isinstance(start, datetime) else start
    ends = [value for value in listed(rule, "UNTIL") if isinstance(value, date)]
    last = min([window.until, *(end.date() if isinstance(end, datetime) else end for end in ends)])
    steps = max((last - first).days, 0) // max(every, default=1) + 1
    for name in BY_HOURS:
        steps *= max(len(listed(rule, name)), 1)
    return steps


def listed(rule: vRecur, name: str) -> list:
    """Return the values of a part of a rule, none when it has no such part."""
    value = rule.get(name, [])
    return value if isinstance(value, list) else [value]


def moved_from(event: Event, window: Window) -> tuple[str, datetime] | None:
    """Return which repetition an event stands for, when it stands for one."""
    value = read(event, "RECURRENCE-ID")
    if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    return text(event, "UID", LONGEST_UID), window.in_utc(value)


def times_of(event: Event, window: Window) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when an event takes place, each repetition at the same hour by the clock of its place."""
    start = start_of(event)
    if start is None:
        return
    length = length_of(event, start)
    left_out = {window.in_utc(day) for day in days_of(event, "EXDATE")}
    for day in [*repetitions(event, start, window), *days_of(event, "RDATE")]:
        with suppress(OverflowError):
            starts_at = window.in_utc(day)
            if starts_at not in left_out:
                # whole days end at midnight, by the clock: in the night of a new hour they are longer or shorter
                yield (
                    starts_at,
                    starts_at + length if isinstance(day, datetime) else window.in_utc(day + length),
                )


def repetitions(event: Event, start: date | datetime, window: Window) -> Iterator[date | datetime]:
    """Yield when an event starts, again and again until the end of the window; once when its rule says nothing."""
    rule = rule_of(event)
    if rule is None or "RECURRENCE-ID" in event:
        yield start
        return
    zone = start.tzinfo if isinstance(start, datetime) else None
    plain = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    ends = [datetime.combine(window.until + DAY, time())]
    for value in listed(rule, "UNTIL"):
        if isinstance(value, datetime):
            ends.append((value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None))
        elif isinstance(value, date):
            ends.append(datetime.combine(value, time.max))
    counts = [int(number) for number in listed(rule, "COUNT") if str(number).isdigit()]
    bare = vRecur({name: value for name, value in rule.items() if name not in {"UNTIL", "COUNT"}})
    try:
        rule_alone = rrulestr(bare.to_ical().decode(), dtstart=plain)
    except (ValueError, TypeError, KeyError, AttributeError):
        yield start
        return
    if next(iter(rule_alone), None) is None:
        # a 30th of February is looked for until the year 9999: once is enough
        raise UnreadableCalendarError(Refusal.NEVER)
    moments = rule_alone.replace(until=min(ends))
    for moment in islice(moments, *counts[:1] or [None]):
        yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def days_of(event: Event, name: str) -> Iterator[date | datetime]:
    """Yield the days or moments of a list of dates (EXDATE, RDATE)."""
    value = event.get(name, [])
    for part in value if isinstance(value, list) else [value]:
        for each in part.dts if isinstance(part, vDDDLists) else []:
            moment = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            if isinstance(moment, date) and FIRST_YEAR <= moment.year <= LAST_YEAR:
                yield moment
