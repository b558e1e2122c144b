from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class JournalConfig(AppConfig):
    name = "creasol.journal"
    label = "journal"
    navigation = (
        Entry(
            zone="desk",
            order=85,
            label=_("Journal"),
            url_name="journal:entry_list",
            icon="list",
            permission="journal.see_journal",
        ),
    )

    def ready(self):
        import_module("creasol.journal.receivers")
