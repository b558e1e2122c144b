"""Open an evening to measure: `popular_evening.py open PLACES` prints its number and its page; `count NUMBER` who got in."""

import sys
from datetime import timedelta

import django

django.setup()

from django.db.models import Sum  # noqa: E402  needs the settings
from django.utils import timezone  # noqa: E402

from creasol.gatherings.actions.planning import GatheringDraft, plan_gathering  # noqa: E402
from creasol.gatherings.actions.states import confirm_gathering  # noqa: E402
from creasol.places.enums import HOLDING, BookingState, Mode  # noqa: E402
from creasol.places.models import Booking, Room  # noqa: E402
from creasol.programmes.models import Edition  # noqa: E402


def open_evening(places: int) -> str:
    """Plan and confirm an evening of so many places, in a month."""
    now = timezone.now()
    gathering = plan_gathering(
        GatheringDraft(
            title="Une soirée très attendue",
            edition=Edition.objects.filter(is_example=True, state="running").get(),
            starts_at=now + timedelta(days=30),
            ends_at=now + timedelta(days=30, hours=2),
            summary="Tout le monde veut venir.",
            description="Une soirée pour mesurer.\n\n" * 5,
            room=Room.objects.filter(venue__commune="59512").first(),
            entries={Mode.ON_SITE: places},
        ),
        by=None,
        at=now,
    )
    confirm_gathering(gathering, by=None, at=now)
    return f"{gathering.occasion_id} {gathering.occasion.page}"


def count(occasion: int) -> str:
    """Count the places granted, and those who wait, booking by booking."""
    bookings = Booking.objects.filter(slot__occasion=occasion)
    granted = bookings.filter(state__in=HOLDING).aggregate(total=Sum("size"))["total"] or 0
    return f"{granted} {bookings.filter(state=BookingState.WAITING).count()}"


print(open_evening(int(sys.argv[2])) if sys.argv[1] == "open" else count(int(sys.argv[2])))
