"""Sums of named territories, kept for as long as nothing is written: a region is added up once, not at every page."""

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from .scopes import Scope

KEPT_FOR = 24 * 3600  # seconds; the version makes them stale long before

Sums = TypeVar("Sums")


def remembered(version: str, scope: Scope, about: tuple[Hashable, ...], compute: Callable[[], Sums]) -> Sums:
    """Return what ``compute`` adds up ``about`` a scope, from memory if it was done at this ``version`` of the site.

    Only named territories are remembered: the lists that people choose are without number.
    """
    if scope.territory is None:
        return compute()
    words = ".".join([version, str(scope.territory.pk), *map(str, about)])
    key = f"diagnosis.{sha256(words.encode()).hexdigest()}"  # a list of parts outgrows what a cache takes as a key
    return cache.get_or_set(key, compute, KEPT_FOR)
