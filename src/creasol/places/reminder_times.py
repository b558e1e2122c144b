"""When reminders leave, and from when the link to join remotely is shown: hours on the clocks of the place."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from creasol.foundation.dates import moment_at

from .enums import AnnouncementKind

NINE = time(9)
DAYS_BEFORE = {AnnouncementKind.REMINDER_WEEK: 7, AnnouncementKind.REMINDER_DAY: 1}
LATEST_WEEK = 3
"""A reminder of the week that could not leave in time still does so until that many days before, then never."""


def days_before(starts_at: datetime, *, days: int, hour: time = NINE) -> datetime:
    """Return ``hour`` o'clock, local time, so many days before the day of the start, whatever the clocks did since."""
    day = timezone.localtime(starts_at).date() - timedelta(days=days)
    return moment_at(day, hour)


def reminder_window(kind: AnnouncementKind, starts_at: datetime) -> tuple[datetime, datetime]:
    """Return from when and until when a reminder may leave: from nine o'clock of its day, never after the start."""
    begins = days_before(starts_at, days=DAYS_BEFORE[kind])
    if kind == AnnouncementKind.REMINDER_WEEK:
        return begins, days_before(starts_at, days=LATEST_WEEK)
    return begins, starts_at


def is_link_shown(starts_at: datetime, *, at: datetime) -> bool:
    """Tell whether those registered see the link to join remotely: from the first minute of the day before."""
    return at >= days_before(starts_at, days=1, hour=time.min)
