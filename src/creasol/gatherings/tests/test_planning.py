from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from creasol.gatherings.actions.planning import GatheringDraft, plan_gathering, revise_gathering
from creasol.gatherings.actions.series import leave_out, plan_series
from creasol.gatherings.actions.states import confirm_gathering, propose_gathering
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Gathering, Series
from creasol.journal.models import Entry
from creasol.network.tests.factories import make_organisation, make_person
from creasol.places.enums import Mode, SlotKind
from creasol.places.tests.factories import AT, ENDS_AT, STARTS_AT, make_booking, make_room
from creasol.programmes.tests.factories import make_edition, make_theme

from .factories import make_gathering, make_host, make_workshop

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def draft(**over):
    edition = over.pop("edition", None) or make_edition()
    fields = {"title": "Manger d’ici", "edition": edition, "starts_at": STARTS_AT, "ends_at": ENDS_AT}
    return GatheringDraft(**fields | over)


def planned(said=None, **over):
    return plan_gathering(said or draft(**over), by=None, at=AT)


def test_a_gathering_is_planned_with_its_occasion_and_its_places():
    theme, room, person = make_theme(), make_room(), make_person()
    first, second = make_organisation(), make_organisation()
    gathering = planned(
        edition=theme.edition,
        theme=theme,
        room=room,
        entries={Mode.ON_SITE: 40, Mode.REMOTE: None},
        hosts=[first, second, first],
        speakers=[("Noa Petit", "maraîchère"), ("Camille", "")],
        led_by=[person],
        school_zones="AB",
        is_tentative=True,
        practical="Par la cour",
    )
    gathering = Gathering.objects.get(pk=gathering.pk)
    occasion = gathering.occasion
    assert (gathering.slug, gathering.state, gathering.theme) == ("manger-dici", GatheringState.DRAFT, theme)
    assert len(gathering.say_key) == 16
    assert (occasion.page, occasion.programme) == ("/rencontres/manger-dici/", theme.edition.programme)
    assert (occasion.room, occasion.is_tentative, occasion.school_zones) == (room, True, "AB")
    assert (occasion.opens_at, list(occasion.led_by.all())) == (None, [person])
    assert [(slot.kind, slot.mode, slot.capacity, slot.ceiling) for slot in occasion.slots.all()] == [
        ("entry", "on-site", 40, 40),
        ("entry", "remote", None, 0),
    ]
    assert [host.organisation for host in gathering.hosts.all()] == [first, second]
    assert [(one.name, one.title) for one in gathering.speakers.all()] == [
        ("Noa Petit", "maraîchère"),
        ("Camille", ""),
    ]
    assert Entry.objects.filter(verb="plan", subject_type="gatherings.gathering").count() == 1


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Calendrier", ["calendrier-2", "calendrier-3"]),
        ("!!!", ["rencontre", "rencontre-2"]),
        ("Des mots " * 20, ["des-mots-" * 7 + "des", "des-mots-" * 7 + "des-2"]),
    ],
)
def test_an_address_is_free_short_and_no_page_of_its_own(title, slugs):
    assert [planned(title=title[:200]).slug for _ in range(2)] == slugs


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"ends_at": STARTS_AT},
        {"school_zones": "AD"},
        {"speakers": [("", "sans nom")]},
        {"entries": {}},
        {"remote_link": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(wrong):
    if wrong == {"entries": {}}:
        gathering = planned()
        with pytest.raises(ValidationError):
            revise_gathering(gathering, replace(GatheringDraft.of(gathering), **wrong), by=None, at=AT)
        return
    with pytest.raises(ValidationError):
        planned(**wrong)
    assert not Gathering.objects.exists()


def test_a_theme_is_of_the_edition():
    with pytest.raises(ValidationError, match="autre édition"):
        planned(theme=make_theme())


def test_a_revision_changes_words_people_and_places():
    keeps, goes, comes = make_organisation(), make_organisation(), make_organisation()
    gathering = planned(hosts=[goes, keeps], speakers=[("A", "")], entries={Mode.ON_SITE: 10, Mode.REMOTE: 5})
    workshop = make_workshop(gathering=gathering)
    of_a_workshop = make_host(gathering=gathering, workshop=workshop)
    said = replace(
        GatheringDraft.of(gathering),
        title="Autre titre",
        hosts=[keeps, comes],
        speakers=[("B", "élue")],
        entries={Mode.ON_SITE: 12},
        starts_at=STARTS_AT + timedelta(days=1),
        ends_at=ENDS_AT + timedelta(days=1),
    )
    revise_gathering(gathering, said, by=None, at=AT)
    gathering = Gathering.objects.get()
    assert (gathering.slug, str(gathering)) == ("manger-dici", "Autre titre")
    assert gathering.occasion.starts_at == STARTS_AT + timedelta(days=1)
    assert [host.organisation for host in gathering.hosts.filter(workshop=None)] == [keeps, comes]
    assert gathering.hosts.filter(pk=of_a_workshop.pk).exists()
    assert [one.name for one in gathering.speakers.all()] == ["B"]
    entries = gathering.occasion.slots.filter(kind=SlotKind.ENTRY)
    assert [(slot.mode, slot.capacity) for slot in entries] == [("on-site", 12)]


def test_a_way_of_entering_that_people_booked_stays():
    gathering = planned(entries={Mode.ON_SITE: 10, Mode.REMOTE: 5})
    make_booking(slot=gathering.occasion.slots.get(mode=Mode.REMOTE))
    with pytest.raises(ValidationError, match="à distance"):
        revise_gathering(
            gathering, replace(GatheringDraft.of(gathering), entries={Mode.ON_SITE: 10}), by=None, at=AT
        )


def test_fewer_places_than_taken_sends_nobody_away():
    gathering = planned(entries={Mode.ON_SITE: 10})
    slot = gathering.occasion.slots.get()
    make_booking(slot=slot, size=6)
    revise_gathering(
        gathering, replace(GatheringDraft.of(gathering), entries={Mode.ON_SITE: 4}), by=None, at=AT
    )
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, slot.left) == (4, 6, 0)


def test_an_announced_date_or_place_is_not_changed_silently():
    gathering = planned(room=make_room(), is_tentative=True)
    confirm_gathering(gathering, by=None, at=AT)
    said = GatheringDraft.of(gathering)
    for change in ({"ends_at": ENDS_AT + timedelta(hours=1)}, {"room": make_room()}):
        with pytest.raises(ValidationError, match="annoncé"):
            revise_gathering(gathering, replace(said, **change), by=None, at=AT)
    revise_gathering(gathering, replace(said, is_tentative=False, summary="Venez"), by=None, at=AT)
    gathering = Gathering.objects.get()
    assert (gathering.state, gathering.summary) == (GatheringState.CONFIRMED, "Venez")
    assert not gathering.occasion.is_tentative


def test_a_gathering_stays_in_its_programme():
    gathering = planned()
    with pytest.raises(ValidationError, match="autre programme"):
        revise_gathering(gathering, draft(), by=None, at=AT)


# Series


def first_of(**over):
    starts_at = datetime(2011, 10, 18, 18, 30, tzinfo=PARIS)
    return planned(
        **{
            "title": "Café des idées",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "entries": {Mode.ON_SITE: 15},
            "speakers": [("Noa", "")],
        }
        | over
    )


def dates(series):
    return [
        gathering.occasion.starts_at.astimezone(PARIS).strftime("%d/%m %H:%M")
        for gathering in series.gatherings.all()
    ]


def weekly_series(gathering, **over):
    return plan_series(gathering, **{"name": "", "rule": "FREQ=WEEKLY;COUNT=4", "by": None, "at": AT} | over)


def test_a_series_makes_one_gathering_per_date_at_the_same_hour():
    series = weekly_series(first_of(), exceptions=[date(2011, 11, 1)])
    assert series.name == "Café des idées"
    assert dates(series) == ["18/10 18:30", "25/10 18:30", "08/11 18:30"]
    last = series.gatherings.last()
    assert (last.slug, last.state) == ("cafe-des-idees-2011-11-08", GatheringState.DRAFT)
    assert last.occasion.ends_at.astimezone(PARIS).strftime("%H:%M") == "20:30"
    assert [slot.capacity for slot in last.occasion.slots.all()] == [15]
    assert [one.name for one in last.speakers.all()] == ["Noa"]
    assert len({gathering.say_key for gathering in series.gatherings.all()}) == 3
    assert (series.rule, series.exceptions) == ("FREQ=WEEKLY;COUNT=4", ["2011-11-01"])


def test_each_date_is_changed_without_the_others():
    series = weekly_series(first_of())
    second = series.gatherings.all()[1]
    revise_gathering(second, replace(GatheringDraft.of(second), title="Spéciale"), by=None, at=AT)
    confirm_gathering(second, by=None, at=AT)
    assert [str(one) for one in series.gatherings.all()] == [
        "Café des idées",
        "Spéciale",
        *["Café des idées"] * 2,
    ]
    assert [one.state for one in series.gatherings.all()] == ["draft", "confirmed", "draft", "draft"]


def test_a_day_left_out_takes_only_what_nobody_touched():
    series = weekly_series(first_of())
    first, second, third, fourth = series.gatherings.all()
    revise_gathering(second, replace(GatheringDraft.of(second), summary="Un invité"), by=None, at=AT)
    propose_gathering(third, by=None, at=AT)
    confirm_gathering(fourth, by=None, at=AT)
    days = [one.occasion.starts_at.astimezone(PARIS).date() for one in (first, second, third, fourth)]
    assert [leave_out(series, day=day, by=None, at=AT) for day in days] == [False, False, True, False]
    assert list(series.gatherings.all()) == [first, second, fourth]
    assert Series.objects.get().exceptions == ["2011-10-18", "2011-10-25", "2011-11-01", "2011-11-08"]
    with pytest.raises(ValidationError):
        leave_out(series, day=date(2011, 10, 19), by=None, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "FREQ=WEEKLY"},
        {"rule": "FREQ=WEEKLY;BYDAY=WE;COUNT=2"},
        {"exceptions": [date(2011, 10, 18)]},
    ],
)
def test_a_series_that_cannot_be_is_refused(wrong):
    gathering = first_of()
    with pytest.raises(ValidationError):
        weekly_series(gathering, **wrong)
    assert not Series.objects.exists()


def test_a_gathering_is_of_one_series():
    gathering = first_of()
    weekly_series(gathering)
    with pytest.raises(ValidationError, match="déjà"):
        weekly_series(gathering)
    assert make_gathering().series is None
