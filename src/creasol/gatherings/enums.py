from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GatheringKind(models.TextChoices):
    EVENING = "evening", _("themed evening")
    FORUM = "forum", _("forum")
    MEETING = "meeting", _("meeting")
    VISIT = "visit", _("visit")


class GatheringState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("gathering", "draft")
    PROPOSED = "proposed", pgettext_lazy("gathering", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("gathering", "confirmed")
    MOVED = "moved", pgettext_lazy("gathering", "moved")
    HELD = "held", pgettext_lazy("gathering", "held")
    CANCELLED = "cancelled", pgettext_lazy("gathering", "cancelled")


GATHERING_TRANSITIONS = {
    GatheringState.DRAFT: {GatheringState.PROPOSED, GatheringState.CONFIRMED, GatheringState.CANCELLED},
    GatheringState.PROPOSED: {GatheringState.CONFIRMED, GatheringState.DRAFT, GatheringState.CANCELLED},
    GatheringState.CONFIRMED: {GatheringState.MOVED, GatheringState.HELD, GatheringState.CANCELLED},
    GatheringState.MOVED: {GatheringState.MOVED, GatheringState.HELD, GatheringState.CANCELLED},
    GatheringState.HELD: set(),
    GatheringState.CANCELLED: set(),
}
PUBLIC = (
    GatheringState.PROPOSED,
    GatheringState.CONFIRMED,
    GatheringState.MOVED,
    GatheringState.HELD,
    GatheringState.CANCELLED,
)
"""Shown to everyone: all but drafts (a draft that is cancelled was never public and is deleted)."""
OPEN = (GatheringState.CONFIRMED, GatheringState.MOVED)
"""The states in which people register."""


class StrandKind(models.TextChoices):
    AXIS = "axis", pgettext_lazy("forum", "axis")
    THEME = "theme", pgettext_lazy("forum", "theme")


class WorkshopKind(models.TextChoices):
    WORKSHOP = "workshop", pgettext_lazy("forum", "workshop")
    STAND = "stand", pgettext_lazy("forum", "stand")
    DEBATE = "debate", pgettext_lazy("forum", "debate")
    SHOW = "show", pgettext_lazy("forum", "show")
