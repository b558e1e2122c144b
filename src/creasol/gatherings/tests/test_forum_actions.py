from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.actions.shifts import ShiftDraft, add_shift, remove_shift, revise_shift
from creasol.gatherings.actions.strands import (
    StrandDraft,
    add_strand,
    raise_strand,
    remove_strand,
    revise_strand,
)
from creasol.gatherings.actions.workshops import WorkshopDraft, add_workshop, remove_workshop, revise_workshop
from creasol.gatherings.enums import StrandKind, WorkshopKind
from creasol.gatherings.models import Strand, Workshop
from creasol.gatherings.queries.forum import clashes, programme_of, shifts_of
from creasol.journal.models import Entry
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import BookingState, SlotKind
from creasol.places.models import Slot
from creasol.places.tests.factories import (
    make_booking,
    make_offer,
    make_room,
    make_slot,
    make_venue,
    make_wish,
)

from .factories import make_gathering, make_strand, make_workshop

pytestmark = pytest.mark.django_db
AT = datetime(2011, 10, 1, 9, tzinfo=UTC)
TEN = datetime(2011, 11, 5, 9, tzinfo=UTC)  # 10:00 in Lille


def hours(start, end):
    """Return the moments so many minutes after ten."""
    return {"starts_at": TEN + timedelta(minutes=start), "ends_at": TEN + timedelta(minutes=end)}


@pytest.fixture
def forum():
    return make_gathering(title="Forum", starts_at=TEN, ends_at=TEN + timedelta(hours=8))


@pytest.fixture
def by():
    return make_user()


def titles(gathering, kind=StrandKind.THEME):
    return [strand.title for strand in gathering.strands.filter(kind=kind).order_by("position")]


def test_strands_are_added_ordered_revised_and_removed(forum, by):
    for title in ("Se nourrir", "Se loger", "Échanger"):
        add_strand(StrandDraft(kind=StrandKind.THEME, title=title), gathering=forum, by=by, at=AT)
    axis = add_strand(
        StrandDraft(kind=StrandKind.AXIS, title="L’autre économie"), gathering=forum, by=by, at=AT
    )
    last = Strand.objects.get(title="Échanger")
    raise_strand(last, by=by, at=AT)
    assert titles(forum) == ["Se nourrir", "Échanger", "Se loger"]
    raise_strand(last, by=by, at=AT)
    raise_strand(last, by=by, at=AT)  # the first stays where it is
    assert titles(forum) == ["Échanger", "Se nourrir", "Se loger"]
    revise_strand(axis, StrandDraft(kind=StrandKind.THEME, title=" Créer "), by=by, at=AT)
    assert titles(forum) == ["Échanger", "Se nourrir", "Se loger", "Créer"]
    workshop = make_workshop(gathering=forum, strand=axis)
    remove_strand(axis, by=by, at=AT)
    workshop.refresh_from_db()
    assert workshop.strand is None
    assert [entry.verb for entry in Entry.objects.order_by("id")] == [
        *["create"] * 4, "revise", "revise", "revise", "remove",
    ]  # fmt: skip


def test_a_workshop_is_added_with_its_slot_and_those_who_hold_it(forum, by):
    strand, room = make_strand(gathering=forum), make_room()
    one, other = make_organisation(name="Nasdac"), make_organisation(name="Les Potes en Ciel")
    draft = WorkshopDraft(
        name=" Instruments en légumes ",
        strand=strand,
        room=room,
        capacity=12,
        hosts=(other, one, other),
        description="On joue.",
        **hours(60, 120),
    )
    workshop = add_workshop(draft, gathering=forum, by=by, at=AT)
    slot = workshop.slot
    assert (slot.occasion, slot.kind, slot.name, slot.room) == (
        forum.occasion, SlotKind.WORKSHOP, "Instruments en légumes", room,
    )  # fmt: skip
    assert (slot.capacity, slot.ceiling, slot.taken, slot.starts_at) == (12, 12, 0, TEN + timedelta(hours=1))
    assert [str(host.organisation) for host in workshop.hosts.order_by("id")] == [
        "Les Potes en Ciel",
        "Nasdac",
    ]
    assert all(host.gathering == forum for host in workshop.hosts.all())


def test_a_stand_without_hours_nor_places_is_there_all_along(forum, by):
    stand = add_workshop(WorkshopDraft(name="SEL", kind=WorkshopKind.STAND), gathering=forum, by=by, at=AT)
    item = programme_of(forum).items[0]
    assert (item.workshop, item.lasts_all_along, item.is_free) == (stand, True, True)
    assert (item.starts_at, item.ends_at) == (TEN, TEN + timedelta(hours=8))


def test_a_workshop_or_a_shift_that_starts_earlier_is_offered_until_then(forum, by):
    workshop = add_workshop(
        WorkshopDraft(name="Vannerie", capacity=1, **hours(60, 120)), gathering=forum, by=by, at=AT
    )
    shift = add_shift(ShiftDraft(role="Accueil", needed=1, **hours(60, 120)), gathering=forum, by=by, at=AT)
    offers = [
        make_offer(
            booking=make_booking(slot=slot, state=BookingState.OFFERED),
            expires_at=TEN + timedelta(minutes=50),
        )
        for slot in (workshop.slot, shift)
    ]
    revise_workshop(workshop, WorkshopDraft(name="Vannerie", capacity=1, **hours(30, 90)), by=by, at=AT)
    revise_shift(shift, ShiftDraft(role="Accueil", needed=1, **hours(20, 90)), by=by, at=AT)
    for offer in offers:
        offer.refresh_from_db()
    assert [offer.expires_at for offer in offers] == [hours(30, 90)["starts_at"], hours(20, 90)["starts_at"]]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ({"name": " "}, "Donnez-lui un titre"),
        (hours(60, 30), "La fin vient avant le début"),
        (hours(-30, 30), "en dehors de ses heures"),
        (hours(450, 490), "en dehors de ses heures"),
        ({"starts_at": TEN}, "ou aucune des deux"),
    ],
)
def test_what_does_not_fit_the_gathering_is_refused(forum, by, draft, reason):
    with pytest.raises(ValidationError, match=reason):
        add_workshop(WorkshopDraft(**{"name": "Tri"} | draft), gathering=forum, by=by, at=AT)
    assert not Workshop.objects.exists()


def test_a_strand_of_another_gathering_is_refused(forum, by):
    with pytest.raises(ValidationError, match="celui d’une autre rencontre"):
        add_workshop(WorkshopDraft(name="Tri", strand=make_strand()), gathering=forum, by=by, at=AT)


def test_a_revised_workshop_tells_how_many_are_concerned(forum, by):
    workshop = add_workshop(
        WorkshopDraft(name="Tri", capacity=3, **hours(0, 60)), gathering=forum, by=by, at=AT
    )
    for state in (BookingState.CONFIRMED, BookingState.CONFIRMED, BookingState.CANCELLED):
        make_booking(slot=Slot.objects.get(), state=state)
    same = WorkshopDraft(name="Trier", capacity=3, **hours(0, 60))
    assert revise_workshop(workshop, same, by=by, at=AT) == 0
    later = WorkshopDraft(name="Trier", capacity=1, **hours(30, 90))
    assert revise_workshop(workshop, later, by=by, at=AT) == 2
    slot = Slot.objects.get()
    assert (slot.name, slot.capacity, slot.taken, slot.starts_at) == (
        "Trier",
        1,
        2,
        TEN + timedelta(minutes=30),
    )
    with pytest.raises(ValidationError, match="Des personnes s’y sont déjà inscrites"):
        revise_workshop(workshop, WorkshopDraft(name="Trier", **hours(30, 90)), by=by, at=AT)


def test_more_places_are_offered_to_those_who_wait(forum, by):
    workshop = add_workshop(
        WorkshopDraft(name="Tri", capacity=1, **hours(0, 60)), gathering=forum, by=by, at=AT
    )
    slot = Slot.objects.get()
    make_booking(slot=slot)
    waiting = make_booking(slot=slot, state=BookingState.WAITING)
    revise_workshop(workshop, WorkshopDraft(name="Tri", capacity=2, **hours(0, 60)), by=by, at=AT)
    waiting.refresh_from_db()
    assert waiting.state == BookingState.OFFERED


def test_a_workshop_that_somebody_registered_for_stays(forum, by):
    empty, chosen, wished = (make_workshop(gathering=forum) for _ in range(3))
    make_booking(slot=chosen.slot, state=BookingState.CANCELLED)
    make_wish(slot=wished.slot)
    remove_workshop(empty, by=by, at=AT)
    for kept in (chosen, wished):
        with pytest.raises(ValidationError, match="Des personnes se sont inscrites"):
            remove_workshop(kept, by=by, at=AT)
    assert set(Workshop.objects.all()) == {chosen, wished}
    assert Slot.objects.count() == 2


def test_shifts_show_what_they_lack(forum, by):
    before = add_shift(
        ShiftDraft(role="Installer", needed=4, **hours(-120, 0)), gathering=forum, by=by, at=AT
    )
    bar = add_shift(ShiftDraft(role="Buvette", needed=2, **hours(0, 120)), gathering=forum, by=by, at=AT)
    make_booking(slot=before)
    make_booking(slot=bar, size=2)
    shifts = shifts_of(forum)
    assert [(shift.slot.name, shift.found, shift.missing) for shift in shifts.rows] == [
        ("Installer", 1, 3),
        ("Buvette", 2, 0),
    ]
    assert (shifts.missing, shifts.needed) == (3, 6)
    revise_shift(bar, ShiftDraft(role="Buvette", needed=3, **hours(0, 180)), by=by, at=AT)
    bar.refresh_from_db()
    assert (bar.capacity, bar.taken, bar.ends_at) == (3, 2, TEN + timedelta(hours=3))
    with pytest.raises(ValidationError, match="Des personnes se sont inscrites"):
        remove_shift(bar, by=by, at=AT)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ({"needed": 0}, "une au moins"),
        (hours(60, 60), "La fin vient avant le début"),
        (hours(24 * 60, 25 * 60), "n’a pas lieu ce jour-là"),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused(forum, by, draft, reason):
    whole = {"role": "Accueil", "needed": 2} | hours(0, 60)
    with pytest.raises(ValidationError, match=reason):
        add_shift(ShiftDraft(**whole | draft), gathering=forum, by=by, at=AT)


def test_a_shift_is_removed(forum, by):
    shift = make_slot(occasion=forum.occasion, kind=SlotKind.SHIFT, **hours(0, 60))
    remove_shift(shift, by=by, at=AT)
    assert not Slot.objects.exists()


def placed(forum, name, room, start, end, **over):
    slot = make_slot(
        occasion=forum.occasion, kind=SlotKind.WORKSHOP, name=name, room=room, **hours(start, end)
    )
    return make_workshop(gathering=forum, slot=slot, **over)


def test_two_workshops_in_one_room_at_once_are_seen(forum):
    hall, yard = make_room(), make_room()
    placed(forum, "A", hall, 0, 60)
    placed(forum, "B", hall, 30, 90)
    placed(forum, "C", hall, 90, 120)  # touching ends
    placed(forum, "D", yard, 0, 60)
    placed(forum, "E", None, 0, 60)
    placed(forum, "F", None, 0, 60)
    for name in ("G", "H"):  # stands share a room, with each other and with a debate
        placed(forum, name, yard, 120, 180, kind=WorkshopKind.STAND)
    placed(forum, "I", yard, 120, 150, kind=WorkshopKind.DEBATE)
    found = clashes(programme_of(forum))
    assert [(one.slot.name, other.slot.name) for one, other in found] == [("A", "B")]


def test_a_programme_is_told_by_time_and_by_room(forum):
    centre = make_venue(name="Centre social")
    hall, yard = make_room(venue=centre, name="Salle"), make_room(venue=centre, name="Cour")
    placed(forum, "Débat", hall, 120, 180)
    placed(forum, "Tri", hall, 0, 60)
    placed(forum, "Jeux", yard, 0, 30)
    make_workshop(gathering=forum, slot=make_slot(
        occasion=forum.occasion, kind=SlotKind.WORKSHOP, name="SEL", capacity=None))  # fmt: skip
    make_workshop()
    programme = programme_of(forum)
    told = [(period.starts_at, [item.slot.name for item in period.items]) for period in programme.periods]
    assert told == [(None, ["SEL"]), (TEN, ["Tri", "Jeux"]), (TEN + timedelta(hours=2), ["Débat"])]
    rooms = [(place.room, [item.slot.name for item in place.items]) for place in programme.rooms]
    assert rooms == [(yard, ["Jeux"]), (hall, ["Tri", "Débat"]), (None, ["SEL"])]
    assert not programme_of(make_gathering())
