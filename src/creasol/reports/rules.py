"""Who may do what with written diagnoses: staff of the programme opens and publishes, whoever is invited writes."""

import rules

from creasol.programmes.rules import is_coordinator_or_administrator, is_staff

from .queries.reports import is_drafter


@rules.predicate
def is_invited(user, report=None):
    return user.is_authenticated and user.is_active and is_drafter(user, report)


rules.add_perm("reports.open_report", is_staff)
rules.add_perm("reports.write_report", is_staff | is_invited)
rules.add_perm("reports.invite_drafter", is_staff)
rules.add_perm("reports.publish_report", is_coordinator_or_administrator)
