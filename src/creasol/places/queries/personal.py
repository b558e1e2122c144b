"""What is kept about people, and what is due to be erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from creasol.accounts.models import User
from creasol.accounts.queries import under_addresses_of
from creasol.mailing.models import Message
from creasol.mailing.queries import messages_about
from creasol.places.enums import LIVE, BookingState
from creasol.places.models import Answer, Booking, Occasion, Question, Registration
from creasol.places.retention import NEEDS_OF_ACCESS, WITHOUT_A_PLACE, kept_until
from creasol.places.signals import registration_kept

from .figures import CAME_OR_COULD
from .mails import about
from .registrations import participants


@dataclass(frozen=True)
class Kept:
    """Everything kept about a registration, and until when; ``more`` is what the apps above keep.

    ``cancels``: something is still to come, and erasing it cancels it.
    """

    registration: Registration
    occasion: Occasion
    bookings: tuple[Booking, ...]
    answers: tuple[tuple[Answer, datetime], ...]
    mails: tuple[Message, ...]
    names_until: datetime
    needs_until: datetime
    cancels: bool
    more: dict[str, Any]

    @property
    def chosen(self) -> bool:
        """Whether answers stay as numbers."""
        return any(answer.question.options for answer, _until in self.answers)


def kept_about(registration: Registration, *, at: datetime) -> Kept:
    """Return everything that is kept about a registration."""
    occasion = registration.occasion
    found = registration.bookings.select_related("slot").prefetch_related("offers", "check_ins")
    bookings = tuple(found.order_by("id"))
    answers = registration.answers.select_related("question").order_by("question__position", "question__id")
    has_place = any(booking.state in CAME_OR_COULD for booking in bookings)
    more: dict[str, Any] = {}
    for _receiver, section in registration_kept.send(sender=Registration, registration=registration):
        more |= section or {}

    def until(days: int) -> datetime:
        return kept_until(occasion.ends_at, days=days, at_most=occasion.keep_days)

    return Kept(
        registration=registration,
        occasion=occasion,
        bookings=bookings,
        answers=tuple((answer, until(answer.question.keep_days)) for answer in answers),
        mails=tuple(messages_about(about(registration.pk))),
        names_until=until(occasion.keep_days if has_place else WITHOUT_A_PLACE),
        needs_until=until(NEEDS_OF_ACCESS),
        cancels=is_to_come(registration, at=at),
        more=more,
    )


def is_to_come(registration: Registration, *, at: datetime) -> bool:
    """Tell whether something of a registration is still live: the end is not there, and nobody of it has come."""
    states = {booking.state for booking in registration.bookings.all()}
    if registration.occasion.ends_at <= at or BookingState.PRESENT in states:
        return False
    return bool(states & set(LIVE)) or registration.wishes.exists()


def registrations_of(user: User) -> QuerySet[Registration]:
    """Return the registrations made with one of the addresses of an account, the first first."""
    bookings = Prefetch("bookings", Booking.objects.select_related("slot").order_by("id"))
    found = Registration.objects.filter(under_addresses_of(user), forgotten_at=None)
    return found.select_related("occasion", "organisation").prefetch_related(bookings).order_by("id")


def occasions_to_forget(*, at: datetime) -> QuerySet[Occasion]:
    """Return the occasions that are over and about which something personal may be left, the oldest first."""
    left = Q(forgotten_at=None) | Q(pk__in=Registration.objects.filter(forgotten_at=None).values("occasion"))
    return Occasion.objects.filter(left, ends_at__lte=at).order_by("ends_at", "id")


def due_registrations(occasion: Occasion, *, at: datetime) -> QuerySet[Registration]:
    """Return the registrations whose names are to be erased by now.

    All of them after the days the occasion says; a week after the end those that never got a place or gave it up.
    """
    named = Registration.objects.filter(occasion=occasion, forgotten_at=None).order_by("id")
    if kept_until(occasion.ends_at, days=occasion.keep_days, at_most=occasion.keep_days) <= at:
        return named
    if kept_until(occasion.ends_at, days=WITHOUT_A_PLACE, at_most=occasion.keep_days) <= at:
        return named.exclude(pk__in=Booking.objects.filter(state__in=CAME_OR_COULD).values("registration"))
    return named.none()


def due_answers(occasion: Occasion, *, at: datetime) -> QuerySet[Answer]:
    """Return the answers that are somebody's and whose own delay has passed."""
    asked = Question.objects.filter(occasion=occasion)
    due = [
        question.pk
        for question in asked
        if kept_until(occasion.ends_at, days=question.keep_days, at_most=occasion.keep_days) <= at
    ]
    return Answer.objects.filter(question__in=due).exclude(registration=None)


def due_needs(occasion: Occasion, *, at: datetime) -> QuerySet[Registration]:
    """Return the registrations whose needs of access are to be erased by now."""
    told = Registration.objects.filter(occasion=occasion).exclude(access_needs="")
    over = kept_until(occasion.ends_at, days=NEEDS_OF_ACCESS, at_most=occasion.keep_days) <= at
    return told if over else told.none()


@dataclass(frozen=True)
class Due:
    """How much about an occasion is to be erased by now."""

    occasion: Occasion
    registrations: int
    answers: int
    needs: int

    def __bool__(self) -> bool:
        return bool(self.registrations or self.answers or self.needs)


def due_by_now(*, at: datetime) -> tuple[Due, ...]:
    """Return what the next run would erase, occasion by occasion, erasing nothing."""
    found = (due_of(occasion, at=at) for occasion in occasions_to_forget(at=at))
    return tuple(due for due in found if due)


def due_of(occasion: Occasion, *, at: datetime) -> Due:
    """Return what is to be erased about one occasion by now; answers and needs go with the names too."""
    registrations = due_registrations(occasion, at=at)
    going = Q(registration__in=registrations.values("pk")) | Q(
        pk__in=due_answers(occasion, at=at).values("pk")
    )
    needs = Q(pk__in=registrations.values("pk")) | Q(pk__in=due_needs(occasion, at=at).values("pk"))
    return Due(
        occasion=occasion,
        registrations=registrations.count(),
        answers=Answer.objects.filter(going, question__occasion=occasion).count(),
        needs=Registration.objects.filter(needs).exclude(access_needs="").count(),
    )


def participants_with_answers(occasion: Occasion) -> QuerySet[Registration]:
    """Return the named participants of an occasion with what they booked and what they answered."""
    return participants(occasion).filter(forgotten_at=None).prefetch_related("answers")
