"""The official numbers of an organisation, and plain words about what is wrong with one."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.fr import siret

from .activities import activity_label


def compact_siret(text: str) -> str | None:
    """Return a SIRET without its spaces and dots; None for an empty one."""
    return siret.compact(text).replace(" ", "") or None


def validate_siret(number: str) -> None:
    """Raise ValidationError unless ``number`` is a SIRET: fourteen digits that check each other."""
    try:
        siret.validate(number)
    except InvalidChecksum:
        raise ValidationError(
            _("This SIRET does not exist: one of its digits is probably mistyped.")
        ) from None
    except WrongNumber:
        digits = sum(letter.isdigit() for letter in number)
        if digits != len(number):
            raise ValidationError(_("A SIRET is made of 14 digits, without letters.")) from None
        raise ValidationError(
            _("A SIRET has 14 digits; this one has %(digits)d.") % {"digits": digits}
        ) from None


def validate_rna(number: str) -> None:
    """Raise ValidationError unless ``number`` is written as those of the register of associations."""
    if not re.fullmatch(r"W\d[\dA-Z]\d{7}", number):
        raise ValidationError(_("An RNA number is a W and nine digits."))


def validate_activity(code: str) -> None:
    """Raise ValidationError unless ``code`` is a code of NAF rév. 2."""
    if not activity_label(code):
        raise ValidationError(
            _("This activity code is unknown. It looks like 88.10A; see your SIRENE notice.")
        )
