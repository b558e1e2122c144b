from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from creasol.jobs.periodic import periodic

from . import actions


@task()
def deliver_message(message: int) -> str | None:
    """Hand one message to the mail server."""
    return actions.deliver_message(message, at=timezone.now())


@periodic(every=timedelta(hours=1))
@task()
def purge_messages() -> int:
    """Erase sign-in codes out of date and old texts."""
    return actions.purge_messages(at=timezone.now())
