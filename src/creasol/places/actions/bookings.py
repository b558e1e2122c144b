"""The places themselves: given, held, offered, given back. Never more than there are.

Every action that makes something less available, or more, first locks the slots concerned, in the order of their ids,
and reads the waiting list afterwards: so two transactions see each other. That alone would fail silently under an
isolation above READ COMMITTED; there the lock itself is refused, since each grant changes the row it locks. And the
counter can only be raised by a conditional update, under a constraint of the table: a mistake fails loudly.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.mailing.actions import queue_message
from creasol.places.enums import BOOKING_TRANSITIONS, HOLDING, BookingState, OfferState
from creasol.places.models import Booking, Offer, Registration, Slot
from creasol.places.notifications import OfferOver, PlaceOffered, Registered
from creasol.places.slot_times import offer_deadline


class NoPlaceLeft(ValidationError):  # noqa: N818  it reads as a fact
    """There are not so many places."""


def lock_slots(ids: Collection[int]) -> dict[int, Slot]:
    """Lock slots in the order of their ids, in the caller's transaction; return them as they now are."""
    locked = Slot.objects.select_for_update(no_key=True, of=("self",)).select_related("occasion")
    return {slot.pk: slot for slot in locked.filter(pk__in=ids).order_by("pk")}


def grant(slot: Slot, *, size: int) -> None:
    """Take ``size`` places of a locked slot; NoPlaceLeft when there are not so many. The caller writes the booking."""
    fits = Slot.objects.filter(pk=slot.pk, taken__lte=F("capacity") + F("overbook") - size)
    if not fits.update(taken=F("taken") + size):
        left = slot.left or 0
        raise NoPlaceLeft(
            ngettext("Only %(left)d place is left.", "Only %(left)d places are left.", left) % {"left": left}
            if left
            else _("There is no place left.")
        )
    slot.taken += size


def release(slot: Slot, *, size: int) -> None:
    """Give ``size`` places of a locked slot back; what was let in beyond the capacity is made up for first.

    Where nobody has to register no place was taken.
    """
    if slot.capacity is None:
        return
    slot.taken -= size
    slot.overbook = min(slot.overbook, max(slot.taken - slot.capacity, 0))
    slot.ceiling = max(slot.limit, slot.taken)
    slot.save(update_fields=["taken", "overbook", "ceiling"])


def bring(booking: Booking, state: BookingState, *, at: datetime) -> None:
    """Bring a booking into a state as the table allows; ValidationError when it does not."""
    if state not in BOOKING_TRANSITIONS[BookingState(booking.state)]:
        raise ValidationError(
            _("This booking is %(now)s: it cannot become %(wanted)s.")
            % {"now": booking.get_state_display(), "wanted": state.label}
        )
    booking.state, booking.changed_at = state, at
    booking.save(update_fields=["state", "changed_at"])


def book(registration: Registration, slot: Slot, *, size: int, at: datetime) -> Booking:
    """Book places of a locked slot: confirmed when they are free, last on the waiting list otherwise."""
    booking = Booking.objects.create(
        registration=registration,
        slot=slot,
        size=size,
        state=BookingState.WAITING,
        waiting_since=at,
        changed_at=at,
    )
    allot(slot, at=at, newcomer=booking)
    return booking


def allot(slot: Slot, *, at: datetime, newcomer: Booking | None = None) -> list[Offer]:
    """Give the free places of a locked slot to those who wait, in their order; return the offers made.

    Who has just asked gets the place at once, the others an offer. A person whom an offer would reach too late keeps
    the rank and is passed over; so is a group larger than what is free, unless it may be split, or unless the
    organiser lets nobody pass (``Occasion.small_groups_pass``). Nothing is offered above the capacity.
    """
    offers: list[Offer] = []
    if not slot.left or slot.occasion.cancelled_at:
        return offers
    for booking in slot.bookings.queue().select_related("registration"):
        until = offer_deadline(
            slot.starts_at or slot.occasion.starts_at,
            notice=booking.registration.notice,
            hours=slot.occasion.offer_hours,
            at=at,
        )
        is_new = newcomer is not None and booking.pk == newcomer.pk
        if until is None and not is_new:
            continue
        size = min(booking.size, slot.left)
        if size == booking.size or booking.registration.may_split:
            grant(slot, size=size)
            if is_new:
                give(newcomer, size=size, state=BookingState.CONFIRMED, at=at)
            else:
                give(booking, size=size, state=BookingState.OFFERED, at=at)
                offers.append(make_offer(booking, at=at, until=until))
        elif not slot.occasion.small_groups_pass:
            break
        if not slot.left:
            break
    return offers


def give(booking: Booking, *, size: int, state: BookingState, at: datetime) -> None:
    """Let a booking that waits have ``size`` granted places; the rest of its group goes on waiting at its rank."""
    rest, booking.size = booking.size - size, size
    bring(booking, state, at=at)
    if rest:
        booking.save(update_fields=["size"])
        Booking.objects.create(
            registration=booking.registration,
            slot=booking.slot,
            size=rest,
            state=BookingState.WAITING,
            priority=booking.priority,
            waiting_since=booking.waiting_since,
            changed_at=at,
        )


def make_offer(booking: Booking, *, at: datetime, until: datetime) -> Offer:
    """Write the offer of places that a booking was given, and tell the person."""
    offer = Offer.objects.create(booking=booking, size=booking.size, offered_at=at, expires_at=until)
    tell(booking.registration, PlaceOffered, at=at, offer=offer)
    record("offer", booking.registration, by=None, at=at)
    return offer


def tell(registration: Registration, kind: type, *, at: datetime, **facts: object) -> None:
    """Queue a mail to a registered person, if an address is known."""
    if registration.email:
        mail = kind(to=registration.email, language=registration.language, registration=registration, **facts)
        queue_message(mail, at=at)


@transaction.atomic
def offer_free_places(slot: Slot, *, at: datetime) -> list[Offer]:
    """Offer the free places of a slot to those who wait."""
    locked = lock_slots([slot.pk])[slot.pk]
    return allot(locked, at=at)


@transaction.atomic
def accept_offer(offer: Offer, *, at: datetime) -> None:
    """Take the place that is offered; ValidationError when the offer is over."""
    slot, offer = locked_offer(offer)
    if offer.state != OfferState.OPEN or offer.expires_at <= at or slot.occasion.cancelled_at:
        raise ValidationError(
            _("This offer is over: the place went to somebody else, or the delay has passed.")
        )
    close_offer(offer, OfferState.ACCEPTED, at=at)
    bring(offer.booking, BookingState.CONFIRMED, at=at)
    tell(offer.booking.registration, Registered, at=at)
    record("accept", offer.booking.registration, by=None, at=at)


@transaction.atomic
def decline_offer(offer: Offer, *, at: datetime) -> None:
    """Leave an offered place to the next; ValidationError when the offer is over already."""
    slot, offer = locked_offer(offer)
    if offer.state != OfferState.OPEN:
        raise ValidationError(_("This offer is over already."))
    give_up_offer(offer, slot, OfferState.DECLINED, at=at)
    allot(slot, at=at)
    record("decline", offer.booking.registration, by=None, at=at)


def expire_offers(*, at: datetime) -> int:
    """Close the offers whose delay has passed and offer their places to the next; return how many were closed.

    Of what is cancelled nothing is said any more but that: its offers stay as they were.
    """
    late = Offer.objects.filter(
        state=OfferState.OPEN, expires_at__lte=at, booking__slot__occasion__cancelled_at=None
    )
    slots = sorted(set(late.values_list("booking__slot", flat=True)))
    return sum(expire_offers_of(slot, at=at) for slot in slots)


@transaction.atomic
def expire_offers_of(slot_id: int, *, at: datetime) -> int:
    """Close the late offers of one slot: one transaction for each, so that none waits for the others."""
    slot = lock_slots([slot_id])[slot_id]
    late = Offer.objects.filter(booking__slot=slot, state=OfferState.OPEN, expires_at__lte=at)
    offers = list(late.select_related("booking__registration").order_by("id"))
    for offer in offers:
        give_up_offer(offer, slot, OfferState.EXPIRED, at=at)
        record("expire", offer.booking.registration, by=None, at=at)
    allot(slot, at=at)
    return len(offers)


def locked_offer(offer: Offer) -> tuple[Slot, Offer]:
    """Lock the slot of an offer; return it with the offer as it now is."""
    slot = lock_slots([offer.booking.slot_id])[offer.booking.slot_id]
    return slot, Offer.objects.select_related("booking__registration").get(pk=offer.pk)


def close_offer(offer: Offer, state: OfferState, *, at: datetime) -> None:
    """Note what became of an offer."""
    offer.state, offer.closed_at = state, at
    offer.save(update_fields=["state", "closed_at"])


def give_up_offer(offer: Offer, slot: Slot, state: OfferState, *, at: datetime) -> None:
    """Close an open offer that nobody took, give its places back to a locked slot, and tell the person."""
    close_offer(offer, state, at=at)
    bring(offer.booking, BookingState(state.value), at=at)
    release(slot, size=offer.booking.size)
    tell(offer.booking.registration, OfferOver, at=at, offer=offer)


def shorten_offers(slot: Slot, *, until: datetime) -> None:
    """Let no open offer of a locked slot last beyond ``until``: a start that comes earlier than was said."""
    live = Offer.objects.filter(booking__slot=slot, state=OfferState.OPEN)
    live.filter(expires_at__gt=until).update(expires_at=until)


def drop(bookings: Iterable[Booking], slots: dict[int, Slot], *, to: BookingState, at: datetime) -> None:
    """Cancel bookings of locked slots: offers are withdrawn, places given back and offered to the next."""
    freed = {}
    for booking in bookings:
        slot, held = slots[booking.slot_id], booking.state in HOLDING
        for offer in booking.offers.filter(state=OfferState.OPEN):
            close_offer(offer, OfferState.WITHDRAWN, at=at)
        bring(booking, to, at=at)
        if held:
            release(slot, size=booking.size)
            freed[slot.pk] = slot
    for _pk, slot in sorted(freed.items()):
        allot(slot, at=at)


@transaction.atomic
def set_capacity(slot: Slot, *, capacity: int | None, by: User | None, at: datetime) -> None:
    """Change how many places a slot has; None when nobody has to register any more.

    Below what is taken it is allowed: nobody is sent away, nothing is offered until there is room again. Above, the
    places are offered at once to those who wait. ValidationError for a slot people registered for to become free.
    Where nobody had to register, who was let in at the door takes a place from now on.
    """
    locked = lock_slots([slot.pk])[slot.pk]
    if capacity is None and locked.bookings.exists():
        raise ValidationError(_("People have registered for it already: give it a number of places."))
    if locked.capacity is None:
        locked.taken = locked.bookings.holding().aggregate(people=Sum("size", default=0))["people"]
    locked.capacity = capacity
    locked.overbook = 0
    locked.ceiling = max(capacity or 0, locked.taken)
    locked.full_clean()
    locked.save(update_fields=["capacity", "overbook", "taken", "ceiling"])
    allot(locked, at=at)
    record("resize", locked.occasion, by=by, at=at)
    slot.refresh_from_db()


@transaction.atomic
def set_hours(
    slot: Slot, *, starts_at: datetime | None, ends_at: datetime | None, by: User | None, at: datetime
) -> None:
    """Give a slot other hours, or none of its own: no open offer outlives its new start.

    ValidationError when it ends before it starts.
    """
    locked = lock_slots([slot.pk])[slot.pk]
    if (starts_at, ends_at) != (locked.starts_at, locked.ends_at):
        locked.starts_at, locked.ends_at = starts_at, ends_at
        locked.full_clean()
        locked.save(update_fields=["starts_at", "ends_at"])
        shorten_offers(locked, until=starts_at or locked.occasion.starts_at)
        record("revise", locked.occasion, by=by, at=at)
    slot.refresh_from_db()


@transaction.atomic
def let_in(booking: Booking, *, reason: str, by: User, at: datetime) -> None:
    """Confirm somebody who waits, beyond the capacity if need be.

    How many were let in beyond, and why, is written in the journal. ValidationError without a reason, and for what is
    cancelled.
    """
    if not reason.strip():
        raise ValidationError(_("Say why, in one sentence: it is kept."))
    slot = lock_slots([booking.slot_id])[booking.slot_id]
    booking = Booking.objects.select_related("registration").get(pk=booking.pk)
    if slot.occasion.cancelled_at:
        raise ValidationError(_("It is cancelled: no place is given any more."))
    if booking.state != BookingState.WAITING:
        raise ValidationError(_("Only somebody on the waiting list can be let in."))
    beyond = make_room(slot, size=booking.size)
    grant(slot, size=booking.size)
    bring(booking, BookingState.CONFIRMED, at=at)
    tell(booking.registration, Registered, at=at)
    record(
        "let-in", slot.occasion, by=by, at=at, beyond=beyond, places=booking.size, reason=reason.strip()[:300]
    )


def make_room(slot: Slot, *, size: int) -> int:
    """Let a locked slot hold ``size`` more, beyond its capacity if need be; return how many beyond."""
    beyond = max(slot.taken + size - slot.limit, 0)
    if beyond:
        slot.overbook = max(slot.taken + size - slot.capacity, 0)
        slot.ceiling = slot.limit
        slot.save(update_fields=["overbook", "ceiling"])
    return beyond


@transaction.atomic
def set_priority(booking: Booking, *, priority: int, by: User, at: datetime) -> None:
    """Put somebody who waits before those of a lower priority; it is journalled."""
    lock_slots([booking.slot_id])
    booking.priority = priority
    booking.full_clean()
    booking.save(update_fields=["priority"])
    record("prioritise", booking.registration, by=by, at=at, priority=priority)
