"""Who holds which role."""

from datetime import date

from django.db.models import QuerySet

from creasol.accounts.models import User
from creasol.programmes.enums import Role
from creasol.programmes.models import Membership


def current_roles(user: User, *, on: date) -> frozenset[tuple[int, Role]]:
    """Return the roles that ``user`` holds on that day, as pairs (id of the programme, role)."""
    rows = Membership.objects.filter(user=user).current(on).values_list("programme_id", "role")
    return frozenset((programme, Role(role)) for programme, role in rows)


def memberships_by_person(*, on: date) -> QuerySet[Membership]:
    """Return the memberships held on that day with their user and programme, sorted by person."""
    return (
        Membership.objects.current(on)
        .select_related("user", "programme")
        .order_by("user__name", "user__email", "programme__name", "role")
    )
