from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class ReportsConfig(AppConfig):
    name = "creasol.reports"
    label = "reports"
    navigation = (
        Entry(zone="main", order=35, label=_("Diagnoses"), url_name="reports:report_list"),
        Entry(
            zone="desk",
            order=22,
            label=_("Written diagnoses"),
            url_name="reports:desk_reports",
            icon="file-text",
            permission="reports.write_report",
        ),
    )

    def ready(self):
        import_module("creasol.reports.receivers")
