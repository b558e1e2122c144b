"""An organisation of the directory: registered, revised, moved to today's commune."""

from dataclasses import fields
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.network.drafts import OrganisationDraft
from creasol.network.models import Organisation
from creasol.territories.models import Commune


@transaction.atomic
def register_organisation(
    draft: OrganisationDraft, *, by: User | None, at: datetime, is_example: bool = False
) -> Organisation:
    """Bring an organisation into the directory.

    Raises ValidationError: a wrong or taken SIRET or activity; no SIRET, and the name and commune of another.
    """
    refuse_twin(draft)
    organisation = Organisation(slug=free_slug(draft.name), is_example=is_example)
    save_organisation(organisation, draft)
    record("register", organisation, by=by, at=at)
    return organisation


@transaction.atomic
def revise_organisation(
    organisation: Organisation, draft: OrganisationDraft, *, by: User, at: datetime
) -> None:
    """Change what the directory says; the address of the page stays. ValidationError as for registering."""
    save_organisation(organisation, draft)
    record("revise", organisation, by=by, at=at)


@transaction.atomic
def move_to_todays_commune(*, former: Commune, commune: Commune) -> None:
    """Move the organisations of a commune that was merged into another."""
    for organisation in Organisation.objects.filter(commune=former):
        organisation.commune = commune
        organisation.save(update_fields=["commune"])
        record("move", organisation, by=None)


def save_organisation(organisation: Organisation, draft: OrganisationDraft) -> None:
    """Write the draft into the organisation, and what the search reads."""
    for field in fields(draft):
        setattr(organisation, field.name, getattr(draft, field.name))
    place = draft.commune.name if draft.commune else ""
    organisation.sort_name = fold(draft.name)
    organisation.words = f" {fold(f'{draft.name} {draft.acronym} {place} {organisation.activity}')}"[:400]
    organisation.full_clean()
    organisation.save()


def refuse_twin(draft: OrganisationDraft) -> None:
    """Refuse a second organisation of one name and commune that no number tells from the first."""
    same = Organisation.objects.filter(
        sort_name=fold(draft.name), commune=draft.commune, merged_into__isnull=True
    )
    if not draft.siret and same.exists():
        raise ValidationError(
            {
                "name": _(
                    "An organisation of this name and commune is already in the directory. "
                    "If this is another one, give its SIRET."
                )
            }
        )


def free_slug(name: str) -> str:
    """Return an address made from ``name`` that no organisation has yet."""
    wanted = slugify(name)[:110] or "organisation"
    slug, number = wanted, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
