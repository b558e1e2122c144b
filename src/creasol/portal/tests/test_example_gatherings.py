"""The gatherings of the example: true where the newsletter tells, made up and said to be where it does not."""

import pytest
from django.db.models import Count
from django.utils import timezone

from creasol.accounts.models import User
from creasol.gatherings.models import Gathering, Harvest
from creasol.mailing.models import Message
from creasol.needs.models import Contribution
from creasol.network.models import Mandate
from creasol.places.models import Booking, Registration
from creasol.places.queries.registrations import is_open
from creasol.portal.example.gatherings import load_gatherings
from creasol.portal.example.needs import OF_COURONNE_SUD, OF_THE_RUNNING_EDITION, load_needs
from creasol.programmes.models import Edition

from .conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(content):
    load_needs(Edition.objects.get(slug="couronne-sud-2011"), OF_COURONNE_SUD, at=AT)
    load_needs(Edition.objects.get(is_example=True, state="running"), OF_THE_RUNNING_EDITION, at=AT)
    load_gatherings(at=AT)


def test_the_evenings_of_2011_are_those_of_the_newsletter(loaded):
    evenings = Gathering.objects.filter(kind="evening", occasion__is_example=False).order_by(
        "occasion__starts_at"
    )
    told = [
        (
            f"{timezone.localtime(one.occasion.starts_at):%Y-%m-%d %H:%M}",
            f"{timezone.localtime(one.occasion.ends_at):%H:%M}",
            str(one.occasion.room),
            one.occasion.room.venue.commune.name,
            one.theme.position,
            one.state,
        )
        for one in evenings
    ]
    assert told == [
        ("2011-11-07 18:00", "20:00", "Ville d’Emmerin, salle du conseil", "Emmerin", 1, "held"),
        (
            "2011-11-15 18:30",
            "20:30",
            "Espace communal Mouchonnière, salle Ronny-Coutteure",
            "Seclin",
            2,
            "held",
        ),
        ("2011-11-29 18:00", "20:00", "Ville de Lesquin, salle d’honneur", "Lesquin", 3, "held"),
    ]


def test_the_forum_of_fives_is_free_and_held_by_its_committee(loaded):
    forum = Gathering.objects.get(slug="forum-fives-2011")
    assert (f"{forum.occasion.starts_at:%Y-%m-%d}", forum.occasion.room.venue.commune.name) == (
        "2011-11-05",
        "Lille",
    )
    assert list(forum.strands.values_list("kind").annotate(Count("id")).order_by("kind")) == [
        ("axis", 3),
        ("theme", 4),
    ]
    assert (forum.workshops.count(), forum.hosts.filter(workshop=None).count()) == (9, 13)
    assert set(forum.occasion.slots.values_list("capacity", flat=True)) == {None}
    accounts = User.objects.filter(email__endswith="@fives.example.org")
    assert accounts.count() == Mandate.objects.filter(person__user__in=accounts, shown=False).count() == 12


def test_what_was_said_is_made_up_and_leads_to_needs(loaded):
    said = Contribution.objects.order_by("id")
    assert {(one.is_example, one.name, one.email, one.may_be_shown) for one in said} == {(True, "", "", True)}
    assert sorted(set(said.exclude(need=None).values_list("need__slug", flat=True))) == [
        "aller-travailler-sans-voiture",
        "apprendre-a-conduire",
        "des-espaces-verts-qui-creent-de-l-emploi",
        "emprunter-un-outil",
        "produits-d-ici-dans-les-cantines",
        "produits-frais-pres-de-chez-soi",
        "une-place-pour-chaque-tout-petit",
    ]
    assert Harvest.objects.count() == said.count() == 12


def test_a_newcomer_can_register_wait_and_welcome_people_at_once(loaded):
    by_slug = {one.slug: one for one in Gathering.objects.filter(occasion__is_example=True)}
    assert {slug: one.state for slug, one in by_slug.items()} == {
        "soiree-reparer": "held",
        "accueil-du-jour": "confirmed",
        "visite-de-l-atelier-velo": "confirmed",
        "garder-les-enfants-aux-heures-decalees": "confirmed",
        "forum-faire-ensemble": "confirmed",
        "une-monnaie-du-temps": "proposed",
    }
    full = Booking.objects.filter(slot__occasion__gathering=by_slug["visite-de-l-atelier-velo"])
    states = dict(full.values_list("state").annotate(Count("id")))
    assert states == {"cancelled": 1, "confirmed": 14, "offered": 1, "waiting": 3}
    open_now = by_slug["garder-les-enfants-aux-heures-decalees"].occasion
    assert is_open(open_now, at=AT)
    assert (by_slug["soiree-reparer"].came, by_slug["soiree-reparer"].survey.count()) == (16, 7)
    assert set(Registration.objects.values_list("email", flat=True)) == {""}
    assert Message.objects.count() == 0
