from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class PortalConfig(AppConfig):
    name = "creasol.portal"
    label = "portal"
    navigation = (
        Entry(zone="header", order=10, label=_("Search the site"), url_name="portal:search", icon="search"),
        Entry(zone="desk", order=0, label=_("Desk"), url_name="portal:desk", icon="inbox"),
        Entry(zone="footer", order=10, label=_("About"), url_name="portal:about"),
        Entry(zone="footer", order=20, label=_("Open data and API"), url_name="portal:open_data"),
        Entry(zone="footer", order=30, label=_("Accessibility"), url_name="portal:accessibility"),
        Entry(zone="footer", order=40, label=_("Personal data"), url_name="portal:privacy"),
        Entry(zone="footer", order=50, label=_("Legal notice"), url_name="portal:legal"),
    )

    def ready(self):
        import_module("creasol.portal.receivers")
