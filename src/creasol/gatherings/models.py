from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.needs.models import Contribution
from creasol.network.models import Organisation
from creasol.places.models import Occasion, Registration, Slot
from creasol.programmes.models import Edition, Theme

from .attendance import Attendance, attendance_of
from .enums import OPEN, PUBLIC, GatheringKind, GatheringState, StrandKind, WorkshopKind


class Series(models.Model):
    """Gatherings that come back; each has a life of its own once it is planned."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="series", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=160)
    rule = models.CharField(
        _("rule"), max_length=200, help_text=_("As RFC 5545 writes it: FREQ=MONTHLY;BYDAY=1TU")
    )
    exceptions = models.JSONField(_("days left out"), default=list, blank=True)

    class Meta:
        verbose_name = _("series of gatherings")
        verbose_name_plural = _("series of gatherings")
        ordering = ["name"]

    def __str__(self):
        return self.name


class GatheringQuerySet(models.QuerySet):
    def public(self):
        return self.filter(state__in=PUBLIC)

    def open(self):
        return self.filter(state__in=OPEN)


class Gathering(models.Model):
    """People who meet: its dates, its room and its places are those of its occasion."""

    occasion = models.OneToOneField(
        Occasion, on_delete=models.CASCADE, related_name="gathering", verbose_name=_("occasion")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=8, choices=GatheringKind.choices, default=GatheringKind.EVENING
    )
    state = models.CharField(
        _("state"), max_length=10, choices=GatheringState.choices, default=GatheringState.DRAFT
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="gatherings", verbose_name=_("edition")
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("theme"),
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("series"),
    )
    say_key = models.CharField(_("key of the page where people say things"), max_length=32, unique=True)
    came = models.PositiveIntegerField(
        _("people who came"), null=True, blank=True, help_text=_("As counted, when it was held")
    )
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["occasion__starts_at", "id"]

    def __str__(self):
        return self.occasion.title

    @property
    def programme_id(self) -> int:
        """The programme whose roles count for it."""
        return self.occasion.programme_id

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def is_over(self) -> bool:
        """Whether nothing is to come of it any more: held or cancelled."""
        return self.state in {GatheringState.HELD, GatheringState.CANCELLED}

    @property
    def attendance(self) -> Attendance:
        """How one takes part, and the places left; fetch ``occasion__slots`` before asking many."""
        return attendance_of(self.occasion.slots.all())


class Speaker(models.Model):
    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="speakers", verbose_name=_("gathering")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("as"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["gathering", "position", "id"]

    def __str__(self):
        return self.name


class Strand(models.Model):
    """An axis or a theme of a forum."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="strands", verbose_name=_("gathering")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=StrandKind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("axis or theme of a forum")
        verbose_name_plural = _("axes and themes of a forum")
        ordering = ["gathering", "kind", "position", "id"]

    def __str__(self):
        return self.title


class Workshop(models.Model):
    """What takes place within a gathering, in a room and a slot: a workshop, a stand, a debate."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="workshops", verbose_name=_("gathering")
    )
    slot = models.OneToOneField(
        Slot, on_delete=models.CASCADE, related_name="workshop", verbose_name=_("slot")
    )
    kind = models.CharField(
        _("kind"), max_length=8, choices=WorkshopKind.choices, default=WorkshopKind.WORKSHOP
    )
    strand = models.ForeignKey(
        Strand,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=pgettext_lazy("forum", "axis or theme"),
    )
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = pgettext_lazy("forum", "workshop or stand")
        verbose_name_plural = pgettext_lazy("forum", "workshops and stands")
        ordering = ["slot__starts_at", "slot__position", "id"]

    def __str__(self):
        return self.slot.name


class HostQuerySet(models.QuerySet):
    def standing(self):
        """Keep one for each organisation, with it: of those that were merged, the one that is kept."""
        return self.filter(organisation__merged_into=None).select_related("organisation")


class Host(models.Model):
    """An organisation that holds a gathering, or one of its workshops."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="hosts", verbose_name=_("gathering")
    )
    workshop = models.ForeignKey(
        Workshop,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hosts",
        verbose_name=pgettext_lazy("forum", "workshop or stand"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="hosted", verbose_name=_("organisation")
    )

    objects = HostQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("gathering", "organisation that holds it")
        verbose_name_plural = pgettext_lazy("gathering", "organisations that hold it")
        ordering = ["gathering", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "organisation"], condition=Q(workshop=None), name="gatherings_host_once"
            ),
            models.UniqueConstraint(
                fields=["workshop", "organisation"],
                condition=~Q(workshop=None),
                name="gatherings_workshop_host_once",
            ),
        ]

    def __str__(self):
        return str(self.organisation)


class Harvest(models.Model):
    """This contribution was said at this gathering: the first link of the chain of emergence."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, related_name="harvest", verbose_name=_("gathering")
    )
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="harvest", verbose_name=_("contribution")
    )
    workshop = models.ForeignKey(
        Workshop,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="harvest",
        verbose_name=pgettext_lazy("forum", "workshop or stand"),
    )

    class Meta:
        verbose_name = _("contribution said at a gathering")
        verbose_name_plural = _("contributions said at gatherings")
        ordering = ["gathering", "id"]

    def __str__(self):
        return str(self.contribution)


class SurveyAnswer(models.Model):
    """What somebody who came says afterwards: two questions."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="survey", verbose_name=_("gathering")
    )
    registration = models.OneToOneField(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="survey_answer",
        verbose_name=_("registration"),
    )
    score = models.PositiveSmallIntegerField(
        _("how useful"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    words = models.TextField(_("what should come next"), blank=True, max_length=2000)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        ordering = ["gathering", "id"]

    def __str__(self):
        return f"{self.score}/4"
