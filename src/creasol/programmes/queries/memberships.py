"""Who holds which role."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from creasol.accounts.models import User
from creasol.programmes.enums import Role
from creasol.programmes.models import Membership, Programme


def current_roles(user: User, *, on: date) -> frozenset[tuple[int, Role]]:
    """Return the roles that ``user`` holds on that day, as pairs (id of the programme, role)."""
    rows = Membership.objects.filter(user=user).current(on).values_list("programme_id", "role")
    return frozenset((programme, Role(role)) for programme, role in rows)


def current_memberships(*, on: date) -> QuerySet[Membership]:
    """Return the memberships held on that day or later, with their user and programme, by person."""
    return (
        Membership.objects.not_ended(on)
        .select_related("user", "programme")
        .order_by("user__name", "user__email", "programme__name", "role")
    )


@dataclass(frozen=True)
class PersonRoles:
    """A person and the roles held now or from a later day on."""

    user: User
    memberships: tuple[Membership, ...]


def people(programmes: QuerySet[Programme], *, on: date) -> tuple[PersonRoles, ...]:
    """Return who holds a role in these programmes, by name."""
    rows = current_memberships(on=on).filter(programme__in=programmes)
    return tuple(
        PersonRoles(user, tuple(memberships)) for user, memberships in groupby(rows, key=lambda row: row.user)
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return every role a person holds or held, the latest first."""
    return Membership.objects.filter(user=user).select_related("programme").order_by("-since", "role")
