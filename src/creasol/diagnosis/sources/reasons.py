"""The words for what happened to rows, by the keys that reports hold."""

from django.utils.translation import gettext_lazy as _

REFUSED = {
    "malformed": _("Malformed line"),
    "bad-code": _("Not a code of commune"),
    "hidden-commune": _("Commune hidden by partial diffusion ([ND])"),
    "no-commune": _("No commune: abroad or address unknown"),
    "unknown-commune": _("Code of commune unknown"),
    "no-value": _("Value missing or not a number"),
    "negative-value": _("Negative value"),
    "twice": _("Commune met twice"),
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
    "ess": _("Establishments of the social and solidarity economy"),
    "communes-without-row": _("Communes of today that the file does not tell about"),
    "listed": _("Establishments of the imported list"),
}
