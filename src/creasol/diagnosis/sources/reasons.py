"""The words for what happened to rows, by the keys that reports hold."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

REFUSED = {
    "malformed": _("Malformed line"),
    "bad-code": _("Not a code of commune"),
    "bad-siret": _("SIRET that has not 14 digits"),
    "hidden-commune": _("Commune hidden by partial diffusion ([ND])"),
    "no-commune": _("No commune: abroad or address unknown"),
    "unknown-commune": _("Code of commune unknown"),
    "no-value": _("Value missing or not a number"),
    "negative-value": _("Negative value"),
    "twice": _("Commune met twice"),
    "bad-year": _("Year missing or not a year"),
    "mean-of-former": _("Former commune: its mean cannot be added to another’s"),
    "bad-geometry": _("Geometry that is not a valid polygon"),
    "no-code": _("Feature without the code of a commune"),
}
LEFT_ASIDE = {
    "closed-or-no-employee": _("Establishments closed or without employees"),
    "not-communes": _("Rows about other areas than communes"),
    "not-counts": _("Rows of another measure than the number of facilities"),
    "subtotals": _("Rows of totals, which would count the same facilities several times"),
    "other-period": _("Rows of another year"),
    "part-of-commune": _("Associated communes and districts, already counted in their commune"),
}
NOTES = {
    "folded": _("Rows of former codes, counted in today’s commune"),
    "natural-persons": _("Employers who are natural persons: counted in the totals, nothing else kept"),
    "no-legal-unit": _("Employers whose legal unit is not in the files"),
    "hidden-name": _("Names not disclosed"),
    "listed": _("SIREN numbers of the list, counted as if they were flagged"),
    "ess": _("Establishments of the social and solidarity economy"),
    "communes-without-row": _("Communes of today that the file does not tell about"),
}


def account(report: dict) -> list[tuple[str, int]]:
    """Return the lines of a stored report (`report.Report` as a dict): what, and how many rows."""
    return [
        (_("Rows read"), report["rows_read"]),
        (_("Rows used"), report["rows_used"]),
        *((LEFT_ASIDE[key], count) for key, count in report["left_aside"].items()),
        *(
            (format_lazy(_("Refused: {reason}"), reason=REFUSED[key]), count)
            for key, count in report["refused"].items()
        ),
        *((NOTES[key], count) for key, count in report["notes"].items()),
    ]


def places_of_refusals(report: dict) -> list[tuple[str, str, str]]:
    """Return the first refused rows of a stored report: where, why, and what was met."""
    return [
        (
            _("%(file)s, line %(line)s") % example if example["line"] else example["file"],
            REFUSED[example["reason"]],
            example["met"],
        )
        for example in report["examples"]
    ]
