"""The sheet that people sign at the door when paper is easier: one for each slot, with lines for the unregistered."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from creasol.foundation import dates
from creasol.foundation.numbers import number
from creasol.foundation.printing import pdf_of
from creasol.foundation.text import french_spaces

from .models import Occasion, Slot
from .queries.check_in import Person, lines_to_sign

SHEET = "places/typst/attendance_sheet.typ"
BLANK_LINES = 12


def sheet(occasion: Occasion, slots: Collection[Slot], *, at: datetime) -> bytes:
    """Return the PDF of the sign-in sheets of some slots of an occasion, as registered at that moment."""
    return pdf_of(SHEET, sheet_of(occasion, slots, at=at), at=at)


def sheet_of(occasion: Occasion, slots: Collection[Slot], *, at: datetime) -> dict:
    """Return what the template reads."""
    lines = lines_to_sign(occasion, slots)
    return {
        "language": get_language(),
        "title": french_spaces(occasion.title),
        "when": dates.moment(occasion.starts_at, occasion.ends_at),
        "made": _("Registrations as of %(moment)s") % {"moment": dates.moment(at)},
        "blank": BLANK_LINES,
        "slots": [slot_of(slot, lines[slot.pk]) for slot in slots],
        "words": {
            "kind": _("Sign-in sheet"),
            "first_name": _("First name"),
            "organisation": _("Organisation"),
            "number": _("Number"),
            "signature": _("Signature"),
            "not_registered": _("Those who did not register"),
            "note": _("What becomes of this sheet"),
            "explained": french_spaces(
                _(
                    "It serves to count who came, and nothing else: signing is not an obligation, a first name is "
                    "enough. The team notes the numbers on the site, then destroys the sheet within %(days)s."
                )
                % {"days": kept(occasion.keep_days)}
            ),
        },
    }


def slot_of(slot: Slot, people: Collection[Person]) -> dict:
    """Return a slot with the lines to sign."""
    times = dates.moment(slot.starts_at, slot.ends_at) if slot.starts_at else ""
    expected = sum(person.size for person in people)
    return {
        "name": french_spaces(str(slot)),
        "times": times,
        "expected": ngettext("%(count)s person expected", "%(count)s people expected", expected)
        % {"count": number(expected)},
        "lines": [[person.name, person.organisation, number(person.size)] for person in people],
    }


def kept(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
