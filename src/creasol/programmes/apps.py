from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "creasol.programmes"
    label = "programmes"
