from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "creasol.reports"
    label = "reports"
    navigation = ()
