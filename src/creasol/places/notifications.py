"""The mails to those registered: one frame, whole sentences; each at most once per person and version of the date."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation import dates
from creasol.foundation.text import french_spaces
from creasol.mailing.notifications import AWAITED, Attachment, Notification

from .calendar_file import Event, Method, calendar_of, event_of
from .enums import BookingState, SlotKind
from .models import Move, Offer, Registration, Slot
from .queries.mails import Told, told_to
from .retention import WITHOUT_A_PLACE, kept_until

ANNOUNCEMENTS = 5
"""Priority of what goes to everyone: hundreds of them never hold up the answer to one person."""


@dataclass(frozen=True, kw_only=True)
class AboutRegistration(Notification):
    """What all these mails share: to whom, about what, when and where, what the person is registered for, the link."""

    template = "places/mails/registration"
    recalls: ClassVar[bool] = True  # when, where, what for
    asks: ClassVar[bool] = False  # says where questions of access go, and what is kept

    registration: Registration
    words: str = ""  # of the organiser
    told: Told | None = field(
        default=None, compare=False
    )  # for a preview; what is now in the database otherwise

    @cached_property
    def facts(self) -> Told:
        return self.told or told_to(self.registration)

    @property
    def title(self) -> str:
        return french_spaces(self.facts.occasion.title)

    @property
    def named(self) -> dict[str, str]:
        return {"what": self.title}

    @property
    def link(self) -> str:
        return settings.SITE_URL + reverse("places:registration", args=[self.registration.code])

    def key(self):
        return self.key_of(self.registration.pk, version=self.facts.occasion.version)

    @staticmethod
    def key_of(registration: int, *, version: int) -> str:
        """Return the key of the mail of this kind to one person about one version of the date."""
        return f"{registration}:{version}"

    def about(self):
        return about(self.registration.pk)

    def opening(self) -> list[str]:
        """Return what there is to say first, sentence by sentence."""
        return []

    def closing(self) -> list[str]:
        """Return what there is to say after the facts."""
        return []

    def button(self) -> tuple[str, str]:
        """Return the words of the one button, and where it leads."""
        return _("See, change or cancel my registration"), self.link

    def remote_link(self) -> str:
        """Return the link to join remotely, where this mail may tell it."""
        return ""

    def text(self, context):
        return re.sub(r"\n{3,}", "\n\n", super().text(context))

    def context(self):
        told, (label, link) = self.facts, self.button()
        venue = told.occasion.room.venue if told.occasion.room else None
        return {
            "name": self.registration.first_name,
            "title": self.title,
            "occasion": told.occasion,
            "lines": told.lines,
            "wishes": told.wishes,
            "opening": self.opening(),
            "words": self.words.strip(),
            "recalls": self.recalls,
            "practical": told.occasion.practical.strip() if self.recalls and self.asks else "",
            "remote_link": self.remote_link(),
            "access_contact": venue.access_contact if venue and self.asks else "",
            "closing": self.closing(),
            "kept": self.kept() if self.asks else "",
            "button": label,
            "link": link,
        }

    def kept(self) -> str:
        """Say what is kept and until when."""
        occasion = self.facts.occasion
        days = occasion.keep_days if self.facts.has_place else WITHOUT_A_PLACE
        until = kept_until(occasion.ends_at, days=days, at_most=occasion.keep_days)
        return _(
            "What you told us (first name, address, answers) is kept until %(day)s, then erased: only numbers stay."
        ) % {"day": dates.day(until, weekday=False)}

    def event(self) -> Event:
        """Return the occasion as this person's calendar shows it."""
        said = [self.facts.occasion.practical.strip(), *self.closing_of_event()]
        return event_of(
            self.facts.occasion, url=self.link, description="\n\n".join(part for part in said if part)
        )

    def closing_of_event(self) -> list[str]:
        remote = self.remote_link()
        return [_("To join remotely: %(link)s") % {"link": remote}] if remote else []

    def calendar(self, method: Method = Method.PUBLISH) -> tuple[Attachment, ...]:
        """Return the calendar file of the occasion, for who has a place."""
        if not self.facts.has_place:
            return ()
        content = calendar_of([self.event()], name=self.title, method=method)
        return (Attachment("agenda.ics", f"text/calendar; method={method}", content),)


def about(registration: int) -> str:
    """Return how mails name the registration they are about: what they are withdrawn and forgotten by."""
    return f"places.registration:{registration}"


def slot_called(slot: Slot) -> str:
    """Return what a sentence calls a slot."""
    if slot.name:
        return french_spaces(slot.name)
    return _("Entry") if slot.kind == SlotKind.ENTRY else slot.get_kind_display()


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
        return f"{super().key()}:{last}:{'waiting' if self.waits else 'registered'}"

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
        words = {"what": self.title, "slot": slot_called(slot), "places": self.offer.size}
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

    def key(self):
        return f"{super().key()}:{self.offer.pk}"

    def subject(self):
        return _("The place offered to you is gone: %(what)s") % self.named

    def opening(self):
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
            _("Thank you for telling: somebody else can come. You receive nothing more about it."),
        ]

    def button(self):
        return _("See what is kept about me"), self.link


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
        return _("See what is kept about me"), self.link


@dataclass(frozen=True, kw_only=True)
class Moved(AboutRegistration):
    """Another date, or another place; who cannot come any more says so."""

    kind = "places.moved"
    priority = ANNOUNCEMENTS

    before: Move  # what the person knew

    @property
    def has_new_date(self) -> bool:
        occasion = self.facts.occasion
        known = (self.before.previous_starts_at, self.before.previous_ends_at)
        return known != (occasion.starts_at, occasion.ends_at)

    def subject(self):
        return (_("New date: %(what)s") if self.has_new_date else _("New place: %(what)s")) % self.named

    def opening(self):
        occasion, before = self.facts.occasion, self.before
        if not self.has_new_date:
            said = [_("“%(what)s” takes place on the same date, but elsewhere.") % self.named]
        else:
            said = [
                _("“%(what)s” takes place on another date.") % self.named,
                _("It was to be: %(moment)s.")
                % {"moment": dates.moment(before.previous_starts_at, before.previous_ends_at)},
                _("It is now: %(moment)s.") % {"moment": dates.moment(occasion.starts_at, occasion.ends_at)},
            ]
        if before.reason:
            said.append(_("Why: %(reason)s") % {"reason": french_spaces(before.reason)})
        return said

    def closing(self):
        return [
            _(
                "Are you still coming? Then there is nothing to do: your registration goes along with the new date."
            )
            if self.has_new_date
            else _("Are you still coming? Then there is nothing to do: your registration stays as it is."),
            _("If not, please say so on the page of your registration: somebody else can come."),
        ]

    def button(self):
        return _("Say whether I am still coming"), self.link

    def attachments(self):
        return self.calendar()


@dataclass(frozen=True, kw_only=True)
class Cancelled(AboutRegistration):
    """It does not take place."""

    kind = "places.cancelled"
    priority = ANNOUNCEMENTS
    recalls = False
    asks = True

    def subject(self):
        return _("Cancelled: %(what)s") % self.named

    def opening(self):
        occasion = self.facts.occasion
        return [
            _("“%(what)s”, announced for %(moment)s, is cancelled: it does not take place.")
            % {"what": self.title, "moment": dates.moment(occasion.starts_at, occasion.ends_at)},
            _("We are sorry. There is nothing for you to do."),
        ]

    def button(self):
        return _("See my registration"), self.link

    def attachments(self):
        return self.calendar(Method.CANCEL)


@dataclass(frozen=True, kw_only=True)
class Reminder(AboutRegistration):
    """It is soon. Of no use once it has begun."""

    priority = ANNOUNCEMENTS
    asks = True

    at: datetime

    def opening(self):
        return [
            _("You are registered for “%(what)s”: %(moment)s.")
            % {"what": self.title, "moment": dates.moment(self.facts.occasion.starts_at)}
        ]

    def closing(self):
        said = [
            _("You cannot come after all? Please say so on the page of your registration: somebody else can.")
        ]
        if not self.facts.joins_remotely:
            said.append(_("Your ticket is on the same page. Without it your first name is enough."))
        return said

    def button(self):
        if self.facts.joins_remotely:
            return super().button()
        return _("See my ticket, or cancel"), self.link

    def lifetime(self):
        return max(self.facts.occasion.starts_at - self.at, timedelta(0))


@dataclass(frozen=True, kw_only=True)
class ReminderWeek(Reminder):
    kind = "places.reminder_week"

    def subject(self):
        return _("Next week: %(what)s") % self.named


@dataclass(frozen=True, kw_only=True)
class ReminderDay(Reminder):
    kind = "places.reminder_day"

    def subject(self):
        return _("Tomorrow: %(what)s") % self.named

    def remote_link(self):
        return self.facts.remote_link(at=self.at)


@dataclass(frozen=True, kw_only=True)
class Survey(AboutRegistration):
    """You came: two questions, a minute."""

    kind = "places.survey"
    priority = ANNOUNCEMENTS
    recalls = False
    asks = True

    path: str

    def subject(self):
        return _("Two questions about: %(what)s") % self.named

    def opening(self):
        return [
            _("You came to “%(what)s”: thank you.") % self.named,
            _("Two questions, one minute: your answers help to do better, and nobody is obliged to answer."),
        ]

    def button(self):
        return _("Answer the two questions"), settings.SITE_URL + self.path
