import pytest

from creasol.network.tests.factories import make_organisation
from creasol.places.enums import BookingState, Origin, SlotKind
from creasol.places.queries.figures import AttendanceFigures, attendance_figures

from .factories import make_booking, make_occasion, make_registration, make_slot

pytestmark = pytest.mark.django_db


def come(slot, state, size=1, **who):
    arrived = {"arrived": size} if state == BookingState.PRESENT else {}
    arrived |= {"arrived": who.pop("arrived")} if "arrived" in who else {}
    registration = make_registration(occasion=slot.occasion, **who)
    return make_booking(slot=slot, registration=registration, state=state, size=size, **arrived)


def test_people_are_counted_not_registrations():
    occasion = make_occasion()
    entry = make_slot(occasion=occasion, capacity=40)
    amap = make_organisation()
    come(entry, BookingState.PRESENT, 4, arrived=3, organisation=amap)
    come(entry, BookingState.PRESENT, organisation=amap, organisation_name="L’AMAP")
    come(entry, BookingState.PRESENT, 2, origin=Origin.WALK_IN, organisation_name="Le Café")
    come(entry, BookingState.ABSENT, organisation_name="Une autre")
    come(entry, BookingState.CONFIRMED)
    come(entry, BookingState.WAITING, 2)
    come(entry, BookingState.DECLINED)
    come(entry, BookingState.CANCELLED, 3)
    come(make_slot(), BookingState.PRESENT, 5)
    assert attendance_figures(occasion) == AttendanceFigures(
        registered=7, came=6, absent=3, waited=3, cancelled=3, walk_ins=2, organisations=2
    )


def test_who_comes_to_several_things_is_counted_once():
    occasion = make_occasion()
    entry = make_slot(occasion=occasion)
    first, second = (make_slot(occasion=occasion, kind=SlotKind.WORKSHOP) for _ in range(2))
    both = come(entry, BookingState.PRESENT, 2).registration
    make_booking(slot=first, registration=both, size=2)
    make_booking(slot=second, registration=both, size=2, state=BookingState.WAITING)
    only = come(first, BookingState.PRESENT).registration
    make_booking(slot=second, registration=only, state=BookingState.CANCELLED)
    split = come(entry, BookingState.PRESENT, 3).registration
    make_booking(slot=entry, registration=split, size=2, state=BookingState.WAITING)
    assert attendance_figures(occasion) == AttendanceFigures(
        registered=6, came=6, absent=0, waited=2, cancelled=0, walk_ins=0, organisations=0
    )


def test_when_nobody_was_checked_in_who_came_is_not_known():
    entry = make_slot()
    come(entry, BookingState.CONFIRMED, 3, organisation_name="L’Atelier")
    come(entry, BookingState.CONFIRMED, organisation_name="l'atelier")
    come(entry, BookingState.WAITING, organisation_name="Une autre")
    figures = attendance_figures(entry.occasion)
    assert (figures.registered, figures.came, figures.absent, figures.organisations) == (4, None, None, 1)
