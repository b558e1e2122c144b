from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from creasol.foundation.navigation import Entry


class ProgrammesConfig(AppConfig):
    name = "creasol.programmes"
    label = "programmes"
    navigation = (
        Entry(
            zone="main",
            order=10,
            label=_("Programme"),
            url_name="programmes:programme_list",
            also=("/editions/",),
        ),
        Entry(
            zone="desk",
            order=20,
            label=_("Editions"),
            url_name="programmes:desk_editions",
            icon="flag",
            permission="programmes.plan_edition",
        ),
        Entry(
            zone="desk",
            order=60,
            label=_("People and roles"),
            url_name="programmes:desk_people",
            icon="users",
            permission="programmes.grant_membership",
        ),
    )

    def ready(self):
        import_module("creasol.programmes.receivers")
