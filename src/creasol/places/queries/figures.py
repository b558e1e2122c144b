"""How many came: numbers that are the same before the names are erased and after.

They are counted from the bookings, which lose nothing but the names beside them. Only the organisations have to be
counted before: as many as lose their last named person are added to ``Occasion.organisations_forgotten``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from creasol.foundation.text import fold
from creasol.places.enums import BookingState, Origin, SlotKind
from creasol.places.models import Booking, Occasion, Registration

FEWEST_SHOWN = 5
CAME_OR_COULD = (BookingState.CONFIRMED, BookingState.PRESENT, BookingState.ABSENT)
CHECKED = (BookingState.PRESENT, BookingState.ABSENT)
IN_VAIN = (BookingState.WAITING, BookingState.OFFERED, BookingState.DECLINED, BookingState.EXPIRED)


def shown_to_everyone(count: int | None) -> int | None:
    """Return a number of people as everyone may read it: none at all below five, where it could point at somebody.

    A number that could be found by subtracting two others must not be shown beside them: the public reads how many
    came and how many organisations, nothing else; the team reads everything.
    """
    return count if count is None or count == 0 or count >= FEWEST_SHOWN else None


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

    @property
    def public(self) -> "PublicFigures":
        return PublicFigures(shown_to_everyone(self.came), shown_to_everyone(self.organisations))


@dataclass(frozen=True)
class PublicFigures:
    """What everyone may read; None for what is not known, or too small to be shown."""

    came: int | None
    organisations: int | None


def attendance_figures(occasion: Occasion) -> AttendanceFigures:
    """Return how many had a place at an occasion, came, waited in vain; counted at its entry."""
    entries = Booking.objects.filter(slot__occasion=occasion, slot__kind=SlotKind.ENTRY).order_by()
    rows = entries.values_list("state", "registration__origin").annotate(Sum("size"), Sum("arrived"))
    size = arrived = announced = walk_ins = waited = cancelled = 0
    checked = False
    for state, origin, places, people in rows:
        on_the_spot = origin == Origin.WALK_IN
        if state in CAME_OR_COULD:
            size += 0 if on_the_spot else places
            checked = checked or state in CHECKED
        if state == BookingState.PRESENT:
            arrived += people
            announced += 0 if on_the_spot else people
            walk_ins += people if on_the_spot else 0
        waited += places if state in IN_VAIN else 0
        cancelled += places if state in {BookingState.CANCELLED, BookingState.REFUSED} else 0
    return AttendanceFigures(
        registered=size,
        came=arrived if checked else None,
        absent=max(size - announced, 0) if checked else None,
        waited=waited,
        cancelled=cancelled,
        walk_ins=walk_ins,
        organisations=occasion.organisations_forgotten + len(organisations_among(those_who_came(occasion))),
    )


def was_checked_in(occasion: Occasion) -> bool:
    """Tell whether anybody was checked in at the entry of an occasion."""
    entries = Booking.objects.filter(slot__occasion=occasion, slot__kind=SlotKind.ENTRY)
    return entries.filter(state__in=CHECKED).exists()


def those_who_came(occasion: Occasion) -> QuerySet[Registration]:
    """Return the registrations that came; those that had a place when nobody was checked in."""
    states = (BookingState.PRESENT,) if was_checked_in(occasion) else CAME_OR_COULD
    entered = Booking.objects.filter(slot__occasion=occasion, slot__kind=SlotKind.ENTRY, state__in=states)
    return Registration.objects.filter(occasion=occasion, pk__in=entered.values("registration"))


def organisations_among(registrations: Iterable[Registration]) -> set[int | str]:
    """Return the organisations that these registrations name: entries of the directory, or names as written."""
    return {one.organisation_id or fold(one.organisation_name) for one in registrations} - {""}
