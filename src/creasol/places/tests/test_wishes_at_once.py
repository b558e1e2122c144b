"""Wishes given while others register: real connections, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import Count, Sum

from creasol.places.actions.registrations import RegistrationDraft, register
from creasol.places.actions.wishes import assign_wishes
from creasol.places.enums import BookingState, Origin, SlotKind
from creasol.places.models import Booking, Occasion

from .factories import AT, make_occasion, make_registration, make_slot, make_wish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        reason="requests are served in parallel on PostgreSQL only",
    ),
]
AFTER = AT + timedelta(days=1)
PLACES, PEOPLE, ASSIGNMENTS, WALKERS = 10, 30, 3, 8


@pytest.mark.parametrize("run", range(5))
def test_two_who_give_at_once_and_people_who_are_registered_never_exceed_the_room(run):
    occasion = make_occasion(wishes_until=AT)
    workshop = make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name="Légumes", capacity=PLACES)
    for _ in range(PEOPLE):
        make_wish(registration=make_registration(occasion=occasion), slot=workshop)
    together = Barrier(ASSIGNMENTS + WALKERS)

    def give():
        return len(assign_wishes(Occasion.objects.get(pk=occasion.pk), by=None, at=AFTER).given)

    def come():
        draft = RegistrationDraft(first_name="Sacha")
        # by the team: it need not wait until those who wished are given their places
        places, origin = {workshop.pk: 1}, Origin.STAFF
        register(draft, occasion=Occasion.objects.get(pk=occasion.pk), places=places, origin=origin, at=AFTER)
        return 0

    def serve(work):
        try:
            together.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(ASSIGNMENTS + WALKERS) as pool:
        given = sum(pool.map(serve, [give] * ASSIGNMENTS + [come] * WALKERS))
    confirmed = Booking.objects.filter(slot=workshop, state=BookingState.CONFIRMED)
    workshop.refresh_from_db()
    assert workshop.taken == confirmed.aggregate(total=Sum("size"))["total"] == PLACES
    assert confirmed.filter(registration__wishes__isnull=False).count() == given
    twice = Booking.objects.values("registration").annotate(times=Count("pk")).filter(times__gt=1)
    assert not twice.exists()
