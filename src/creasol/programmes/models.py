from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creasol.foundation.dates import period
from creasol.territories.models import Territory

from .enums import EditionState, PartnerRole, PhaseKind, Role


class Programme(models.Model):
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(_("in one sentence"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    framework = models.CharField(
        _("framework"), max_length=200, blank=True, help_text=_("The plan or policy it is part of")
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("whole territory"),
        help_text=_("The programme goes in turn over the parts of this territory"),
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Objective(models.Model):
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="objectives", verbose_name=_("programme")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["programme", "position"]

    def __str__(self):
        return self.title


class Edition(models.Model):
    """One territory, one contract, three phases."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="editions", verbose_name=_("programme")
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="editions", verbose_name=_("territory")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Markdown"))
    contract = models.TextField(_("contract"), blank=True, help_text=_("Who committed to what, until when"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    state = models.CharField(
        _("state"), max_length=12, choices=EditionState.choices, default=EditionState.PLANNED
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made up to show how the programme goes on")
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="programmes_edition_dates_in_order",
                violation_error_message=_("The edition ends before it starts."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def dates(self) -> str:
        """The period in words."""
        return period(self.starts_on, self.ends_on)


class Phase(models.Model):
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="phases", verbose_name=_("edition")
    )
    kind = models.CharField(_("phase"), max_length=12, choices=PhaseKind.choices)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    description = models.TextField(_("description"), blank=True)
    deliverables = models.TextField(_("what it delivers"), blank=True, help_text=_("One per line"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["edition", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="programmes_phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="programmes_phase_dates_in_order",
                violation_error_message=_("The phase ends before it starts."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Theme(models.Model):
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="themes", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["edition", "position", "name"]

    def __str__(self):
        return self.name


class Partner(models.Model):
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="partners", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=16, choices=PartnerRole.choices)
    contribution = models.CharField(_("what it brings"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["edition", "role", "name"]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def current(self, day):
        return self.not_ended(day).filter(since__lte=day)

    def not_ended(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day))


class Membership(models.Model):
    """A role of a user in a programme; permissions are computed from it, never stored per object."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("programme")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["programme", "role", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user", "role"],
                condition=Q(until=None),
                name="programmes_membership_once",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"
