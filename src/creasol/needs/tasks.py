from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from creasol.jobs.periodic import periodic

from .actions import anonymise_contributions


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
@task()
def forget_old_contacts() -> None:
    """Erase the names and the contacts that were kept long enough."""
    anonymise_contributions(at=timezone.now())
