from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from creasol.gatherings.enums import StrandKind
from creasol.gatherings.models import Strand, Workshop
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import SlotKind
from creasol.places.models import Slot
from creasol.places.tests.factories import (
    make_booking,
    make_registration,
    make_room,
    make_slot,
    make_venue,
    make_wish,
)
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from tests.pdf import Pdf

from .factories import make_gathering, make_host, make_strand, make_workshop

pytestmark = pytest.mark.django_db
SCREENS = ("programme/", "programme/salles.pdf", "voeux/", "benevoles/")
DESK = "/bureau/rencontres/forum/"


@pytest.fixture
def forum():
    start = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=10)
    return make_gathering(
        slug="forum", title="Forum de Fives", starts_at=start, ends_at=start + timedelta(hours=8)
    )


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


@pytest.fixture
def adviser(client, forum):
    return sign_in(client, make_membership(role=Role.ADVISER, programme=forum.occasion.programme).user)


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def sent(client, url, data=None):
    """Send a form that is accepted; return the screen that follows."""
    response = client.post(url, data or {}, follow=True)
    assert response.redirect_chain, response.content.decode()
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def refused(client, url, data):
    response = client.post(url, data)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.mark.parametrize("screen", SCREENS)
def test_the_screens_are_for_the_team_of_the_programme(client, forum, screen):
    assert client.get(DESK + screen).status_code == 302
    for role in (Role.FUNDER, Role.ELECTED_OFFICIAL):
        sign_in(client, make_membership(role=role, programme=forum.occasion.programme).user)
        assert client.get(DESK + screen).status_code == 403
    sign_in(client, make_membership(role=Role.COORDINATOR).user)
    assert client.get(DESK + screen).status_code == 404
    sign_in(client, make_membership(role=Role.COORDINATOR, programme=forum.occasion.programme).user)
    assert client.get(DESK + screen).status_code == 200


def test_what_the_team_of_another_programme_sends_changes_nothing(client, forum):
    strand, workshop = make_strand(gathering=forum), make_workshop(gathering=forum)
    shift = make_slot(occasion=forum.occasion, kind=SlotKind.SHIFT)
    sign_in(client, make_membership(role=Role.COORDINATOR).user)
    addresses = (
        "programme/", "programme/axes/", f"programme/axes/{strand.pk}/", f"programme/axes/{strand.pk}/monter/",
        f"programme/axes/{strand.pk}/retirer/", f"programme/{workshop.pk}/", f"programme/{workshop.pk}/retirer/",
        "voeux/", "voeux/delai/", "benevoles/", f"benevoles/{shift.pk}/", f"benevoles/{shift.pk}/retirer/",
    )  # fmt: skip
    assert [client.post(DESK + address).status_code for address in addresses] == [404] * len(addresses)
    assert (Strand.objects.count(), Workshop.objects.count(), Slot.objects.count()) == (1, 1, 2)


def test_a_part_of_another_gathering_is_not_reached(client, forum, adviser):
    strand, workshop = make_strand(), make_workshop()
    shift = make_slot(kind=SlotKind.SHIFT)
    entry = make_slot(occasion=forum.occasion)
    for address in (
        f"programme/axes/{strand.pk}/retirer/", f"programme/{workshop.pk}/retirer/", f"benevoles/{shift.pk}/retirer/",
        f"benevoles/{entry.pk}/retirer/",
    ):  # fmt: skip
        assert client.post(DESK + address).status_code == 404


def test_the_team_builds_the_programme(client, forum, adviser):
    theme = make_strand(gathering=forum, title="Se nourrir")
    hall = make_room(venue=make_venue(name="Centre social"), name="Grande salle")
    for name in ("Nasdac", "Les Potes en Ciel"):
        make_organisation(name=name)
    assert "Ajoutez ce qui a lieu" in page(client, f"{DESK}programme/")
    written = {
        "name": "Instruments en légumes",
        "kind": "workshop",
        "strand": theme.pk,
        "starts": "11:00",
        "ends": "12:30",
        "room": hall.pk,
        "capacity": "12",
        "hosts": "potes\nNasdac\n",
        "description": "On joue.",
    }
    text = sent(client, f"{DESK}programme/", written)
    assert "« Instruments en légumes » est au programme." in text
    assert "0 / 12" in text
    workshop = Workshop.objects.get()
    assert (workshop.strand, workshop.slot.room, workshop.slot.capacity) == (theme, hall, 12)
    start = forum.occasion.starts_at
    assert (workshop.slot.starts_at - start, workshop.slot.ends_at - start) == (
        timedelta(hours=1),
        timedelta(hours=2, minutes=30),
    )
    assert [host.organisation.name for host in workshop.hosts.order_by("id")] == [
        "Les Potes en Ciel",
        "Nasdac",
    ]
    address = f"{DESK}programme/{workshop.pk}/"
    form = page(client, address)
    for value in ('value="11:00"', 'value="12:30"', 'value="12"', "Les Potes en Ciel Nasdac</textarea>"):
        assert value in form, value
    assert "« Légumes » est enregistré." in sent(
        client, address, written | {"name": "Légumes", "starts": "", "ends": "", "hosts": ""}
    )
    workshop.refresh_from_db()
    assert (workshop.slot.starts_at, workshop.hosts.count()) == (None, 0)
    assert "n’est plus au programme" in sent(client, f"{address}retirer/")
    assert not Workshop.objects.exists()


def test_what_is_wrong_is_told_in_the_form(client, forum, adviser):
    written = {"name": "Tri", "kind": "workshop", "starts": "11:00", "ends": "10:30"}
    assert "La fin vient avant le début." in refused(client, f"{DESK}programme/", written)
    assert "Aucune organisation de l’annuaire" in refused(
        client, f"{DESK}programme/", written | {"hosts": "inconnue", "ends": "12:00"}
    )
    late = written | {"starts": "17:00", "ends": "18:30"}
    assert "c’est en dehors de ses heures" in refused(client, f"{DESK}programme/", late)
    assert not Workshop.objects.exists()


def test_on_several_days_the_day_is_asked(client, forum, adviser):
    assert 'type="hidden" name="day"' in page(client, f"{DESK}programme/")
    forum.occasion.ends_at += timedelta(days=1)
    forum.occasion.save()
    second = (forum.occasion.starts_at + timedelta(days=1)).date()
    written = {"name": "Tri", "kind": "debate", "day": second.isoformat(), "starts": "11:00", "ends": "12:00"}
    sent(client, f"{DESK}programme/", written)
    assert timezone.localtime(Workshop.objects.get().slot.starts_at).date() == second


def test_people_registered_for_other_hours_are_counted(client, forum, adviser):
    start = forum.occasion.starts_at
    slot = make_slot(
        occasion=forum.occasion,
        kind=SlotKind.WORKSHOP,
        name="Tri",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
    )
    workshop = make_workshop(gathering=forum, slot=slot)
    make_booking(slot=slot)
    written = {"name": "Tri", "kind": "workshop", "starts": "11:00", "ends": "12:00", "capacity": "20"}
    assert "1 inscription a été faite pour d’autres heures" in sent(
        client, f"{DESK}programme/{workshop.pk}/", written
    )
    assert "Des personnes se sont inscrites" in sent(client, f"{DESK}programme/{workshop.pk}/retirer/")


def test_two_in_a_room_at_once_and_a_room_too_small_are_shown(client, forum, adviser):
    room = make_room(name="Petite salle", capacity=10)
    start = forum.occasion.starts_at
    for name in ("Débat", "Tri"):
        slot = make_slot(occasion=forum.occasion, kind=SlotKind.WORKSHOP, name=name, room=room, starts_at=start,
                         ends_at=start + timedelta(hours=1))  # fmt: skip
        make_workshop(gathering=forum, slot=slot)
    text = page(client, f"{DESK}programme/")
    assert "ont lieu en même temps dans la même salle" in text
    assert "la salle en contient 10" in text


def test_axes_and_themes_are_written_on_the_same_screen(client, forum, adviser):
    address = f"{DESK}programme/axes/"
    for title in ("Se nourrir", "Se loger"):
        sent(client, address, {"strand-kind": "theme", "strand-title": title})
    second = Strand.objects.get(title="Se loger")
    assert "Monter" in page(client, f"{DESK}programme/")
    sent(client, f"{address}{second.pk}/monter/")
    assert list(forum.strands.order_by("position").values_list("title", flat=True)) == [
        "Se loger",
        "Se nourrir",
    ]
    prefix = f"strand-{second.pk}"
    text = refused(client, f"{address}{second.pk}/", {f"{prefix}-kind": "axis", f"{prefix}-title": ""})
    assert f'id="id_{prefix}-title_error"' in text
    second.refresh_from_db()
    assert second.title == "Se loger"
    sent(client, f"{address}{second.pk}/", {f"{prefix}-kind": "axis", f"{prefix}-title": "Cohésion"})
    second.refresh_from_db()
    assert (second.kind, second.title) == (StrandKind.AXIS, "Cohésion")
    assert "ses ateliers restent au programme" in sent(client, f"{address}{second.pk}/retirer/")
    assert forum.strands.count() == 1


def test_the_rooms_are_printed(client, forum, adviser):
    slot = make_slot(occasion=forum.occasion, kind=SlotKind.WORKSHOP, name="Tri", room=make_room(name="Cour"))
    make_workshop(gathering=forum, slot=slot)
    response = client.get(f"{DESK}programme/salles.pdf")
    assert response.headers["Content-Disposition"] == 'inline; filename="forum-salles.pdf"'
    assert "Cour" in Pdf(response.content).words


def test_wishes_are_looked_at_then_given(client, forum, adviser):
    assert "Cette rencontre ne demande pas de vœux" in page(client, f"{DESK}voeux/")
    forum.occasion.wishes_until = timezone.now() + timedelta(days=1)
    forum.occasion.save()
    assert "Personne n’a encore fait de vœu" in page(client, f"{DESK}voeux/")
    drums = make_slot(occasion=forum.occasion, kind=SlotKind.WORKSHOP, name="Légumes", capacity=2)
    people = [make_registration(occasion=forum.occasion) for _ in range(3)]
    for person in people:
        make_wish(registration=person, slot=drums)
    text = page(client, f"{DESK}voeux/")
    assert "Optimum prouvé :" in text
    assert "On peut encore faire des vœux" in text
    assert "Attribuer ces places" not in text
    assert "On peut encore faire des vœux" in sent(client, f"{DESK}voeux/")
    assert not drums.bookings.exists()
    forum.occasion.wishes_until = timezone.now() - timedelta(minutes=1)
    forum.occasion.save()
    assert "Attribuer ces places" in page(client, f"{DESK}voeux/")
    text = sent(client, f"{DESK}voeux/")
    assert "2 vœux sont exaucés" in text
    assert "Il est prouvé que rien de mieux n’est possible." in text
    assert "Déjà exaucés : premiers vœux, 2" in text
    assert "Aucune place ne peut être attribuée maintenant" in text
    assert drums.bookings.count() == 2
    assert "Il n’y avait rien à attribuer." in sent(client, f"{DESK}voeux/")


def test_the_team_says_until_when_people_may_wish(client, forum, adviser):
    address = f"{DESK}voeux/delai/"
    until = timezone.localtime(forum.occasion.starts_at - timedelta(days=2))
    sent(client, address, {"until": until.strftime("%Y-%m-%dT%H:%M")})
    forum.occasion.refresh_from_db()
    assert forum.occasion.wishes_until == until
    assert f'value="{until:%Y-%m-%dT%H:%M}"' in page(client, f"{DESK}voeux/")
    late = timezone.localtime(forum.occasion.starts_at).strftime("%Y-%m-%dT%H:%M")
    assert "choisissez un moment plus tôt" in refused(client, address, {"until": late})
    assert "Ce moment est passé." in refused(client, address, {"until": "2011-11-05T10:00"})
    sent(client, address, {"until": ""})
    forum.occasion.refresh_from_db()
    assert forum.occasion.wishes_until is None


def test_shifts_are_written_and_what_they_lack_is_plain(client, forum, adviser):
    assert "où il manque des bras" in page(client, f"{DESK}benevoles/")
    written = {"role": "Buvette", "starts": "08:00", "ends": "10:00", "needed": "3"}
    sent(client, f"{DESK}benevoles/", written)
    shift = Slot.objects.get()
    assert (shift.kind, shift.capacity, shift.ends_at) == (SlotKind.SHIFT, 3, forum.occasion.starts_at)
    make_booking(slot=shift)
    text = page(client, f"{DESK}benevoles/")
    assert "Il manque 2 personnes sur 3" in text
    own = {f"shift-{shift.pk}-{name}": value for name, value in (written | {"needed": "1"}).items()}
    assert "Toutes les équipes sont au complet" in sent(client, f"{DESK}benevoles/{shift.pk}/", own)
    wrong = own | {f"shift-{shift.pk}-ends": "07:00"}
    assert "La fin vient avant le début." in refused(client, f"{DESK}benevoles/{shift.pk}/", wrong)
    assert "Des personnes se sont inscrites" in sent(client, f"{DESK}benevoles/{shift.pk}/retirer/")
    empty = make_slot(occasion=forum.occasion, kind=SlotKind.SHIFT, name="Accueil",
                      starts_at=shift.starts_at, ends_at=shift.ends_at)  # fmt: skip
    assert "Le créneau est retiré." in sent(client, f"{DESK}benevoles/{empty.pk}/retirer/")
    assert "La fin vient avant le début." in refused(client, f"{DESK}benevoles/", written | {"ends": "08:00"})


def test_the_screens_read_no_row_by_row(client, forum, adviser, assert_constant_queries):
    start = forum.occasion.starts_at
    hours = {"starts_at": start, "ends_at": start + timedelta(hours=1)}

    def one_more():
        slot = make_slot(
            occasion=forum.occasion, kind=SlotKind.WORKSHOP, name="Tri", room=make_room(), **hours
        )
        workshop = make_workshop(gathering=forum, slot=slot, strand=make_strand(gathering=forum))
        make_host(gathering=forum, workshop=workshop, organisation=make_organisation())
        make_slot(occasion=forum.occasion, kind=SlotKind.SHIFT, name="Buvette", **hours)
        make_wish(registration=make_booking(slot=make_slot(occasion=forum.occasion)).registration, slot=slot)

    for screen in SCREENS:
        assert_constant_queries(client, DESK + screen, one_more)
