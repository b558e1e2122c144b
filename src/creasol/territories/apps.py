from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class TerritoriesConfig(AppConfig):
    name = "creasol.territories"
    label = "territories"
    navigation = (
        Entry(
            zone="main",
            order=20,
            label=_("Territories"),
            url_name="territories:territory_list",
            also=("/communes/",),
        ),
        Entry(
            zone="desk",
            order=30,
            label=_("Territories"),
            url_name="territories:manage",
            icon="map",
            permission="territories.define_territory",
        ),
    )
