"""The activities of NAF rév. 2, INSEE's nomenclature.

Labels are content, in French: `data/naf-rev2.csv`, built by `tools/reference_data.py`. The sections, which that
file leaves out, are written here in few words and both languages, short enough for a bar's label or a choice.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas and steam"),
    "E": _("Water, sanitation, waste"),
    "F": _("Construction"),
    "G": _("Trade and repair of vehicles"),
    "H": _("Transport and storage"),
    "I": _("Accommodation and food service"),
    "J": _("Information and communication"),
    "K": _("Finance and insurance"),
    "L": _("Real estate"),
    "M": _("Professional, scientific and technical activities"),
    "N": _("Administrative and support services"),
    "O": _("Public administration"),
    "P": _("Education and training"),
    "Q": _("Health and social work"),
    "R": _("Arts, shows, sport and recreation"),
    "S": _("Associations and other services"),
    "T": _("Households as employers"),
    "U": _("Extra-territorial organisations"),
}
LAST_DIVISION = {
    "A": 3, "B": 9, "C": 33, "D": 35, "E": 39, "F": 43, "G": 47, "H": 53, "I": 56, "J": 63, "K": 66,
    "L": 68, "M": 75, "N": 82, "O": 84, "P": 85, "Q": 88, "R": 93, "S": 96, "T": 98, "U": 99,
}  # fmt: skip


def activity_label(code: str) -> str:
    """Return the label of an activity at any level ("88.10A", "8810A", "88.1", "88"); "" for an unknown code.

    >>> activity_label("88.10A")
    'Aide à domicile'
    """
    return labels().get(_dotted(code), "")


def division_label(code: str) -> str:
    """Return the label of the division (the first two digits) of an activity; "" for an unknown one."""
    return labels().get(code[:2], "")


def section_of(code: str) -> str:
    """Return the section (a letter) of an activity or a division; "" when the code says nothing.

    >>> section_of("88.10A"), section_of("00")
    ('Q', '')
    """
    division = code[:2]
    if not division_label(division):
        return ""
    return next(letter for letter, last in LAST_DIVISION.items() if int(division) <= last)


def divisions_of(section: str) -> tuple[str, ...]:
    """Return the divisions (two digits) of a section, none for an unknown one.

    >>> divisions_of("Q")
    ('86', '87', '88')
    """
    return tuple(
        f"{number:02}" for number in range(1, 100) if section and section_of(f"{number:02}") == section
    )


@cache
def labels() -> dict[str, str]:
    """Return every label of NAF rév. 2 by code, from the divisions to the sub-classes."""
    with (Path(__file__).parent / "data" / "naf-rev2.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file)}


def _dotted(code: str) -> str:
    digits = code.replace(".", "").upper()
    return f"{digits[:2]}.{digits[2:]}" if digits[2:] else digits
