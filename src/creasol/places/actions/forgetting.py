"""Names go, numbers stay.

What is erased of a registration is everything that says who it is: first name, addresses, organisation, needs of
access, free texts; its codes are replaced, so that old links and tickets open nothing. What stays is a row without a
name and its bookings: how many places, what became of them, how many came. Nothing in it leads to a person.

An answer chosen among several stays too, as a row of its own that belongs to no registration and stands in no order:
« 12 come by train » can be read, who they are cannot, not even by comparing rows.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.mailing.actions import forget_messages_about
from creasol.places.enums import QuestionKind
from creasol.places.models import Answer, Occasion, Registration
from creasol.places.queries.figures import organisations_among, those_who_came
from creasol.places.queries.mails import about
from creasol.places.queries.personal import (
    Due,
    due_answers,
    due_needs,
    due_of,
    due_registrations,
    is_to_come,
    occasions_to_forget,
    registrations_of,
)
from creasol.places.retention import kept_until
from creasol.places.signals import registrations_forgotten

from .bookings import lock_slots
from .registrations import cancel_registration

SECRET_BYTES = 18
BATCH = 500


def forget_occasions(*, at: datetime) -> tuple[Due, ...]:
    """Erase what is personal and whose delay has passed, each occasion by its own date; return how much it was.

    One transaction for each occasion: whatever interrupts it, the next run goes on from there. Running it twice
    erases nothing more.
    """
    pks = list(occasions_to_forget(at=at).values_list("pk", flat=True))
    done = [forget_occasion(pk, at=at) for pk in pks]
    return tuple(due for due in done if due)


@transaction.atomic
def forget_occasion(pk: int, *, at: datetime) -> Due:
    """Erase what is due about one occasion; return how much it was."""
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=pk)
    due = due_of(occasion, at=at)
    release_answers(due_answers(occasion, at=at))
    due_needs(occasion, at=at).update(access_needs="")
    ids = list(due_registrations(occasion, at=at).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        forget_registrations(ids[start : start + BATCH], occasion=occasion, wanted=False, at=at)
    over = kept_until(occasion.ends_at, days=occasion.keep_days, at_most=occasion.keep_days) <= at
    if over and occasion.forgotten_at is None:
        occasion.forgotten_at = at
        occasion.save(update_fields=["forgotten_at"])
    if due:
        counts = {"registrations": due.registrations, "answers": due.answers, "needs": due.needs}
        record("forget-names", occasion, by=None, at=at, **counts)
    return due


@transaction.atomic
def erase_registration(registration: Registration, *, by: User | None = None, at: datetime) -> None:
    """Erase who a registration is at once, because the person wants it; what is still live is cancelled first."""
    if is_to_come(registration, at=at):
        cancel_registration(registration, by=by, at=at)
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=registration.occasion_id)
    if Registration.objects.filter(pk=registration.pk, forgotten_at=None).exists():
        forget_registrations([registration.pk], occasion=occasion, wanted=True, at=at)
        record("erase", registration, by=by, at=at)


@transaction.atomic
def erase_registrations_of(user: User, *, at: datetime) -> int:
    """Erase the registrations made with the addresses of an account that is being erased; return how many."""
    found = list(registrations_of(user))
    lock_slots({booking.slot_id for registration in found for booking in registration.bookings.all()})
    for registration in found:
        erase_registration(registration, at=at)
    return len(found)


def forget_registrations(ids: list[int], *, occasion: Occasion, wanted: bool, at: datetime) -> None:
    """Take the names off registrations of a locked occasion, and out of whatever is kept about them elsewhere."""
    before = organisations_among(those_who_came(occasion))
    release_answers(Answer.objects.filter(registration__in=ids))
    registrations = list(Registration.objects.filter(pk__in=ids))
    for registration in registrations:
        take_name_off(registration, at=at)
        forget_messages_about(about(registration.pk))
    Registration.objects.bulk_update(registrations, NAMING)
    lost = len(before - organisations_among(those_who_came(occasion)))
    if lost:
        Occasion.objects.filter(pk=occasion.pk).update(
            organisations_forgotten=F("organisations_forgotten") + lost
        )
    registrations_forgotten.send(sender=Registration, registrations=ids, wanted=wanted, at=at)


NAMING = (
    "code", "ticket", "request_key", "first_name", "email", "phone", "organisation", "organisation_name",
    "access_needs", "forgotten_at",
)  # fmt: skip


def take_name_off(registration: Registration, *, at: datetime) -> None:
    """Empty what says who a registration is, and give it codes that nobody knows."""
    registration.first_name = registration.email = registration.phone = ""
    registration.organisation, registration.organisation_name, registration.access_needs = None, "", ""
    registration.code = secrets.token_urlsafe(SECRET_BYTES)
    registration.ticket = secrets.token_urlsafe(SECRET_BYTES)
    registration.request_key = None
    registration.forgotten_at = at


def release_answers(answers: QuerySet[Answer]) -> None:
    """Erase free answers; keep those chosen among several as rows of nobody, in the order of their words."""
    chosen = answers.filter(question__kind=QuestionKind.CHOICE).values_list("question", "text")
    numbers = [Answer(question_id=question, text=text) for question, text in sorted(chosen)]
    answers.delete()
    Answer.objects.bulk_create(numbers)
