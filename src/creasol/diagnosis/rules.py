"""Who may bring official files in, add indicators, mobilise."""

import rules

from creasol.programmes.rules import is_administrator, is_coordinator_or_administrator, is_staff

rules.add_perm("diagnosis.import_source", is_coordinator_or_administrator)
rules.add_perm("diagnosis.add_indicator", is_coordinator_or_administrator)
rules.add_perm("diagnosis.mobilise", is_coordinator_or_administrator)
rules.add_perm("diagnosis.see_mobilisation", is_staff)
# The server itself goes to the address or the file that is named.
rules.add_perm("diagnosis.import_from_server", is_administrator)
