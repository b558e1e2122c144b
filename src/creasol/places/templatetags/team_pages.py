"""The way from the screens of an occasion back to where the team works on it as a whole."""

from django import template

from creasol.places.models import Occasion
from creasol.places.signals import team_page

register = template.Library()


@register.simple_tag
def page_of_team(occasion: Occasion) -> str:
    """Return the path of the team's page about an occasion, as the app above tells; its public page when none does."""
    answers = team_page.send(sender=Occasion, occasion=occasion)
    return next((path for _receiver, path in answers if path), occasion.page)
