from math import ceil

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.network.models import Organisation
from creasol.programmes.models import Edition, Theme
from creasol.territories.models import Territory

from .enums import ContributionKind, ContributionState, NeedState

PRECISION = ((0.1, 3), (10, 2), (100, 1))
"""Below this value, so many decimals."""


class NeedQuerySet(models.QuerySet):
    def public(self):
        """Keep what everyone may read: a candidate is shown once somebody shares it, or has set it aside."""
        return self.exclude(state=NeedState.CANDIDATE)


class Need(models.Model):
    """What a territory lacks, in one sentence."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    statement = models.CharField(
        _("statement"), max_length=200, help_text=_("What is lacking, for whom, in one sentence")
    )
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("Markdown"))
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="needs", verbose_name=_("territory")
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("edition"),
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("theme")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=NeedState.choices, default=NeedState.CANDIDATE
    )
    recorded_at = models.DateTimeField(_("recorded on"))
    is_example = models.BooleanField(_("example"), default=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-recorded_at", "-id"]

    def __str__(self):
        return self.statement


class Step(models.Model):
    """The day a need came into a state, by whom and why."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps", verbose_name=_("need"))
    state = models.CharField(_("state"), max_length=12, choices=NeedState.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a need")
        verbose_name_plural = _("steps of needs")
        ordering = ["need", "id"]

    def __str__(self):
        return self.get_state_display()


class Author(models.Model):
    """Who put the need into words: a person, for an organisation or for oneself."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="authors", verbose_name=_("need"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("author of a need")
        verbose_name_plural = _("authors of needs")
        ordering = ["need", "id"]
        constraints = [models.UniqueConstraint(fields=["need", "user"], name="needs_author_once")]

    def __str__(self):
        return self.name


class Evidence(models.Model):
    """A figure that says so, as it stood that day: its number, what it is compared with, where it comes from."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("need"))
    measure = models.CharField(
        _("measure"), max_length=40, help_text=_("Code of what is counted: D265, 88.91A")
    )
    label = models.CharField(_("label"), max_length=200)
    count = models.FloatField(_("number"), null=True, blank=True)
    value = models.FloatField(_("value"), null=True, blank=True)
    low = models.FloatField(_("low"), null=True, blank=True)
    high = models.FloatField(_("high"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    compared_with = models.CharField(_("compared with"), max_length=160, blank=True)
    compared_value = models.FloatField(_("value compared with"), null=True, blank=True)
    shortfall = models.FloatField(pgettext_lazy("need", "missing"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160)
    vintage = models.CharField(_("vintage"), max_length=10, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    address = models.CharField(_("where it was read"), max_length=400, blank=True)
    noted_at = models.DateTimeField(_("noted on"))

    class Meta:
        verbose_name = _("figure of a need")
        verbose_name_plural = _("figures of needs")
        ordering = ["need", "id"]
        constraints = [models.UniqueConstraint(fields=["need", "measure"], name="needs_evidence_once")]

    def __str__(self):
        return self.label

    @property
    def decimals(self) -> int:
        """How many decimals its value needs to be read: more when it is small."""
        size = abs(self.value or self.compared_value or 0)
        return next((decimals for bound, decimals in PRECISION if size < bound), 0)

    @property
    def lacking(self) -> int | None:
        """How many more things would do, whole."""
        return None if self.shortfall is None else ceil(self.shortfall)


class Contribution(models.Model):
    """What somebody said: something lacking, an idea, an offer, a contact, a practice; the beginning of a chain.

    The words are the author's; the name and the ways to reach the author are there only with consent.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("territory")
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("edition"),
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("theme"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ContributionKind.choices)
    words = models.TextField(_("what was said"), max_length=2000)
    name = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    may_be_shown = models.BooleanField(
        _("the words may be shown"), default=False, help_text=_("As their author agreed: without the name")
    )
    name_may_be_shown = models.BooleanField(_("the name may be shown"), default=False)
    may_be_contacted = models.BooleanField(_("the author may be contacted"), default=False)
    consented_at = models.DateTimeField(_("consent given on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ContributionState.choices, default=ContributionState.NOTED
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    need = models.ForeignKey(
        Need,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("need"),
    )
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted on"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    request_key = models.CharField(_("key of the request"), max_length=64, null=True, blank=True, unique=True)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-noted_at", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.noted_at:%Y-%m-%d})"  # no words of anybody's in the journal

    @property
    def programme_id(self) -> int | None:
        """The programme whose roles count for it, if it was said within one."""
        return self.edition.programme_id if self.edition else None
