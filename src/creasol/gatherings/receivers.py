"""What the gatherings do when the floors beneath tell them something."""

from django.db.models import QuerySet
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.needs.signals import where_said
from creasol.network.signals import organisations_merged
from creasol.places.signals import (
    personal_page,
    registration_kept,
    registrations_forgotten,
    survey_address,
    team_page,
)
from creasol.programmes.signals import edition_page
from creasol.territories.sections import PageSection
from creasol.territories.signals import commune_page, territory_page

from .actions.survey import forget_answers
from .models import Gathering
from .queries.gatherings import (
    gathering_at,
    gatherings_in,
    gatherings_of_edition,
    gatherings_of_territory,
    hosts_for,
    past,
    to_come,
)
from .queries.harvest import places_said
from .queries.survey import SCORES, answer_of, gathering_of_registration

SHOWN_TO_COME, SHOWN_PAST = 6, 3


@receiver(organisations_merged)
def tell_hosts(sender, kept, absorbed, **kwargs):
    """Let what an entry of the directory holds be held by the entry it is merged into."""
    return hosts_for(absorbed, kept=kept)


@receiver(territory_page)
def show_gatherings_of_territory(sender, territory, **kwargs):
    return gatherings_section(gatherings_of_territory(territory), filters=f"territoire={territory.slug}")


@receiver(commune_page)
def show_gatherings_in_commune(sender, commune, **kwargs):
    return gatherings_section(gatherings_in(commune), filters=f"commune={commune.code}")


@receiver(edition_page)
def show_gatherings_of_edition(sender, edition, **kwargs):
    return gatherings_section(gatherings_of_edition(edition), filters=f"territoire={edition.territory.slug}")


def gatherings_section(gatherings: QuerySet[Gathering], *, filters: str) -> PageSection | None:
    """Return the section that shows the next gatherings and the last ones; none when there are none."""
    today = timezone.localdate()
    next_ones = list(to_come(gatherings, on=today)[:SHOWN_TO_COME])
    last_ones = list(past(gatherings, on=today)[:SHOWN_PAST])
    if not next_ones and not last_ones:
        return None
    return PageSection(
        title=_("Gatherings"),
        template="gatherings/sections/gatherings.html",
        context={"to_come": next_ones, "past": last_ones, "filters": filters},
        order=20,
    )


@receiver(where_said)
def tell_where(sender, contributions, **kwargs):
    """Say at which gatherings contributions were said."""
    return places_said(contributions)


@receiver(team_page)
def tell_desk(sender, occasion, **kwargs):
    """Say where the team works on a gathering."""
    gathering = gathering_at(occasion)
    return reverse("gatherings:desk_gathering", args=[gathering.slug]) if gathering else None


@receiver(survey_address)
def tell_survey(sender, registration, **kwargs):
    """Say where somebody who came to a gathering answers the two questions."""
    gathering = gathering_of_registration(registration)
    return reverse("gatherings:survey", args=[gathering.slug, registration.code]) if gathering else None


@receiver(registration_kept)
def tell_survey_answer(sender, registration, **kwargs):
    """Say what a person answered."""
    answer = answer_of(registration)
    if answer is None:
        return {}
    return {"survey": {"how_useful": answer.score, "words": answer.words, "at": answer.at.isoformat()}}


@receiver(personal_page)
def show_survey_answer(sender, registration, **kwargs):
    """Show a person what they answered, and where to change it."""
    answer = answer_of(registration)
    if answer is None:
        return None
    return PageSection(
        title=_("Your answer to the two questions"),
        template="gatherings/sections/survey_answer.html",
        context={"answer": answer, "score": SCORES[answer.score], "registration": registration},
    )


@receiver(registrations_forgotten)
def forget_survey_answers(sender, registrations, wanted, at, **kwargs):
    forget_answers(registrations, wanted=wanted, at=at)
