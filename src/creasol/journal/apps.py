from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "creasol.journal"
    label = "journal"
