from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class AccountsConfig(AppConfig):
    name = "creasol.accounts"
    label = "accounts"
    navigation = (
        Entry(
            zone="desk",
            order=65,
            label=_("Accounts"),
            url_name="accounts:account_list",
            icon="users",
            permission="accounts.close_account",
        ),
        Entry(zone="desk", order=95, label=_("My account"), url_name="accounts:account", icon="circle-user"),
    )

    def ready(self):
        import_module("creasol.accounts.receivers")
