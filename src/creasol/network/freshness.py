"""When what is known grows old: twelve months after it was last verified."""

from datetime import date


def stale_before(on: date) -> date:
    """Return the day before which a verification is too old on ``on``: the same day a year earlier.

    >>> stale_before(date(2028, 2, 29))
    datetime.date(2027, 2, 28)
    """
    return date(on.year - 1, on.month, min(on.day, 28) if on.month == 2 else on.day)  # noqa: PLR2004  February
