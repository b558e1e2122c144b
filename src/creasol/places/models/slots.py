"""The capacity: what is taken, and what never is taken twice."""

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creasol.places.enums import Mode, SlotKind

from .occasions import Occasion
from .venues import Room


class Slot(models.Model):
    """Part of an occasion with a capacity of its own: the entry, a workshop, a volunteer shift.

    ``capacity`` None: nobody has to register. ``taken`` counts the places held; bookings are the truth, this column
    is what the database itself refuses to let grow beyond ``ceiling``.
    """

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="slots", verbose_name=_("occasion")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=SlotKind.choices, default=SlotKind.ENTRY)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    name = models.CharField(_("name"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("room")
    )
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    overbook = models.PositiveIntegerField(
        _("let in beyond"), default=0, help_text=_("By the organiser, with a reason")
    )
    taken = models.PositiveIntegerField(_("places taken"), default=0)
    ceiling = models.PositiveIntegerField(_("never more than"), default=0)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["occasion", "starts_at", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("ceiling")),
                name="places_slot_never_more",
                violation_error_message=_("There are not so many places."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="places_slot_times_in_order",
                violation_error_message=_("It ends before it starts."),
            ),
        ]

    def __str__(self):
        if self.name:
            return self.name
        if self.kind == SlotKind.ENTRY:
            return str(_("Taking part remotely") if self.mode == Mode.REMOTE else _("Entry"))
        return capfirst(self.get_kind_display())

    @property
    def limit(self) -> int | None:
        """How many may be in: the places, and those let in beyond; None without a limit."""
        return None if self.capacity is None else self.capacity + self.overbook

    @property
    def left(self) -> int | None:
        """How many places are free; None without a limit."""
        return None if self.capacity is None else max(self.capacity + self.overbook - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.left == 0
