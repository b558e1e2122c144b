from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    name = "creasol.diagnosis"
    label = "diagnosis"
