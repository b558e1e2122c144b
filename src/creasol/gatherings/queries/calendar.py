"""A month of gatherings, day by day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from creasol.accounts.models import User
from creasol.foundation.dates import moment_at
from creasol.gatherings.models import Gathering

from .gatherings import FIRST_YEAR, LAST_YEAR, gatherings_visible_to, with_places

LENGTH_OF_A_MONTH = 7  # as « 2011-11 » writes it


@dataclass(frozen=True)
class Day:
    """A day and what takes place on it, the earliest first."""

    date: date
    gatherings: tuple[Gathering, ...]


@dataclass(frozen=True)
class Month:
    """The days of a month; ``first`` is its first day, ``offset`` how many days of the week precede it (0 to 6)."""

    first: date
    days: tuple[Day, ...]

    @property
    def offset(self) -> int:
        return self.first.weekday()

    @property
    def week(self) -> list[date]:
        """Seven days from a Monday, for the headings of the columns."""
        monday = self.first - timedelta(days=self.offset)
        return [monday + timedelta(days=number) for number in range(7)]

    @property
    def total(self) -> int:
        """How many gatherings begin in the month."""
        return len({gathering.pk for day in self.days for gathering in day.gatherings})

    @property
    def previous(self) -> date | None:
        """First day of the month before; None at the end of what a calendar shows."""
        before = self.first - timedelta(days=1)
        return before.replace(day=1) if before.year >= FIRST_YEAR else None

    @property
    def next(self) -> date | None:
        """First day of the month after; None at the end of what a calendar shows."""
        after = self.first + timedelta(days=monthrange(self.first.year, self.first.month)[1])
        return after if after.year <= LAST_YEAR else None


def month_named(text: str, *, on: date) -> date:
    """Return the first day of the month that an address names (2011-11), that of ``on`` when it names none."""
    year, _hyphen, month = text.partition("-")
    digits = text.isascii() and len(text) == LENGTH_OF_A_MONTH and year.isdigit() and month.isdigit()
    if digits and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12:  # noqa: PLR2004  months
        return date(int(year), int(month), 1)
    return on.replace(day=1)


def month_of(first: date, user: User | None) -> Month:
    """Return the gatherings ``user`` may see that begin in the month whose first day is given."""
    count = monthrange(first.year, first.month)[1]
    days = [first + timedelta(days=number) for number in range(count)]
    found = with_places(gatherings_visible_to(user)).filter(
        occasion__starts_at__gte=moment_at(first),
        occasion__starts_at__lt=moment_at(days[-1] + timedelta(days=1)),
    )
    by_day: dict[date, list[Gathering]] = {}
    for gathering in found.order_by("occasion__starts_at", "id"):
        by_day.setdefault(timezone.localtime(gathering.occasion.starts_at).date(), []).append(gathering)
    return Month(first, tuple(Day(day, tuple(by_day.get(day, ()))) for day in days))
