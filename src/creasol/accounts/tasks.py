from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django_tasks import task

from creasol.jobs.periodic import periodic


@periodic(every=timedelta(days=1), offset=timedelta(hours=2))
@task()
def forget_old_sessions() -> None:
    """Delete the sessions that have expired."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
