"""Periods of whole months, one after another."""

from collections.abc import Sequence
from datetime import date, timedelta


def month_start(day: date, months: int = 0) -> date:
    """Return the first day of the month so many months after ``day``'s (before it when negative).

    >>> month_start(date(2026, 3, 31), -5)
    datetime.date(2025, 10, 1)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def consecutive(first: date, months: Sequence[int]) -> list[tuple[date, date]]:
    """Return the first and last days of consecutive periods of so many months, from ``first``'s month on.

    >>> [last.isoformat() for first, last in consecutive(date(2012, 1, 1), (4, 3, 5))]
    ['2012-04-30', '2012-07-31', '2012-12-31']
    """
    periods = []
    for length in months:
        following = month_start(first, length)
        periods.append((month_start(first), following - timedelta(days=1)))
        first = following
    return periods
