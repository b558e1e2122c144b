"""The words templates use: numbers, dates, icons, Markdown, French typography."""

from functools import cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from creasol.foundation import dates, numbers, text

register = template.Library()
ICONS = Path(__file__).parent.parent / "static" / "vendor" / "lucide"


@cache
def icon_shape(name: str) -> str:
    """Return the inner SVG of a vendored icon; an unknown name is an error, not a hole in a page."""
    svg = (ICONS / f"{name}.svg").read_text()
    return svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]


@register.simple_tag
def icon(name: str) -> str:
    """Draw a decorative icon (hidden from screen readers: the words beside it speak)."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(icon_shape(name)),  # noqa: S308  our own vendored file
    )


register.filter("number", numbers.number)
register.filter("percent", numbers.percent)
register.filter("day", dates.day)
register.filter("clock", dates.clock)
register.simple_tag(dates.period)
register.simple_tag(dates.moment)


@register.filter
def markdown(value: str) -> str:
    """Show text written in Markdown."""
    return mark_safe(text.markdown(value))  # noqa: S308  cleaned by nh3


@register.filter
def typo(value: str) -> str:
    """Show a sentence of someone's with French spaces."""
    return text.french_spaces(str(value))
