"""The two questions asked to those who came: who may answer, and what they said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.accounts.models import User
from creasol.gatherings.enums import OPEN, GatheringState
from creasol.gatherings.models import Gathering, SurveyAnswer
from creasol.places.models import Registration
from creasol.places.queries.figures import FEWEST_SHOWN, those_who_came
from creasol.places.queries.registrations import registration_by_code
from creasol.programmes.rules import staffed_programmes

from .gatherings import gatherings_visible_to

ANSWERED_WITHIN = timedelta(days=30)
SCORES = {
    4: pgettext_lazy("survey", "very useful"),
    3: pgettext_lazy("survey", "rather useful"),
    2: pgettext_lazy("survey", "not very useful"),
    1: pgettext_lazy("survey", "not useful at all"),
}
USEFUL = (3, 4)


@dataclass(frozen=True)
class Survey:
    """The survey as a registration meets it; ``refusal`` says why it cannot be answered, if so."""

    gathering: Gathering
    registration: Registration
    answer: SurveyAnswer | None
    until: datetime
    refusal: str


def survey_for(slug: str, code: str, *, at: datetime) -> Survey:
    """Return the survey of a public gathering for the registration behind a code.

    Raise Gathering.DoesNotExist or Registration.DoesNotExist, also when one is not of the other.
    """
    gathering = gatherings_visible_to(None).get(slug=slug)
    registration = registration_by_code(code)
    if registration.occasion_id != gathering.occasion_id:
        raise Registration.DoesNotExist
    return Survey(
        gathering=gathering,
        registration=registration,
        answer=answer_of(registration),
        until=gathering.occasion.ends_at + ANSWERED_WITHIN,
        refusal=refusal_of(gathering, registration, at=at),
    )


def refusal_of(gathering: Gathering, registration: Registration, *, at: datetime) -> str:
    """Return in words why a registration cannot answer the survey now; nothing when it can."""
    occasion = gathering.occasion
    if gathering.state not in (*OPEN, GatheringState.HELD) or occasion.cancelled_at:
        return _("It did not take place: there is nothing to say about it.")
    if at < occasion.ends_at:
        return _("It is not over yet: come back afterwards.")
    if at > occasion.ends_at + ANSWERED_WITHIN:
        return _("It was more than thirty days ago: answers are not collected any more.")
    if not those_who_came(occasion).filter(pk=registration.pk).exists():
        return _("These two questions are for those who came; this registration is not among them.")
    return ""


def answer_of(registration: Registration) -> SurveyAnswer | None:
    """Return what a registration answered to the survey, if anything."""
    return SurveyAnswer.objects.filter(registration=registration).first()


def gathering_of_registration(registration: Registration) -> Gathering | None:
    """Return the public gathering that a registration is for; None when it is for something else."""
    return gatherings_visible_to(None).filter(occasion=registration.occasion_id).first()


@dataclass(frozen=True)
class Bar:
    """How many gave an answer; ``percent`` of all answers."""

    label: str
    count: int
    percent: float

    @property
    def value(self) -> str:
        return str(self.count)


@dataclass(frozen=True)
class SurveyResults:
    """What was answered: ``asked`` registrations came, ``answers`` of them said something."""

    gathering: Gathering
    asked: int
    answers: int
    bars: tuple[Bar, ...]
    words: tuple[str, ...]

    @property
    def rate(self) -> float | None:
        """The part of the registrations that came which answered, from 0 to 1; None when nobody came."""
        return self.answers / self.asked if self.asked else None


def survey_results(slug: str, user: User) -> SurveyResults:
    """Return the answers to the survey of a gathering of ``user``'s programmes; raise Gathering.DoesNotExist."""
    visible = gatherings_visible_to(user).filter(occasion__programme__in=staffed_programmes(user))
    gathering = visible.get(slug=slug)
    said = list(SurveyAnswer.objects.filter(gathering=gathering).values_list("score", "words"))
    counts = {score: sum(1 for given, _words in said if given == score) for score in SCORES}
    return SurveyResults(
        gathering=gathering,
        asked=those_who_came(gathering.occasion).count(),
        answers=len(said),
        bars=tuple(
            Bar(str(label).capitalize(), counts[score], 100 * counts[score] / len(said) if said else 0)
            for score, label in SCORES.items()
        ),
        words=tuple(sorted((words for _score, words in said if words), key=str.casefold)),
    )


@dataclass(frozen=True)
class SurveyInShort:
    """What everyone may read of a survey: ``useful`` answers out of ``answers``."""

    useful: int
    answers: int


def survey_in_short(gathering: Gathering) -> SurveyInShort | None:
    """Return how many found a gathering rather or very useful; None below five answers: they would point at people."""
    scores = list(SurveyAnswer.objects.filter(gathering=gathering).values_list("score", flat=True))
    if len(scores) < FEWEST_SHOWN:
        return None
    return SurveyInShort(useful=sum(score in USEFUL for score in scores), answers=len(scores))
