"""The drawing of a ticket in a page."""

from django import template
from django.utils.safestring import mark_safe

from creasol.places.models import Registration
from creasol.places.tickets import drawing_of

register = template.Library()


@register.simple_tag
def ticket_code(registration: Registration, label: str) -> str:
    """Draw the QR code of a registration, called ``label`` for who does not see it."""
    return mark_safe(drawing_of(registration.ticket, label=label))  # noqa: S308  segno escapes the label
