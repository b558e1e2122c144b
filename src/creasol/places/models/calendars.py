"""The calendars that a date is held against, and the ones people subscribe to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ElectionDay(models.Model):
    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("election"), max_length=120)

    class Meta:
        verbose_name = _("election day")
        verbose_name_plural = _("election days")
        ordering = ["day"]

    def __str__(self):
        return self.name


class PartnerCalendar(models.Model):
    """The calendar of a partner, from a file that somebody brought."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    imported_at = models.DateTimeField(_("imported on"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("calendar of a partner")
        verbose_name_plural = _("calendars of partners")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PartnerEvent(models.Model):
    calendar = models.ForeignKey(
        PartnerCalendar, on_delete=models.CASCADE, related_name="events", verbose_name=_("calendar")
    )
    uid = models.CharField(_("identifier"), max_length=255)
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a partner")
        verbose_name_plural = _("events of partners")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "uid", "starts_at"], name="places_partner_event_once")
        ]

    def __str__(self):
        return self.title


class CalendarKey(models.Model):
    """The secret in the address of a person's own calendar; a new one makes the old address useless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_key",
        verbose_name=_("account"),
    )
    key = models.CharField(_("key"), max_length=32, unique=True)
    made_at = models.DateTimeField(_("made on"))

    class Meta:
        verbose_name = _("key of a personal calendar")
        verbose_name_plural = _("keys of personal calendars")
        ordering = ["user"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
