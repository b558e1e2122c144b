from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


EDITION_TRANSITIONS = {
    EditionState.PLANNED: {EditionState.RUNNING, EditionState.CANCELLED},
    EditionState.RUNNING: {EditionState.COMPLETED, EditionState.CANCELLED},
    EditionState.COMPLETED: set(),
    EditionState.CANCELLED: {EditionState.PLANNED},
}


class PhaseKind(models.TextChoices):
    MOBILISATION = "mobilisation", _("mobilisation and shared diagnosis")
    EVENTS = "events", _("meetings and event time")
    SUPPORT = "support", _("individual support")


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    ADVISER = "adviser", _("adviser")
    ELECTED_OFFICIAL = "elected-official", _("elected official")
    FUNDER = "funder", _("funder")


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("runs the programme")
    FUNDER = "funder", _("funds")
    LOCAL_AUTHORITY = "local-authority", _("local authority")
    OPERATOR = "operator", _("takes part")


class Turn(models.TextChoices):
    """Where a territory stands in the rotation."""

    RUNNING = "running", _("edition under way")
    PLANNED = "planned", _("edition planned")
    COMPLETED = "completed", _("edition completed")
    NEXT = "next", _("next in turn")
    WAITING = "waiting", _("waiting for its turn")
