from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class GatheringsConfig(AppConfig):
    name = "creasol.gatherings"
    label = "gatherings"

    def ready(self):
        import_module("creasol.gatherings.receivers")
