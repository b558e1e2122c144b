"""Who may do what about places: the staff of the programme that an occasion is of."""

import rules

from creasol.programmes.rules import is_staff

rules.add_perm("places.manage_occasion", is_staff)
rules.add_perm("places.manage_venues", is_staff)
