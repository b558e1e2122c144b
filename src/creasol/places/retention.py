"""How long what is personal is kept after an occasion: days after its end."""

from datetime import datetime, timedelta

WITHOUT_A_PLACE = 7
"""Those who waited in vain, declined, or gave up: there is nothing more to tell them."""

NEEDS_OF_ACCESS = 7
"""What somebody needs to be at ease may tell of their health: it serves the day, then goes."""


def kept_until(ends_at: datetime, *, days: int, at_most: int) -> datetime:
    """Return when something kept ``days`` after the end goes, together with the names (``at_most``) at the latest."""
    return ends_at + timedelta(days=min(days, at_most))
