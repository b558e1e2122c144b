"""Roles: granted to people, ended, never erased while the person stays."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.actions import invite_user
from creasol.accounts.models import User
from creasol.journal.actions import record, relabel
from creasol.programmes.enums import Role
from creasol.programmes.models import Membership, Programme


@transaction.atomic
def grant_membership(
    *,
    programme: Programme,
    email: str,
    role: Role,
    since: date,
    by: User | None,
    at: datetime,
    name: str = "",
    until: date | None = None,
) -> Membership:
    """Give a role in ``programme`` to whoever signs in with this address; the person is invited when unknown.

    ValidationError when the person holds the role already or when the dates are reversed.
    """
    if until is not None and until < since:
        raise ValidationError({"until": _("The last day comes before the first.")})
    user = invite_user(email=email, name=name, by=by, at=at)
    held = Membership.objects.filter(programme=programme, user=user, role=role).current(since)
    if held.exists():
        raise ValidationError(
            _("%(person)s already is %(role)s in this programme.")
            % {"person": user, "role": Role(role).label}
        )
    membership = Membership(programme=programme, user=user, role=role, since=since, until=until)
    membership.full_clean()
    membership.save()
    record("grant", membership, by=by, at=at)
    return membership


@transaction.atomic
def forget_holder(user: User, *, pseudonym: str, at: datetime) -> None:
    """End the roles of ``user``, who goes, and let the journal speak of them by ``pseudonym``."""
    for membership in user.memberships.all():
        record("end", membership, by=None, at=at)
        relabel(membership, label=f"{pseudonym}, {membership.get_role_display()}")
        membership.delete()


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: User | None, at: datetime) -> None:
    """End a role: from ``on`` the person does not hold it any more. A role that never ran is deleted."""
    record("end", membership, by=by, at=at)
    if membership.since >= on:
        membership.delete()
        return
    membership.until = on - timedelta(days=1)
    membership.full_clean()
    membership.save(update_fields=["until"])
