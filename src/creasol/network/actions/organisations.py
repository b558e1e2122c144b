"""An organisation of the directory: registered, revised, moved to today's commune."""

from dataclasses import fields
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.network.drafts import OrganisationDraft
from creasol.network.enums import OriginKind
from creasol.network.fields import TRACKED, stored_value
from creasol.network.models import Organisation
from creasol.territories.models import Commune

from .origins import Provenance, note_origins


@transaction.atomic
def register_organisation(
    draft: OrganisationDraft,
    *,
    by: User | None,
    at: datetime,
    is_example: bool = False,
    provenance: Provenance | None = None,
) -> Organisation:
    """Bring an organisation into the directory.

    Raises ValidationError: a wrong or taken SIRET or activity; no SIRET, and the name and commune of another.
    ``provenance`` tells where what is said comes from: the staff, that day, when it is not given.
    """
    refuse_twin(draft)
    organisation = Organisation(slug=free_slug(draft.name), is_example=is_example)
    save_organisation(organisation, draft)
    said = [field for field in TRACKED if stored_value(organisation, field)]
    note_origins(organisation, said, provenance or said_by(by, at=at, kind=OriginKind.STAFF))
    record("register", organisation, by=by, at=at)
    return organisation


@transaction.atomic
def revise_organisation(
    organisation: Organisation,
    draft: OrganisationDraft,
    *,
    by: User,
    at: datetime,
    kind: OriginKind = OriginKind.STAFF,
) -> None:
    """Change what the directory says; the address of the page stays. ValidationError as for registering.

    A field that changed now comes from ``kind``, the staff or a member; the others keep their origin. ValidationError
    too when the entry was merged into another since it was read.
    """
    former = Organisation.everything.select_for_update().get(pk=organisation.pk)
    if former.merged_into_id is not None:
        raise ValidationError(_("This entry was merged into another."))
    save_organisation(organisation, draft)
    changed = [field for field in TRACKED if stored_value(former, field) != stored_value(organisation, field)]
    note_origins(organisation, changed, said_by(by, at=at, kind=kind))
    record("revise", organisation, by=by, at=at)


@transaction.atomic
def move_to_todays_commune(*, former: Commune, commune: Commune) -> None:
    """Move the organisations of a commune that was merged into another."""
    for organisation in Organisation.everything.filter(commune=former):
        organisation.commune = commune
        organisation.save(update_fields=["commune"])
        record("move", organisation, by=None)


def said_by(by: User | None, *, at: datetime, kind: OriginKind) -> Provenance:
    """Return the provenance of what a person writes that day."""
    return Provenance(kind, timezone.localtime(at).date(), by=by)


def save_organisation(organisation: Organisation, draft: OrganisationDraft) -> None:
    """Write the draft into the organisation, and what the search reads."""
    for field in fields(draft):
        setattr(organisation, field.name, getattr(draft, field.name))
    write_words(organisation)
    organisation.full_clean()
    organisation.save()


def write_words(organisation: Organisation) -> None:
    """Set what the search and the order of lists read."""
    place = organisation.commune.name if organisation.commune else ""
    words = f"{organisation.name} {organisation.acronym} {place} {organisation.activity}"
    organisation.sort_name = fold(organisation.name)[:160]
    organisation.words = f" {fold(words)}"[:400]


def refuse_twin(draft: OrganisationDraft) -> None:
    """Refuse a second organisation of one name and commune that no number tells from the first."""
    same = Organisation.objects.filter(sort_name=fold(draft.name), commune=draft.commune)
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
    taken = set(Organisation.everything.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next_slug(wanted, taken)


def next_slug(wanted: str, taken: set[str]) -> str:
    """Return ``wanted``, numbered when it is ``taken``."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
