"""A programme and its objectives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.programmes.models import Objective, Programme
from creasol.territories.models import Territory


@dataclass(frozen=True)
class ObjectiveDraft:
    """What an objective shall say; ``pk`` names the one it replaces, None a new one."""

    title: str
    description: str = ""
    pk: int | None = None


@transaction.atomic
def create_programme(
    *,
    name: str,
    territory: Territory | None,
    at: datetime,
    by: User | None,
    slug: str = "",
    tagline: str = "",
    description: str = "",
    framework: str = "",
    started_on: date | None = None,
    objectives: Sequence[ObjectiveDraft] = (),
) -> Programme:
    """Create a programme that goes in turn over the parts of ``territory``; ValidationError when unfit."""
    programme = Programme(slug=slug or slugify(name))
    save_programme(
        programme,
        objectives,
        name=name,
        territory=territory,
        tagline=tagline,
        description=description,
        framework=framework,
        started_on=started_on,
    )
    record("create", programme, by=by, at=at)
    return programme


@transaction.atomic
def revise_programme(
    programme: Programme,
    *,
    name: str,
    territory: Territory | None,
    tagline: str,
    description: str,
    framework: str,
    started_on: date | None,
    objectives: Sequence[ObjectiveDraft],
    by: User,
    at: datetime,
) -> None:
    """Change what a programme says and its objectives, in the order given; ValidationError when unfit."""
    save_programme(
        programme,
        objectives,
        name=name,
        territory=territory,
        tagline=tagline,
        description=description,
        framework=framework,
        started_on=started_on,
    )
    record("revise", programme, by=by, at=at)


def save_programme(programme: Programme, objectives: Sequence[ObjectiveDraft], **fields: object) -> None:
    """Write the programme and exactly these objectives."""
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save()
    kept = {draft.pk for draft in objectives if draft.pk}
    programme.objectives.exclude(pk__in=kept).delete()
    known = programme.objectives.in_bulk(kept)
    for position, draft in enumerate(objectives, 1):
        objective = known.get(draft.pk) or Objective(programme=programme)
        objective.position, objective.title, objective.description = position, draft.title, draft.description
        objective.full_clean()
        objective.save()
