"""Where things take place, and who can get in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creasol.places.enums import AccessAnswer, AccessFeature
from creasol.territories.models import Commune

from .occasions import Occasion


class Venue(models.Model):
    """An address where people gather."""

    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="venues", verbose_name=_("commune")
    )
    directions = models.TextField(_("how to get there"), blank=True)
    access_contact = models.CharField(
        _("contact for access"), max_length=200, blank=True, help_text=_("Who answers questions of access")
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name


class Room(models.Model):
    """A room of a venue; without a name it is the venue as a whole."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(
        _("people at most"), null=True, blank=True, help_text=_("As the safety rules allow")
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue", "name"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="places_room_once")]

    def __str__(self):
        return f"{self.venue}, {self.name}" if self.name else str(self.venue)

    @property
    def where(self) -> str:
        """Where it is, on one line: the room, the address, the commune."""
        return ", ".join(filter(None, (str(self), self.venue.address, str(self.venue.commune))))


class AccessFact(models.Model):
    """What is known of one feature of access, at a venue or for one occasion, and since when; unknown is not no."""

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, null=True, blank=True, related_name="access", verbose_name=_("venue")
    )
    occasion = models.ForeignKey(
        Occasion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="access",
        verbose_name=_("occasion"),
    )
    feature = models.CharField(_("feature"), max_length=20, choices=AccessFeature.choices)
    answer = models.CharField(_("answer"), max_length=8, choices=AccessAnswer.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    verified_on = models.DateField(_("verified on"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )

    class Meta:
        verbose_name = _("fact about access")
        verbose_name_plural = _("facts about access")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(venue=None) ^ Q(occasion=None), name="places_access_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["venue", "feature"], condition=Q(occasion=None), name="places_access_venue_once"
            ),
            models.UniqueConstraint(
                fields=["occasion", "feature"], condition=Q(venue=None), name="places_access_occasion_once"
            ),
        ]

    def __str__(self):
        return self.get_feature_display()
