"""Never one place too many, however many ask at once: real connections, threads on PostgreSQL, processes on SQLite."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections
from django.db.models import Sum
from django.db.models.functions import Coalesce

from creasol.places.actions.bookings import accept_offer, decline_offer, expire_offers
from creasol.places.actions.forgetting import erase_registration
from creasol.places.actions.occasions import cancel_occasion, move_occasion
from creasol.places.actions.registrations import RegistrationDraft, cancel_registration, register
from creasol.places.enums import HOLDING, BookingState
from creasol.places.models import Booking, Occasion, Offer, Registration, Slot

from .factories import AT, STARTS_AT, make_occasion, make_slot

pytestmark = pytest.mark.django_db(transaction=True)
needs_postgresql = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="requests are served in parallel on PostgreSQL only",
)
LATER = AT + timedelta(days=1)
CONNECTIONS, REQUESTS, PLACES, RUNS = 10, 200, 20, 50
SOMEBODY = RegistrationDraft(first_name="Sacha")


def ask(occasion_id: int, places: dict[int, int], key: str) -> str:
    """Register as a request would; return what came of it."""
    occasion = Occasion.objects.get(pk=occasion_id)
    try:
        registration = register(SOMEBODY, occasion=occasion, places=places, request_key=key, at=LATER)
    except OperationalError:
        return "busy"
    return registration.bookings.get().state


def in_parallel(work, shares, *, level: str = "") -> list:
    """Run ``work`` over each share in a thread with a connection of its own, all starting together."""
    together = Barrier(len(shares))

    def serve(share):
        try:
            if level:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
            together.wait()
            return [work(one) for one in share]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(shares)) as pool:
        return [result for results in pool.map(serve, shares) for result in results]


def held(slot: Slot) -> int:
    """Count the places held, booking by booking."""
    bookings = Booking.objects.filter(slot=slot, state__in=HOLDING)
    return bookings.aggregate(total=Coalesce(Sum("size"), 0))["total"]


def miscounted() -> list[tuple[int, int]]:
    """Return the slots whose counter does not say what their bookings say."""
    slots = Slot.objects.exclude(capacity=None)
    return [(slot.taken, held(slot)) for slot in slots if slot.taken != held(slot)]


def shared_out(requests: list) -> list[list]:
    return [requests[number::CONNECTIONS] for number in range(CONNECTIONS)]


@needs_postgresql
@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
def test_two_hundred_requests_for_twenty_places_fifty_times(level):
    for _run in range(RUNS):
        slot = make_slot(capacity=PLACES)
        keys = [f"{slot.pk}-{number}" for number in range(REQUESTS)]
        outcomes = Counter(
            in_parallel(
                lambda key, slot=slot: ask(slot.occasion_id, {slot.pk: 1}, key), shared_out(keys), level=level
            )
        )
        assert set(outcomes) <= {"confirmed", "waiting", "busy"}
        assert (
            outcomes["confirmed"]
            == held(slot)
            == (PLACES if level == "READ COMMITTED" else held(slot))
            <= PLACES
        )
        if level == "READ COMMITTED":
            assert outcomes == {"confirmed": PLACES, "waiting": REQUESTS - PLACES}
    assert miscounted() == []


@needs_postgresql
def test_eight_sessions_filled_at_once():
    slots = [make_slot(capacity=100) for _ in range(8)]
    requests = [(slot, f"{slot.pk}-{number}") for number in range(120) for slot in slots]
    outcomes = Counter(
        in_parallel(lambda asked: ask(asked[0].occasion_id, {asked[0].pk: 1}, asked[1]), shared_out(requests))
    )
    assert outcomes == {"confirmed": 800, "waiting": 160}
    assert [held(slot) for slot in slots] == [100] * 8
    assert miscounted() == []


@needs_postgresql
def test_several_slots_at_once_in_any_order_neither_block_each_other_nor_overbook():
    occasion = make_occasion()
    slots = [make_slot(occasion=occasion, kind="workshop", capacity=15) for _ in range(4)]
    requests = [
        ({slots[(number + step) % 4].pk: 1 for step in (0, 2, 1)[:: 1 if number % 2 else -1]}, f"{number}")
        for number in range(100)
    ]

    def ask_several(asked):
        places, key = asked
        registration = register(SOMEBODY, occasion=occasion, places=places, request_key=key, at=LATER)
        return registration.bookings.count()

    assert Counter(in_parallel(ask_several, shared_out(requests))) == {3: 100}
    assert [held(slot) for slot in slots] == [15] * 4
    assert miscounted() == []


@needs_postgresql
def test_people_who_come_leave_and_answer_at_once_leave_no_place_twice_nor_empty():
    slot = make_slot(capacity=PLACES)

    def live(number: int) -> str:
        """Register, then cancel, accept or decline whatever is there to answer: errors are plain words."""
        try:
            registration = register(
                SOMEBODY,
                occasion=slot.occasion,
                places={slot.pk: 1 + number % 3},
                request_key=f"{number}",
                at=LATER,
            )
            if number % 4 == 0:
                cancel_registration(registration, at=LATER)
            offer = Offer.objects.filter(state="open").order_by("?").first()
            if offer and number % 2:
                accept_offer(offer, at=LATER)
            elif offer and number % 3 == 0:
                decline_offer(offer, at=LATER)
            if number % 25 == 0:
                expire_offers(at=LATER + timedelta(days=3))
        except ValidationError:
            return "refused"
        return "done"

    in_parallel(live, shared_out(list(range(REQUESTS))))
    slot.refresh_from_db()
    smallest = Booking.objects.filter(slot=slot).queue().order_by("size").first()
    assert miscounted() == []
    assert slot.taken <= PLACES
    assert smallest is None or smallest.size > slot.left


@needs_postgresql
def test_a_date_that_moves_and_is_cancelled_while_people_register_blocks_nobody():
    slot = make_slot(capacity=PLACES)
    occasion = slot.occasion

    def live(number: int | None) -> str:
        """Register and leave, or (without a number) move the date on, and cancel it in the end."""
        try:
            if number is None:
                for days in range(1, 20):
                    starts_at = STARTS_AT + timedelta(days=days)
                    dates = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
                    move_occasion(Occasion.objects.get(pk=occasion.pk), **dates, by=None, at=LATER)
                cancel_occasion(Occasion.objects.get(pk=occasion.pk), by=None, at=LATER)
                return "cancelled"
            somebody = register(
                SOMEBODY, occasion=occasion, places={slot.pk: 1}, request_key=f"{number}", at=LATER
            )
            if number % 3 == 0:
                erase_registration(somebody, at=LATER)
        except ValidationError:
            return "too late"
        return "registered"

    outcomes = Counter(in_parallel(live, [[None], *shared_out(list(range(REQUESTS)))]))
    assert outcomes["cancelled"] == 1
    assert outcomes["registered"] == Registration.objects.count()
    occasion.refresh_from_db()
    assert (occasion.version, occasion.cancelled_at) == (19, LATER)
    assert miscounted() == []


@needs_postgresql
def test_one_request_sent_ten_times_at_once_is_one_registration():
    slot = make_slot(capacity=PLACES)
    outcomes = in_parallel(lambda key: ask(slot.occasion_id, {slot.pk: 2}, key), [["une-fois"]] * CONNECTIONS)
    assert (Counter(outcomes), Registration.objects.count(), held(slot)) == ({"confirmed": 10}, 1, 2)


@needs_postgresql
def test_one_offer_answered_ten_times_at_once_is_answered_once():
    slot = make_slot(capacity=1)
    first, second = (
        register(SOMEBODY, occasion=slot.occasion, places={slot.pk: 1}, request_key=key, at=LATER)
        for key in "ab"
    )
    cancel_registration(first, at=LATER)
    offer = Offer.objects.get(booking__registration=second)

    def answer(accepts: bool) -> str:
        try:
            (accept_offer if accepts else decline_offer)(Offer.objects.get(pk=offer.pk), at=LATER)
        except ValidationError:
            return "over"
        return "answered"

    outcomes = in_parallel(answer, [[bool(number % 2)] for number in range(CONNECTIONS)])
    assert Counter(outcomes) == {"answered": 1, "over": CONNECTIONS - 1}
    assert miscounted() == []


PROCESS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "creasol.settings"
import django
django.setup()
from datetime import datetime
from creasol.places.actions.registrations import RegistrationDraft, register
from creasol.places.models import Occasion
occasion, slot, process, at = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])
for number in range(15):
    registration = register(
        RegistrationDraft(first_name="Sacha"), occasion=Occasion.objects.get(pk=occasion), places={slot: 1},
        request_key=f"{process}-{number}", at=at,
    )
    print(registration.bookings.get().state)
"""


@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="threads do it on PostgreSQL"
)
def test_four_processes_on_sqlite_share_twenty_places(tmp_path):
    slot = make_slot(capacity=PLACES)
    (tmp_path / "creasol.sqlite3").symlink_to(connection.settings_dict["NAME"])
    known = os.environ | {"CREASOL_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [str(slot.occasion_id), str(slot.pk)]
    command = [sys.executable, "-c", PROCESS, *arguments]
    running = [
        subprocess.Popen(
            [*command, str(number), LATER.isoformat()], env=known, stdout=subprocess.PIPE, text=True
        )
        for number in range(4)
    ]
    outcomes = Counter(word for process in running for word in process.communicate(timeout=120)[0].split())
    assert outcomes == {"confirmed": PLACES, "waiting": 60 - PLACES}
    assert held(slot) == PLACES
    assert Booking.objects.filter(state=BookingState.WAITING).count() == 40
    assert miscounted() == []
