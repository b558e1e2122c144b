from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Whom an occasion is for: two for the same public the same evening take people from each other."""

    PUBLIC = "public", _("general public")
    ACTORS = "actors", _("ESS actors and local authorities")
    HOLDERS = "holders", _("project holders")
    VOLUNTEERS = "volunteers", _("employees and volunteers of associations")


class SlotKind(models.TextChoices):
    ENTRY = "entry", pgettext_lazy("slot", "entry")
    WORKSHOP = "workshop", pgettext_lazy("slot", "workshop")
    SHIFT = "shift", pgettext_lazy("slot", "volunteer shift")


class Mode(models.TextChoices):
    ON_SITE = "on-site", _("on site")
    REMOTE = "remote", _("remote")


class Notice(models.IntegerChoices):
    """How many hours before the start a person must know, at the latest, that a place is free."""

    NONE = 0, _("I can come at once")
    TWO_HOURS = 2, _("two hours before")
    ONE_DAY = 24, _("the day before")
    THREE_DAYS = 72, _("three days before")


class BookingState(models.TextChoices):
    CONFIRMED = "confirmed", pgettext_lazy("booking", "confirmed")
    WAITING = "waiting", pgettext_lazy("booking", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("booking", "a place is offered")
    DECLINED = "declined", pgettext_lazy("booking", "offer declined")
    EXPIRED = "expired", pgettext_lazy("booking", "offer expired")
    CANCELLED = "cancelled", pgettext_lazy("booking", "cancelled by the person")
    REFUSED = "refused", pgettext_lazy("booking", "cancelled by the organisers")
    PRESENT = "present", pgettext_lazy("booking", "came")
    ABSENT = "absent", pgettext_lazy("booking", "did not come")


BOOKING_TRANSITIONS = {
    BookingState.WAITING: {
        BookingState.OFFERED,
        # the organiser lets somebody in
        BookingState.CONFIRMED,
        BookingState.CANCELLED,
        BookingState.REFUSED,
    },
    BookingState.OFFERED: {
        BookingState.CONFIRMED,
        BookingState.DECLINED,
        BookingState.EXPIRED,
        BookingState.CANCELLED,
        BookingState.REFUSED,
    },
    BookingState.CONFIRMED: {
        BookingState.CANCELLED,
        BookingState.REFUSED,
        BookingState.PRESENT,
        BookingState.ABSENT,
    },
    # a check-in by mistake is undone
    BookingState.PRESENT: {BookingState.CONFIRMED},
    # a telephone that was offline tells later
    BookingState.ABSENT: {BookingState.PRESENT},
    BookingState.DECLINED: set(),
    BookingState.EXPIRED: set(),
    BookingState.CANCELLED: set(),
    BookingState.REFUSED: set(),
}
HOLDING = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.PRESENT, BookingState.ABSENT)
"""The states that take a place."""
LIVE = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITING, BookingState.PRESENT)
"""The states of a person who still wants to come, or who is there."""


class OfferState(models.TextChoices):
    OPEN = "open", pgettext_lazy("offer", "open")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")


class CheckInKind(models.TextChoices):
    """What is said at the door."""

    ARRIVE = "arrive", pgettext_lazy("check-in", "arrival")
    UNDO = "undo", pgettext_lazy("check-in", "arrival taken back")
    WALK_IN = "walk-in", pgettext_lazy("check-in", "arrival on the spot")
    ADMIT = "admit", pgettext_lazy("check-in", "let in without a place")


class CheckInOutcome(models.TextChoices):
    """What is answered at the door."""

    WELCOME = "welcome", pgettext_lazy("check-in", "welcome")
    COMPLETED = "completed", pgettext_lazy("check-in", "the group is counted anew")
    ALREADY = "already", pgettext_lazy("check-in", "already came")
    UNDONE = "undone", pgettext_lazy("check-in", "taken back")
    WAITING = "waiting", pgettext_lazy("check-in", "on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("check-in", "cancelled")
    ELSEWHERE = "elsewhere", pgettext_lazy("check-in", "not registered for this")
    UNKNOWN = "unknown", pgettext_lazy("check-in", "unknown ticket")
    REFUSED = "refused", pgettext_lazy("check-in", "cannot be noted")


class Origin(models.TextChoices):
    """How a registration came."""

    WEB = "web", _("on the site")
    STAFF = "staff", _("by the team")
    WALK_IN = "walk-in", _("on the spot")


class QuestionKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("question", "free text")
    CHOICE = "choice", pgettext_lazy("question", "one of several answers")


class AccessFeature(models.TextChoices):
    STEP_FREE = "step-free", _("step-free access")
    LIFT = "lift", _("lift")
    ADAPTED_TOILETS = "adapted-toilets", _("adapted toilets")
    PARKING = "parking", _("reserved parking")
    INDUCTION_LOOP = "induction-loop", _("induction loop")
    QUIET_ROOM = "quiet-room", _("quiet room")
    ASSISTANCE_ANIMALS = "assistance-animals", _("assistance animals welcome")
    SIGN_LANGUAGE = "sign-language", _("French sign language (LSF)")
    LIVE_SUBTITLES = "live-subtitles", _("live subtitles")
    EASY_READ = "easy-read", _("easy-to-read documents (FALC)")


class AccessAnswer(models.TextChoices):
    """What is known of a feature; that nothing is known is no answer at all."""

    YES = "yes", pgettext_lazy("accessibility", "yes")
    PARTIAL = "partial", pgettext_lazy("accessibility", "in part")
    NO = "no", pgettext_lazy("accessibility", "no")


class AnnouncementKind(models.TextChoices):
    """The mails that go to everyone registered: at their time, or when the organiser sends them."""

    REMINDER_WEEK = "reminder-week", _("reminder, seven days before")
    REMINDER_DAY = "reminder-day", _("reminder, the day before")
    MOVED = "moved", _("new date or place")
    CANCELLED = "cancelled", _("cancellation")
    SURVEY = "survey", _("two questions, the day after")


class LeftOut(models.TextChoices):
    """Why a mail to everyone does not go to somebody."""

    NO_ADDRESS = "no-address", _("no e-mail address")
    NOT_REGISTERED = "not-registered", _("not registered any more")
    NO_PLACE = "no-place", _("no place yet: on the waiting list, or an offer not answered")
    LATE = "late", _("registered after the hour of the reminder")
    KNOWS = "knows", _("registered after the change, or written to about it already")
    DID_NOT_COME = "did-not-come", _("not noted at the door as having come")
    NOTHING_ASKED = "nothing-asked", _("no page asks this person how it was")
