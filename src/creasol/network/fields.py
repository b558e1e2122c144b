"""What the directory keeps of an organisation, field by field, each with its origin."""

from typing import Any

from django.utils.translation import gettext as _

from .models import Organisation

TRACKED = (
    "name", "acronym", "siret", "rna", "legal_category", "activity_code", "commune", "address", "description",
    "email", "phone", "website",
)  # fmt: skip
NUMBERS = ("siret", "rna")
OF_REGISTER = ("name", "siret", "legal_category", "activity_code", "commune")
MERGED = (*TRACKED, "listed")
WITH_ADDRESS = ("longitude", "latitude")


def stored_value(organisation: Organisation, field: str) -> Any:
    """Return a field as JSON keeps it: a commune by its code."""
    return getattr(organisation, "commune_id" if field == "commune" else field)


def set_stored(organisation: Organisation, field: str, value: Any) -> None:
    """Set a field from what JSON kept."""
    setattr(organisation, "commune_id" if field == "commune" else field, value)


def field_label(field: str) -> str:
    """Return the name of a field as people read it."""
    return str(Organisation._meta.get_field(field).verbose_name)  # noqa: SLF001  Django's public way to ask


def shown_value(organisation: Organisation, field: str) -> str:
    """Return a field as people read it; nothing when it says nothing."""
    value = getattr(organisation, field)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def differing_fields(one: Organisation, other: Organisation) -> tuple[str, ...]:
    """Return the fields that two entries do not say alike."""
    return tuple(field for field in MERGED if stored_value(one, field) != stored_value(other, field))
