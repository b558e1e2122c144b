from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class MailingConfig(AppConfig):
    name = "creasol.mailing"
    label = "mailing"
    navigation = (
        Entry(
            zone="desk",
            order=80,
            label=_("Outbox"),
            url_name="mailing:message_list",
            icon="mail",
            permission="mailing.see_outbox",
        ),
    )

    def ready(self):
        import_module("creasol.mailing.receivers")
