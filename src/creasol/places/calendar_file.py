"""Calendar files (RFC 5545): one occasion for a mail, many for a feed; the same event all its life long."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as CalendarEvent
from icalendar.prop import vText

from .models import Occasion
from .queries.mails import Told

PARIS = ZoneInfo("Europe/Paris")
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
REFRESH = timedelta(hours=6)
PRODUCER = "-//Creation solidaire//creasol//FR"


class EventStatus(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Event:
    """What calendars know of an occasion; ``uid`` never changes, ``sequence`` grows with each new date."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    description: str
    url: str
    status: EventStatus
    updated_at: datetime


def event_of(occasion: Occasion, *, url: str = "", description: str | None = None) -> Event:
    """Return an occasion as calendars know it: to be confirmed, confirmed or cancelled (its sequence is then one more).

    ``url``: its public page unless given. ``description``: its practical information unless given; what is said to one
    person only (the link to join remotely) is for the caller to put there. ``updated_at`` is when it last changed, as
    far as the occasion itself tells. Reads ``room__venue__commune`` and ``moves``.
    """
    moves = occasion.moves.all() if occasion.version else ()
    moments = [occasion.opens_at, occasion.cancelled_at, *(move.at for move in moves)]
    status = EventStatus.TENTATIVE if occasion.is_tentative else EventStatus.CONFIRMED
    return Event(
        uid=f"occasion-{occasion.pk}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=occasion.version + (occasion.cancelled_at is not None),
        title=occasion.title,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        place=occasion.room.where if occasion.room else "",
        description=occasion.practical if description is None else description,
        url=url or (settings.SITE_URL + occasion.page if occasion.page else ""),
        status=EventStatus.CANCELLED if occasion.cancelled_at else status,
        updated_at=max((one for one in moments if one), default=occasion.starts_at),
    )


def event_for(told: Told, *, url: str, remote_link: str = "") -> Event:
    """Return an occasion as the calendar of one registered person shows it; ``url``: the page of the registration.

    For who has no place yet it is tentative, and says so.
    """
    said = [
        "" if told.has_place else _("You have no place yet."),
        told.occasion.practical.strip(),
        _("To join remotely: %(link)s") % {"link": remote_link} if remote_link else "",
    ]
    event = event_of(told.occasion, url=url, description="\n\n".join(part for part in said if part))
    if told.has_place or event.status == EventStatus.CANCELLED:
        return event
    return replace(event, status=EventStatus.TENTATIVE)


def own_events(told: Iterable[Told], *, at: datetime) -> list[Event]:
    """Return what one person is registered for as events, with the links to join remotely that may be shown now."""
    return [
        event_for(
            one,
            url=settings.SITE_URL + reverse("places:registration", args=[one.registration.code]),
            remote_link=one.remote_link(at=at),
        )
        for one in told
    ]


def calendar_of(events: Iterable[Event], *, name: str, method: Method = Method.PUBLISH) -> str:
    """Return a calendar file of these events, in local time, lines folded and text escaped as the standard says.

    ``name`` is what calendar programs call a feed of them.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    called = vText(" ".join(name.split()))  # a text on one line, its commas escaped
    calendar.add("name", called)
    calendar.add("x-wr-calname", called)
    calendar.add("x-wr-timezone", PARIS.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(paris_time())
    for event in events:
        calendar.add_component(written(event, cancelled=method == Method.CANCEL))
    return calendar.to_ical().decode()


def written(event: Event, *, cancelled: bool = False) -> CalendarEvent:
    """Return one event as a component of a calendar; ``cancelled`` says so whatever its status is."""
    component = CalendarEvent()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.updated_at.astimezone(UTC))
    component.add("last-modified", event.updated_at.astimezone(UTC))
    component.add("summary", event.title)
    component.add("dtstart", event.starts_at.astimezone(PARIS))
    component.add("dtend", event.ends_at.astimezone(PARIS))
    component.add("status", (EventStatus.CANCELLED if cancelled else event.status).value)
    for field, value in (("location", event.place), ("description", event.description), ("url", event.url)):
        if value:
            component.add(field, value.replace("\r\n", "\n"))
    return component


@cache
def paris_time() -> Timezone:
    """Return the legal time of metropolitan France as it has been since 1996: summer from March to October."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    halves = (
        (TimezoneDaylight, "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2, 0)),  # noqa: DTZ001  local by definition
        (TimezoneStandard, "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3, 0)),  # noqa: DTZ001
    )
    for half, name, before, after, since in halves:
        component = half()
        component.add("dtstart", since)
        component.add("tzoffsetfrom", before)
        component.add("tzoffsetto", after)
        component.add("tzname", name)
        component.add("rrule", {"freq": "yearly", "bymonth": since.month, "byday": "-1SU"})
        zone.add_component(component)
    return zone


def calendar_answer(request: HttpRequest, content: str, *, name: str) -> HttpResponse:
    """Answer a calendar file; 304 to a program that has it already. The view keeps secret ones out of caches."""
    tag = f'"{sha256(content.encode()).hexdigest()[:32]}"'
    response = HttpResponse(
        content.encode(), content_type=f"text/calendar; charset=utf-8; method={Method.PUBLISH}"
    )
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response)
