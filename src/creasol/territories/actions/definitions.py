"""Define, revise and remove territories."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.territories.enums import OFFICIAL_KINDS, TerritoryKind
from creasol.territories.models import Commune, Territory
from creasol.territories.queries import uses_of

LONGEST_SLUG = 80


@transaction.atomic
def define_territory(
    *,
    name: str,
    kind: TerritoryKind | str,
    communes: Iterable[Commune],
    reference: Territory | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = "",
    description: str = "",
    slug: str = "",
    by: User | None,
    at: datetime,
) -> Territory:
    """Define a territory as a set of communes, from one day to another; without ``slug``, its name makes it.

    Raises ValidationError: no commune, an official kind, days in the wrong order, an address already taken,
    the name and days of another definition.
    """
    territory = Territory(slug=slug or free_slug(name, valid_from))
    write(
        territory,
        communes=communes,
        name=name,
        kind=kind,
        reference=reference,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        description=description,
    )
    record("define", territory, by=by, at=at)
    return territory


@transaction.atomic
def revise_territory(
    territory: Territory,
    *,
    name: str,
    kind: TerritoryKind | str,
    communes: Iterable[Commune],
    reference: Territory | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = "",
    description: str = "",
    by: User | None,
    at: datetime,
) -> Territory:
    """Change the definition of a territory; its address stays.

    Raises ValidationError as ``define_territory`` does, and for an official territory, which follows the
    reference data.
    """
    refuse_official(territory)
    write(
        territory,
        communes=communes,
        name=name,
        kind=kind,
        reference=reference,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        description=description,
    )
    record("revise", territory, by=by, at=at)
    return territory


@transaction.atomic
def remove_territory(territory: Territory, *, by: User | None, at: datetime) -> None:
    """Remove a territory that nothing stands on. Raises ValidationError naming what does."""
    refuse_official(territory)
    if uses := uses_of(territory):
        listed = ", ".join(f"{name} ({count})" for name, count in uses)
        raise ValidationError(_("This territory is in use: %(uses)s.") % {"uses": listed})
    record("remove", territory, by=by, at=at)
    territory.delete()


def refuse_official(territory: Territory) -> None:
    """Raise ValidationError for a territory that comes with the reference data."""
    if territory.is_official:
        raise ValidationError(
            _("An official territory follows the reference data: it is not changed by hand.")
        )


def write(
    territory: Territory,
    *,
    communes: Iterable[Commune],
    name: str,
    kind: TerritoryKind | str,
    reference: Territory | None,
    valid_from: date | None,
    valid_to: date | None,
    source: str,
    description: str,
) -> None:
    """Check and save a definition."""
    communes = list(communes)
    if not communes:
        raise ValidationError({"communes": _("A territory is made of at least one commune.")})
    if kind in OFFICIAL_KINDS:
        raise ValidationError({"kind": _("Official territories come with the reference data.")})
    refuse_circle(territory, reference)
    territory.name = name.strip()
    territory.sort_name = fold(name)
    territory.kind = kind
    territory.reference = reference
    territory.valid_from = valid_from
    territory.valid_to = valid_to
    territory.source = source.strip()
    territory.description = description.strip()
    refuse_twin(territory)
    territory.full_clean()
    territory.save()
    territory.communes.set(communes)


def refuse_twin(territory: Territory) -> None:
    """Refuse a second definition of the same name and days: nobody could tell them apart."""
    same = Territory.objects.exclude(pk=territory.pk).filter(
        code="", name=territory.name, valid_from=territory.valid_from, valid_to=territory.valid_to
    )
    if same.exists():
        raise ValidationError({"name": _("A territory of this name is already defined for these days.")})


def refuse_circle(territory: Territory, reference: Territory | None) -> None:
    """Refuse a reference that leads back to the territory."""
    while reference is not None:
        if territory.pk and reference.pk == territory.pk:
            raise ValidationError(
                {"reference": _("A territory cannot be its own reference, even through another.")}
            )
        reference = reference.reference


def free_slug(name: str, valid_from: date | None) -> str:
    """Return an address nobody has: the name, then with its first year, then with a number."""
    stem = fold(name).replace(" ", "-")[: LONGEST_SLUG - 10].strip("-")
    dated = f"{stem}-{valid_from.year}" if valid_from else stem
    candidates = [stem, dated, *(f"{dated}-{number}" for number in range(2, 1000))]
    taken = set(Territory.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(candidate for candidate in candidates if candidate not in taken)
