"""Ranked wishes are given their places, all at once."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.dates import moment
from creasol.journal.actions import record
from creasol.places.assignment import TIME_LIMIT, Assignment, assign
from creasol.places.enums import LIVE, BookingState, SlotKind
from creasol.places.models import Booking, Occasion, Registration
from creasol.places.notifications import NoWishMet, Registered
from creasol.places.queries.wishes import groups_wishing, parts_of

from .bookings import grant, lock_slots, tell


@transaction.atomic
def ask_for_wishes(occasion: Occasion, *, until: datetime | None, by: User | None, at: datetime) -> None:
    """Let people rank the workshops they would like until a moment, instead of registering for them at once.

    None: they register at once again; wishes made already stay. ValidationError for a moment that is past, or that
    leaves no time before the start.
    """
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=occasion.pk)
    if until and until <= at:
        raise ValidationError({"until": _("This moment is past.")})
    if until and until >= occasion.starts_at:
        raise ValidationError(
            {"until": _("People must know what they are given before it starts: choose an earlier moment.")}
        )
    occasion.wishes_until, occasion.wishes_given_at = until, None
    occasion.save(update_fields=["wishes_until", "wishes_given_at"])
    record("revise", occasion, by=by, at=at)


@transaction.atomic
def assign_wishes(
    occasion: Occasion, *, by: User | None, at: datetime, seconds: float = TIME_LIMIT
) -> Assignment:
    """Give places to as many wishes as possible, and tell people; return what was given, and the proof.

    What is given is a confirmed booking; wishes that are not met stay, and may be met by a later assignment. Twice in
    a row gives nothing twice. What is left is then for whoever registers. ValidationError while people may still wish,
    and for what is cancelled; ``seconds`` is the time limit of the computation, after which the best found is given.
    """
    slots = lock_slots(list(occasion.slots.values_list("pk", flat=True)))
    occasion.refresh_from_db()
    if occasion.cancelled_at:
        raise ValidationError(_("It is cancelled: no place is given any more."))
    if occasion.wishes_until and at < occasion.wishes_until:
        raise ValidationError(
            _("People may still wish, until %(moment)s: places are given afterwards.")
            % {"moment": moment(occasion.wishes_until)}
        )
    groups = groups_wishing(occasion)
    open_to_wishes = [
        slot for slot in slots.values() if slot.kind == SlotKind.WORKSHOP and slot.capacity is not None
    ]
    found = assign(groups, parts_of(open_to_wishes), seconds=seconds)
    sizes = {group.id: group.size for group in groups}
    for registration, slot in found.given:
        grant(slots[slot], size=sizes[registration])
        booking = Booking(
            registration_id=registration,
            slot=slots[slot],
            size=sizes[registration],
            state=BookingState.CONFIRMED,
            changed_at=at,
        )
        booking.full_clean()
        booking.save()
    tell_all(sizes.keys(), given={pk for pk, _slot in found.given}, at=at)
    occasion.wishes_given_at = at
    occasion.save(update_fields=["wishes_given_at"])
    met = dict(zip(("first", "second", "third"), found.met, strict=True))
    record("assign", occasion, by=by, at=at, bound=found.wished.bound, optimal=found.is_optimal, **met)
    return found


def tell_all(wishing: Collection[int], *, given: Collection[int], at: datetime) -> None:
    """Tell those who were given a place, and, once, those who wished and have no workshop at all."""
    workshops = Booking.objects.filter(slot__kind=SlotKind.WORKSHOP, state__in=LIVE)
    with_one = set(workshops.filter(registration__in=wishing).values_list("registration", flat=True))
    for registration in Registration.objects.filter(pk__in=wishing).order_by("pk"):
        if registration.pk in given:
            tell(registration, Registered, at=at)
        elif registration.pk not in with_one:
            tell(registration, NoWishMet, at=at)
