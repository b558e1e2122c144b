from datetime import UTC, datetime, timedelta

import pytest

from creasol.gatherings.enums import StrandKind, WorkshopKind
from creasol.gatherings.programme_paper import (
    DAY,
    ROOMS,
    day_of,
    day_on_a_page,
    pictures,
    rooms_of,
    rooms_on_pages,
)
from creasol.gatherings.queries.forum import programme_of
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import SlotKind
from creasol.places.tests.factories import make_room, make_slot, make_venue
from creasol.territories.tests.factories import make_commune
from tests.pdf import Pdf

from .factories import make_gathering, make_host, make_strand, make_workshop

pytestmark = pytest.mark.django_db
TEN = datetime(2011, 11, 5, 9, tzinfo=UTC)
ADDRESS = "https://example.org/rencontres/forum/programme/"


@pytest.fixture
def centre():
    return make_venue(name="Centre social", address="2 rue du Long-Pot", commune=make_commune(name="Lille"))


@pytest.fixture
def forum(centre):
    whole = make_room(venue=centre, name="")
    return make_gathering(
        title="Forum de Fives", starts_at=TEN, ends_at=TEN + timedelta(hours=8), room=whole, summary="Venez !"
    )


def placed(forum, name, room, *, start=0, capacity=None, **over):
    hours = {"starts_at": TEN + timedelta(minutes=start), "ends_at": TEN + timedelta(minutes=start + 90)}
    slot = make_slot(
        occasion=forum.occasion, kind=SlotKind.WORKSHOP, name=name, room=room, capacity=capacity, **hours
    )
    return make_workshop(gathering=forum, slot=slot, **over)


def fill(forum, centre, number=3):
    """Put workshops into two rooms."""
    rooms = [make_room(venue=centre, name=name) for name in ("Grande salle", "Cour")]
    strand = make_strand(gathering=forum, title="Se nourrir")
    make_strand(gathering=forum, kind=StrandKind.AXIS, title="L’autre économie")
    for at in range(number):
        workshop = placed(
            forum,
            f"Atelier numéro {at}",
            rooms[at % 2],
            start=30 * (at % 12),
            capacity=12 if at == 0 else None,
            strand=strand,
            description="On fabrique des instruments avec des légumes.",
        )
        make_host(
            gathering=forum, workshop=workshop, organisation=make_organisation(name=f"Organisation {at}")
        )


def day(forum, language="fr"):
    return Pdf(day_on_a_page(programme_of(forum), address=ADDRESS, language=language))


def doors(forum, language="fr"):
    return Pdf(rooms_on_pages(programme_of(forum), language=language))


def plain(text):
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_day_on_a_page_says_everything(forum, centre):
    fill(forum, centre)
    words = plain(day(forum).words)
    for text in (
        "Forum de Fives", "Samedi 5 novembre 2011, 10 h – 18 h", "Centre social, 2 rue du Long-Pot, Lille",
        "ouverte à toutes et à tous. Inscrivez-vous seulement", "L’autre économie", "10 h – 11 h 30",
        "Atelier numéro 0 (atelier) sur inscription", "Organisation 0", "Se nourrir", "Cour",
        "On fabrique des instruments avec des légumes.", ADDRESS, "Quand Quoi Où",
    ):  # fmt: skip
        assert text in words, text
    assert words.count("sur inscription") == 1


def test_a_day_with_nothing_to_register_for_says_that_entry_is_free(forum, centre):
    placed(forum, "Stand du SEL", None, kind=WorkshopKind.STAND)
    words = plain(day(forum).words)
    assert "L’entrée est libre et gratuite, ouverte à toutes et à tous. Personne n’a à s’inscrire." in words


def test_a_day_whose_entry_asks_for_a_registration_says_so(forum):
    make_slot(occasion=forum.occasion, capacity=100)
    assert "merci de vous inscrire" in plain(day(forum).words)


@pytest.mark.parametrize("number", [1, 12, 25, 48])
def test_the_day_stays_on_one_page(forum, centre, number):
    fill(forum, centre, number)
    found = day(forum)
    assert len(found.pages) == 1
    words = plain(found.words)
    assert all(f"Atelier numéro {at}" in words for at in range(number))
    assert ADDRESS in words


@pytest.mark.parametrize("number", [2, 16, 40])
def test_each_room_has_one_page(forum, centre, number):
    fill(forum, centre, number)
    pages = [plain(page) for page in doors(forum).pages]
    assert len(pages) == 2
    assert "Cour" in pages[0]
    assert "Grande salle" in pages[1]
    assert all((f"Atelier numéro {at} " in pages[at % 2 ^ 1]) and (f"Atelier numéro {at} " not in pages[at % 2])
               for at in range(number))  # fmt: skip


def test_what_has_no_room_has_a_page_too(forum, centre):
    fill(forum, centre)
    placed(forum, "Fanfare", None)
    pages = doors(forum).pages
    assert len(pages) == 3
    assert "Sans salle" in pages[2]
    assert "Fanfare" in pages[2]


@pytest.mark.parametrize("printed", [day, doors])
def test_prints_are_accessible_and_tell_their_language(forum, centre, printed):
    fill(forum, centre)
    found = printed(forum)
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata
    assert "Forum de Fives" in found.metadata
    assert b"/Lang(fr)" in found.content
    assert b"/Lang(en)" in printed(forum, language="en").content


@pytest.mark.parametrize("printed", [day, doors])
def test_a_cancelled_or_uncertain_day_says_so(forum, centre, printed):
    fill(forum, centre)
    forum.occasion.is_tentative, forum.occasion.cancelled_at = True, TEN
    words = plain(printed(forum).words)
    assert "Date à confirmer" in words
    assert "Annulée" in words


def test_several_days_are_told_apart(forum, centre):
    forum.occasion.ends_at = TEN + timedelta(days=1, hours=5)
    placed(forum, "Débat", None, start=24 * 60)
    assert "dimanche 6 novembre 2011, 10 h – 11 h 30" in plain(day(forum).words)


def test_nothing_in_the_programme_is_printed_as_such(forum):
    assert "Il n’y a encore rien au programme." in plain(doors(forum).words)
    assert len(day(forum).pages) == 1


def test_what_people_write_stays_text(forum, centre):
    fill(forum, centre, 1)
    placed(forum, '#panic("x") *gras* <b>', None)
    for printed in (day, doors):
        assert '#panic("x") *gras* <b>' in plain(printed(forum).words)


def test_the_pages_can_be_looked_at(forum, centre):
    fill(forum, centre)
    programme = programme_of(forum)
    assert len(pictures(DAY, day_of(programme, address=ADDRESS, language="fr"), programme)) == 1
    assert len(pictures(ROOMS, rooms_of(programme, language="fr"), programme)) == 2
