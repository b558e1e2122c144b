from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creasol.territories.models import Commune

from .activities import activity_label
from .enums import OriginKind
from .freshness import stale_before
from .numbers import validate_activity, validate_rna, validate_siret


class OrganisationQuerySet(models.QuerySet):
    def listed(self):
        """Keep what the public directory shows."""
        return self.filter(listed=True)

    def with_freshness(self, on):
        """Add when each was last verified, field by field the longest ago, and whether that is too long ago."""
        origins = FieldOrigin.objects.filter(organisation=models.OuterRef("pk")).order_by("verified_on")
        return self.annotate(verified_on=models.Subquery(origins.values("verified_on")[:1])).annotate(
            stale=models.Case(models.When(verified_on__lt=stale_before(on), then=True), default=False)
        )


class StandingOrganisations(models.Manager.from_queryset(OrganisationQuerySet)):
    """The organisations that pages read: never an entry that was merged into another."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)


class Organisation(models.Model):
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(_("name, folded"), max_length=160, db_index=True)
    words = models.CharField(_("what the search reads"), max_length=400, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_siret],
        error_messages={"unique": _("Another organisation of the directory has this SIRET.")},
    )
    rna = models.CharField(
        _("RNA number"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_rna],
        error_messages={"unique": _("Another organisation of the directory has this RNA number.")},
        help_text=_("Of associations: W and nine digits"),
    )
    legal_category = models.CharField(_("legal category"), max_length=4, blank=True)
    activity_code = models.CharField(
        _("activity (NAF)"), max_length=6, blank=True, validators=[validate_activity]
    )
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("commune"),
    )
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    description = models.TextField(_("what it does"), blank=True, help_text=_("Markdown"))
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    listed = models.BooleanField(_("in the public directory"), default=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name=_("merged into"),
    )
    is_example = models.BooleanField(_("example"), default=False)

    everything = OrganisationQuerySet.as_manager()
    objects = StandingOrganisations()

    class Meta:
        # what must be unique is so among merged entries too
        default_manager_name = "everything"
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(listed=False), name="network_merged_is_not_listed"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def activity(self) -> str:
        """The label of its activity, in French as INSEE writes it."""
        return activity_label(self.activity_code)


class Person(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("user"),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name"]

    def __str__(self):
        return self.name


class MandateQuerySet(models.QuerySet):
    def current(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Mandate(models.Model):
    """This person speaks for this organisation, from that day on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("person")
    )
    title = models.CharField(_("as"), max_length=80, blank=True, help_text=_("Chair, director, volunteer…"))
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    shown = models.BooleanField(
        _("shown to everyone"), default=False, help_text=_("Only if the person agreed: name and function")
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["organisation", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(ends_on=None), name="network_mandate_once"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.organisation}"


class FieldOrigin(models.Model):
    """Where a field of an organisation comes from, and when somebody last held it for true."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="origins", verbose_name=_("organisation")
    )
    field = models.CharField(_("field"), max_length=40)
    kind = models.CharField(_("kind of origin"), max_length=12, choices=OriginKind.choices)
    source = models.CharField(_("source"), max_length=120, blank=True, help_text=_("SIRENE 2026-01, a call…"))
    verified_on = models.DateField(_("last verified on"))
    confirmed = models.BooleanField(
        _("confirmed by a person"), default=False, help_text=_("The register does not change it any more")
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )

    class Meta:
        verbose_name = _("origin of a field")
        verbose_name_plural = _("origins of fields")
        ordering = ["organisation", "field"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "field"], name="network_field_origin_once")
        ]

    def __str__(self):
        return self.field


class Merge(models.Model):
    """Two entries of one organisation made one; what it takes to part them again is kept."""

    kept = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="merges", verbose_name=_("kept")
    )
    absorbed = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("absorbed")
    )
    before = models.JSONField(_("before the merge"), default=dict)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.absorbed} → {self.kept}"


class Distinction(models.Model):
    """Somebody looked at two entries that resemble each other: they are two organisations."""

    first = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("first")
    )
    second = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("second")
    )
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
        verbose_name = _("distinction of two organisations")
        verbose_name_plural = _("distinctions of organisations")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="network_distinction_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="network_distinction_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"
