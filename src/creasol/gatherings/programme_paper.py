"""The programme of a day on paper: one page for everyone, one page for the door of each room."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from creasol.foundation import dates
from creasol.foundation.printing import pages_of, pdf_of
from creasol.foundation.text import french_spaces
from creasol.places.models import Room

from .queries.forum import Item, Programme

DAY, ROOMS = "gatherings/typst/day.typ", "gatherings/typst/rooms.typ"


def day_on_a_page(programme: Programme, *, address: str, language: str) -> bytes:
    """Return the PDF of a programme for the public; ``address`` is where it can be read on line."""
    return pdf_of(DAY, day_of(programme, address=address, language=language), at=moment_of(programme))


def rooms_on_pages(programme: Programme, *, language: str) -> bytes:
    """Return the PDF of a programme with a page for each room."""
    return pdf_of(ROOMS, rooms_of(programme, language=language), at=moment_of(programme))


def pictures(template: str, data: dict, programme: Programme) -> list[bytes]:
    """Return the pages of ``DAY`` or ``ROOMS`` as pictures (PNG)."""
    return pages_of(template, data, at=moment_of(programme))


def moment_of(programme: Programme) -> datetime:
    """Return the moment written in the files: the same programme gives the same bytes."""
    return programme.gathering.occasion.starts_at


def day_of(programme: Programme, *, address: str, language: str) -> dict:
    """Return what the page for everyone says."""
    with translation.override(language):
        return heading_of(programme, language=language) | {
            "address": address,
            "axes": [french_spaces(strand.title) for strand in programme.axes],
            "rows": [row_of(item, programme) for period in programme.periods for item in period.items],
            "words": {
                "axes": pgettext("forum", "Axes"),
                "when": _("When"),
                "what": _("What"),
                "where": _("Where"),
                "online": _("Online:") if programme.is_free else _("Online, with the places left:"),
            },
        }


def rooms_of(programme: Programme, *, language: str) -> dict:
    """Return what the pages of the rooms say, those where several things take place at once as well."""
    with translation.override(language):
        return heading_of(programme, language=language) | {
            "rooms": [
                {
                    "name": room_name(place.room) if place.room else _("Without a room"),
                    "venue": place.room.venue.name if place.room and place.room.name else "",
                    "rows": [row_of(item, programme) for item in place.items],
                }
                for place in programme.rooms
            ],
            "nothing": _("Nothing is in the programme yet."),
        }


def heading_of(programme: Programme, *, language: str) -> dict:
    """Return what every page says: of what gathering it is, when, where, and how one gets in."""
    gathering, occasion = programme.gathering, programme.gathering.occasion
    return {
        "language": language,
        "title": french_spaces(occasion.title),
        "summary": french_spaces(gathering.summary),
        "moment": dates.moment(occasion.starts_at, occasion.ends_at),
        "place": occasion.room.where if occasion.room else "",
        "tentative": _("date to be confirmed") if occasion.is_tentative else "",
        "cancelled": _("Cancelled") if occasion.cancelled_at else "",
        "entry": entry_of(programme),
    }


def entry_of(programme: Programme) -> str:
    """Return in a sentence how one gets in."""
    if programme.is_free:
        return _("Entry is free and open to all. Nobody has to register.")
    if programme.entry_is_free:
        return _("Entry is free and open to all. Register only for the workshops that ask for it.")
    return _("Entry costs nothing; please register.")


def row_of(item: Item, programme: Programme) -> dict:
    """Return a line of a programme."""
    strand = item.workshop.strand
    return {
        "when": hours_of(item, programme),
        "title": french_spaces(item.slot.name),
        "kind": item.workshop.get_kind_display(),
        "strand": french_spaces(strand.title) if strand else "",
        "hosts": ", ".join(item.hosts),
        "room": room_name(item.room) if item.room else "",
        "places": "" if item.is_free else _("by registration"),
        "description": french_spaces(item.workshop.description),
    }


def hours_of(item: Item, programme: Programme) -> str:
    """Return the hours of a workshop, and its day when the gathering lasts several."""
    hours = f"{dates.clock(item.starts_at)} – {dates.clock(item.ends_at)}"
    return f"{dates.day(item.day)}, {hours}" if programme.lasts_days else hours


def room_name(room: Room) -> str:
    """Return the name of a room within its venue, that of the venue for one without a name."""
    return room.name or str(room)
