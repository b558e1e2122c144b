from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class GatheringsConfig(AppConfig):
    name = "creasol.gatherings"
    label = "gatherings"
    navigation = (
        Entry(zone="main", order=15, label=_("Gatherings"), url_name="gatherings:gathering_list"),
        Entry(
            zone="desk",
            order=22,
            label=_("Gatherings"),
            url_name="gatherings:desk_gatherings",
            icon="calendar",
            permission="gatherings.plan_gathering",
        ),
    )

    def ready(self):
        import_module("creasol.gatherings.receivers")
