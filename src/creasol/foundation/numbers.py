"""Numbers as people read them, in the language of the page."""

from decimal import Decimal

from django.utils.translation import get_language

from .text import NARROW

MINUS = "−"


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Return ``value`` as « 1 234,5 » in French (thin spaces) or "1,234.5" in English; — for None."""
    if value is None:
        return "—"
    text = f"{abs(value):,.{decimals}f}"
    if value < 0 and text.strip("0.,"):
        text = MINUS + text
    if get_language() == "en":
        return text
    return text.replace(",", NARROW).replace(".", ",")


def percent(fraction: float | Decimal | None, decimals: int = 1) -> str:
    """Return a fraction (0.065) as a percentage (6,5 %); — for None."""
    if fraction is None:
        return "—"
    text = number(fraction * 100, decimals)
    return f"{text}%" if get_language() == "en" else f"{text}{NARROW}%"
