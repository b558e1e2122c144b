"""What an organiser asks besides a first name and an address, and what people answered."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from creasol.places.enums import QuestionKind
from creasol.places.models import Answer, Occasion, Question
from creasol.places.sensitive import sensitive_words


def questions_of(occasion: Occasion) -> tuple[Question, ...]:
    """Return the questions added to the registration form of an occasion, in the order they are asked."""
    return tuple(occasion.questions.all())


def question_of(occasion: Occasion, pk: int) -> Question:
    """Return a question of an occasion; raise Question.DoesNotExist."""
    return Question.objects.filter(occasion=occasion).get(pk=pk)


def answers_to(question: Question) -> QuerySet[Answer]:
    """Return the answers to a question, those kept as mere numbers too."""
    return Answer.objects.filter(question=question)


@dataclass(frozen=True)
class Count:
    """How many chose an answer; ``percent`` of the most chosen, for a bar."""

    label: str
    count: int
    percent: float

    @property
    def value(self) -> str:
        return str(self.count)


@dataclass(frozen=True)
class QuestionResults:
    """A question with what was answered: counts of each choice or the texts, without names."""

    question: Question
    answered: int
    counts: tuple[Count, ...]
    texts: tuple[str, ...]
    sensitive: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return self.answered > 0


def question_results(occasion: Occasion) -> tuple[QuestionResults, ...]:
    """Return the questions of an occasion with the answers, choices in the order they are offered, texts in theirs."""
    said: dict[int, list[str]] = {}
    for question, text in Answer.objects.filter(question__occasion=occasion).values_list("question", "text"):
        said.setdefault(question, []).append(text)
    return tuple(results_of(question, said.get(question.pk, [])) for question in questions_of(occasion))


def results_of_one(question: Question) -> QuestionResults:
    """Return one question with what was answered."""
    return results_of(question, list(answers_to(question).values_list("text", flat=True)))


def results_of(question: Question, texts: list[str]) -> QuestionResults:
    """Return a question with these answers, counted when they were chosen among several."""
    counts: tuple[Count, ...] = ()
    if question.kind == QuestionKind.CHOICE:
        found = Counter(texts)
        most = max(found.values(), default=0)
        labels = [*question.options, *sorted(set(found) - set(question.options))]
        counts = tuple(
            Count(label, found[label], 100 * found[label] / most if most else 0) for label in labels
        )
    return QuestionResults(
        question=question,
        answered=len(texts),
        counts=counts,
        texts=() if question.kind == QuestionKind.CHOICE else tuple(sorted(texts, key=str.casefold)),
        sensitive=sensitive_words(question.label, question.purpose, *question.options),
    )
