"""Who may bring official files in."""

import rules

from creasol.programmes.rules import is_coordinator_or_administrator

rules.add_perm("diagnosis.import_source", is_coordinator_or_administrator)
