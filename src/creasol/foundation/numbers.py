"""Numbers as people read them, in the language of the page."""

from django.utils.translation import get_language

from .text import NARROW


def number(value: float | None, decimals: int = 0) -> str:
    """Return ``value`` with thin spaces and a decimal comma in French, commas and a point in English; — for None."""
    if value is None:
        return "—"
    text = f"{value:,.{decimals}f}"
    if get_language() == "en":
        return text
    return text.replace(",", NARROW).replace(".", ",")


def percent(fraction: float | None, decimals: int = 1) -> str:
    """Return a fraction (0.065) as a percentage (6,5 %)."""
    if fraction is None:
        return "—"
    text = number(fraction * 100, decimals)
    return f"{text}%" if get_language() == "en" else f"{text}{NARROW}%"
