from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "creasol.foundation"
    label = "foundation"
