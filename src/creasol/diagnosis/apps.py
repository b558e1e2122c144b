from importlib import import_module

from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    name = "creasol.diagnosis"
    label = "diagnosis"

    def ready(self):
        import_module("creasol.diagnosis.receivers")
