"""The mobilisation list: whom to invite to the first meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.diagnosis.enums import Inscription, PerimeterMode
from creasol.network.models import Organisation
from creasol.programmes.models import Edition
from creasol.territories.models import Territory


class Mobilisation(models.Model):
    """One act: the ESS establishments of a territory were brought into the directory."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="mobilisations", verbose_name=_("territory")
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mobilisations",
        verbose_name=_("edition"),
    )
    perimeter = models.CharField(_("perimeter"), max_length=10, choices=PerimeterMode.choices)
    vintage = models.CharField(_("vintage of the register"), max_length=10)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    listed = models.BooleanField(_("in the public directory"), default=True)
    total = models.PositiveIntegerField(_("establishments"), default=0)
    done = models.PositiveIntegerField(_("establishments done"), default=0)
    left_out = models.PositiveIntegerField(
        _("left out"), default=0, help_text=_("They do not want their name to be published")
    )
    finished_at = models.DateTimeField(pgettext_lazy("mobilisation", "finished on"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("mobilisation list")
        verbose_name_plural = _("mobilisation lists")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "perimeter", "vintage", "synthetic", "edition"],
                name="diagnosis_mobilisation_once",
            ),
            models.UniqueConstraint(
                fields=["territory", "perimeter", "vintage", "synthetic"],
                condition=Q(edition=None),
                name="diagnosis_mobilisation_once_alone",
            ),
        ]

    def __str__(self):
        return str(self.territory)

    @property
    def percent(self):
        """How much is done, 0 to 100."""
        return 100 * self.done // self.total if self.total else 100


class MobilisationLine(models.Model):
    """One organisation of the list, and whether it is invited."""

    mobilisation = models.ForeignKey(
        Mobilisation, on_delete=models.CASCADE, related_name="lines", verbose_name=_("mobilisation list")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    inscription = models.CharField(_("in the directory"), max_length=12, choices=Inscription.choices)
    invited = models.BooleanField(_("to invite"), default=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a mobilisation list")
        verbose_name_plural = _("lines of mobilisation lists")
        ordering = ["organisation__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["mobilisation", "organisation"], name="diagnosis_mobilised_once")
        ]

    def __str__(self):
        return str(self.organisation)
