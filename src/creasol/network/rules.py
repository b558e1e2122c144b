"""Who may do what in the directory: staff everything, a member what concerns the own organisation."""

import rules
from django.utils import timezone

from creasol.programmes.rules import is_staff

from .queries.mandates import speaks_for

is_member = rules.predicate(
    lambda user, organisation=None: (
        user.is_authenticated and user.is_active and speaks_for(user, organisation, on=timezone.localdate())
    ),
    name="is_member",
)

rules.add_perm("network.register_organisation", is_staff)
rules.add_perm("network.give_mandate", is_staff)
rules.add_perm("network.see_contacts", is_staff)
rules.add_perm("network.revise_organisation", is_staff | is_member)
