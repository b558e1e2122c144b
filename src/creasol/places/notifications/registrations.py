"""The mails that tell one person what became of their registration."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation import dates
from creasol.foundation.text import french_spaces
from creasol.mailing.notifications import AWAITED
from creasol.places.enums import BookingState, OfferState, SlotKind
from creasol.places.models import Offer
from creasol.places.queries.mails import PLACED

from .frame import AboutRegistration


@dataclass(frozen=True, kw_only=True)
class Registered(AboutRegistration):
    """You are registered; or you are on the waiting list, which is something else; or your wishes are noted."""

    kind = "places.registered"
    asks = True

    @property
    def waits(self) -> bool:
        """Whether the person has no place yet: the entry waits, or everything does."""
        lines = self.facts.lines
        entries = [line for line in lines if line.booking.slot.kind == SlotKind.ENTRY]
        return bool(lines) and all(line.booking.state == BookingState.WAITING for line in entries or lines)

    def key(self):
        """Tell one choice from the next, and a place from the wait for it."""
        last = max((line.booking.pk for line in self.facts.lines), default=0)
        placed = [line for line in self.facts.lines if line.booking.state in PLACED]
        return f"{super().key()}:{last}:{len(placed)}"

    def subject(self):
        if self.waits:
            return _("On the waiting list: %(what)s") % self.named
        if not self.facts.lines:
            return _("Your wishes are noted: %(what)s") % self.named
        return _("You are registered: %(what)s") % self.named

    def opening(self):
        if self.waits:
            return [
                _("“%(what)s” is full for now: you are on the waiting list, and have no place yet.")
                % self.named,
                _("When a place is free, we write to you, and you say whether you take it."),
            ]
        if not self.facts.lines:
            return [
                _("Your wishes for “%(what)s” are noted.") % self.named,
                _("Places are given once everybody has said theirs: we write to you then."),
            ]
        return [_("You are registered for “%(what)s”.") % self.named]

    def closing(self):
        if self.waits or not self.facts.has_place:
            return []
        occasion = self.facts.occasion
        said = [_("The calendar file that comes with this mail adds the date to your calendar.")]
        if self.facts.joins_remotely and occasion.remote_link and not self.remote_link():
            said.append(_("The link to join remotely is sent the day before."))
        elif not self.facts.joins_remotely:
            said.append(
                _("Your ticket is on the page of your registration. Without it your first name is enough.")
            )
        return said

    def remote_link(self):
        return self.facts.remote_link(at=self.facts.changed_at)

    def attachments(self):
        return self.calendar()


@dataclass(frozen=True, kw_only=True)
class NoWishMet(AboutRegistration):
    """The places of the workshops are given, and none of them to you."""

    kind = "places.no_wish_met"

    def subject(self):
        return _("No workshop for you yet: %(what)s") % self.named

    def opening(self):
        return [
            _("The places in the workshops of “%(what)s” are given, and none of your wishes could be met.")
            % self.named,
            _(
                "Your wishes stay: if places become free, one may still be yours. You can also choose another workshop "
                "on the page of your registration."
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(AboutRegistration):
    """A place is free for you until an hour; you say yes or no on the page."""

    kind = "places.place_offered"
    priority = AWAITED

    offer: Offer

    def key(self):
        return f"{super().key()}:{self.offer.pk}"

    def subject(self):
        return _("A place is free for you: %(what)s") % self.named

    def opening(self):
        slot = self.offer.booking.slot
        words = {"what": self.title, "slot": french_spaces(str(slot)), "places": self.offer.size}
        if slot.kind == SlotKind.ENTRY:
            said = ngettext(
                "You were waiting: %(places)d place is now free for you at “%(what)s”.",
                "You were waiting: %(places)d places are now free for you at “%(what)s”.",
                self.offer.size,
            )
        else:
            said = ngettext(
                "You were waiting: %(places)d place is now free for you in “%(slot)s”, at “%(what)s”.",
                "You were waiting: %(places)d places are now free for you in “%(slot)s”, at “%(what)s”.",
                self.offer.size,
            )
        return [
            said % words,
            _("It is kept for you until %(until)s. After that, it goes to the next person.")
            % {"until": dates.moment(self.offer.expires_at)},
            _("Say yes or no on the page of your registration: opening it decides nothing."),
        ]

    def button(self):
        return _("Take the place, or leave it"), self.link

    def lifetime(self):
        return self.offer.expires_at - self.offer.offered_at


@dataclass(frozen=True, kw_only=True)
class OfferOver(AboutRegistration):
    """The place that was offered went to the next."""

    kind = "places.offer_over"
    recalls = False

    offer: Offer

    @property
    def was_declined(self) -> bool:
        return self.offer.state == OfferState.DECLINED

    def key(self):
        return f"{super().key()}:{self.offer.pk}"

    def subject(self):
        if self.was_declined:
            return _("You have given up the place: %(what)s") % self.named
        return _("The place offered to you is gone: %(what)s") % self.named

    def opening(self):
        if self.was_declined:
            return [
                _("You have given up the place offered to you at “%(what)s”: it goes to the next person.")
                % self.named
            ]
        return [
            _("You did not take the place offered to you at “%(what)s” in time: it goes to the next person.")
            % self.named
        ]

    def button(self):
        return _("See my registration"), self.link


@dataclass(frozen=True, kw_only=True)
class RegistrationCancelled(AboutRegistration):
    """You cancelled; nothing else comes."""

    kind = "places.registration_cancelled"
    recalls = False
    asks = True

    def subject(self):
        return _("You have cancelled: %(what)s") % self.named

    def opening(self):
        return [
            _("Your registration for “%(what)s” is cancelled, as you asked.") % self.named,
            _("Thank you for telling us: somebody else can come. You receive nothing more about it."),
        ]

    def button(self):
        return _("See what is kept about me"), self.data_link


@dataclass(frozen=True, kw_only=True)
class RegistrationRefused(AboutRegistration):
    """The organisers cancelled your registration, and say why."""

    kind = "places.registration_refused"
    recalls = False
    asks = True

    reason: str

    def subject(self):
        return _("The organisers have cancelled your registration: %(what)s") % self.named

    def opening(self):
        return [
            _("The organisers have cancelled your registration for “%(what)s”. Here is why:") % self.named,
            french_spaces(self.reason),
        ]

    def button(self):
        return _("See what is kept about me"), self.data_link
