"""Who may do what in the directory: staff everything, a member what concerns the own organisation."""

import rules
from django.utils import timezone

from creasol.programmes.rules import is_staff

from .queries.mandates import speaks_for


@rules.predicate
def is_member(user, organisation=None):
    return (
        user.is_authenticated and user.is_active and speaks_for(user, organisation, on=timezone.localdate())
    )


@rules.predicate
def is_listed(user, organisation=None):
    return organisation is not None and organisation.listed


rules.add_perm("network.see_organisation", is_listed | is_staff | is_member)
rules.add_perm("network.register_organisation", is_staff)
rules.add_perm("network.merge_organisations", is_staff)
rules.add_perm("network.give_mandate", is_staff)
rules.add_perm("network.see_contacts", is_staff)
rules.add_perm("network.revise_organisation", is_staff | is_member)
