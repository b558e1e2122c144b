from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What a search can find, in the order the results are shown."""

    EDITION = "edition", _("Editions")
    GATHERING = "gathering", _("Gatherings")
    PROGRAMME = "programme", _("Programmes")
    COMMUNE = "commune", _("Communes")
    TERRITORY = "territory", _("Territories")
    NEED = "need", _("Needs")
    REPORT = "report", _("Published diagnoses")
    ORGANISATION = "organisation", _("Organisations")
    FORMER_COMMUNE = "former-commune", _("Former communes")


class Situation(models.TextChoices):
    """What the home page is about."""

    RUNNING = "running", _("Under way")
    PLANNED = "planned", _("In preparation")
    COMPLETED = "completed", _("Completed")
    EMPTY = "empty", _("Nothing yet")
