"""A person's own calendar: what the addresses of the account are registered for."""

from django.db.models import Prefetch

from creasol.accounts.models import User
from creasol.accounts.queries import under_addresses_of
from creasol.places.enums import LIVE
from creasol.places.models import Booking, CalendarKey, Registration

from .mails import Line, Told


def calendar_key_of(user: User) -> CalendarKey | None:
    """Return the key of a person's own calendar, if one was made."""
    return CalendarKey.objects.filter(user=user).first()


def owner_of_calendar(key: str) -> User:
    """Return whose calendar a secret address opens; raise CalendarKey.DoesNotExist (also for a closed account)."""
    found = CalendarKey.objects.select_related("user").filter(user__is_active=True)
    return found.get(key=key.replace("\0", "")).user


def told_to_owner(user: User) -> list[Told]:
    """Return what a person is registered for and has not cancelled, with a place or without one yet, in order of date.

    Only proven addresses count: whoever writes somebody else's into an account sees nothing of theirs.
    """
    live = Booking.objects.filter(state__in=LIVE).select_related("slot").order_by("id")
    theirs = Registration.objects.filter(under_addresses_of(user), forgotten_at=None)
    found = (
        theirs.filter(bookings__state__in=LIVE).distinct().select_related("occasion__room__venue__commune")
    )
    found = found.prefetch_related(Prefetch("bookings", live, to_attr="live"), "occasion__moves")
    return [
        Told(
            registration=registration,
            occasion=registration.occasion,
            lines=tuple(Line(booking, rank=None) for booking in registration.live),
            wishes=(),
        )
        for registration in found.order_by("occasion__starts_at", "id")
    ]
