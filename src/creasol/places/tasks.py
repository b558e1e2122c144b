from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from creasol.jobs.periodic import periodic

from .actions import announcements, bookings, forgetting
from .queries.announcements import announcement_to_send


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
@task()
def forget_occasions() -> int:
    """Erase the names whose delay has passed; answer how many occasions lost some."""
    return len(forgetting.forget_occasions(at=timezone.now()))


@periodic(every=timedelta(minutes=5))
@task()
def expire_offers() -> int:
    """Close the offers whose delay has passed, and offer their places to the next."""
    return bookings.expire_offers(at=timezone.now())


@task()
def queue_announcement(announcement: int) -> int:
    """Put a mail to everyone into the outbox; answer for how many people."""
    return announcements.queue_announcement(announcement_to_send(announcement), at=timezone.now())


@periodic(every=timedelta(minutes=10))
@task()
def queue_reminders() -> int:
    """Put the reminders that are due into the outbox; answer how many mails that is."""
    return announcements.queue_reminders(at=timezone.now())
