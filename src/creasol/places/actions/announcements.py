"""Mails to everyone registered: worded, held back, sent; each person is written to in a transaction of its own.

Who cancels meanwhile, or a date that moves, is never overtaken: the bookings of a person, then the occasion, are locked
while the mail is put into the outbox. Whoever changes them comes either before, and no mail is written, or after, and
takes the mail out of the outbox again.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.jobs.actions import enqueue_job
from creasol.journal.actions import record
from creasol.mailing.actions import queue_message, withdraw_messages
from creasol.mailing.queries import message_states
from creasol.places.announcing import AUTOMATIC, known_before, left_out, obstacle_to
from creasol.places.enums import AnnouncementKind
from creasol.places.models import Announcement, Booking, Move, Occasion, Registration, Wish
from creasol.places.notifications import (
    Moved,
    NoWishMet,
    PlaceOffered,
    Registered,
    ReminderDay,
    ReminderWeek,
    announcement_mail,
    message_key,
)
from creasol.places.queries.announcements import (
    last_announced_move,
    recipients_of,
    reminders_due,
    survey_path,
)
from creasol.places.queries.mails import about

OF_A_DATE = (ReminderWeek.kind, ReminderDay.kind, Moved.kind)
OF_SOMETHING_TO_COME = (*OF_A_DATE, Registered.kind, NoWishMet.kind, PlaceOffered.kind)


@transaction.atomic
def word_announcement(
    occasion: Occasion, *, kind: str, words: str, by: User | None, at: datetime
) -> Announcement:
    """Write the organiser's own words of a mail to everyone; ValidationError once it has begun to leave."""
    announcement = lock_announcement(occasion, kind)
    if announcement.sent_at:
        raise ValidationError(_("It has left already: its words cannot change any more."))
    announcement.words = words.strip()
    announcement.full_clean()
    announcement.save(update_fields=["words"])
    record("word", announcement, by=by, at=at)
    return announcement


@transaction.atomic
def hold_back(occasion: Occasion, *, kind: str, held: bool, by: User | None, at: datetime) -> Announcement:
    """Keep a reminder from leaving by itself, or let it leave again; ValidationError for a mail that never does."""
    if kind not in AUTOMATIC:
        raise ValidationError(_("This mail leaves only when you send it."))
    announcement = lock_announcement(occasion, kind)
    announcement.is_held_back = held
    announcement.save(update_fields=["is_held_back"])
    record("hold-back" if held else "let-go", announcement, by=by, at=at)
    return announcement


@transaction.atomic
def send_announcement(occasion: Occasion, *, kind: str, by: User | None, at: datetime) -> Announcement:
    """Send a mail to everyone whom it concerns: it is written down as sent, workers put the mails into the outbox.

    ValidationError for a reminder (it leaves by itself), when it was sent for this date already, when it makes no sense
    now, and when there is nobody to write to.
    """
    if kind in AUTOMATIC:
        raise ValidationError(_("Reminders leave by themselves."))
    announcement = lock_announcement(occasion, kind)
    obstacle = obstacle_to(kind, occasion, at=at)
    if announcement.sent_at:
        raise ValidationError(_("It was sent already."))
    if obstacle:
        raise ValidationError(obstacle)
    if not recipients_of(occasion, kind).to:
        raise ValidationError(_("There is nobody to write to."))
    announcement.sent_at, announcement.sent_by = at, by
    announcement.save(update_fields=["sent_at", "sent_by"])
    task = "creasol.places.tasks.queue_announcement"
    enqueue_job(task=task, kwargs={"announcement": announcement.pk}, at=at)
    record("send", announcement, by=by, at=at)
    return announcement


def queue_announcement(announcement: Announcement, *, at: datetime) -> int:
    """Put a mail to everyone into the outbox, for those who have none yet; return for how many.

    May be interrupted, run again, or run twice at once: each person is written to once for each version of the date.
    """
    kind, occasion = announcement.kind, Occasion.objects.get(pk=announcement.occasion_id)
    if announcement.version != occasion.version or announcement.is_held_back:
        return 0
    keys = {
        registration.pk: message_key(kind, registration=registration.pk, version=occasion.version)
        for registration in recipients_of(occasion, kind).to
    }
    known = message_states(keys.values())
    written = sum(
        write_to(pk, announcement=announcement, at=at) for pk, key in keys.items() if key not in known
    )
    if written:
        record("queue", announcement, by=None, at=at, mails=written)
    return written


@transaction.atomic
def write_to(registration_pk: int, *, announcement: Announcement, at: datetime) -> bool:
    """Put the mail of one person into the outbox, if it still concerns that person; return whether it does."""
    kind, bookings = announcement.kind, Booking.objects.filter(registration=registration_pk).order_by("id")
    states = {booking.state for booking in bookings.select_for_update(no_key=True)}
    locked = Occasion.objects.select_for_update(no_key=True, of=("self",))
    occasion = locked.get(pk=announcement.occasion_id)
    if occasion.version != announcement.version or obstacle_to(kind, occasion, at=at):
        return False
    registration = Registration.objects.get(pk=registration_pk)
    before = known_before(registration, list(occasion.moves.all()), announced=last_announced_move(occasion))
    wishes = Wish.objects.filter(registration=registration).exists()
    if left_out(registration, kind=kind, occasion=occasion, states=states, wishes=wishes, before=before):
        return False
    path = survey_path(registration) if kind == AnnouncementKind.SURVEY else None
    if kind == AnnouncementKind.SURVEY and path is None:
        return False
    mail = announcement_mail(
        kind, registration=registration, words=announcement.words, before=before, path=path, at=at
    )
    queue_message(mail, at=at)
    return True


def queue_reminders(*, at: datetime) -> int:
    """Put the reminders that are due into the outbox; return how many mails that is. Running it again adds none."""
    return sum(remind(occasion, kind=kind, at=at) for occasion, kind in reminders_due(at=at))


def remind(occasion: Occasion, *, kind: str, at: datetime) -> int:
    """Put one reminder of one occasion into the outbox; return for how many people."""
    announcement, _created = Announcement.objects.get_or_create(
        occasion=occasion, kind=kind, version=occasion.version
    )
    written = queue_announcement(announcement, at=at)
    if written:
        Announcement.objects.filter(pk=announcement.pk, sent_at=None).update(sent_at=at)
    return written


@transaction.atomic
def withdraw_outdated(occasion: Occasion, *, at: datetime) -> int:
    """Take out of the outbox what a change of an occasion made wrong; return how many mails.

    After a cancellation: whatever speaks of it as of something to come. After a new date (the one of ``at``): the
    reminders of the old one.
    """
    people = [about(pk) for pk in occasion.registrations.values_list("pk", flat=True)]
    count = 0
    if occasion.cancelled_at:
        count = withdraw_messages(about=people, kinds=OF_SOMETHING_TO_COME)
    elif Move.objects.filter(occasion=occasion, version=occasion.version, at=at).exists():
        count = withdraw_messages(about=people, kinds=OF_A_DATE)
    if count:
        record("unqueue", occasion, by=None, at=at, mails=count)
    return count


def lock_announcement(occasion: Occasion, kind: str) -> Announcement:
    """Lock the mail of this kind about the present version of the date, made if there is none yet."""
    Announcement.objects.get_or_create(occasion=occasion, kind=kind, version=occasion.version)
    return Announcement.objects.select_for_update().get(
        occasion=occasion, kind=kind, version=occasion.version
    )
