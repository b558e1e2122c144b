"""The gatherings of the example: those that the newsletter of 2011 tells, and made-up ones around today."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from creasol.programmes.queries.editions import all_editions

from .gatherings_2011 import load_gatherings_of_2011
from .gatherings_now import load_gatherings_around_now


@transaction.atomic
def load_gatherings(*, at: datetime) -> None:
    """Load the gatherings of the example's editions; their needs and the directory must be there already."""
    with translation.override("fr"):
        load_gatherings_of_2011(all_editions().get(slug="couronne-sud-2011"))
        load_gatherings_around_now(all_editions().get(is_example=True, state="running"), at=at)
