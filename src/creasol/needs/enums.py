from django.db import models
from django.utils.translation import pgettext_lazy


class NeedState(models.TextChoices):
    CANDIDATE = "candidate", pgettext_lazy("need", "candidate")
    SHARED = "shared", pgettext_lazy("need", "shared")
    ADDRESSED = "addressed", pgettext_lazy("need", "being addressed")
    COVERED = "covered", pgettext_lazy("need", "covered")
    SET_ASIDE = "set-aside", pgettext_lazy("need", "set aside")


NEED_TRANSITIONS = {
    NeedState.CANDIDATE: {NeedState.SHARED, NeedState.SET_ASIDE},
    NeedState.SHARED: {NeedState.ADDRESSED, NeedState.SET_ASIDE},
    # what was under way may be given up: the need is there as before
    NeedState.ADDRESSED: {NeedState.COVERED, NeedState.SHARED, NeedState.SET_ASIDE},
    # what covered it may close
    NeedState.COVERED: {NeedState.SHARED},
    NeedState.SET_ASIDE: {NeedState.CANDIDATE},
}


def asks_for_a_reason(now: NeedState, to: NeedState) -> bool:
    """Tell whether a move must say why: setting a need aside, or going back."""
    order = list(NeedState)
    return to == NeedState.SET_ASIDE or order.index(to) < order.index(now)


class ContributionKind(models.TextChoices):
    """What somebody said at a gathering, or wrote afterwards."""

    NEED = "need", pgettext_lazy("contribution", "something is lacking")
    IDEA = "idea", pgettext_lazy("contribution", "an idea")
    OFFER = "offer", pgettext_lazy("contribution", "an offer of time, knowledge or means")
    CONTACT = "contact", pgettext_lazy("contribution", "somebody to call back")
    PRACTICE = "practice", pgettext_lazy("contribution", "a good practice")


class ContributionState(models.TextChoices):
    NOTED = "noted", pgettext_lazy("contribution", "noted")
    SUPPORTS = "supports", pgettext_lazy("contribution", "supports a need")
    FOUNDED = "founded", pgettext_lazy("contribution", "founded a need")
    FOLLOWED = "followed", pgettext_lazy("contribution", "followed up")
    SET_ASIDE = "set-aside", pgettext_lazy("contribution", "set aside")


CONTRIBUTION_TRANSITIONS = {
    ContributionState.NOTED: {
        ContributionState.SUPPORTS,
        ContributionState.FOUNDED,
        ContributionState.FOLLOWED,
        ContributionState.SET_ASIDE,
    },
    # it was about another need after all
    ContributionState.SUPPORTS: {ContributionState.NOTED},
    ContributionState.FOUNDED: set(),
    ContributionState.FOLLOWED: {ContributionState.NOTED},
    ContributionState.SET_ASIDE: {ContributionState.NOTED},
}
