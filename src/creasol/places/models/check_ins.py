"""What was said at the door, telephone by telephone: what a booking says of an arrival is made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .registrations import Booking


class CheckIn(models.Model):
    """Somebody said that so many of a booking came, or (none) that it was a mistake; the same said twice is one row."""

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="check_ins", verbose_name=_("booking")
    )
    key = models.UUIDField(_("key"), unique=True, help_text=_("Made by the telephone"))
    arrived = models.PositiveSmallIntegerField(_("came"), help_text=_("How many of them; none takes it back"))
    seats = models.BooleanField(
        _("let in without a place"), default=False, help_text=_("Who takes it back gives the place back")
    )
    at = models.DateTimeField(
        _("at"), help_text=_("By the clock of the telephone, never later than it was received")
    )
    received_at = models.DateTimeField(_("received on"))
    device = models.CharField(_("telephone"), max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["booking", "at", "id"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
