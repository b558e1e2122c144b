from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from . import actions
from .periodic import periodic


@periodic(every=timedelta(days=1), offset=timedelta(hours=2))
@task()
def purge_jobs() -> int:
    """Forget old jobs."""
    return actions.purge_jobs(at=timezone.now())
