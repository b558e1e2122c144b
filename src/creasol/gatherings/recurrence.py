"""The dates of a series: a subset of the rules of RFC 5545, bounded, in local time kept across changes of the clock."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.utils.translation import gettext as _

MOST = 60
HORIZON = timedelta(days=5 * 366)
FREQUENCIES = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LARGEST_INTERVAL, LARGEST_POSITION, LAST_DAY = 52, 366, 31


def occurrences(rule: str, *, starts_at: datetime, exceptions: Collection[date] = ()) -> list[datetime]:
    """Return the moments of a series that starts at ``starts_at`` (aware), in UTC, its days left out excepted.

    The hour of the clock is that of ``starts_at`` in its own time zone, winter and summer. The days left out count
    among COUNT, as RFC 5545 has it. ValueError, in words, for a rule out of the subset, without an end, with more
    than 60 dates, or that does not begin at ``starts_at``.
    """
    parts = parts_of(rule)
    zone = starts_at.tzinfo or UTC
    local = starts_at.replace(tzinfo=None, fold=0)
    last = local + HORIZON
    if "UNTIL" in parts:
        last = min(until_of(parts["UNTIL"], zone), last)
    wanted = number(parts["COUNT"], most=MOST) if "COUNT" in parts else MOST + 1
    every = rrule.rrule(
        FREQUENCIES[parts["FREQ"]],
        dtstart=local,
        interval=number(parts.get("INTERVAL", "1"), most=LARGEST_INTERVAL),
        until=last,
        byweekday=weekdays(parts["BYDAY"], parts["FREQ"]) if "BYDAY" in parts else None,
        bymonthday=positions(parts["BYMONTHDAY"], most=LAST_DAY) if "BYMONTHDAY" in parts else None,
        bysetpos=positions(parts["BYSETPOS"], most=LARGEST_POSITION) if "BYSETPOS" in parts else None,
    )
    found = list(islice(every, wanted))
    if len(found) > MOST:
        raise ValueError(_("A series has %(most)d dates at most: end it earlier.") % {"most": MOST})
    if not found or found[0] != local:
        raise ValueError(_("The series does not begin on the date of this gathering."))
    return [
        moment.replace(tzinfo=zone).astimezone(UTC) for moment in found if moment.date() not in exceptions
    ]


def parts_of(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name; ValueError when it is not of the subset that is understood here."""
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS"}
    pairs = [part.partition("=") for part in rule.strip().upper().removeprefix("RRULE:").split(";")]
    parts = {name: value for name, _equals, value in pairs}
    if len(parts) != len(pairs) or set(parts) - known or not all(parts.values()):
        raise ValueError(_("This rule is not understood."))
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(_("This rule is not understood."))
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise ValueError(_("Say when the series ends: by a number of dates or by a last day."))
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY"} & set(parts):
        raise ValueError(_("This rule is not understood."))
    return parts


def number(text: str, *, most: int) -> int:
    """Return a number from 1 to ``most``; ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise ValueError(_("This rule is not understood."))
    return int(text)


def positions(text: str, *, most: int) -> list[int]:
    """Return positions counted from the beginning (1, 2…) or the end (-1…); ValueError for anything else."""
    signs = [
        (-1 if each.startswith("-") else 1, each.removeprefix("-").removeprefix("+"))
        for each in text.split(",")
    ]
    return [sign * number(digits, most=most) for sign, digits in signs]


def weekdays(text: str, frequency: str) -> list[rrule.weekday]:
    """Return the days of BYDAY (TU, 1TU, -1FR); only in months and years are they counted."""
    found = []
    for each in text.split(","):
        name, rank = each[-2:], each[:-2]
        if name not in DAYS or (rank and frequency not in {"MONTHLY", "YEARLY"}):
            raise ValueError(_("This rule is not understood."))
        day = rrule.weekday(DAYS.index(name))
        found.append(day(positions(rank, most=53)[0]) if rank else day)
    return found


def until_of(text: str, zone: ZoneInfo) -> datetime:
    """Return the last moment of the day, in local time, that UNTIL names as a day or as a moment."""
    try:
        if "T" not in text:
            day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  a day
        elif text.endswith("Z"):
            day = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone).date()
        else:
            day = datetime.strptime(text, "%Y%m%dT%H%M%S").date()  # noqa: DTZ007  local
    except (ValueError, OverflowError) as error:
        raise ValueError(_("This rule is not understood.")) from error
    return datetime.combine(day, time.max)


def weekly(*, until: date, interval: int = 1) -> str:
    """Return the rule of every week, or of every ``interval`` weeks, until a day (that day included).

    >>> weekly(until=date(2011, 12, 31), interval=2)
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=20111231'
    """
    every = f"INTERVAL={interval};" if interval > 1 else ""
    return f"FREQ=WEEKLY;{every}UNTIL={until:%Y%m%d}"


def monthly(starts_on: date, *, until: date) -> str:
    """Return the rule of every month on the weekday of ``starts_on``, counted as in its month; the fifth is the last.

    >>> monthly(date(2011, 11, 15), until=date(2012, 5, 31))
    'FREQ=MONTHLY;BYDAY=3TU;UNTIL=20120531'
    >>> monthly(date(2011, 11, 29), until=date(2012, 5, 31))
    'FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20120531'
    """
    rank = (starts_on.day - 1) // 7 + 1
    day = DAYS[starts_on.weekday()]
    return f"FREQ=MONTHLY;BYDAY={rank if rank < 5 else -1}{day};UNTIL={until:%Y%m%d}"  # noqa: PLR2004


def same_day_each_month(starts_on: date, *, until: date) -> str:
    """Return the rule of every month on the same day of the month.

    >>> same_day_each_month(date(2011, 11, 15), until=date(2012, 5, 31))
    'FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20120531'
    """
    return f"FREQ=MONTHLY;BYMONTHDAY={starts_on.day};UNTIL={until:%Y%m%d}"


def in_words(rule: str) -> str:
    """Return how often a series comes back, in words; empty for a rule that words would not make plainer."""
    parts = parts_of(rule)
    often = {
        "DAILY": _("every day"),
        "WEEKLY": _("every week"),
        "MONTHLY": _("every month"),
        "YEARLY": _("every year"),
    }
    if parts.get("INTERVAL", "1") == "2" and parts["FREQ"] == "WEEKLY":
        return _("every two weeks")
    return often[parts["FREQ"]] if parts.get("INTERVAL", "1") == "1" else ""
