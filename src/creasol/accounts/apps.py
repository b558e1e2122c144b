from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "creasol.accounts"
    label = "accounts"
