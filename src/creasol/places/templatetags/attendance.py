"""The live count of who is there, in any page of the team."""

from django import template

from creasol.places.check_in_words import attendance_of
from creasol.places.models import Occasion

register = template.Library()


@register.inclusion_tag("places/components/attendance.html")
def attendance(occasion: Occasion) -> dict:
    """Show how many people are there, expected, and can be, slot by slot."""
    return attendance_of(occasion)
