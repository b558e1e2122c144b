"""What the directory says of an organisation, before it is written or as it stands."""

from dataclasses import dataclass, fields

from creasol.territories.models import Commune

from .models import Organisation


@dataclass(frozen=True, kw_only=True)
class OrganisationDraft:
    """Everything the directory says of an organisation."""

    name: str
    acronym: str = ""
    siret: str | None = None
    rna: str | None = None
    legal_category: str = ""
    activity_code: str = ""
    commune: Commune | None = None
    address: str = ""
    description: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    listed: bool = True


def draft_of(organisation: Organisation) -> OrganisationDraft:
    """Return what the directory says of an organisation now."""
    return OrganisationDraft(
        **{field.name: getattr(organisation, field.name) for field in fields(OrganisationDraft)}
    )
