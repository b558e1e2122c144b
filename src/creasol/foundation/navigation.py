"""The navigation, written by the apps that own the pages: nobody links upwards.

An app tells its entries in its ``apps.py``; the page frames show them in order, to whom may open them::

    from creasol.foundation.navigation import Entry

    class TerritoriesConfig(AppConfig):
        navigation = (
            Entry(zone="main", order=20, label=_("Territories"), url_name="territories:territory_list"),
            Entry(zone="desk", order=30, label=_("Territories"), url_name="territories:manage", icon="map",
                  permission="territories.define_territory"),
        )

Zones: ``main`` (site header), ``header`` (header icons: needs ``icon``), ``footer`` (legal pages, open data),
``desk`` (side of the staff pages: needs ``icon`` and ``permission``).
Templates read ``main_navigation``, ``header_navigation``, ``footer_navigation`` and ``desk_navigation``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

ZONES = ("main", "header", "footer", "desk")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page that an app wants in a zone; ``permission`` hides it from who may not open it.

    ``also``: beginnings of other addresses that belong to it (``/communes/`` belongs to the territories).
    """

    zone: str
    order: int
    label: str | Promise
    url_name: str
    icon: str = ""
    permission: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as the page shows it; ``current`` is the value of ``aria-current`` (page, true or nothing)."""

    label: str
    url: str
    icon: str
    current: str


def declared_entries() -> tuple[Entry, ...]:
    """Return what the installed apps declare, by order."""
    declared: list[Entry] = []
    for config in apps.get_app_configs():
        declared.extend(getattr(config, "navigation", ()))
    return tuple(sorted(declared, key=lambda entry: (entry.order, entry.url_name)))


def current_url(urls: Sequence[str], path: str) -> str:
    """Return which of ``urls`` the page at ``path`` lies under, if any; the home of others is itself only.

    >>> current_url(["/bureau/", "/bureau/territoires/"], "/bureau/territoires/4/")
    '/bureau/territoires/'
    """
    homes = {url for url in urls for other in urls if other != url and other.startswith(url)}
    return next((url for url in urls if url == path or (path.startswith(url) and url not in homes)), "")


def links(zone: str, request: HttpRequest) -> list[Link]:
    """Return the links of ``zone`` that the visitor may open, the current one marked."""
    user = getattr(request, "user", None)
    entries = [
        (entry, reverse(entry.url_name))
        for entry in declared_entries()
        if entry.zone == zone
        and (not entry.permission or (user is not None and user.has_perm(entry.permission)))
    ]

    def is_also(entry: Entry) -> bool:
        return any(request.path.startswith(beginning) for beginning in entry.also)

    here = current_url([url for _, url in entries], request.path)
    return [
        Link(
            label=str(entry.label),
            url=url,
            icon=entry.icon,
            current="page" if url == request.path else "true" if url == here or is_also(entry) else "",
        )
        for entry, url in entries
    ]
