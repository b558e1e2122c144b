"""How often something may be asked in somebody's name before it is a flood.

Counted in memory, under a fingerprint of the name, and forgotten after the delay: nothing is written, nobody is
listed. Each process counts for itself.
"""

from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_flood(purpose: str, name: str, *, most: int, within: timedelta) -> bool:
    """Count one more time that something is asked under ``name``; tell whether it was ``most`` times already."""
    key = f"{purpose}:{salted_hmac(purpose, name.casefold()).hexdigest()}"
    cache.add(key, 0, timeout=within.total_seconds())
    try:
        return cache.incr(key) > most
    except ValueError:  # forgotten meanwhile, to make room for others
        return False
