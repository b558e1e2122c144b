from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class NetworkConfig(AppConfig):
    name = "creasol.network"
    label = "network"
    navigation = (
        Entry(zone="main", order=40, label=_("Directory"), url_name="network:organisation_list"),
        Entry(
            zone="desk",
            order=40,
            label=_("Directory"),
            url_name="network:desk_organisations",
            icon="building-2",
            permission="network.register_organisation",
        ),
    )

    def ready(self):
        import_module("creasol.network.receivers")
