"""Who sees what at the desk."""

import rules

from creasol.programmes.rules import is_elected_official, is_funder, is_staff

rules.add_perm("portal.see_work", is_staff)
rules.add_perm("portal.see_results", is_staff | is_elected_official | is_funder)
