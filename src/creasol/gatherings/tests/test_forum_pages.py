from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from creasol.gatherings.enums import GatheringState, StrandKind, WorkshopKind
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import SlotKind
from creasol.places.tests.factories import make_booking, make_room, make_slot
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from tests.pdf import Pdf

from .factories import make_gathering, make_host, make_strand, make_workshop

pytestmark = pytest.mark.django_db
FREE = "L’entrée est libre et gratuite, ouverte à toutes et à tous. Personne n’a à s’inscrire."


@pytest.fixture
def forum():
    """A forum in ten days, open to registration."""
    start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=10)
    return make_gathering(
        slug="forum", title="Forum de Fives", starts_at=start, ends_at=start + timedelta(hours=8),
        opens_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip


def add(forum, name, *, start=0, capacity=None, kind=WorkshopKind.WORKSHOP, room=None, **over):
    starts_at = forum.occasion.starts_at + timedelta(hours=start)
    slot = make_slot(
        occasion=forum.occasion,
        kind=SlotKind.WORKSHOP,
        name=name,
        capacity=capacity,
        room=room,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    return make_workshop(gathering=forum, slot=slot, kind=kind, **over)


def add_shift(forum, name, *, needed=3):
    starts_at = forum.occasion.starts_at
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return make_slot(occasion=forum.occasion, kind=SlotKind.SHIFT, name=name, capacity=needed, **hours)


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_everyone_reads_the_programme(client, forum):
    room = make_room(name="Grande salle")
    theme = make_strand(gathering=forum, title="Se nourrir")
    make_strand(
        gathering=forum, kind=StrandKind.AXIS, title="L’autre économie", description="Échanger autrement"
    )
    drums = add(forum, "Instruments en légumes", capacity=12, room=room, strand=theme, description="On joue.")
    make_booking(slot=drums.slot, size=2)
    for name in ("Nasdac", "Les Potes en Ciel"):
        make_host(gathering=forum, workshop=drums, organisation=make_organisation(name=name))
    add(forum, "Stand du SEL", start=2, kind=WorkshopKind.STAND)
    text = page(client, "/rencontres/forum/programme/")
    for said in (
        "Forum de Fives", "Grande salle", "Se nourrir", "L’autre économie", "Échanger autrement", "On joue.",
        "Nasdac, Les Potes en Ciel", "10 places libres", "Sans inscription : venez", "Inscrivez-vous seulement",
        "/rencontres/forum/programme.pdf",
    ):  # fmt: skip
        assert said in text, said
    assert f'href="/s-inscrire/{forum.occasion.pk}/?creneau={drums.slot.pk}"' in text
    assert text.count("?creneau=") == 1


def test_where_nobody_registers_it_is_said_that_entry_is_free(client, forum):
    add(forum, "Stand du SEL")
    text = page(client, "/rencontres/forum/programme/")
    assert FREE in text
    assert "s-inscrire" not in text


def test_where_the_entry_asks_for_a_registration_it_is_said(client, forum):
    make_slot(occasion=forum.occasion, capacity=100)
    add(forum, "Stand du SEL")
    text = page(client, "/rencontres/forum/programme/")
    assert FREE not in text
    assert "merci de vous inscrire" in text
    assert f'href="/s-inscrire/{forum.occasion.pk}/"' in text


def test_a_full_workshop_has_a_waiting_list(client, forum):
    drums = add(forum, "Légumes", capacity=1)
    make_booking(slot=drums.slot)
    assert "Complet : il y a une liste d’attente" in page(client, "/rencontres/forum/programme/")


def test_where_wishes_are_asked_for_it_is_said_until_when(client, forum):
    add(forum, "Légumes", capacity=1)
    forum.occasion.wishes_until = forum.occasion.starts_at - timedelta(days=2)
    forum.occasion.save()
    text = page(client, "/rencontres/forum/programme/")
    assert "le plus de vœux possible soient exaucés" in text
    assert "En faire un vœu" in text


@pytest.mark.parametrize("over", [{"opens_at": None}, {"closes_at": timezone.now() - timedelta(hours=1)}])
def test_when_registration_is_not_open_no_link_leads_there(client, forum, over):
    add(forum, "Légumes", capacity=5)
    add_shift(forum, "Buvette")
    for name, value in over.items():
        setattr(forum.occasion, name, value)
    forum.occasion.save()
    for address in ("programme", "benevoles"):
        assert "s-inscrire" not in page(client, f"/rencontres/forum/{address}/")


def test_a_programme_that_is_not_there_yet_says_so(client, forum):
    assert "Le programme n’est pas encore là" in page(client, "/rencontres/forum/programme/")
    assert "Aucun coup de main n’est demandé" in page(client, "/rencontres/forum/benevoles/")


def test_a_cancelled_gathering_says_so(client, forum):
    forum.state = GatheringState.CANCELLED
    forum.save()
    add(forum, "Légumes", capacity=5)
    text = page(client, "/rencontres/forum/programme/")
    assert "Cette rencontre est annulée." in text
    assert "s-inscrire" not in text


ADDRESSES = ("programme/", "programme.pdf", "benevoles/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_draft_is_seen_by_the_team_of_its_programme_only(client, forum, address):
    forum.state = GatheringState.DRAFT
    forum.save()
    assert client.get(f"/rencontres/forum/{address}").status_code == 404
    for programme, status in ((None, 404), (forum.occasion.programme, 200)):
        over = {"programme": programme} if programme else {}
        member = make_membership(role=Role.ADVISER, **over).user
        client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
        assert client.get(f"/rencontres/forum/{address}").status_code == status
    assert client.get(f"/rencontres/autre/{address}").status_code == 404


def test_the_programme_is_a_file_too(client, forum):
    add(forum, "Instruments en légumes", capacity=12)
    response = client.get("/rencontres/forum/programme.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="forum-programme.pdf"'
    words = Pdf(response.content).words
    assert "Instruments en légumes" in words
    assert "http://testserver/rencontres/forum/programme/" in words


def test_where_hands_are_missing_everyone_sees(client, forum):
    bar, welcome = add_shift(forum, "Buvette"), add_shift(forum, "Accueil", needed=1)
    make_booking(slot=bar)
    make_booking(slot=welcome)
    text = page(client, "/rencontres/forum/benevoles/")
    assert "Il manque encore 2 personnes" in text
    assert "il manque 2 personnes sur 3" in text
    assert "au complet" in text
    assert f'href="/s-inscrire/{forum.occasion.pk}/?creneau={bar.pk}"' in text
    assert f"?creneau={welcome.pk}" not in text
    add(forum, "Stand")
    make_slot(occasion=forum.occasion, capacity=20)
    assert "/rencontres/forum/benevoles/" in page(client, "/rencontres/forum/programme/")


def test_the_pages_read_no_row_by_row(client, forum, assert_constant_queries):
    def one_more():
        workshop = add(forum, "Atelier", capacity=5, room=make_room(), strand=make_strand(gathering=forum))
        make_host(gathering=forum, workshop=workshop, organisation=make_organisation())
        add_shift(forum, "Buvette")

    for address in ADDRESSES:
        assert_constant_queries(client, f"/rencontres/forum/{address}", one_more)
