"""Who may do what about gatherings: the staff of the programme that they are of."""

import rules

from creasol.programmes.rules import is_staff

rules.add_perm("gatherings.plan_gathering", is_staff)
