from importlib import import_module

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "creasol.places"
    label = "places"

    def ready(self):
        import_module("creasol.places.receivers")
