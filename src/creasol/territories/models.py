from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .enums import FormerKind, TerritoryKind


class Commune(models.Model):
    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    sort_name = models.CharField(_("name, folded"), max_length=80, db_index=True)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the population"), null=True, blank=True)
    postcodes = models.CharField(
        _("postcodes"), max_length=160, blank=True, help_text=_("Separated by spaces")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    department_code = models.CharField(_("département"), max_length=3, db_index=True)
    region_code = models.CharField(_("region"), max_length=2, blank=True)
    epci_code = models.CharField(_("EPCI"), max_length=9, blank=True)

    found_as = ""  # the former name by which a search found it

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["sort_name", "code"]

    def __str__(self):
        return self.name


class FormerCommune(models.Model):
    """A code met in older files: an associated, delegated or merged commune, a municipal district."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    sort_name = models.CharField(_("name, folded"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=FormerKind.choices)
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="former", verbose_name=_("today's commune")
    )

    class Meta:
        verbose_name = _("former commune")
        verbose_name_plural = _("former communes")
        ordering = ["code"]

    def __str__(self):
        return self.name or self.code


class TerritoryQuerySet(models.QuerySet):
    def official(self):
        return self.filter(code__gt="")

    def defined_here(self):
        """Return the territories that staff defined, not those that came with the communes."""
        return self.filter(code="")

    def with_totals(self):
        """Add ``communes_count`` and ``population``, counted for the rows shown only."""
        communes = Commune.objects.filter(territories=OuterRef("pk")).order_by().values("territories")
        return self.annotate(
            communes_count=Coalesce(Subquery(communes.values(total=Count("code"))), 0),
            population=Subquery(communes.values(total=Sum("population"))),
        )

    def in_list_order(self):
        """Put those defined here first, then the largest kinds, then by name."""
        kinds = [When(kind=kind, then=Value(number)) for number, kind in enumerate(TerritoryKind.values)]
        official = Case(When(code="", then=Value(0)), default=Value(1), output_field=models.IntegerField())
        return self.order_by(official, Case(*kinds, output_field=models.IntegerField()), "sort_name", "id")

    def valid_on(self, day):
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Territory(models.Model):
    """A dated definition: this set of communes, under this name, from that day to that day."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(_("name, folded"), max_length=120, db_index=True)
    kind = models.CharField(_("kind"), max_length=24, choices=TerritoryKind.choices)
    code = models.CharField(_("official code"), max_length=9, blank=True, db_index=True)
    description = models.TextField(_("description"), blank=True)
    source = models.CharField(_("source of the definition"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    reference = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("reference territory"),
    )
    communes = models.ManyToManyField(Commune, related_name="territories", verbose_name=_("communes"))

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="territories_territory_dates_in_order",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=Q(code__gt=""), name="territories_territory_code"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_official(self):
        return bool(self.code)


class ReferenceData(models.Model):
    """The release of the communes of France that this instance holds."""

    fingerprint = models.CharField(_("fingerprint"), max_length=16, primary_key=True)
    geography_year = models.PositiveSmallIntegerField(_("year of the geography"))
    loaded_at = models.DateTimeField(_("loaded on"))

    class Meta:
        verbose_name = _("reference data")
        verbose_name_plural = _("reference data")

    def __str__(self):
        return f"{self.geography_year}"
