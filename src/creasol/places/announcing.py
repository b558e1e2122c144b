"""What keeps a mail to everyone from going, and whom it does not go to."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from .enums import LIVE, AnnouncementKind, BookingState, LeftOut
from .models import Move, Occasion, Registration
from .reminder_times import reminder_window

AUTOMATIC = (AnnouncementKind.REMINDER_WEEK, AnnouncementKind.REMINDER_DAY)
PLACED = {BookingState.CONFIRMED, BookingState.PRESENT}


def obstacle_to(kind: str, occasion: Occasion, *, at: datetime) -> str:
    """Say why a mail of this kind cannot go to anybody now; nothing when it can."""
    if (kind == AnnouncementKind.CANCELLED) != bool(occasion.cancelled_at):
        return _("It is cancelled.") if occasion.cancelled_at else _("It is not cancelled.")
    if kind == AnnouncementKind.SURVEY:
        return "" if occasion.ends_at <= at else _("It is not over yet.")
    if occasion.starts_at <= at:
        return _("It has begun, or is over.")
    if kind in AUTOMATIC:
        return obstacle_to_reminder(kind, occasion, at=at)
    if kind == AnnouncementKind.MOVED and not occasion.version:
        return _("Neither date nor place has changed.")
    return ""


def obstacle_to_reminder(kind: str, occasion: Occasion, *, at: datetime) -> str:
    """Say why a reminder of an occasion to come cannot leave now; nothing when it can."""
    begins, ends = reminder_window(AnnouncementKind(kind), occasion.starts_at)
    if occasion.is_tentative:
        return _("The date is still to be confirmed.")
    if at < begins:
        return _("Its hour has not come.")
    return "" if at < ends else _("It is too late.")


def known_before(registration: Registration, moves: Collection[Move], *, announced: int) -> Move | None:
    """Return the change that undid what a person knew: the first since the registration and the last one announced.

    ``announced`` is the last version everybody was written to about, 0 for none. None for who knows the present date.
    """
    unknown = [move for move in moves if move.version > announced and move.at > registration.registered_at]
    return min(unknown, key=lambda move: move.version, default=None)


def left_out(
    registration: Registration,
    *,
    kind: str,
    occasion: Occasion,
    states: Collection[str],
    wishes: bool,
    before: Move | None,
) -> LeftOut | None:
    """Return why a mail of this kind does not go to somebody whose bookings are in these states; None when it does."""
    here = set(states)
    if kind in AUTOMATIC:
        begins, _ends = reminder_window(AnnouncementKind(kind), occasion.starts_at)
        late = registration.registered_at >= begins
    else:
        late = False
    survey = kind == AnnouncementKind.SURVEY
    reasons = {
        LeftOut.NO_ADDRESS: not registration.email,
        LeftOut.DID_NOT_COME: survey and BookingState.PRESENT not in here,
        LeftOut.NOT_REGISTERED: not (survey or wishes or here & set(LIVE)),
        LeftOut.NO_PLACE: kind in AUTOMATIC and not here & PLACED,
        LeftOut.LATE: late,
        LeftOut.KNOWS: kind == AnnouncementKind.MOVED and before is None,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
