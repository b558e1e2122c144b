"""The mails to everyone registered: what state each kind is in, to whom it goes and to whom not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from creasol.mailing.enums import MessageState
from creasol.mailing.queries import message_states
from creasol.places.announcing import AUTOMATIC, known_before, left_out, obstacle_to
from creasol.places.enums import AnnouncementKind, BookingState, LeftOut, SlotKind
from creasol.places.models import Announcement, Booking, Occasion, Registration, Slot
from creasol.places.reminder_times import DAYS_BEFORE, reminder_window
from creasol.places.signals import survey_address

LONGEST_BEFORE = timedelta(days=max(DAYS_BEFORE.values()) + 1)
SAMPLE_NAME, SAMPLE_CODE = "Camille", "exemple"


@dataclass(frozen=True)
class Recipients:
    """Whom a mail goes to, and how many it does not, by reason."""

    to: tuple[Registration, ...]
    left_out: tuple[tuple[LeftOut, int], ...]


@dataclass(frozen=True)
class State:
    """One kind of mail to everyone: what the organiser wrote, what keeps it from going, what became of it."""

    kind: AnnouncementKind
    occasion: Occasion
    announcement: Announcement | None
    obstacle: str
    leaves_at: datetime | None
    is_planned: bool
    recipients: int
    queued: int
    sent: int
    failed: int

    @property
    def is_automatic(self) -> bool:
        return self.kind in AUTOMATIC

    @property
    def sent_at(self) -> datetime | None:
        return self.announcement.sent_at if self.announcement else None

    @property
    def is_held_back(self) -> bool:
        return bool(self.announcement and self.announcement.is_held_back)

    @property
    def words(self) -> str:
        return self.announcement.words if self.announcement else ""


@dataclass(frozen=True)
class Untold:
    """The mail that people wait for, and how many have not had it: a new date, a cancelling, the two questions."""

    kind: AnnouncementKind
    people: int


def untold(occasion: Occasion, *, at: datetime) -> Untold | None:
    """Return the mail that is to be sent as things are and that nobody has sent; None when nobody is to be told.

    Of what is over it is the two questions, before that the cancelling or the last move.
    """
    kind = AnnouncementKind.SURVEY if occasion.ends_at <= at else AnnouncementKind.MOVED
    if occasion.cancelled_at:
        kind = AnnouncementKind.CANCELLED
    if obstacle_to(kind, occasion, at=at):
        return None
    announcement = announcements_of(occasion).get(kind)
    if announcement and announcement.sent_at:
        return None
    people = len(recipients_of(occasion, kind).to)
    return Untold(kind, people) if people else None


def announcements_of(occasion: Occasion) -> dict[str, Announcement]:
    """Return the mails to everyone about the present version of the date that somebody has worded or sent, by kind."""
    found = Announcement.objects.filter(occasion=occasion, version=occasion.version).select_related("sent_by")
    return {announcement.kind: announcement for announcement in found}


def announcement_to_send(pk: int) -> Announcement:
    """Return an announcement with its occasion; raise Announcement.DoesNotExist."""
    return Announcement.objects.select_related("occasion").get(pk=pk)


def last_announced_move(occasion: Occasion) -> int:
    """Return the last earlier version that everybody was written to about; 0 for none."""
    sent = Announcement.objects.filter(
        occasion=occasion, kind=AnnouncementKind.MOVED, version__lt=occasion.version
    )
    return max(sent.exclude(sent_at=None).values_list("version", flat=True), default=0)


def recipients_of(occasion: Occasion, kind: str) -> Recipients:
    """Return whom a mail of this kind goes to as things are, and why not to the others; names erased count nowhere."""
    bookings = Prefetch("bookings", Booking.objects.order_by("id"))
    named = Registration.objects.filter(occasion=occasion, forgotten_at=None).order_by("id")
    moves, announced = list(occasion.moves.all()), last_announced_move(occasion)
    to, out = [], Counter()
    for registration in named.prefetch_related(bookings, "wishes"):
        reason = left_out(
            registration,
            kind=kind,
            occasion=occasion,
            states={booking.state for booking in registration.bookings.all()},
            wishes=bool(registration.wishes.all()),
            before=known_before(registration, moves, announced=announced),
        )
        if reason is None:
            to.append(registration)
        else:
            out[reason] += 1
    if kind == AnnouncementKind.SURVEY and to and survey_path(to[0]) is None:
        out[LeftOut.NOTHING_ASKED], to = len(to), []
    return Recipients(tuple(to), tuple((reason, out[reason]) for reason in LeftOut if out[reason]))


def survey_path(registration: Registration) -> str | None:
    """Return where a person says how it was, as the app above tells; None when none asks."""
    answers = survey_address.send(sender=Registration, registration=registration)
    return next((path for _receiver, path in answers if path), None)


def states_of(
    occasion: Occasion, keys: dict[str, str], *, at: datetime, kinds: Iterable[str] = tuple(AnnouncementKind)
) -> list[State]:
    """Return what there is to know of these kinds of mails about the present date; ``keys``: see ``state_of``."""
    worded = announcements_of(occasion)
    return [state_of(occasion, kind, worded.get(kind), pattern=keys[kind], at=at) for kind in kinds]


def state_of(
    occasion: Occasion, kind: str, announcement: Announcement | None, *, pattern: str, at: datetime
) -> State:
    """Return what there is to know of one kind of mail; ``pattern``: the key of its messages, ``{pk}`` the person's."""
    everybody = occasion.registrations.values_list("pk", flat=True)
    messages = Counter(message_states([pattern.format(pk=pk) for pk in everybody]).values())
    leaves_at = None
    if kind in AUTOMATIC:
        leaves_at = reminder_window(AnnouncementKind(kind), occasion.starts_at)[0]
    ahead = leaves_at is not None and at < leaves_at
    return State(
        kind=AnnouncementKind(kind),
        occasion=occasion,
        announcement=announcement,
        obstacle=obstacle_to(kind, occasion, at=at),
        leaves_at=leaves_at,
        is_planned=ahead and not occasion.is_tentative and occasion.cancelled_at is None,
        recipients=len(recipients_of(occasion, kind).to),
        queued=messages[MessageState.QUEUED] + messages[MessageState.SENDING],
        sent=messages[MessageState.SENT],
        failed=messages[MessageState.FAILED],
    )


def reminders_due(*, at: datetime) -> list[tuple[Occasion, AnnouncementKind]]:
    """Return the occasions, and which of the two reminders, that are to leave now and are not held back."""
    due = []
    for occasion in occasions_ahead(at=at):
        worded = announcements_of(occasion)
        for kind in AUTOMATIC:
            held = kind in worded and worded[kind].is_held_back
            if not held and not obstacle_to(kind, occasion, at=at):
                due.append((occasion, kind))
    return due


def occasions_ahead(*, at: datetime) -> QuerySet[Occasion]:
    """Return the occasions near enough for a reminder, the next first."""
    near = Occasion.objects.filter(starts_at__gt=at, starts_at__lte=at + LONGEST_BEFORE)
    return near.filter(cancelled_at=None, is_tentative=False).order_by("starts_at", "id")


def sample_registration(occasion: Occasion, *, language: str) -> tuple[Registration, list[Booking]]:
    """Return somebody who does not exist, with a place at the entry: for looking at a mail before it is sent."""
    registration = Registration(
        occasion=occasion,
        code=SAMPLE_CODE,
        first_name=SAMPLE_NAME,
        email="camille@example.org",
        language=language,
        registered_at=occasion.opens_at or occasion.starts_at,
    )
    slots = Slot.objects.filter(occasion=occasion).exclude(capacity=None).order_by("id")
    slot = next((slot for slot in slots if slot.kind == SlotKind.ENTRY), None)
    place = Booking(
        registration=registration,
        slot=slot,
        state=BookingState.CONFIRMED,
        changed_at=registration.registered_at,
    )
    return registration, [place] if slot else []
