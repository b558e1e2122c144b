"""The alerts of an occasion: what is gathered, what is set aside and why, what is answered while one types."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.network.tests.factories import make_person
from creasol.places.actions.dismissals import dismiss_alert, take_up_alert
from creasol.places.alerts import AlertKind
from creasol.places.enums import Mode, SlotKind
from creasol.places.models import AlertDismissal
from creasol.places.queries.dates import alerts_of
from creasol.programmes.tests.factories import make_membership, make_programme
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    AT,
    make_alert_dismissal,
    make_election_day,
    make_move,
    make_occasion,
    make_partner_event,
    make_room,
    make_slot,
    make_venue,
)

pytestmark = pytest.mark.django_db
TODAY = date(2011, 10, 10)
CHRISTMAS = "school-holiday:2011-12-17:ABC"


def in_lille(day: str = "2011-12-17", **over):
    """Make an occasion from 9:00 to 17:00 in a room of Lille, for whose programme nobody else plans anything."""
    room = over.pop("room", None) or make_room(venue=make_venue(commune=make_commune(department_code="59")))
    starts_at = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=UTC)
    return make_occasion(starts_at=starts_at, ends_at=starts_at + timedelta(hours=8), room=room, **over)


def keys(occasion, today: date = TODAY) -> list[str]:
    return [line.alert.key for line in alerts_of(occasion, today=today).ringing]


def kinds(occasion, today: date = TODAY) -> list[AlertKind]:
    return [line.alert.kind for line in alerts_of(occasion, today=today).ringing]


def test_the_schools_are_those_of_the_room():
    assert keys(in_lille()) == [CHRISTMAS]
    in_lyon = make_room(venue=make_venue(commune=make_commune(department_code="69")))
    assert keys(in_lille("2012-02-13", room=in_lyon)) == ["school-holiday:2012-02-13:A"]
    assert keys(in_lille("2012-02-13", school_zones="C")) == []


def test_without_a_room_they_are_those_of_most_communes_of_the_programme():
    communes = [make_commune(department_code=code) for code in ("62", "69", "69")]
    territory = make_territory()
    territory.communes.set(communes)
    programme = make_programme(territory=territory)
    starts_at = datetime(2012, 2, 13, 8, tzinfo=UTC)
    assert keys(make_occasion(programme=programme, starts_at=starts_at)) == ["school-holiday:2012-02-13:A"]
    assert keys(make_occasion(starts_at=starts_at + timedelta(days=1))) == []


def test_elections_and_partners_ring():
    occasion = in_lille("2012-05-05")
    make_election_day(day=date(2012, 5, 5), name="Élection d’essai")
    make_election_day(day=date(2012, 5, 6))
    make_partner_event(
        starts_at=datetime(2012, 5, 5, 15, tzinfo=UTC), ends_at=datetime(2012, 5, 5, 18, tzinfo=UTC)
    )
    make_partner_event(
        starts_at=datetime(2012, 5, 5, 16, tzinfo=UTC), ends_at=datetime(2012, 5, 5, 18, tzinfo=UTC)
    )
    assert kinds(occasion) == [AlertKind.SCHOOL_HOLIDAY, AlertKind.ELECTION, AlertKind.PARTNER]


def test_another_occasion_in_the_room_or_with_the_person_rings():
    occasion = in_lille("2011-12-03")
    other = make_occasion(starts_at=occasion.starts_at, room=occasion.room)
    person = make_person()
    occasion.led_by.add(person)
    later = make_occasion(starts_at=occasion.starts_at + timedelta(hours=9))
    later.led_by.add(person)
    assert keys(occasion) == [f"same-room:2011-12-03:{other.pk}", f"same-person:2011-12-03:{later.pk}"]


def test_what_is_cancelled_rings_no_more():
    occasion = in_lille("2011-12-03")
    make_occasion(starts_at=occasion.starts_at, room=occasion.room, cancelled_at=AT)
    assert keys(occasion) == []


def test_a_workshop_of_others_in_the_room_rings_at_its_own_hours():
    occasion = in_lille("2011-12-03")
    forum = make_occasion(starts_at=occasion.starts_at, ends_at=occasion.ends_at)
    slot = {"occasion": forum, "room": occasion.room, "kind": SlotKind.WORKSHOP}
    make_slot(starts_at=occasion.ends_at, ends_at=occasion.ends_at + timedelta(hours=1), **slot)
    assert kinds(occasion) == []
    make_slot(starts_at=occasion.starts_at, ends_at=occasion.starts_at + timedelta(hours=1), **slot)
    assert kinds(occasion) == [AlertKind.SAME_ROOM]


def test_the_same_public_is_that_of_the_same_programme():
    programme = make_programme()
    evening = {"starts_at": datetime(2011, 12, 6, 17, tzinfo=UTC), "audience": "actors"}
    occasion = make_occasion(programme=programme, **evening)
    make_occasion(programme=programme, **evening | {"audience": "public"})
    make_occasion(**evening)
    assert kinds(occasion) == []
    make_occasion(programme=programme, **evening)
    assert kinds(occasion) == [AlertKind.SAME_AUDIENCE]


def test_the_title_of_what_others_have_not_announced_stays_theirs():
    occasion = in_lille("2011-12-03")
    theirs = make_programme(name="Autre programme")
    make_occasion(
        programme=theirs,
        title="Encore un secret",
        starts_at=occasion.starts_at,
        room=occasion.room,
        opens_at=None,
    )
    (line,) = alerts_of(occasion, today=TODAY).ringing
    assert "Encore un secret" not in line.words
    assert "Autre programme" in line.words


def test_the_room_is_smaller_than_the_places_on_site():
    room = make_room(capacity=30, venue=make_venue(commune=make_commune(department_code="59")))
    occasion = in_lille("2011-12-03", room=room)
    make_slot(occasion=occasion, capacity=20)
    make_slot(occasion=occasion, capacity=100, mode=Mode.REMOTE)
    assert kinds(occasion) == []
    make_slot(occasion=occasion, capacity=11)
    assert keys(occasion) == [f"room-too-small:2011-12-03:{room.pk}:31>30"]


def test_the_notice_counts_from_the_day_when_the_date_was_told():
    occasion = in_lille("2011-12-03", opens_at=AT)
    assert kinds(occasion, date(2011, 12, 1)) == []
    make_move(occasion=occasion, at=datetime(2011, 11, 28, 9, tzinfo=UTC))
    assert keys(occasion, date(2011, 12, 1)) == ["short-notice:2011-12-03"]
    assert kinds(occasion, date(2011, 12, 4)) == []
    assert kinds(in_lille("2011-12-10", opens_at=None), date(2011, 12, 1)) == [AlertKind.SHORT_NOTICE]


def test_queries_do_not_grow_with_what_else_takes_place(django_assert_num_queries):
    def queries_for(others: int) -> int:
        occasion = in_lille("2011-12-03")
        for _number in range(others):
            other = make_occasion(starts_at=occasion.starts_at, room=occasion.room)
            other.led_by.add(make_person())
            make_slot(occasion=other, room=make_room())
            make_partner_event(starts_at=occasion.starts_at, ends_at=occasion.ends_at)
        occasion = type(occasion).objects.select_related("room__venue__commune").get(pk=occasion.pk)
        with django_assert_num_queries(10):
            return len(alerts_of(occasion, today=TODAY).ringing)

    assert queries_for(1) == 2
    assert queries_for(8) >= 16


# Set aside


def test_one_alert_is_set_aside_with_its_reason_and_taken_up_again():
    occasion, user = in_lille("2011-12-18"), make_user()
    holiday, sunday = keys(occasion)
    dismissal = dismiss_alert(occasion, key=holiday, reason=" C’est pour les familles. ", by=user, at=AT)
    alerts = alerts_of(occasion, today=TODAY)
    assert [line.alert.key for line in alerts.ringing] == [sunday]
    (line,) = alerts.dismissed
    assert (line.alert.key, line.dismissal.reason, line.dismissal.by) == (
        holiday,
        "C’est pour les familles.",
        user,
    )
    assert line.dismissal.words == "Vacances de Noël, zones A, B et C"
    take_up_alert(dismissal, by=user, at=AT)
    assert keys(occasion) == [holiday, sunday]
    assert list(Entry.objects.values_list("verb", flat=True).order_by("id")) == ["dismiss", "ring"]


def test_each_alert_set_aside_hides_itself_alone():
    occasion = in_lille("2011-12-25")
    before = keys(occasion)
    assert len(before) == 3
    for key in before:
        dismissal = dismiss_alert(occasion, key=key, reason="Voulu", by=make_user(), at=AT)
        assert keys(occasion) == [other for other in before if other != key]
        dismissal.delete()


def test_a_new_date_rings_again():
    occasion = in_lille()
    dismiss_alert(occasion, key=CHRISTMAS, reason="Voulu", by=make_user(), at=AT)
    occasion.starts_at += timedelta(days=2)
    occasion.ends_at += timedelta(days=2)
    occasion.save()
    assert keys(occasion) == ["school-holiday:2011-12-19:ABC"]


def test_without_a_reason_or_for_what_does_not_ring_nothing_is_set_aside():
    occasion, user = in_lille(), make_user()
    with pytest.raises(ValidationError):
        dismiss_alert(occasion, key=CHRISTMAS, reason="  ", by=user, at=AT)
    with pytest.raises(ValidationError):
        dismiss_alert(occasion, key="sunday:2011-12-17", reason="Voulu", by=user, at=AT)
    assert not AlertDismissal.objects.exists()


# Pages


@pytest.fixture
def team(client):
    """Give a client of the team of a programme."""
    programme = make_programme()
    user = make_user()
    make_membership(user=user, programme=programme)
    client.force_login(user)
    client.programme = programme
    return client


def typed(client, **said):
    return client.get(reverse("places:date_alerts"), said)


def test_what_is_typed_is_answered(team):
    room = make_room(capacity=30, venue=make_venue(commune=make_commune(department_code="59")))
    said = {"day": "2011-12-17", "starts": "09:00", "ends": "17:00", "room": room.pk, "on_site_places": "40"}
    page = typed(team, audience="actors", school_zones=["A", "C"], **said).content.decode()
    assert "Vacances de Noël, zones A, B et C" in page
    assert "40 places sont annoncées" in page
    assert "<html" not in page
    assert (
        "Rien de connu ne s’oppose"
        in typed(team, **said | {"day": "2011-12-03", "on_site_places": ""}).content.decode()
    )


def test_the_form_that_moves_an_occasion_asks_for_the_date_only(team):
    occasion = in_lille("2011-12-03", programme=team.programme, school_zones="A")
    page = typed(
        team, occasion=occasion.pk, day="2012-02-13", starts="09:00", ends="12:00", room=""
    ).content.decode()
    assert "Vacances d’hiver, zone A" in page


def test_while_it_is_typed_nothing_but_the_date_is_sent():
    occasion = in_lille()
    alerts = alerts_of(occasion, today=TODAY)
    page = render_to_string(
        "places/components/date_alerts_live.html", {"occasion": occasion, "alerts": alerts}
    )
    # shown without JavaScript, and without a form inside the form
    assert "Vacances de Noël, zones A, B et C" in page
    assert "<form" not in page
    assert f'hx-get="/bureau/dates/alertes/?occasion={occasion.pk}"' in page
    assert "description" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"day": "hier"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"day": "2011-12-17", "starts": "25:99"},
        {"day": "2011-12-17", "room": "999999"},
        {"day": "2011-12-17", "room": "9" * 40},
        {"day": "2011-12-17", "occasion": "0"},
        {"day": "2011-12-17", "occasion": "abc"},
        {"day": "2011-12-17", "audience": "personne"},
        {"day": "2011-12-17", "school_zones": "Z"},
        {"day": "2011-12-17\0"},
        {"day": "2011-12-17", "on_site_places": "-3"},
    ],
)
def test_what_is_no_date_is_answered_by_nothing(team, said):
    answer = typed(team, **said)
    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


@pytest.mark.parametrize(
    "said",
    [
        {"last_day": "2011-12-01"},
        {"last_day": "9999-12-31"},
        {"starts": "18:00", "ends": "08:00"},
        {"led_by": ["1", "x", "²", "9" * 30]},
    ],
)
def test_what_is_half_typed_is_answered(team, said):
    answer = typed(team, day="2011-12-17", **said)
    assert answer.status_code == 200


def test_strangers_are_told_nothing(client):
    assert typed(client, day="2011-12-17").status_code == 302
    client.force_login(make_user())
    assert typed(client, day="2011-12-17").status_code == 403


def test_an_occasion_of_others_is_nothing_to_the_team(team):
    occasion = in_lille()
    assert typed(team, day="2011-12-17", occasion=occasion.pk).content.decode().strip() == ""
    assert team.get(reverse("places:occasion_date", args=[occasion.pk])).status_code == 404
    dismissal = make_alert_dismissal(occasion=occasion)
    answer = team.post(reverse("places:take_up_alert", args=[occasion.pk, dismissal.pk]))
    assert answer.status_code == 404


def test_the_screen_sets_aside_and_takes_up_again(team):
    occasion = in_lille(programme=team.programme)
    address = reverse("places:occasion_date", args=[occasion.pk])
    page = team.get(address).content.decode()
    assert "Vacances de Noël, zones A, B et C" in page
    refused = team.post(address, {"key": CHRISTMAS, "reason": ""})
    assert "Ce champ est obligatoire." in refused.content.decode()
    long = team.post(address, {"key": CHRISTMAS, "reason": "x" * 301})
    assert not AlertDismissal.objects.exists()
    assert long.status_code == 200
    answer = team.post(address, {"key": CHRISTMAS, "reason": "Les familles sont là"}, follow=True)
    assert "Les familles sont là" in answer.content.decode()
    dismissal = AlertDismissal.objects.get()
    again = team.post(reverse("places:take_up_alert", args=[occasion.pk, dismissal.pk]), follow=True)
    assert "Les familles sont là" not in again.content.decode()
