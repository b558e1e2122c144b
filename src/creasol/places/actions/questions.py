"""The questions of an organiser, and the answers to them.

Each says why it is asked and until when the answers are kept: without that it is not asked at all. What people have
answered binds: they answered those words, for that purpose, on the promise of that delay.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.places.enums import Origin, QuestionKind
from creasol.places.models import Answer, Occasion, Question, Registration
from creasol.places.queries.questions import answers_to, questions_of

FEWEST_CHOICES = 2
SAME_WORDS = 0.8
"""How alike two wordings are, from 0 to 1, for one to be the other with a mistake put right."""


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question as the organiser words it; ``choices`` one per line, ``keep_days`` after the end."""

    label: str
    purpose: str
    keep_days: int
    kind: str = QuestionKind.TEXT
    choices: str = ""
    is_required: bool = False


@transaction.atomic
def add_question(draft: QuestionDraft, *, occasion: Occasion, by: User | None, at: datetime) -> Question:
    """Ask one thing more of those who register, after the others. ValidationError without a purpose or a delay."""
    question = Question(occasion=occasion, position=len(questions_of(occasion)) + 1)
    write_question(question, draft)
    record("revise", occasion, by=by, at=at)
    return question


@transaction.atomic
def revise_question(question: Question, draft: QuestionDraft, *, by: User, at: datetime) -> None:
    """Word a question anew. Once it is answered, only mistakes are put right and delays shortened: ValidationError."""
    if answers_to(question).exists():
        check_promise(question, draft)
    write_question(question, draft)
    record("revise", question.occasion, by=by, at=at)


def check_promise(question: Question, draft: QuestionDraft) -> None:
    """Raise ValidationError when people would have answered something else than what is now asked."""
    errors = {}
    if not same_words(question.label, draft.label):
        errors["label"] = _("People have answered it already: put a mistake right, but ask nothing else.")
    if not same_words(question.purpose, draft.purpose):
        errors["purpose"] = _(
            "People have answered for that purpose: put a mistake right, but do not change it."
        )
    if draft.kind != question.kind:
        errors["kind"] = _("People have answered it already: this cannot be changed any more.")
    if not set(question.options) <= set(options_of(draft)):
        errors["choices"] = _("People have chosen among these answers: add some, but take none away.")
    if draft.keep_days > question.keep_days:
        errors["keep_days"] = ngettext(
            "People were promised %(days)d day: it can only be shortened.",
            "People were promised %(days)d days: it can only be shortened.",
            question.keep_days,
        ) % {"days": question.keep_days}
    if draft.is_required and not question.is_required:
        errors["is_required"] = _("People were free not to answer it: it stays so.")
    if errors:
        raise ValidationError(errors)


def same_words(before: str, after: str) -> bool:
    """Tell whether one wording is the other with a mistake put right."""
    return SequenceMatcher(None, fold(before), fold(after), autojunk=False).ratio() >= SAME_WORDS


def options_of(draft: QuestionDraft) -> list[str]:
    """Return the answers to choose from, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in draft.choices.splitlines() if line.strip()))


def write_question(question: Question, draft: QuestionDraft) -> None:
    """Give a question these words, and save it; ValidationError in the words of its fields."""
    options = options_of(draft)
    for name, value in asdict(draft).items():
        setattr(question, name, value)
    question.label, question.purpose = draft.label.strip(), draft.purpose.strip()
    question.choices = "\n".join(options) if draft.kind == QuestionKind.CHOICE else ""
    question.full_clean()
    longest = question.occasion.keep_days
    if question.keep_days > longest:
        raise ValidationError(
            {
                "keep_days": ngettext(
                    "At most %(days)d day: then even the names are erased.",
                    "At most %(days)d days: then even the names are erased.",
                    longest,
                )
                % {"days": longest}
            }
        )
    if question.kind == QuestionKind.CHOICE and len(options) < FEWEST_CHOICES:
        raise ValidationError({"choices": _("Write at least two answers, one per line.")})
    if any(len(option) > Answer._meta.get_field("text").max_length for option in options):  # noqa: SLF001  Django's way
        raise ValidationError({"choices": _("One of these answers is too long.")})
    question.save()


@transaction.atomic
def move_question(question: Question, *, up: bool, by: User, at: datetime) -> None:
    """Ask a question one place earlier or later; the first stays first, the last stays last."""
    order = list(questions_of(question.occasion))
    here = order.index(question)
    there = max(here - 1, 0) if up else min(here + 1, len(order) - 1)
    order.insert(there, order.pop(here))
    for position, other in enumerate(order, start=1):
        other.position = position
    Question.objects.bulk_update(order, ["position"])
    record("revise", question.occasion, by=by, at=at)


@transaction.atomic
def remove_question(question: Question, *, by: User, at: datetime) -> int:
    """Ask it no more and erase its answers; return how many there were."""
    erased = answers_to(question).count()
    question.delete()
    record("erase", question.occasion, by=by, at=at, answers=erased)
    return erased


@transaction.atomic
def note_export(occasion: Occasion, *, lines: int, by: User, at: datetime) -> None:
    """Write down that somebody took the participants and their answers along."""
    record("export", occasion, by=by, at=at, file="participants", lines=lines)


def save_answers(registration: Registration, answers: Mapping[int, str]) -> None:
    """Write what a person answers (question id → text), in the caller's transaction, which also journals it.

    What is not among ``answers`` stays as it was, an empty text takes an answer away. ValidationError for a question
    of another occasion, for a choice that was not offered, and, when people register by themselves, for a question
    that must be answered and is not.
    """
    questions = questions_of(registration.occasion)
    if not questions and not answers:
        return
    if set(answers) - {question.pk for question in questions}:
        raise ValidationError(_("What is asked has changed meanwhile. Look at the page again."))
    known = {answer.question_id: answer for answer in Answer.objects.filter(registration=registration)}
    for question in questions:
        answer = known.get(question.pk) or Answer(registration=registration, question=question)
        text = answers.get(question.pk, answer.text).strip()
        if text:
            if text != answer.text:
                check_choice(question, text)
                answer.text = text
                answer.full_clean()
                answer.save()
        elif question.is_required and registration.origin == Origin.WEB:
            raise ValidationError(_("“%(question)s” must be answered.") % {"question": question.label})
        elif answer.pk:
            answer.delete()


def check_choice(question: Question, text: str) -> None:
    """Raise ValidationError for an answer that was not among those to choose from."""
    if question.kind == QuestionKind.CHOICE and text not in question.options:
        raise ValidationError(_("“%(question)s”: choose one of the answers.") % {"question": question.label})
