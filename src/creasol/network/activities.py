"""The labels of activities: NAF rév. 2, INSEE's French nomenclature (its words are content, in French).

Pure: reads `data/naf-rev2.csv`, built by `tools/reference_data.py`. The sections, which that file leaves
out, are written here from the official nomenclature.
"""

import csv
from functools import cache
from pathlib import Path

NOMENCLATURE = "NAFRev2"
SECTIONS = {
    "A": "Agriculture, sylviculture et pêche",
    "B": "Industries extractives",
    "C": "Industrie manufacturière",
    "D": "Production et distribution d'électricité, de gaz, de vapeur et d'air conditionné",
    "E": "Production et distribution d'eau ; assainissement, gestion des déchets et dépollution",
    "F": "Construction",
    "G": "Commerce ; réparation d'automobiles et de motocycles",
    "H": "Transports et entreposage",
    "I": "Hébergement et restauration",
    "J": "Information et communication",
    "K": "Activités financières et d'assurance",
    "L": "Activités immobilières",
    "M": "Activités spécialisées, scientifiques et techniques",
    "N": "Activités de services administratifs et de soutien",
    "O": "Administration publique",
    "P": "Enseignement",
    "Q": "Santé humaine et action sociale",
    "R": "Arts, spectacles et activités récréatives",
    "S": "Autres activités de services",
    "T": (
        "Activités des ménages en tant qu'employeurs ; activités indifférenciées des ménages "
        "en tant que producteurs de biens et services pour usage propre"
    ),
    "U": "Activités extra-territoriales",
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


def section_label(letter: str) -> str:
    """Return the label of a section; "" for an unknown one."""
    return SECTIONS.get(letter, "")


@cache
def labels() -> dict[str, str]:
    """Return every label of NAF rév. 2 by code, from the divisions to the sub-classes."""
    with (Path(__file__).parent / "data" / "naf-rev2.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file)}


def _dotted(code: str) -> str:
    digits = code.replace(".", "").upper()
    return f"{digits[:2]}.{digits[2:]}" if digits[2:] else digits
