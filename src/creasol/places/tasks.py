from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from creasol.jobs.periodic import periodic

from .actions import bookings, forgetting


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
