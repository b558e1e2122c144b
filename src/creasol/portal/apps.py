from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "creasol.portal"
    label = "portal"
