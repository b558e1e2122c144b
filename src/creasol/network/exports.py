"""The directory as rows: public fields, never a person."""

from typing import Any

from django.utils.translation import gettext as _

from .models import Organisation


def organisation_header() -> list[str]:
    """Return the headings of ``organisation_row``."""
    return [
        _("name"),
        _("acronym"),
        _("SIRET"),
        _("activity (NAF)"),
        _("activity"),
        _("INSEE code"),
        _("commune"),
        _("website"),
        _("made-up example"),
    ]


def organisation_row(organisation: Organisation) -> list[Any]:
    """Return an organisation as a row."""
    commune = organisation.commune
    return [
        organisation.name,
        organisation.acronym,
        organisation.siret,
        organisation.activity_code,
        organisation.activity,
        commune.code if commune else None,
        commune.name if commune else None,
        organisation.website,
        _("yes") if organisation.is_example else _("no"),
    ]
