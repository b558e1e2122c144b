"""What speaks against a date: pure facts in, alerts out; they inform, and never refuse anything.

School and public holidays come from the frozen tables of ``territories.calendar``; everything else (elections, what
else takes place, rooms) is told by the caller. The same facts always give the same alerts, in the same order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from creasol.territories.calendar import day_facts, last_day, school_holiday, school_zone

from .slot_times import Timed, overlap

ZONES = "ABC"
SHORTEST_NOTICE = 15
"""Days between the one when people can know of a date and that date: with fewer, there is an alert."""
LATE = time(22)
"""Who ends after this hour ends late."""
NIGHT_ENDS = time(5)
"""What ends before this hour belongs to the evening before."""
EVENING = time(18)
"""What goes on after this hour takes the evening."""
LONGEST = 60
"""Days of an occasion that are looked at, from its first."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Beyond these nothing is known of any day, and nothing is said."""
SATURDAY, SUNDAY = 5, 6


class AlertKind(StrEnum):
    """What an alert is about, those of the calendar first."""

    SCHOOL_HOLIDAY = "school-holiday"
    PUBLIC_HOLIDAY = "public-holiday"
    BRIDGE = "bridge"
    EVE = "eve"
    ELECTION = "election"
    SUNDAY = "sunday"
    LATE = "late"
    SHORT_NOTICE = "short-notice"
    SAME_ROOM = "same-room"
    SAME_PERSON = "same-person"
    SAME_AUDIENCE = "same-audience"
    PARTNER = "partner"
    ROOM_TOO_SMALL = "room-too-small"
    SCHOOLS_UNKNOWN = "schools-unknown"


ORDER = tuple(AlertKind)


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing to know about one day; ``key`` names it for ever: another day is another alert.

    ``name``: of the holiday, the election, the room, or the title of what else takes place; ``zones`` of the schools;
    ``days`` of notice; ``places`` asked for in a room that ``holds`` fewer; ``starts_at`` and ``ends_at`` of what else
    takes place, ``of`` whom (a calendar, a programme) when it is not one's own.
    """

    key: str
    kind: AlertKind
    day: date
    name: str = ""
    zones: tuple[str, ...] = ()
    days: int = 0
    places: int = 0
    holds: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomUse:
    """A room from one moment to another; ``whole``: the venue with all its rooms."""

    room: int
    venue: int
    starts_at: datetime
    ends_at: datetime
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """Something else that takes place, in local time; ``key`` stays the same as long as it is the same thing."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    of: str = ""
    rooms: tuple[RoomUse, ...] = ()
    persons: frozenset[int] = frozenset()
    audience: str = ""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """How many places are announced in a room, and how many people it holds."""

    room: int
    name: str
    places: int
    holds: int


@dataclass(frozen=True, kw_only=True)
class DateFacts:
    """What is known when a date is looked at; moments in local time.

    ``department``: of the venue, "" when unknown; ``zones``: school zones of the public besides. ``today`` is the day
    one looks, ``announced_on`` the day since when people can know of the date (None: today).
    """

    starts_at: datetime
    ends_at: datetime
    today: date
    announced_on: date | None = None
    department: str = ""
    zones: str = ""
    audience: str = ""
    persons: frozenset[int] = frozenset()
    rooms: tuple[RoomUse, ...] = ()
    seatings: tuple[Seating, ...] = ()
    elections: Mapping[date, str] | None = None
    others: tuple[Engagement, ...] = ()
    partners: tuple[Engagement, ...] = ()


def alerts_for(facts: DateFacts) -> tuple[Alert, ...]:
    """Return what speaks against a date, by day, then kind; each thing once.

    >>> noon = datetime(2012, 2, 25, 12)
    >>> facts = DateFacts(starts_at=noon, ends_at=noon, today=date(2011, 11, 1), department="59")
    >>> [(alert.kind.value, alert.name, alert.zones) for alert in alerts_for(facts)]
    [('school-holiday', "Vacances d'hiver", ('B',))]
    """
    days = days_of(facts.starts_at, facts.ends_at)
    if not days:
        return ()
    found: dict[str, Alert] = {}
    for alert in all_alerts(facts, days):
        found.setdefault(alert.key, alert)
    return tuple(sorted(found.values(), key=lambda alert: (alert.day, ORDER.index(alert.kind), alert.key)))


def days_of(starts_at: datetime, ends_at: datetime) -> tuple[date, ...]:
    """Return the days that something takes, at most LONGEST; an end in the night belongs to the evening before."""
    first, last = starts_at.date(), ends_at.date()
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        return ()
    if ends_in_the_night(starts_at, ends_at):
        last -= timedelta(days=1)
    number = min((last - first).days + 1, LONGEST)
    return tuple(first + timedelta(days=offset) for offset in range(max(number, 1)))


def ends_in_the_night(starts_at: datetime, ends_at: datetime) -> bool:
    """Tell whether something ends after midnight, in the night that begins on its last evening."""
    return ends_at.date() > starts_at.date() and ends_at.time() <= NIGHT_ENDS


def all_alerts(facts: DateFacts, days: tuple[date, ...]) -> Iterator[Alert]:
    """Yield what speaks against these days, in any order."""
    yield from school_alerts(days, department=facts.department, zones=facts.zones)
    for day in days:
        yield from calendar_alerts(day, department=facts.department)
        if name := (facts.elections or {}).get(day):
            yield alert(AlertKind.ELECTION, day, name=name)
    yield from hour_alerts(facts, days)
    yield from clashes(facts)
    for seating in facts.seatings:
        if seating.places > seating.holds:
            detail = f"{seating.room}:{seating.places}>{seating.holds}"
            said = {"name": seating.name, "places": seating.places, "holds": seating.holds}
            yield alert(AlertKind.ROOM_TOO_SMALL, days[0], detail, **said)


def alert(kind: AlertKind, day: date, detail: str = "", **said: Any) -> Alert:
    """Return an alert under the key that its kind, its day and ``detail`` give it."""
    key = ":".join(filter(None, (kind.value, day.isoformat(), detail)))
    return Alert(key=key, kind=kind, day=day, **said)


def school_alerts(days: Iterable[date], *, department: str, zones: str) -> Iterator[Alert]:
    """Yield the school holidays met, each once, on the first of the days in them; and that schools are unknown."""
    if not department and not zones:
        return
    met: set[tuple[str, tuple[str, ...]]] = set()
    unknown = False
    for day in days:
        here = school_zone(day, department_code=department) or ""
        if day > last_day() or (not here and not zones):
            if not unknown:
                yield alert(AlertKind.SCHOOLS_UNKNOWN, day)
            unknown = True
            continue
        name, concerned = holiday_of(day, here=here, zones=zones)
        if name and (name, concerned) not in met:
            met.add((name, concerned))
            yield alert(AlertKind.SCHOOL_HOLIDAY, day, "".join(concerned), name=name, zones=concerned)


def holiday_of(day: date, *, here: str, zones: str) -> tuple[str, tuple[str, ...]]:
    """Return the school holiday of a day with the zones to name; ("", ()) when those concerned are at school.

    Named are the zone of the place (``here``), all those whose holiday has the very same first and last day, and
    the zones of the public (``zones``) that are on holiday that day.
    """
    off = {zone: name for zone in ZONES if (name := school_holiday(day, zone))}
    named = {zone for zone in zones if zone in off}
    if here in off:
        mine = bounds(day, here)
        named |= {zone for zone in off if bounds(day, zone) == mine}
    if not named:
        return "", ()
    return off[here if here in off else min(named)], tuple(sorted(named))


@cache
def bounds(day: date, zone: str) -> tuple[date, date]:
    """Return the first and the last day of the school holiday of a zone which that day is in."""
    name = school_holiday(day, zone)
    first = last = day
    while school_holiday(first - timedelta(days=1), zone) == name:
        first -= timedelta(days=1)
    while school_holiday(last + timedelta(days=1), zone) == name:
        last += timedelta(days=1)
    return first, last


def calendar_alerts(day: date, *, department: str) -> Iterator[Alert]:
    """Yield whether a day is a public holiday, a bridge, the eve of a holiday; a bridge is said once, as such."""
    holiday = public_holiday(day, department)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    tomorrow = public_holiday(after, department)
    if holiday:
        yield alert(AlertKind.PUBLIC_HOLIDAY, day, name=holiday)
    elif day.weekday() < SATURDAY and is_off(before, department) and is_off(after, department):
        yield alert(AlertKind.BRIDGE, day, name=tomorrow or public_holiday(before, department))
    elif tomorrow:
        yield alert(AlertKind.EVE, day, name=tomorrow)
    if day.weekday() == SUNDAY:
        yield alert(AlertKind.SUNDAY, day)


@cache
def public_holiday(day: date, department: str) -> str:
    """Return the name of the public holiday of a day in a département, "" when it is none or nobody knows."""
    return day_facts(day, department_code=department).public_holiday or ""


def is_off(day: date, department: str) -> bool:
    """Tell whether most people do not work: at the week-end, and on a public holiday."""
    return day.weekday() >= SATURDAY or bool(public_holiday(day, department))


def hour_alerts(facts: DateFacts, days: tuple[date, ...]) -> Iterator[Alert]:
    """Yield that it ends late, and that people hear of it late; nobody can be told earlier of what is past."""
    if facts.ends_at.time() > LATE or ends_in_the_night(facts.starts_at, facts.ends_at):
        yield alert(AlertKind.LATE, days[-1], ends_at=facts.ends_at)
    notice = (days[0] - (facts.announced_on or facts.today)).days
    if days[0] >= facts.today and notice < SHORTEST_NOTICE:
        yield alert(AlertKind.SHORT_NOTICE, days[0], days=max(notice, 0))


def clashes(facts: DateFacts) -> Iterator[Alert]:
    """Yield what else takes place in the same room, with the same person, for the same public, at partners'."""
    for other in facts.others:
        if any(collide(mine, its) for mine in facts.rooms for its in other.rooms):
            yield clash(AlertKind.SAME_ROOM, facts, other)
        if facts.persons & other.persons and share_a_day(facts, other):
            yield clash(AlertKind.SAME_PERSON, facts, other)
        if other.audience == facts.audience != "" and (
            overlap(facts, other) or share_an_evening(facts, other)
        ):
            yield clash(AlertKind.SAME_AUDIENCE, facts, other)
    for event in facts.partners:
        if overlap(facts, event):
            yield clash(AlertKind.PARTNER, facts, event)


def clash(kind: AlertKind, facts: DateFacts, other: Engagement) -> Alert:
    """Return the alert that something else takes place, on the first day that both take."""
    day = max(facts.starts_at.date(), other.starts_at.date())
    said = {"name": other.title, "starts_at": other.starts_at, "ends_at": other.ends_at, "of": other.of}
    return alert(kind, day, other.key, **said)


def collide(mine: RoomUse, its: RoomUse) -> bool:
    """Tell whether two uses of rooms are in each other's way; who has the whole venue has all its rooms."""
    same = mine.room == its.room or (mine.venue == its.venue and (mine.whole or its.whole))
    return same and overlap(mine, its)


def share_a_day(one: Timed, other: Timed) -> bool:
    """Tell whether two things take place on the same day, at any hour."""
    return bool(set(days_of(one.starts_at, one.ends_at)) & set(days_of(other.starts_at, other.ends_at)))


def share_an_evening(one: Timed, other: Timed) -> bool:
    """Tell whether two things take the same evening."""
    return bool(evenings_of(one) & evenings_of(other))


def evenings_of(thing: Timed) -> set[date]:
    """Return the days whose evening something takes."""
    days = days_of(thing.starts_at, thing.ends_at)
    until_night = thing.ends_at.time() > EVENING or ends_in_the_night(thing.starts_at, thing.ends_at)
    return set(days) if until_night else set(days[:-1])
