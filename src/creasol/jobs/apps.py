from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "creasol.jobs"
    label = "jobs"
