from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "creasol.mailing"
    label = "mailing"
