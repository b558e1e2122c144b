from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class JobsConfig(AppConfig):
    name = "creasol.jobs"
    label = "jobs"
    navigation = (
        Entry(
            zone="desk",
            order=90,
            label=_("Background work"),
            url_name="jobs:job_list",
            icon="clock",
            permission="jobs.see_jobs",
        ),
    )

    def ready(self):
        """Let every app declare its tasks: a worker knows the periodic ones from there."""
        autodiscover_modules("tasks")
