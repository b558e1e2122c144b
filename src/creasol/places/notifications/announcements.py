"""The mails to everyone registered: reminders, another date, a cancellation, two questions afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from creasol.foundation import dates
from creasol.foundation.text import french_spaces
from creasol.places.calendar_file import Method
from creasol.places.enums import AnnouncementKind
from creasol.places.models import Move, Occasion, Registration
from creasol.places.queries.mails import Told

from .frame import AboutRegistration

ANNOUNCEMENTS = 5
"""Priority of what goes to everyone: hundreds of them never hold up the answer to one person."""


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


ANNOUNCED: dict[str, type[AboutRegistration]] = {
    AnnouncementKind.REMINDER_WEEK: ReminderWeek,
    AnnouncementKind.REMINDER_DAY: ReminderDay,
    AnnouncementKind.MOVED: Moved,
    AnnouncementKind.CANCELLED: Cancelled,
    AnnouncementKind.SURVEY: Survey,
}


def message_key(kind: str, *, registration: int | str, version: int) -> str:
    """Return the key in the outbox of a mail to everyone, for one person and one version of the date."""
    notification = ANNOUNCED[kind]
    return f"{notification.kind}:{notification.key_of(registration, version=version)}"


def key_patterns(occasion: Occasion) -> dict[str, str]:
    """Return the keys in the outbox of the mails about the present version of the date, ``{pk}`` being the person's."""
    return {kind: message_key(kind, registration="{pk}", version=occasion.version) for kind in ANNOUNCED}


def announcement_mail(
    kind: str,
    *,
    registration: Registration,
    words: str,
    before: Move | None,
    path: str | None,
    at: datetime,
    told: Told | None = None,
) -> AboutRegistration:
    """Return the mail to everyone of this kind for one person; ``told``: of somebody who does not exist (a preview)."""
    frame = {
        "to": registration.email,
        "language": registration.language,
        "registration": registration,
        "words": words,
        "told": told,
    }
    match kind:
        case AnnouncementKind.REMINDER_WEEK:
            return ReminderWeek(**frame, at=at)
        case AnnouncementKind.REMINDER_DAY:
            return ReminderDay(**frame, at=at)
        case AnnouncementKind.MOVED:
            return Moved(**frame, before=before)
        case AnnouncementKind.CANCELLED:
            return Cancelled(**frame)
        case AnnouncementKind.SURVEY:
            return Survey(**frame, path=path)
