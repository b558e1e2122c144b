"""Official files as imported: datasets, their imports, what they say of communes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.diagnosis.enums import ImportState, Source
from creasol.territories.models import Commune


class ReadyDatasets(models.Manager):
    """The datasets that pages read: never one that is still being written, or being removed."""

    def get_queryset(self):
        return super().get_queryset().filter(ready=True)


class Dataset(models.Model):
    """One vintage of one source, as imported; importing it again puts another in its place."""

    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    vintage = models.CharField(_("vintage"), max_length=10, help_text=_("A year (2023) or a month (2026-01)"))
    title = models.CharField(_("title"), max_length=200)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    synthetic = models.BooleanField(
        _("synthetic"), default=False, help_text=_("Example data made by the software")
    )
    rows_used = models.PositiveIntegerField(_("rows used"), default=0)
    labels = models.JSONField(_("words for the codes"), default=dict, blank=True)
    imported_at = models.DateTimeField(_("imported on"))
    ready = models.BooleanField(_("ready"), default=True, help_text=_("Whole, and the one in force"))

    everything = models.Manager()
    objects = ReadyDatasets()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["source", "-vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "vintage"], condition=Q(ready=True), name="diagnosis_dataset_once"
            )
        ]

    def __str__(self):
        return f"{self.get_source_display()} {self.vintage}"


class Import(models.Model):
    """One run: who asked for which file, how far it is, what was used and what was refused."""

    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    location = models.TextField(_("files"))
    vintage = models.CharField(_("vintage"), max_length=10, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.WAITING
    )
    progress = models.FloatField(_("progress"), default=0, help_text=_("Between 0 and 1"))
    message = models.CharField(_("message"), max_length=500, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    dataset = models.ForeignKey(
        Dataset,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("dataset"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked on"))
    started_at = models.DateTimeField(pgettext_lazy("import", "started on"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(pgettext_lazy("import", "finished on"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=1), name="diagnosis_import_progress_is_a_fraction"
            )
        ]

    def __str__(self):
        return f"{self.get_source_display()} {self.vintage}".strip()


class Observation(models.Model):
    """A number about a commune: population, area, jobs, facilities of a type… No row means unknown (BPE: 0)."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="observations", verbose_name=_("dataset")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("commune")
    )
    measure = models.CharField(_("measure"), max_length=24)
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "dataset", "measure"], name="diagnosis_observation_once"
            )
        ]

    def __str__(self):
        return f"{self.measure} {self.value}"


class Outline(models.Model):
    """The outline of a commune: a GeoJSON geometry (Polygon or MultiPolygon, WGS 84)."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="outlines", verbose_name=_("dataset")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="outlines", verbose_name=_("commune")
    )
    geometry = models.JSONField(_("geometry"))

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        constraints = [models.UniqueConstraint(fields=["commune", "dataset"], name="diagnosis_outline_once")]

    def __str__(self):
        return str(self.commune_id)
