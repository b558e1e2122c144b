"""What takes place on a date, and what happens to that date."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creasol.network.models import Person
from creasol.places.enums import AnnouncementKind, Audience
from creasol.programmes.models import Programme

USUAL_OFFER_HOURS = 48


class Occasion(models.Model):
    """Something dated that people may register for; what it is more (a gathering, a session) the floors above know."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="occasions", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=200)
    page = models.CharField(_("its page"), max_length=200, blank=True, help_text=_("Path of its public page"))
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"))
    is_tentative = models.BooleanField(_("date to be confirmed"), default=False)
    room = models.ForeignKey(
        "places.Room",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="occasions",
        verbose_name=_("room"),
    )
    remote_link = models.URLField(
        _("link to join remotely"),
        blank=True,
        max_length=400,
        help_text=_("Shown to those registered, from the day before"),
    )
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC
    )
    school_zones = models.CharField(
        _("school zones of the public"),
        max_length=3,
        blank=True,
        help_text=_("Besides that of the venue: AC"),
    )
    led_by = models.ManyToManyField(
        Person,
        blank=True,
        related_name="occasions",
        verbose_name=_("led by"),
        help_text=_("Adviser, trainer"),
    )
    practical = models.TextField(
        _("practical information"), blank=True, help_text=_("In the confirmation and the reminders")
    )
    opens_at = models.DateTimeField(_("registration opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes at"), null=True, blank=True)
    wishes_until = models.DateTimeField(
        _("wishes for workshops until"),
        null=True,
        blank=True,
        help_text=_("Until then people rank what they would like; places are given afterwards"),
    )
    wishes_given_at = models.DateTimeField(_("places given to wishes on"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered place"), default=USUAL_OFFER_HOURS
    )
    small_groups_pass = models.BooleanField(
        _("smaller groups may pass before"),
        default=True,
        help_text=_("On the waiting list, when the first group needs more places than are free"),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days the names are kept after the end"), default=90, help_text=_("Then only numbers stay")
    )
    version = models.PositiveSmallIntegerField(
        _("version"), default=0, help_text=_("One more for each new date")
    )
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("names erased on"), null=True, blank=True)
    organisations_forgotten = models.PositiveIntegerField(
        _("organisations represented, whose names are erased"), default=0
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="places_occasion_times_in_order",
                violation_error_message=_("It ends before it starts."),
            ),
        ]

    def __str__(self):
        return self.title


class Move(models.Model):
    """A date that was announced and is no more: when it was, and why it changed."""

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="moves", verbose_name=_("occasion")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    previous_starts_at = models.DateTimeField(_("was to start at"))
    previous_ends_at = models.DateTimeField(_("was to end at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
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
        verbose_name = _("change of date")
        verbose_name_plural = _("changes of date")
        ordering = ["occasion", "version"]
        constraints = [models.UniqueConstraint(fields=["occasion", "version"], name="places_move_once")]

    def __str__(self):
        return f"{self.occasion} ({self.version})"


class AlertDismissal(models.Model):
    """A date alert that somebody has seen and does not want to see again, and why."""

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="dismissals", verbose_name=_("occasion")
    )
    key = models.CharField(_("alert"), max_length=80)
    words = models.CharField(_("what it said"), max_length=300)
    reason = models.CharField(_("reason"), max_length=300)
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
        verbose_name = _("dismissed date alert")
        verbose_name_plural = _("dismissed date alerts")
        ordering = ["occasion", "id"]
        constraints = [models.UniqueConstraint(fields=["occasion", "key"], name="places_dismissal_once")]

    def __str__(self):
        return self.words


class Announcement(models.Model):
    """A mail to everyone registered, as the organiser words it; one of each kind for each version of the date."""

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="announcements", verbose_name=_("occasion")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=AnnouncementKind.choices)
    version = models.PositiveSmallIntegerField(_("version of the date"), default=0)
    words = models.TextField(_("words of the organiser"), blank=True)
    is_held_back = models.BooleanField(_("not to be sent"), default=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["occasion", "id"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "kind", "version"], name="places_announcement_once")
        ]

    def __str__(self):
        return self.get_kind_display()
