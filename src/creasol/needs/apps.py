from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "creasol.needs"
    label = "needs"
    navigation = ()
