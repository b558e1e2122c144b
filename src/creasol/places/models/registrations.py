"""Who wants to come, to what, and what became of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.network.models import Organisation
from creasol.places.enums import HOLDING, LIVE, BookingState, Notice, OfferState, Origin

from .occasions import Occasion
from .slots import Slot

LARGEST_GROUP = 50


class Registration(models.Model):
    """A person, alone or with others, who wants to come; what to is said by the bookings."""

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("occasion")
    )
    code = models.CharField(_("code of the link"), max_length=32, unique=True)
    ticket = models.CharField(_("ticket"), max_length=32, unique=True)
    request_key = models.CharField(
        _("key of the request"),
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text=_("The same form sent twice is one registration"),
    )
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation of the directory"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    access_needs = models.TextField(_("needs of access"), blank=True, max_length=1000)
    notice = models.PositiveSmallIntegerField(
        _("notice needed"), choices=Notice.choices, default=Notice.TWO_HOURS
    )
    may_split = models.BooleanField(_("the group may be split"), default=False)
    language = models.CharField(_("language"), max_length=2, default="fr", choices=settings.LANGUAGES)
    origin = models.CharField(_("came"), max_length=8, choices=Origin.choices, default=Origin.WEB)
    registered_at = models.DateTimeField(_("registered on"))
    forgotten_at = models.DateTimeField(_("erased on"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["occasion", "id"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"  # no name: the journal remembers it for long

    @property
    def is_live(self) -> bool:
        """Whether anything of it still stands: a place, an offer, a rank on a waiting list."""
        return any(booking.state in LIVE for booking in self.bookings.all())


class BookingQuerySet(models.QuerySet):
    def holding(self):
        """Keep those that take a place."""
        return self.filter(state__in=HOLDING)

    def queue(self):
        """Keep those on the waiting list, in their order."""
        return self.filter(state=BookingState.WAITING).order_by("-priority", "waiting_since", "id")


class Booking(models.Model):
    """So many places of a slot, asked for by a registration."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="bookings", verbose_name=_("registration")
    )
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("slot"))
    size = models.PositiveSmallIntegerField(
        _("places"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_GROUP)],
    )
    state = models.CharField(_("state"), max_length=10, choices=BookingState.choices)
    priority = models.SmallIntegerField(_("priority"), default=0)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed on"))
    arrived_at = models.DateTimeField(_("came at"), null=True, blank=True)
    arrived = models.PositiveSmallIntegerField(_("came"), default=0, help_text=_("How many of them"))

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["registration", "id"]
        indexes = [models.Index(fields=["slot", "state"], name="places_booking_slot_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "slot"],
                condition=Q(state=BookingState.WAITING),
                name="places_booking_waits_once",
            ),
        ]

    def __str__(self):
        return f"{self.slot} × {self.size}"


class Offer(models.Model):
    """A place offered to somebody who waits, until an hour; the chain of them is kept."""

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="offers", verbose_name=_("booking")
    )
    size = models.PositiveSmallIntegerField(_("places"))
    offered_at = models.DateTimeField(_("offered on"))
    expires_at = models.DateTimeField(pgettext_lazy("offer", "until"))
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        ordering = ["booking", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state=OfferState.OPEN), name="places_offer_one_open"
            )
        ]

    def __str__(self):
        return f"{self.booking} ({self.get_state_display()})"


class Wish(models.Model):
    """A workshop that a person would like, the most wanted first; places are then given to as many as possible."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="wishes", verbose_name=_("registration")
    )
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="wishes", verbose_name=_("slot"))
    rank = models.PositiveSmallIntegerField(
        _("rank"), validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    size = models.PositiveSmallIntegerField(
        _("places"), default=1, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_GROUP)]
    )

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["registration", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "slot"], name="places_wish_once"),
            models.UniqueConstraint(fields=["registration", "rank"], name="places_wish_rank_once"),
        ]

    def __str__(self):
        return f"{self.rank}. {self.slot}"
