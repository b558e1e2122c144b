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
