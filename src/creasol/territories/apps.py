from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "creasol.territories"
    label = "territories"
