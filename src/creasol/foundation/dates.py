"""Dates and times as people say them, in the language of the page; moments are told in local time."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from .text import NARROW, NO_BREAK


def day(value: date | None, *, weekday: bool = True) -> str:
    """Return « samedi 3 décembre 2011 » or "Saturday 3 December 2011"; — for None; « 1er » for the first."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = local(value).date()
    words = f"{day_number(value)} {date_format(value, 'F Y')}"
    return f"{date_format(value, 'l')} {words}" if weekday else words


def day_number(value: date) -> str:
    """Return the day of the month as one writes it: 1er, 2, 3."""
    return f"{value.day}er" if value.day == 1 and get_language() != "en" else str(value.day)


def period(start: date | None, end: date | None) -> str:
    """Return « du 17 au 20 novembre 2011 », saying month and year once when they are shared."""
    if start is None or end is None:
        return day(start or end, weekday=False)
    if start == end:
        return day(start, weekday=False)
    last = day(end, weekday=False)
    if start.year != end.year:
        first = day(start, weekday=False)
    elif start.month != end.month:
        first = f"{day_number(start)} {date_format(start, 'F')}"
    else:
        first = day_number(start)
    if get_language() == "en":
        return f"{first}–{last}" if first.isdigit() else f"{first} – {last}"
    return f"du {first} au {last}"


def clock(value: time | datetime) -> str:
    """Return « 9 h », « 16 h 30 », "9 am" or "4:30 pm"."""
    if isinstance(value, datetime):
        value = local(value).time()
    if get_language() == "en":
        hour = value.hour % 12 or 12
        half = "am" if value.hour < 12 else "pm"  # noqa: PLR2004  noon
        return f"{hour}:{value.minute:02}{NO_BREAK}{half}" if value.minute else f"{hour}{NO_BREAK}{half}"
    words = f"{value.hour}{NARROW}h"
    return f"{words}{NARROW}{value.minute:02}" if value.minute else words


def moment(start: datetime, end: datetime | None = None) -> str:
    """Return « samedi 3 décembre 2011, 9 h – 17 h »; over several days, both days are said."""
    start = local(start)
    words = f"{day(start.date())}, {clock(start.time())}"
    if end is None:
        return words
    end = local(end)
    if end.date() == start.date():
        return f"{words} – {clock(end.time())}"
    return f"{words} – {day(end.date())}, {clock(end.time())}"


def moment_at(day: date, hour: time = time.min) -> datetime:
    """Return the moment at which the clocks of the site show that hour of a day; its first one without an hour."""
    return timezone.make_aware(datetime.combine(day, hour))


def local(value: datetime) -> datetime:
    """Return a moment in the time zone of the site; a day without one is left as it is."""
    return timezone.localtime(value) if timezone.is_aware(value) else value
