"""The register of establishments: those of the ESS one by one, all employers counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import Family, PerimeterMode
from creasol.territories.models import Commune

from .datasets import Dataset


class Perimeter(models.Model):
    """Which establishments are ESS: a visible, versioned choice."""

    mode = models.CharField(_("mode"), max_length=10, choices=PerimeterMode.choices)
    version = models.CharField(_("version"), max_length=20)
    categories = models.JSONField(_("legal categories"), help_text=_("Code → family"))
    excluded_activities = models.JSONField(_("excluded activities"), help_text=_("Prefixes of NAF codes"))
    with_flag = models.BooleanField(_("with SIRENE's ESS flag"))
    definition = models.TextField(_("definition"))
    provisional = models.BooleanField(_("provisional"), default=True)

    class Meta:
        verbose_name = _("perimeter")
        verbose_name_plural = _("perimeters")
        ordering = ["mode", "-version"]
        constraints = [models.UniqueConstraint(fields=["mode", "version"], name="diagnosis_perimeter_once")]

    def __str__(self):
        return f"{self.get_mode_display()} ({self.version})"


class EstablishmentQuerySet(models.QuerySet):
    def within(self, mode):
        """Keep what the perimeter ``mode`` counts: the law's holds all rows, INSEE's those with its mark."""
        return self.filter(in_insee=True) if mode == PerimeterMode.INSEE else self.filter(in_law_2014=True)

    def only_within(self, mode):
        """Keep what the perimeter ``mode`` counts and the other does not."""
        return self.filter(in_insee=mode == PerimeterMode.INSEE, in_law_2014=mode == PerimeterMode.LAW_2014)


class Establishment(models.Model):
    """An active employer establishment of an ESS legal unit: organisations only, never a natural person."""

    dataset = models.ForeignKey(
        Dataset,
        on_delete=models.CASCADE,
        related_name="establishments",
        db_index=False,
        verbose_name=_("dataset"),
    )
    siret = models.CharField(_("SIRET"), max_length=14)
    name = models.CharField(_("name"), max_length=200)
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("commune")
    )
    activity_code = models.CharField(_("activity"), max_length=6, blank=True)
    activity_nomenclature = models.CharField(_("nomenclature of the activity"), max_length=8, blank=True)
    legal_category = models.CharField(_("legal category"), max_length=4)
    family = models.CharField(_("family"), max_length=12, choices=Family.choices)
    size_band = models.CharField(_("size band"), max_length=2)
    created_on = models.DateField(_("created on"), null=True, blank=True)
    in_insee = models.BooleanField(_("in INSEE's perimeter"))
    in_law_2014 = models.BooleanField(_("in the law's perimeter"))

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "siret"], name="diagnosis_establishment_once")
        ]
        indexes = [models.Index(fields=["commune", "dataset"], name="diagnosis_establishment_place")]

    def __str__(self):
        return self.name


class EmployerTotal(models.Model):
    """All active employer establishments, ESS or not, by commune, activity and size band."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="totals", db_index=False, verbose_name=_("dataset")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("commune")
    )
    activity_code = models.CharField(_("activity"), max_length=6)
    size_band = models.CharField(_("size band"), max_length=2)
    count = models.PositiveIntegerField(_("establishments"))

    class Meta:
        verbose_name = _("total of employers")
        verbose_name_plural = _("totals of employers")
        # the count lies in the index: a region is added up without reading its rows
        indexes = [models.Index(fields=["commune", "dataset", "count"], name="diagnosis_total_place")]

    def __str__(self):
        return f"{self.activity_code} {self.size_band} {self.count}"
