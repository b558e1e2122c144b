"""A gathering as search engines and calendars read it: an Event of schema.org."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .attendance import Attendance
from .enums import GatheringState

SCHEMA = "https://schema.org"
MODES = {
    "on-site": "OfflineEventAttendanceMode",
    "remote": "OnlineEventAttendanceMode",
    "mixed": "MixedEventAttendanceMode",
}


def event(
    gathering: Any,
    *,
    attendance: Attendance,
    previous: Sequence[datetime],
    organizers: Sequence[str],
    url: str,
    register_url: str,
) -> dict[str, Any]:
    """Return a gathering as a dict of schema.org (JSON-LD); dates are in local time with their offset.

    ``previous``: the starts it had before, the first one first. ``url`` and ``register_url`` are full addresses; the
    link to join remotely is for those registered, so the virtual place is the page. A date to be confirmed is said so
    in words: the vocabulary has no state for it, but for one that was moved (« postponed »).
    """
    occasion = gathering.occasion
    data = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": occasion.title,
        "url": url,
        "startDate": timezone.localtime(occasion.starts_at).isoformat(),
        "endDate": timezone.localtime(occasion.ends_at).isoformat(),
        "eventStatus": status_of(gathering, moved=bool(previous)),
        "eventAttendanceMode": f"{SCHEMA}/{MODES[attendance.mode]}",
        "location": locations(occasion, attendance, url=url),
        "organizer": [{"@type": "Organization", "name": name} for name in organizers],
        "inLanguage": "fr",
        "isAccessibleForFree": True,
    }
    if gathering.summary:
        data["description"] = gathering.summary
    if occasion.is_tentative:
        data["disambiguatingDescription"] = _("Date to be confirmed")
    if previous:
        moments = [timezone.localtime(moment).isoformat() for moment in previous]
        data["previousStartDate"] = moments[0] if len(moments) == 1 else moments
    if attendance.capacity is not None:
        data["maximumAttendeeCapacity"] = attendance.capacity
        data["remainingAttendeeCapacity"] = attendance.left
    if not gathering.is_over:
        data["offers"] = offer_of(occasion, attendance, url=url if attendance.is_free else register_url)
    return data


def status_of(gathering: Any, *, moved: bool) -> str:
    """Return the state of an event as schema.org names it."""
    if gathering.state == GatheringState.CANCELLED:
        return f"{SCHEMA}/EventCancelled"
    if not moved:
        return f"{SCHEMA}/EventScheduled"
    return f"{SCHEMA}/EventPostponed" if gathering.occasion.is_tentative else f"{SCHEMA}/EventRescheduled"


def locations(occasion: Any, attendance: Attendance, *, url: str) -> dict[str, Any] | list[dict[str, Any]]:
    """Return where it takes place: a place with its address, a virtual one, or both."""
    found: list[dict[str, Any]] = []
    if attendance.mode != "remote" and occasion.room:
        venue = occasion.room.venue
        postcodes = venue.commune.postcodes.split()
        address = {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "postalCode": postcodes[0] if len(postcodes) == 1 else "",
            "addressLocality": venue.commune.name,
            "addressCountry": "FR",
        }
        place = {"@type": "Place", "name": str(occasion.room)}
        found.append(place | {"address": {name: value for name, value in address.items() if value}})
    if attendance.mode != "on-site":
        found.append({"@type": "VirtualLocation", "url": url})
    return found[0] if len(found) == 1 else found


def offer_of(occasion: Any, attendance: Attendance, *, url: str) -> dict[str, Any]:
    """Return the price (nothing), where to register, whether places are left and since when."""
    offer = {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "url": url,
        "availability": f"{SCHEMA}/{'SoldOut' if attendance.is_full else 'InStock'}",
    }
    if occasion.opens_at:
        offer["validFrom"] = timezone.localtime(occasion.opens_at).isoformat()
    return offer


def as_script(data: dict[str, Any]) -> SafeString:
    """Return data as the text of a script element; nothing in it can close the element."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  escaped above
