"""Who may do what, computed from roles: nothing is stored per person and object.

A permission asked about nothing in particular is held by whoever holds the role in any programme; asked
about a programme, or about something of one, the role must be held there.
"""

import rules
from django.utils import timezone

from creasol.accounts.models import User

from .enums import Role
from .models import Programme
from .queries.memberships import current_roles


def roles_of(user: User) -> frozenset[tuple[int, Role]]:
    """Return today's roles of a user, read once per user object, so once per request."""
    if "roles" not in user.__dict__:
        user.__dict__["roles"] = current_roles(user, on=timezone.localdate())
    return user.__dict__["roles"]


def has_role(*roles: Role) -> rules.Predicate:
    """Return the predicate "holds one of these roles", in the object's programme when there is an object."""

    def holds(user, thing=None):
        if not (user.is_authenticated and user.is_active):
            return False
        programme = thing.pk if isinstance(thing, Programme) else getattr(thing, "programme_id", None)
        return any(
            role in roles and (programme is None or programme == where) for where, role in roles_of(user)
        )

    return rules.predicate(holds, name="has_role:" + ",".join(roles))


@rules.predicate
def is_administrator(user):
    return user.is_authenticated and user.is_active and user.is_administrator


is_coordinator = has_role(Role.COORDINATOR)
is_adviser = has_role(Role.ADVISER)
is_elected_official = has_role(Role.ELECTED_OFFICIAL)
is_funder = has_role(Role.FUNDER)
is_coordinator_or_administrator = is_administrator | is_coordinator
is_staff = is_coordinator_or_administrator | is_adviser


def staffed_programmes(user: User) -> frozenset[int]:
    """Return the programmes (ids) whose staff ``user`` is today: all of them for an administrator."""
    if is_administrator(user):
        return frozenset(Programme.objects.values_list("pk", flat=True))
    if not is_staff(user):
        return frozenset()
    return frozenset(pk for pk, _role in roles_of(user) if is_staff(user, Programme(pk=pk)))


rules.add_perm("programmes.revise_programme", is_coordinator_or_administrator)
rules.add_perm("programmes.plan_edition", is_coordinator_or_administrator)
rules.add_perm("programmes.grant_membership", is_coordinator_or_administrator)

# The floors beneath know no role: what they ask is answered here.
rules.add_perm("territories.define_territory", is_coordinator_or_administrator)
rules.add_perm("mailing.see_outbox", is_coordinator_or_administrator)
rules.add_perm("journal.see_journal", is_coordinator_or_administrator)
rules.add_perm("jobs.see_jobs", is_administrator)
rules.add_perm("accounts.close_account", is_administrator)
