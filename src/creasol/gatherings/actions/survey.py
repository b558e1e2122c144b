"""What those who came say afterwards: one answer for each registration, which may be changed for thirty days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.gatherings.models import Gathering, SurveyAnswer
from creasol.gatherings.queries.survey import gathering_of_registration, refusal_of
from creasol.journal.actions import record
from creasol.places.models import Registration


@dataclass(frozen=True, kw_only=True)
class SurveyDraft:
    """How useful it was, from 1 (not at all) to 4 (very), and what should come next."""

    score: int
    words: str = ""


@transaction.atomic
def answer_survey(draft: SurveyDraft, *, registration: Registration, at: datetime) -> SurveyAnswer:
    """Write what somebody who came says, in the place of what was said before.

    ValidationError, in plain words, for who did not come, before the end, and more than thirty days after.
    """
    # two windows of the same person: the second waits, then changes the answer of the first
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    gathering = gathering_of_registration(registration)
    if gathering is None:
        raise ValidationError(_("It did not take place: there is nothing to say about it."))
    refusal = refusal_of(gathering, registration, at=at)
    if refusal:
        raise ValidationError(refusal)
    answer = SurveyAnswer.objects.filter(registration=registration).first()
    answer = answer or SurveyAnswer(gathering=gathering, registration=registration)
    answer.score, answer.words, answer.at = draft.score, draft.words.strip(), at
    answer.full_clean()
    answer.save()
    record("answer", gathering, by=None, at=at)
    return answer


@transaction.atomic
def forget_answers(registrations: Collection[int], *, wanted: bool, at: datetime) -> None:
    """Keep what was said without the link to who said it, in the transaction that erases the names.

    Words go too when their authors want to be forgotten; the mark they gave stays as a number.
    """
    answers = SurveyAnswer.objects.filter(registration__in=registrations)
    gatherings = list(Gathering.objects.filter(pk__in=answers.values("gathering")))
    if wanted:
        answers.update(words="")
    answers.update(registration=None)
    for gathering in gatherings:
        record("forget-names", gathering, by=None, at=at)
