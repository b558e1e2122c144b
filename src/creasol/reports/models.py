from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.diagnosis.enums import PerimeterMode
from creasol.network.models import Organisation
from creasol.programmes.models import Edition
from creasol.territories.models import Territory

from .enums import ReportState
from .fingerprint import fingerprint


class Report(models.Model):
    """The diagnosis of a territory as its authors write it; what is published of it are its publications."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=160)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="reports", verbose_name=_("territory")
    )
    reference = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reference territory"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("edition"),
    )
    perimeter = models.CharField(
        _("perimeter"), max_length=10, choices=PerimeterMode.choices, default=PerimeterMode.INSEE
    )
    comparables = models.JSONField(
        _("comparable territories"),
        default=list,
        blank=True,
        help_text=_("Addresses or codes; none: the nearest"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ReportState.choices, default=ReportState.DRAFTING
    )
    correction = models.CharField(
        _("reason of the correction"), max_length=300, blank=True, help_text=_("Of the version being written")
    )
    proofread_since = models.DateTimeField(_("being proofread since"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened on"))
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("written diagnosis")
        verbose_name_plural = _("written diagnoses")
        ordering = ["-opened_at"]

    def __str__(self):
        return self.title

    @property
    def programme_id(self):
        """The programme whose roles decide, if there is one."""
        return self.edition.programme_id if self.edition_id else None


class Drafter(models.Model):
    """Somebody invited to write, for an organisation or for the programme."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="drafters", verbose_name=_("written diagnosis")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("writer of a diagnosis")
        verbose_name_plural = _("writers of diagnoses")
        ordering = ["report", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="reports_drafter_once")]

    def __str__(self):
        return str(self.user)


class SectionQuerySet(models.QuerySet):
    def standing(self):
        """Keep what belongs to the report: a section taken out is kept, and may be put back."""
        return self.filter(removed_at=None)


class Section(models.Model):
    """A part of a report: a title, a text, and the indicators shown with it."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="sections", verbose_name=_("written diagnosis")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown"))
    indicators = models.JSONField(_("indicators"), default=list, blank=True)
    edits = models.PositiveIntegerField(_("number of changes"), default=0)
    removed_at = models.DateTimeField(_("taken out on"), null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("report", "section")
        verbose_name_plural = pgettext_lazy("report", "sections")
        ordering = ["report", "position", "id"]

    def __str__(self):
        return self.title


class Draft(models.Model):
    """What one person wrote at one time: the section as it stood afterwards. Never changed."""

    section = models.ForeignKey(
        Section,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=pgettext_lazy("report", "section"),
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    indicators = models.JSONField(_("indicators"), default=list, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    organisation_name = models.CharField(_("for the organisation"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["section", "number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="reports_draft_once")]

    def __str__(self):
        return f"{self.title} ({self.number})"


class Proofreading(models.Model):
    """What a reader says of the whole before it is published."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="proofreadings", verbose_name=_("written diagnosis")
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
    name = models.CharField(_("name"), max_length=160, blank=True)
    organisation_name = models.CharField(_("for the organisation"), max_length=160, blank=True)
    agrees = models.BooleanField(_("may be published"))
    remark = models.TextField(pgettext_lazy("proofreading", "remark"), blank=True)

    class Meta:
        verbose_name = _("proofreading")
        verbose_name_plural = _("proofreadings")
        ordering = ["-at"]

    def __str__(self):
        return self.name


class FrozenError(TypeError):
    """A publication never changes."""


class PublicationQuerySet(models.QuerySet):
    def update(self, **fields):
        raise FrozenError

    def delete(self):
        raise FrozenError


class Publication(models.Model):
    """A version as everyone reads it, frozen: figures, vintages, perimeter, text and charts. Never changed."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="publications", verbose_name=_("written diagnosis")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    content = models.JSONField(_("content"), help_text=_("The document, by language"))
    digest = models.CharField(_("fingerprint"), max_length=64)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reports_publication_once")]

    def __str__(self):
        return f"{self.report} ({self.number})"

    def save(self, **options):
        if not self._state.adding:
            raise FrozenError
        super().save(**options)

    def delete(self, **options):
        raise FrozenError

    def redact(self, content: dict) -> None:
        """Write the content without a name whose bearer asked to be forgotten: nothing else may differ."""
        if fingerprint(content) != self.digest:
            raise FrozenError
        self.content = content
        super().save(update_fields=["content"])

    @property
    def is_intact(self) -> bool:
        """Whether what is kept is what was published."""
        return fingerprint(self.content) == self.digest
