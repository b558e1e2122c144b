"""What people add to the official figures: quotes of studies, indicators of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.indicators import REGISTRY
from creasol.territories.models import Commune


class DeclaredFigure(models.Model):
    """A figure quoted from a study, shown beside the computed one and never mixed with it."""

    territory = models.ForeignKey(
        "territories.Territory",
        on_delete=models.CASCADE,
        related_name="declared_figures",
        verbose_name=_("territory"),
    )
    indicator = models.CharField(_("indicator"), max_length=40)
    value = models.FloatField(_("value"))
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=200)
    dated = models.CharField(_("date"), max_length=20)

    class Meta:
        verbose_name = _("declared figure")
        verbose_name_plural = _("declared figures")
        ordering = ["territory", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "indicator", "source"], name="diagnosis_declared_once"
            )
        ]

    def __str__(self):
        known = REGISTRY.get(self.indicator)
        return f"{known.name if known else self.indicator}, {self.territory}"


class OwnIndicator(models.Model):
    """An indicator that somebody adds from a table (code, value, year), with its definition."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("unit"), max_length=40)
    aggregation = models.CharField(
        _("how communes add up"), max_length=12, choices=Aggregation.choices, default=Aggregation.SUM
    )
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    report = models.JSONField(_("report"), default=dict, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added on"))

    class Meta:
        verbose_name = _("own indicator")
        verbose_name_plural = _("own indicators")
        ordering = ["name"]

    def __str__(self):
        return self.name


class OwnValue(models.Model):
    """What an own indicator says of a commune in a year. No row means unknown."""

    indicator = models.ForeignKey(
        OwnIndicator, on_delete=models.CASCADE, related_name="values", verbose_name=_("own indicator")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("commune")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("value of an own indicator")
        verbose_name_plural = _("values of own indicators")
        constraints = [
            models.UniqueConstraint(fields=["commune", "indicator", "year"], name="diagnosis_own_value_once")
        ]

    def __str__(self):
        return f"{self.year} {self.value}"
