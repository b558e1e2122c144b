"""Where a report stands: looked at on its row, held until the end of the transaction."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from creasol.reports.enums import REPORT_TRANSITIONS, ReportState
from creasol.reports.models import Report


def locked(report: Report) -> Report:
    """Return the row of a report as it stands, held until the end of the transaction."""
    return Report.objects.select_for_update().get(pk=report.pk)


def bring_to(report: Report, state: ReportState) -> None:
    """Set the state as the table of transitions allows, looking at the row as it stands; the caller saves."""
    current = locked(report)
    if state not in REPORT_TRANSITIONS[ReportState(current.state)]:
        words = {"now": current.get_state_display(), "wanted": state.label}
        raise ValidationError(_("This diagnosis is %(now)s: it cannot become %(wanted)s.") % words)
    report.state = state


def refuse_unless_drafting(report: Report) -> None:
    """Raise ValidationError when a report is with its readers or published; hold its row meanwhile."""
    current = locked(report)
    if current.state != ReportState.DRAFTING:
        words = {"state": current.get_state_display()}
        raise ValidationError(_("This diagnosis is %(state)s: nobody writes in it now.") % words)
