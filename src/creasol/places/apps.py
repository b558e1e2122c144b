from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class PlacesConfig(AppConfig):
    name = "creasol.places"
    label = "places"
    navigation = (
        Entry(
            zone="desk",
            order=23,
            label=_("Venues and calendars"),
            url_name="places:venues",
            icon="map-pin",
            permission="places.manage_venues",
        ),
        Entry(zone="desk", order=94, label=_("My calendar"), url_name="places:my_calendar", icon="calendar"),
    )

    def ready(self):
        import_module("creasol.places.receivers")
