"""How many came: numbers that are the same before the names are erased and after.

They are counted from the bookings, which lose nothing but the names beside them. Only the organisations have to be
counted before: as many as lose their last named person are added to ``Occasion.organisations_forgotten``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from creasol.foundation.text import fold
from creasol.places.enums import BookingState, Origin, SlotKind
from creasol.places.models import Booking, Occasion, Registration

from .registrations import bookings_of

FEWEST_SHOWN = 5
"""Below so many people, everyone is told no number: it could point at somebody."""
CAME_OR_COULD = (BookingState.CONFIRMED, BookingState.PRESENT, BookingState.ABSENT)
CHECKED = (BookingState.PRESENT, BookingState.ABSENT)
IN_VAIN = (BookingState.WAITING, BookingState.OFFERED, BookingState.DECLINED, BookingState.EXPIRED)


@dataclass(frozen=True)
class AttendanceFigures:
    """People, not registrations: a group of four counts for four; for the team.

    ``registered`` had a place (without those who came unannounced), ``came`` and ``absent`` are None as long as
    nobody was checked in, ``waited`` asked for a place and got none, ``walk_ins`` came unannounced,
    ``organisations`` are those represented by who came (by who had a place when nobody was checked in).
    """

    registered: int
    came: int | None
    absent: int | None
    waited: int
    cancelled: int
    walk_ins: int
    organisations: int


def attendance_figures(occasion: Occasion) -> AttendanceFigures:
    """Return how many people had a place at an occasion, came, waited in vain.

    A registration for the entry and for two workshops is one group of people: the largest of its bookings counts. One
    that has a place somewhere does not wait, unless at the entry; one that has or waits for a place did not cancel.
    """
    groups: dict[int, list[Booking]] = {}
    for booking in bookings_of(occasion).order_by("id"):
        groups.setdefault(booking.registration_id, []).append(booking)
    registered = came = announced = walk_ins = waited = cancelled = 0
    for group in groups.values():
        places = largest((one.slot_id, one.size) for one in group if one.state in CAME_OR_COULD)
        people = largest((one.slot_id, one.arrived) for one in group if one.state == BookingState.PRESENT)
        in_vain = [one for one in group if one.state in IN_VAIN]
        entries = [one for one in in_vain if one.slot.kind == SlotKind.ENTRY]
        came += people
        if group[0].registration.origin == Origin.WALK_IN:
            walk_ins += people
        else:
            registered += places
            announced += people
        waited += largest((one.slot_id, one.size) for one in (entries if places else in_vain))
        if not places and not in_vain:
            cancelled += largest((one.slot_id, one.size) for one in group)
    checked = was_checked_in(occasion)
    return AttendanceFigures(
        registered=registered,
        came=came if checked else None,
        absent=max(registered - announced, 0) if checked else None,
        waited=waited,
        cancelled=cancelled,
        walk_ins=walk_ins,
        organisations=occasion.organisations_forgotten + len(organisations_among(those_who_came(occasion))),
    )


def largest(people: Iterable[tuple[int, int]]) -> int:
    """Return how many people a registration is for: the sum of its bookings of a slot, in the slot with the most."""
    sums: dict[int, int] = {}
    for slot, count in people:
        sums[slot] = sums.get(slot, 0) + count
    return max(sums.values(), default=0)


def was_checked_in(occasion: Occasion) -> bool:
    """Tell whether anybody was checked in at an occasion."""
    return Booking.objects.filter(slot__occasion=occasion, state__in=CHECKED).exists()


def those_who_came(occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations that came, to whatever; those that had a place when nobody was checked in."""
    states = (BookingState.PRESENT,) if was_checked_in(occasion) else CAME_OR_COULD
    there = Booking.objects.filter(slot__occasion=occasion, state__in=states)
    return Registration.objects.filter(occasion=occasion, pk__in=there.values("registration"))


def organisations_among(registrations: Iterable[Registration]) -> set[int | str]:
    """Return the organisations that these registrations name: entries of the directory, or names as written."""
    return {one.organisation_id or fold(one.organisation_name) for one in registrations} - {""}
