"""What an alert says, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation import dates
from creasol.foundation.text import french_spaces

from .alerts import SHORTEST_NOTICE, Alert, AlertKind

LONGEST = 300


def words_of(alert: Alert) -> str:
    """Return an alert as a sentence without its day: « Vacances de Noël, zones A, B et C »."""
    words = french_spaces(SENTENCES[alert.kind](alert))
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def school_holiday(alert: Alert) -> str:
    """Return the holiday and whose it is: « Vacances d’hiver, zone B »."""
    zones = in_a_row(alert.zones)
    words = ngettext("%(holiday)s, zone %(zones)s", "%(holiday)s, zones %(zones)s", len(alert.zones))
    return words % {"holiday": alert.name, "zones": zones}


def in_a_row(names: tuple[str, ...]) -> str:
    """Return « A, B et C »."""
    if len(names) < 2:  # noqa: PLR2004  the "and" needs two
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def short_notice(alert: Alert) -> str:
    """Return how many days are left to tell people."""
    if not alert.days:
        return _("No notice at all: people need %(least)d days.") % {"least": SHORTEST_NOTICE}
    words = ngettext(
        "%(days)d day of notice: people need %(least)d.",
        "%(days)d days of notice: people need %(least)d.",
        alert.days,
    )
    return words % {"days": alert.days, "least": SHORTEST_NOTICE}


def room_too_small(alert: Alert) -> str:
    """Return how many places are announced in a room, and how many people it holds."""
    words = _("%(places)d places are announced, and “%(room)s” holds %(holds)d people.")
    return words % {"places": alert.places, "room": alert.name, "holds": alert.holds}


def late(alert: Alert) -> str:
    """Return the hour of the end."""
    return _("Late evening: it ends at %(hour)s.") % {"hour": dates.clock(alert.ends_at)}


def other(alert: Alert) -> dict[str, str]:
    """Return what is said of something else that takes place; its title is none of ours when it is not announced."""
    title = (
        _("“%(title)s”") % {"title": alert.name} if alert.name else _("something that is not announced yet")
    )
    if alert.of:
        title += f" ({alert.of})"
    return {"title": title, "moment": dates.moment(alert.starts_at, alert.ends_at)}


SENTENCES = {
    AlertKind.SCHOOL_HOLIDAY: school_holiday,
    AlertKind.PUBLIC_HOLIDAY: lambda alert: _("Public holiday: %(name)s") % {"name": alert.name},
    AlertKind.BRIDGE: lambda alert: _("Bridge: many take this day off (%(name)s)") % {"name": alert.name},
    AlertKind.EVE: lambda alert: _("Eve of a public holiday (%(name)s)") % {"name": alert.name},
    AlertKind.ELECTION: lambda alert: _("Election day: %(name)s") % {"name": alert.name},
    AlertKind.SUNDAY: lambda _alert: _("It is a Sunday."),
    AlertKind.LATE: late,
    AlertKind.SHORT_NOTICE: short_notice,
    AlertKind.SAME_ROOM: lambda alert: _("The room is taken: %(title)s, %(moment)s") % other(alert),
    AlertKind.SAME_PERSON: lambda alert: (
        _("The same person leads, that day, %(title)s, %(moment)s") % other(alert)
    ),
    AlertKind.SAME_AUDIENCE: lambda alert: _("For the same public: %(title)s, %(moment)s") % other(alert),
    AlertKind.PARTNER: lambda alert: _("At a partner’s: %(title)s, %(moment)s") % other(alert),
    AlertKind.ROOM_TOO_SMALL: room_too_small,
    AlertKind.SCHOOLS_UNKNOWN: lambda _alert: _("The school calendar is not known for this day."),
}
