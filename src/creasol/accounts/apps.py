from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "creasol.accounts"
    label = "accounts"

    def ready(self):
        import_module("creasol.accounts.receivers")
