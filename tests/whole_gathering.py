"""One of everything that there is about a gathering, and each address of gatherings that leads to it."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from creasol.gatherings.tests.factories import (
    make_gathering,
    make_harvest,
    make_host,
    make_series,
    make_speaker,
    make_strand,
    make_survey_answer,
    make_workshop,
)
from creasol.places.enums import BookingState
from creasol.places.models import Booking, Slot
from creasol.programmes.models import Programme
from creasol.programmes.tests.factories import make_edition

from .whole_occasion import make_whole

LISTS = """
/rencontres/
/rencontres/rencontres.csv
/rencontres/calendrier/
/rencontres/agenda.ics
/rencontres/agenda.atom
"""
PAGES = """
/rencontres/{slug}/
/rencontres/{slug}/programme/
/rencontres/{slug}/programme.pdf
/rencontres/{slug}/benevoles/
"""
AGENDA = "/rencontres/{slug}/agenda.ics"
BY_LINK = """
/rencontres/{slug}/dire/{say_key}/
/rencontres/{slug}/dire/{say_key}/merci/
/rencontres/{slug}/avis/{code}/
/rencontres/{slug}/avis/{code}/merci/
"""
DESK = """
/bureau/rencontres/
/bureau/rencontres/nouvelle/
"""
OF_THE_GATHERING = """
/bureau/rencontres/{slug}/
/bureau/rencontres/{slug}/deplacer/
/bureau/rencontres/{slug}/serie/
/bureau/rencontres/{slug}/programme/
/bureau/rencontres/{slug}/programme/salles.pdf
/bureau/rencontres/{slug}/programme/{workshop}/
/bureau/rencontres/{slug}/voeux/
/bureau/rencontres/{slug}/benevoles/
/bureau/rencontres/{slug}/recolte/
/bureau/rencontres/{slug}/recolte/affiche.pdf
/bureau/rencontres/{slug}/avis/
"""
SHOWN_AGAIN = """
/bureau/rencontres/{slug}/programme/axes/
/bureau/rencontres/{slug}/programme/axes/{strand}/
/bureau/rencontres/{slug}/benevoles/{shift}/
"""
DONE = """
/bureau/rencontres/{slug}/programme/axes/{strand}/monter/
/bureau/rencontres/{slug}/programme/axes/{strand}/retirer/
/bureau/rencontres/{slug}/programme/{workshop}/retirer/
/bureau/rencontres/{slug}/benevoles/{shift}/retirer/
/bureau/rencontres/{slug}/voeux/delai/
"""
WITHOUT_A_CHOICE = """
/bureau/rencontres/{slug}/etat/
/bureau/rencontres/{slug}/serie/laisser/
"""
EVERY = (
    LISTS,
    PAGES,
    AGENDA,
    BY_LINK,
    DESK,
    OF_THE_GATHERING,
    SHOWN_AGAIN,
    DONE,
    WITHOUT_A_CHOICE,
)


def make_whole_gathering(programme: Programme, **over) -> SimpleNamespace:
    """Make a gathering that ended yesterday with one of everything, its occasion included."""
    starts_at = timezone.now() - timedelta(days=1)
    evening = make_whole(programme, starts_at=starts_at, opens_at=starts_at - timedelta(days=20))
    edition = make_edition(programme=programme)
    gathering = make_gathering(
        edition=edition, occasion=evening.at, series=make_series(edition=edition), **over
    )
    evening.at.page = f"/rencontres/{gathering.slug}/"
    evening.at.save()
    Booking.objects.filter(pk=evening.booking).update(state=BookingState.PRESENT, arrived=2)
    strand = make_strand(gathering=gathering)
    workshop = make_workshop(gathering=gathering, strand=strand)
    make_host(gathering=gathering)
    make_speaker(gathering=gathering)
    harvest = make_harvest(gathering=gathering, workshop=workshop)
    harvest.contribution.edition = edition
    harvest.contribution.territory = edition.territory
    harvest.contribution.save()
    make_survey_answer(gathering=gathering, registration_id=evening.registration)
    return SimpleNamespace(
        **vars(evening),
        gathering=gathering,
        slug=gathering.slug,
        say_key=gathering.say_key,
        strand=strand.pk,
        workshop=workshop.pk,
        shift=Slot.objects.get(occasion=evening.at, kind="shift").pk,
        contribution=harvest.contribution.pk,
    )
