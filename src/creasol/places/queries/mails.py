"""What a mail to somebody registered says of the registration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from creasol.places.enums import LIVE, BookingState, Mode
from creasol.places.models import Booking, Occasion, Registration, Wish
from creasol.places.reminder_times import is_link_shown

from .registrations import occasion_with_place, rank_of

PLACED = (BookingState.CONFIRMED, BookingState.PRESENT)


@dataclass(frozen=True)
class Line:
    """One thing somebody is registered for; the rank when it waits."""

    booking: Booking
    rank: int | None


@dataclass(frozen=True)
class Told:
    """An occasion and what one person is registered for, as a mail tells it."""

    registration: Registration
    occasion: Occasion
    lines: tuple[Line, ...]
    wishes: tuple[Wish, ...]

    @property
    def has_place(self) -> bool:
        return any(line.booking.state in PLACED for line in self.lines)

    @property
    def joins_remotely(self) -> bool:
        """Whether a place of this person's is a remote one."""
        places = [line.booking for line in self.lines if line.booking.state in PLACED]
        return any(booking.slot.mode == Mode.REMOTE for booking in places)

    @property
    def changed_at(self) -> datetime:
        """When something of the registration last changed."""
        return max((line.booking.changed_at for line in self.lines), default=self.registration.registered_at)

    def remote_link(self, *, at: datetime) -> str:
        """Return the link to join remotely once this person may see it, from the day before; nothing till then."""
        shown = self.joins_remotely and is_link_shown(self.occasion.starts_at, at=at)
        return self.occasion.remote_link if shown else ""


def about(registration: int) -> str:
    """Return how mails name the registration they are about: what they are withdrawn and forgotten by."""
    return f"places.registration:{registration}"


def told_to(
    registration: Registration,
    *,
    occasion: Occasion | None = None,
    bookings: Iterable[Booking] | None = None,
) -> Told:
    """Return what a mail tells of a registration: its occasion and its live bookings, as they now are or as given."""
    occasion = occasion or occasion_with_place(registration.occasion_id)
    if bookings is None:
        live = Booking.objects.filter(registration=registration, state__in=LIVE)
        bookings = live.select_related("slot__room").order_by("slot__kind", "slot__starts_at", "id")
    asked = registration.pk and occasion.wishes_until
    wishes = Wish.objects.filter(registration=registration).select_related("slot") if asked else ()
    return Told(
        registration=registration,
        occasion=occasion,
        lines=tuple(Line(booking, rank_of(booking)) for booking in bookings),
        wishes=tuple(wishes),
    )
