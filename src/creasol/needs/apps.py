from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class NeedsConfig(AppConfig):
    name = "creasol.needs"
    label = "needs"
    navigation = (
        Entry(zone="main", order=30, label=_("Needs"), url_name="needs:need_list"),
        Entry(
            zone="desk",
            order=25,
            label=_("Needs"),
            url_name="needs:desk_needs",
            icon="target",
            permission="needs.record_need",
        ),
        Entry(
            zone="desk",
            order=24,
            label=_("What people said"),
            url_name="needs:desk_contributions",
            icon="message-circle",
            permission="needs.settle_contribution",
        ),
    )

    def ready(self):
        import_module("creasol.needs.receivers")
