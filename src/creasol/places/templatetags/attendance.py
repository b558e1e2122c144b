"""The live count of who is there, in any page of the team."""

from django import template

from creasol.places.models import Occasion
from creasol.places.queries import check_in

register = template.Library()


@register.inclusion_tag("places/components/attendance.html")
def attendance(occasion: Occasion) -> dict:
    """Show how many people are there, expected, and can be, slot by slot."""
    return {"occasion": occasion, "attendance": check_in.attendance(occasion)}
