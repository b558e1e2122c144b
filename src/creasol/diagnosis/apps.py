from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class DiagnosisConfig(AppConfig):
    name = "creasol.diagnosis"
    label = "diagnosis"
    navigation = (
        Entry(
            zone="desk",
            order=45,
            label=_("Mobilisation"),
            url_name="diagnosis:mobilisation_list",
            icon="users",
            permission="diagnosis.see_mobilisation",
        ),
        Entry(
            zone="desk",
            order=50,
            label=_("Official files"),
            url_name="diagnosis:import_list",
            icon="upload",
            permission="diagnosis.import_source",
        ),
        Entry(
            zone="desk",
            order=52,
            label=_("Our indicators"),
            url_name="diagnosis:own_indicators",
            icon="chart-column",
            permission="diagnosis.add_indicator",
        ),
    )

    def ready(self):
        import_module("creasol.diagnosis.receivers")
