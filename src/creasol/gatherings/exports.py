"""The gatherings as rows, one each."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Gathering


def gathering_header() -> list[str]:
    """Return the headings of ``gathering_rows``."""
    return [
        _("address"),
        _("title"),
        _("kind"),
        _("state"),
        _("starts at"),
        _("ends at"),
        _("date to be confirmed"),
        _("commune"),
        _("venue"),
        _("how one takes part"),
        pgettext("gathering", "places"),
        pgettext("gathering", "places left"),
        _("edition"),
        _("theme"),
        _("organisations that hold it"),
        _("people who came"),
        _("made-up example"),
    ]


def gathering_rows(gatherings: Iterable[Gathering]) -> Iterator[list[Any]]:
    """Return the gatherings as rows; their holders are fetched. Moments are in local time, with their offset."""
    for gathering in gatherings:
        occasion, attendance = gathering.occasion, gathering.attendance
        venue = occasion.room.venue if occasion.room else None
        yield [
            f"{settings.SITE_URL}{occasion.page}",
            occasion.title,
            gathering.get_kind_display(),
            gathering.get_state_display(),
            timezone.localtime(occasion.starts_at).isoformat(),
            timezone.localtime(occasion.ends_at).isoformat(),
            yes_or_no(occasion.is_tentative),
            venue.commune.name if venue else None,
            str(occasion.room) if venue else None,
            mode_in_words(attendance.mode),
            attendance.capacity,
            attendance.left,
            gathering.edition.name,
            gathering.theme.name if gathering.theme else None,
            ", ".join(host.organisation.name for host in gathering.holders),
            gathering.came,
            yes_or_no(occasion.is_example),
        ]


def mode_in_words(mode: str) -> str:
    return {"on-site": _("on site"), "remote": _("remote")}.get(mode, _("on site and remote"))


def yes_or_no(fact: bool) -> str:
    return _("yes") if fact else _("no")
