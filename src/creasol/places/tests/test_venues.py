"""Venues and access: what nobody knows is never a no, and who verified what stays with it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from creasol.accounts.tests.factories import make_user
from creasol.places.actions.venues import (
    AccessDraft,
    RoomDraft,
    VenueDraft,
    open_venue,
    remove_venue,
    revise_venue,
    set_access_facts,
)
from creasol.places.enums import AccessAnswer, AccessFeature
from creasol.places.models import AccessFact, Occasion, Room, Venue
from creasol.places.queries.venues import access_of_occasion, occasions_with_access
from creasol.programmes.tests.factories import make_membership, make_programme
from creasol.territories.tests.factories import make_commune

from .factories import AT, make_access_fact, make_occasion, make_room, make_venue

pytestmark = pytest.mark.django_db
STEP_FREE, LIFT, SIGNS = AccessFeature.STEP_FREE, AccessFeature.LIFT, AccessFeature.SIGN_LANGUAGE
TODAY = date(2011, 10, 10)


def draft(**over) -> VenueDraft:
    fields = {"name": "Maison de quartier", "commune": over.pop("commune", None) or make_commune()}
    return VenueDraft(**fields | over)


def rooms_of(venue: Venue) -> list[tuple[str, int | None]]:
    return list(Room.objects.filter(venue=venue).order_by("name").values_list("name", "capacity"))


def test_a_venue_is_opened_with_its_rooms_and_what_is_known_of_access():
    user = make_user()
    venue = open_venue(
        draft(
            rooms=[RoomDraft(name="grande salle", capacity=120), RoomDraft(name="atelier")],
            access={STEP_FREE: "yes", LIFT: AccessDraft("no", "en travaux", date(2011, 9, 1))},
        ),
        by=user,
        at=AT,
    )
    assert rooms_of(venue) == [("atelier", None), ("grande salle", 120)]
    facts = {fact.feature: fact for fact in venue.access.all()}
    assert (facts["step-free"].answer, facts["step-free"].verified_on) == ("yes", TODAY)
    assert (facts["lift"].note, facts["lift"].verified_on, facts["lift"].verified_by) == (
        "en travaux",
        date(2011, 9, 1),
        user,
    )


def test_a_venue_without_rooms_is_one_as_a_whole():
    assert rooms_of(open_venue(draft(), by=None, at=AT)) == [("", None)]


def test_rooms_may_exchange_their_names_come_and_go():
    venue = open_venue(
        draft(rooms=[RoomDraft(name="A"), RoomDraft(name="B"), RoomDraft(name="C")]), by=None, at=AT
    )
    first, second, _third = Room.objects.filter(venue=venue).order_by("name")
    rooms = [
        RoomDraft(pk=first.pk, name="B", capacity=5),
        RoomDraft(pk=second.pk, name="A"),
        RoomDraft(name="D"),
    ]
    revise_venue(venue, draft(commune=venue.commune, rooms=rooms), by=None, at=AT)
    assert rooms_of(venue) == [("A", None), ("B", 5), ("D", None)]
    first.refresh_from_db()
    assert first.name == "B"


def test_a_room_in_which_something_takes_place_stays():
    room = make_room(name="salle")
    make_occasion(room=room)
    with pytest.raises(ValidationError, match="salle"):
        revise_venue(
            room.venue, draft(commune=room.venue.commune, rooms=[RoomDraft(name="autre")]), by=None, at=AT
        )
    with pytest.raises(ValidationError):
        remove_venue(room.venue, by=make_user(), at=AT)
    room.refresh_from_db()


def test_two_rooms_do_not_bear_the_same_name():
    with pytest.raises(ValidationError):
        open_venue(draft(rooms=[RoomDraft(name="Salle"), RoomDraft(name="salle ")]), by=None, at=AT)


def test_a_room_of_another_venue_is_not_taken_over():
    theirs = make_room(name="à eux")
    venue = open_venue(draft(rooms=[RoomDraft(pk=theirs.pk, name="à nous")]), by=None, at=AT)
    theirs.refresh_from_db()
    assert theirs.name == "à eux"
    assert rooms_of(venue) == [("à nous", None)]


def test_what_did_not_change_keeps_who_verified_it():
    first, second = make_user(), make_user()
    later = datetime(2012, 1, 9, 9, tzinfo=UTC)
    occasion = make_occasion()
    set_access_facts(occasion, access={SIGNS: AccessDraft("yes"), LIFT: AccessDraft("no")}, by=first, at=AT)
    again = {SIGNS: AccessDraft("yes", "", TODAY), LIFT: AccessDraft("yes")}
    set_access_facts(occasion, access=again, by=second, at=later)
    facts = {fact.feature: (fact.verified_by, fact.verified_on) for fact in occasion.access.all()}
    assert facts == {"sign-language": (first, TODAY), "lift": (second, date(2012, 1, 9))}
    set_access_facts(occasion, access={}, by=second, at=later)
    assert not occasion.access.exists()


def test_nobody_has_verified_something_tomorrow():
    access = {LIFT: AccessDraft("yes", "", date(2011, 10, 11))}
    with pytest.raises(ValidationError):
        set_access_facts(make_occasion(), access=access, by=None, at=AT)


def test_what_is_said_of_the_occasion_stands_before_what_is_said_of_the_venue():
    room = make_room(venue=make_venue(access_contact="l’accueil"))
    make_access_fact(venue=room.venue, feature=LIFT, answer=AccessAnswer.YES)
    make_access_fact(venue=room.venue, feature=STEP_FREE, answer=AccessAnswer.PARTIAL)
    occasion = make_occasion(room=room)
    make_access_fact(occasion=occasion, feature=LIFT, answer=AccessAnswer.NO)
    report = access_of_occasion(occasion)
    assert {line.feature.value: line.answer for line in report.known} == {
        "step-free": "partial",
        "lift": "no",
    }
    assert len(report.unknown) == 8
    assert report.contact == "l’accueil"


def test_what_nobody_knows_is_said_and_is_never_a_no():
    venue = make_venue()
    make_access_fact(venue=venue, feature=STEP_FREE, note="par la cour", verified_on=date(2011, 10, 1))
    access = access_of_occasion(make_occasion(room=make_room(venue=venue)))
    page = render_to_string("places/components/access.html", {"access": access})
    assert "par la cour" in page
    assert "Vérifié le samedi 1er octobre 2011" in page
    assert "On ne sait pas encore" in page
    assert "<strong>non</strong>" not in page
    assert all(str(feature.label)[1:] in page for feature in AccessFeature)


def test_the_filter_keeps_what_is_known_to_have_all_features():
    room = make_room()
    make_access_fact(venue=room.venue, feature=STEP_FREE)
    make_access_fact(venue=room.venue, feature=LIFT, answer=AccessAnswer.PARTIAL)
    plain, signed, closed = (make_occasion(room=room) for _number in range(3))
    make_access_fact(occasion=signed, feature=SIGNS)
    make_access_fact(occasion=closed, feature=STEP_FREE, answer=AccessAnswer.NO)
    unknown = make_occasion(room=make_room())
    nowhere = make_occasion(room=None)

    def found(*features: str) -> set[Occasion]:
        return set(occasions_with_access(Occasion.objects.all(), features))

    assert found() == {plain, signed, closed, unknown, nowhere}
    assert found("step-free") == {plain, signed}
    assert found("step-free", "sign-language") == {signed}
    assert found("lift") == set()
    assert found("step-free", "step-free", "n’importe quoi") == {plain, signed}


# Pages


@pytest.fixture
def team(client):
    programme, user = make_programme(), make_user()
    make_membership(user=user, programme=programme)
    client.force_login(user)
    client.programme, client.user = programme, user
    return client


def form_of(rooms: list[dict], **over) -> dict:
    """Return what the page of a venue sends."""
    data = {"name": "Maison", "commune": make_commune(code="59999").code, "rooms-TOTAL_FORMS": len(rooms)}
    data["rooms-INITIAL_FORMS"] = 0
    for number, room in enumerate(rooms):
        data |= {f"rooms-{number}-{name}": value for name, value in room.items()}
    return data | over


def test_the_team_writes_a_venue_down(team):
    data = form_of(
        [{"name": "grande salle", "capacity": "80"}, {"name": ""}],
        **{"lift-answer": "no", "lift-note": "en panne", "step-free-answer": ""},
    )
    answer = team.post(reverse("places:open_venue"), data, follow=True)
    venue = Venue.objects.get()
    assert rooms_of(venue) == [("grande salle", 80)]
    fact = AccessFact.objects.get()
    assert (fact.feature, fact.answer, fact.note, fact.verified_by) == ("lift", "no", "en panne", team.user)
    assert "en panne" in answer.content.decode()
    assert "grande salle (80)" in team.get(reverse("places:venues")).content.decode()


def test_another_answer_under_the_former_day_was_seen_today(team):
    fact = make_access_fact(venue=make_venue(), feature=LIFT, answer=AccessAnswer.NO)
    room = make_room(venue=fact.venue, name="")
    data = form_of(
        [{"pk": room.pk, "name": ""}],
        **{"lift-answer": "yes", "lift-verified_on": "2011-10-01", "rooms-INITIAL_FORMS": 1},
    )
    team.post(reverse("places:venue", args=[fact.venue_id]), data)
    fact.refresh_from_db()
    assert fact.answer == "yes"
    assert fact.verified_on > date(2020, 1, 1)


def test_mistakes_are_said_in_words(team):
    data = form_of([{"name": "A"}, {"name": "a"}], name="")
    assert "Ce champ est obligatoire." in team.post(reverse("places:open_venue"), data).content.decode()
    data |= {"name": "Maison"}
    assert (
        "Deux salles portent le même nom." in team.post(reverse("places:open_venue"), data).content.decode()
    )
    data |= {"commune": "Nulle-Part"}
    assert "Aucune commune" in team.post(reverse("places:open_venue"), data).content.decode()
    assert not Venue.objects.exists()


def test_forms_that_are_no_forms_are_refused_gently(team):
    data = {"name": "Maison", "commune": "59999", "rooms-TOTAL_FORMS": "beaucoup", "lift-answer": "peut-être"}
    assert team.post(reverse("places:open_venue"), data).status_code == 200
    assert not Venue.objects.exists()


def test_a_venue_goes_when_nothing_takes_place_there(team):
    venue, used = make_venue(), make_room().venue
    make_occasion(room=used.rooms.get())
    assert team.get(reverse("places:remove_venue", args=[venue.pk])).status_code == 405
    team.post(reverse("places:remove_venue", args=[venue.pk]))
    refused = team.post(reverse("places:remove_venue", args=[used.pk]), follow=True)
    assert list(Venue.objects.all()) == [used]
    assert "le lieu reste" in refused.content.decode()


def test_what_is_arranged_for_an_occasion_is_said(team):
    occasion = make_occasion(programme=team.programme)
    address = reverse("places:occasion_access", args=[occasion.pk])
    team.post(address, {"sign-language-answer": "yes", "sign-language-note": "deux interprètes"})
    assert "deux interprètes" in team.get(address).content.decode()
    future = {"sign-language-answer": "yes", "sign-language-verified_on": "2999-01-01"}
    assert "Ce jour est à venir." in team.post(address, future).content.decode()
    others = reverse("places:occasion_access", args=[make_occasion().pk])
    assert team.get(others).status_code == 404


def test_strangers_are_kept_out(client):
    addresses = [
        reverse("places:venues"),
        reverse("places:open_venue"),
        reverse("places:venue", args=[make_venue().pk]),
        reverse("places:calendars"),
    ]
    assert [client.get(address).status_code for address in addresses] == [302] * 4
    client.force_login(make_user())
    assert [client.get(address).status_code for address in addresses] == [403] * 4


def test_the_list_asks_as_much_for_many_venues(team, django_assert_max_num_queries):
    for _number in range(12):
        make_access_fact(venue=make_room().venue)
    with django_assert_max_num_queries(9):
        team.get(reverse("places:venues"))
