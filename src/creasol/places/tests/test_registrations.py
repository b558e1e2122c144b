"""Somebody registers, changes, cancels; what happens at once, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.mailing.models import Message
from creasol.places.actions.bookings import NoPlaceLeft
from creasol.places.actions.registrations import (
    RegistrationDraft,
    add_bookings,
    cancel_booking,
    cancel_registration,
    refuse_registration,
    register,
    resize_booking,
    revise_registration,
)
from creasol.places.enums import BookingState, Origin, SlotKind
from creasol.places.models import Registration
from creasol.places.queries.registrations import rank_of, registration_page

from .factories import AT, STARTS_AT, make_booking, make_occasion, make_question, make_slot

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
NOOR = RegistrationDraft(first_name="Noor", email="noor@example.org")


def enter(slot, draft=NOOR, **over) -> Registration:
    options = {"places": {slot.pk: over.pop("size", 1)}, "at": LATER} | over
    return register(draft, occasion=slot.occasion, **options)


def states(registration) -> list[tuple[str, int]]:
    return list(registration.bookings.order_by("id").values_list("state", "size"))


def workshop(occasion, start=0, end=1, **over):
    times = {"starts_at": STARTS_AT + timedelta(hours=start), "ends_at": STARTS_AT + timedelta(hours=end)}
    return make_slot(
        **{"occasion": occasion, "kind": SlotKind.WORKSHOP, "name": f"Atelier {start}"} | times | over
    )


def test_a_first_name_and_an_address_are_enough():
    slot = make_slot(capacity=20)
    registration = enter(slot, size=3)
    slot.refresh_from_db()
    assert (states(registration), slot.taken) == ([("confirmed", 3)], 3)
    message = Message.objects.get()
    assert (message.kind, message.to, message.state) == ("places.registered", "noor@example.org", "queued")
    entry = Entry.objects.get(verb="register")
    assert "Noor" not in entry.subject_label + str(entry.details)


def test_what_is_full_makes_wait_in_the_order_of_arrival():
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    first, second = enter(slot), enter(slot)
    ranks = [rank_of(registration.bookings.get()) for registration in (first, second)]
    assert (states(first), states(second), ranks) == ([("waiting", 1)], [("waiting", 1)], [1, 2])


def test_a_newcomer_does_not_pass_a_group_that_nobody_may_pass():
    slot = make_slot(capacity=2, occasion=make_occasion(small_groups_pass=False))
    make_booking(slot=slot, size=3, state=BookingState.WAITING)
    assert states(enter(slot)) == [("waiting", 1)]


def test_a_group_that_agreed_gets_what_is_left_and_waits_for_the_rest():
    slot = make_slot(capacity=3)
    registration = enter(slot, RegistrationDraft(first_name="Noor", may_split=True), size=5)
    assert states(registration) == [("confirmed", 3), ("waiting", 2)]


def test_the_same_request_twice_is_one_registration_and_one_mail():
    slot = make_slot(capacity=20)
    first = enter(slot, request_key="une-fois")
    assert enter(slot, request_key="une-fois") == first
    slot.refresh_from_db()
    assert (Registration.objects.count(), Message.objects.count(), slot.taken) == (1, 1, 1)


@pytest.mark.parametrize(
    ("over", "origin", "refused"),
    [
        ({}, Origin.WEB, False),
        ({"opens_at": None}, Origin.WEB, True),
        ({"opens_at": None}, Origin.STAFF, False),
        ({"opens_at": LATER + timedelta(seconds=1)}, Origin.WEB, True),
        ({"opens_at": LATER}, Origin.WEB, False),
        ({"closes_at": LATER}, Origin.WEB, True),
        ({"closes_at": LATER}, Origin.STAFF, False),
        ({"cancelled_at": AT}, Origin.WEB, True),
        ({"cancelled_at": AT}, Origin.STAFF, True),
    ],
)
def test_one_registers_while_it_is_open_the_team_at_any_time(over, origin, refused):
    slot = make_slot(occasion=make_occasion(**over))
    if refused:
        with pytest.raises(ValidationError):
            enter(slot, origin=origin)
        assert Registration.objects.count() == 0
    else:
        assert states(enter(slot, origin=origin)) == [("confirmed", 1)]


def test_what_cannot_be_chosen_is_refused():
    slot, other, free = make_slot(), make_slot(), make_slot(capacity=None, ceiling=0)
    remote = make_slot(occasion=slot.occasion, mode="remote")
    refused = [{}, {other.pk: 1}, {0: 1}, {slot.pk: 0}, {slot.pk: 51}, {slot.pk: 1, remote.pk: 1}]
    for places in refused:
        with pytest.raises(ValidationError):
            register(NOOR, occasion=slot.occasion, places=places, at=LATER)
    with pytest.raises(ValidationError):
        enter(free)
    with pytest.raises(ValidationError):
        enter(slot, RegistrationDraft(first_name=" ", email="noor@example.org"))
    with pytest.raises(ValidationError):
        enter(slot, RegistrationDraft(first_name="Noor", email="noor"))
    assert Registration.objects.count() == 0


def test_workshops_at_the_same_time_are_refused_touching_ones_accepted():
    occasion = make_occasion()
    ten, eleven, half_past = (
        workshop(occasion, 10, 11),
        workshop(occasion, 11, 12),
        workshop(occasion, 10.5, 11.5),
    )
    with pytest.raises(ValidationError, match="Atelier 10"):
        register(NOOR, occasion=occasion, places={ten.pk: 1, half_past.pk: 1}, at=LATER)
    registration = register(NOOR, occasion=occasion, places={ten.pk: 1, eleven.pk: 1}, at=LATER)
    assert states(registration) == [("confirmed", 1), ("confirmed", 1)]
    with pytest.raises(ValidationError):
        add_bookings(registration, places={half_past.pk: 1}, at=LATER)


def test_a_shift_does_not_overlap_with_ones_own_workshop():
    occasion = make_occasion()
    own, shift = workshop(occasion), workshop(occasion, 0.5, 2, kind=SlotKind.SHIFT)
    later = workshop(occasion, 1, 2, kind=SlotKind.SHIFT)
    registration = register(NOOR, occasion=occasion, places={own.pk: 2}, at=LATER)
    with pytest.raises(ValidationError):
        add_bookings(registration, places={shift.pk: 1}, at=LATER)
    add_bookings(registration, places={later.pk: 1}, at=LATER)
    add_bookings(registration, places={later.pk: 1}, at=LATER)
    assert states(registration) == [("confirmed", 2), ("confirmed", 1)]


def test_who_waits_for_the_entry_chooses_workshops_later():
    entry = make_slot(capacity=1)
    other = make_booking(slot=entry)
    part = workshop(entry.occasion)
    registration = register(NOOR, occasion=entry.occasion, places={entry.pk: 1, part.pk: 1}, at=LATER)
    assert states(registration) == [("waiting", 1)]
    with pytest.raises(ValidationError):
        add_bookings(registration, places={part.pk: 1}, at=LATER)
    cancel_registration(other.registration, at=LATER)
    part.refresh_from_db()
    assert part.taken == 0


def test_a_group_grows_if_there_is_room_and_shrinks_for_the_next():
    slot = make_slot(capacity=4)
    booking = enter(slot, size=2).bookings.get()
    make_booking(slot=slot)
    resize_booking(booking, size=3, at=LATER)
    with pytest.raises(NoPlaceLeft):
        resize_booking(booking, size=4, at=LATER)
    waiting = make_booking(slot=slot, size=2, state=BookingState.WAITING)
    resize_booking(booking, size=1, at=LATER)
    waiting.refresh_from_db()
    slot.refresh_from_db()
    assert (waiting.state, slot.taken) == ("offered", 4)


def test_a_group_shrinks_after_registration_has_closed_and_does_not_grow():
    slot = make_slot(occasion=make_occasion(closes_at=LATER))
    booking = make_booking(slot=slot, size=3)
    resize_booking(booking, size=2, at=LATER)
    with pytest.raises(ValidationError, match="pas ouverte"):
        resize_booking(booking, size=3, at=LATER)
    slot.refresh_from_db()
    assert slot.taken == 2


def test_a_group_that_waits_and_grows_goes_last():
    slot = make_slot(capacity=0)
    first, second = enter(slot), enter(slot)
    resize_booking(first.bookings.get(), size=2, at=LATER + timedelta(hours=1))
    assert [rank_of(each.bookings.get()) for each in (first, second)] == [2, 1]
    resize_booking(first.bookings.get(), size=1, at=LATER + timedelta(hours=2))
    assert rank_of(first.bookings.get()) == 2


def test_a_registration_is_corrected():
    slot = make_slot()
    question = make_question(occasion=slot.occasion)
    registration = enter(slot)
    draft = RegistrationDraft(
        first_name="Noor", email="noor@example.net", phone="03 20 00 00 00", answers={question.pk: "En vélo"}
    )
    revise_registration(registration, draft, at=LATER)
    registration.refresh_from_db()
    assert (registration.email, registration.phone) == ("noor@example.net", "03 20 00 00 00")
    assert registration.answers.get().text == "En vélo"


def test_giving_up_the_entry_gives_up_everything():
    entry = make_slot()
    part = workshop(entry.occasion)
    registration = register(NOOR, occasion=entry.occasion, places={entry.pk: 2, part.pk: 2}, at=LATER)
    cancel_booking(registration.bookings.get(slot=part), at=LATER)
    assert states(registration) == [("confirmed", 2), ("cancelled", 2)]
    cancel_booking(registration.bookings.get(slot=entry), at=LATER)
    assert states(registration) == [("cancelled", 2), ("cancelled", 2)]
    entry.refresh_from_db()
    part.refresh_from_db()
    assert (entry.taken, part.taken) == (0, 0)
    assert registration_page(registration.code).is_over


def test_a_group_of_which_some_have_a_place_leaves_the_waiting_list_alone():
    slot = make_slot(capacity=3)
    make_booking(slot=slot)
    registration = enter(slot, replace(NOOR, may_split=True), size=4)
    assert states(registration) == [("confirmed", 2), ("waiting", 2)]
    page = registration_page(registration.code)
    [rest] = page.to_give_up
    cancel_booking(rest.booking, at=LATER)
    assert states(registration) == [("confirmed", 2), ("cancelled", 2)]
    assert registration_page(registration.code).to_give_up == ()
    cancel_booking(page.entry.booking, at=LATER)
    assert states(registration) == [("cancelled", 2), ("cancelled", 2)]


def test_cancelling_twice_does_nothing_more():
    slot = make_slot()
    registration = enter(slot)
    cancel_registration(registration, at=LATER)
    cancel_registration(registration, at=LATER)
    slot.refresh_from_db()
    assert (slot.taken, Entry.objects.filter(verb="cancel").count()) == (0, 1)


def test_cancelling_withdraws_the_mail_that_has_not_left():
    registration = enter(make_slot())
    cancel_registration(registration, at=LATER)
    assert list(Message.objects.values_list("kind", flat=True)) == ["places.registration_cancelled"]


def test_who_has_come_cannot_cancel():
    booking = make_booking(state=BookingState.PRESENT)
    with pytest.raises(ValidationError):
        cancel_registration(booking.registration, at=LATER)


def test_the_organisers_cancel_with_a_reason_that_the_person_reads():
    registration = enter(make_slot())
    with pytest.raises(ValidationError):
        refuse_registration(registration, reason=" ", by=make_user(), at=LATER)
    refuse_registration(registration, reason="Le groupe est complet.", by=make_user(), at=LATER)
    assert states(registration) == [("refused", 1)]
    assert "Le groupe est complet." in Message.objects.get(kind="places.registration_refused").text
    with pytest.raises(ValidationError):
        refuse_registration(registration, reason="Encore", by=make_user(), at=LATER)


def test_workshops_go_to_those_who_wished_before_they_go_to_whoever_registers():
    occasion = make_occasion(wishes_until=LATER - timedelta(hours=1))
    one = workshop(occasion)
    with pytest.raises(ValidationError, match="vœux"):
        register(NOOR, occasion=occasion, places={one.pk: 1}, at=LATER)
    occasion.wishes_given_at = LATER
    occasion.save()
    assert states(register(NOOR, occasion=occasion, places={one.pk: 1}, at=LATER)) == [("confirmed", 1)]


def test_wishes_are_kept_ranked_until_places_are_given():
    occasion = make_occasion(wishes_until=LATER + timedelta(days=1))
    one, two = workshop(occasion), workshop(occasion)
    draft = RegistrationDraft(first_name="Noor", email="noor@example.org", wishes={two.pk: 1, one.pk: 2})
    registration = register(draft, occasion=occasion, places={}, at=LATER)
    assert list(registration.wishes.values_list("rank", "slot")) == [(1, two.pk), (2, one.pk)]
    assert not registration_page(registration.code).is_over
    cancel_registration(registration, at=LATER)
    cancel_registration(registration, at=LATER)
    assert registration_page(registration.code).is_over
    assert [message.kind for message in Message.objects.all()] == ["places.registration_cancelled"]
    with pytest.raises(ValidationError):
        register(draft, occasion=make_occasion(), places={}, at=LATER)
