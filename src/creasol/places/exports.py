"""The participants as rows, for the team."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from creasol.foundation.dates import local

from .models import Question, Registration


def participant_header(questions: Iterable[Question]) -> list[str]:
    """Return the headings of ``participant_rows``."""
    return [
        _("first name"),
        _("organisation"),
        _("registered on"),
        _("booked"),
        *(question.label for question in questions),
    ]


def participant_rows(
    registrations: Iterable[Registration], questions: Iterable[Question]
) -> Iterator[list[Any]]:
    """Return the participants as rows, with what they booked and what they answered; needs of access stay here."""
    asked = [question.pk for question in questions]
    for registration in registrations:
        answers = {answer.question_id: answer.text for answer in registration.answers.all()}
        booked = [
            f"{booking.slot} × {booking.size} ({booking.get_state_display()})"
            for booking in registration.bookings.all()
        ]
        yield [
            registration.first_name,
            registration.organisation.name if registration.organisation else registration.organisation_name,
            local(registration.registered_at).date(),
            "\n".join(booked),
            *(answers.get(question) for question in asked),
        ]
