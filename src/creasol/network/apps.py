from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "creasol.network"
    label = "network"
