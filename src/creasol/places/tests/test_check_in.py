"""At the door: one arrival whatever was said, who may not come in, who comes without a place, who did not come."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.places.actions.bookings import set_capacity
from creasol.places.actions.check_in import (
    CheckInDraft,
    Word,
    admit,
    check_in,
    close_attendance,
    take_in,
    undo_check_in,
    walk_in,
)
from creasol.places.enums import BookingState, CheckInKind, OfferState, Origin
from creasol.places.models import Booking, CheckIn, Registration
from creasol.places.queries.check_in import attendance, people_at, people_called, registration_of_ticket
from creasol.places.tests.factories import (
    ENDS_AT,
    STARTS_AT,
    make_booking,
    make_occasion,
    make_offer,
    make_registration,
    make_slot,
)
from creasol.places.tickets import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return make_user(name="Awa Accueil")


def word(by, *, minute=4, received=None, key=None, device="one"):
    at = STARTS_AT + timedelta(minutes=minute)
    received_at = at if received is None else STARTS_AT + timedelta(minutes=received)
    return Word(key=key or uuid4(), by=by, at=at, received_at=received_at, device=device)


def reread(booking):
    return Booking.objects.get(pk=booking.pk)


def minute_of(booking):
    return int((reread(booking).arrived_at - STARTS_AT).total_seconds() / 60)


def verbs():
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def test_who_comes_is_welcome_and_present(awa):
    booking = make_booking()
    answer = check_in(booking, word=word(awa))
    assert (answer.outcome, answer.arrived) == ("welcome", 1)
    assert (reread(booking).state, minute_of(booking)) == (BookingState.PRESENT, 4)
    assert verbs() == ["check-in"]


def test_a_second_scan_tells_the_first_hour_and_changes_nothing(awa):
    booking = make_booking()
    check_in(booking, word=word(awa, minute=4))
    answer = check_in(booking, word=word(make_user(), minute=9, device="two"))
    assert (answer.outcome, answer.at, answer.by) == (
        "already",
        STARTS_AT + timedelta(minutes=4),
        "Awa Accueil",
    )
    assert minute_of(booking) == 4
    assert verbs() == ["check-in"]


def test_an_earlier_scan_that_comes_later_wins(awa):
    booking = make_booking()
    first_received = word(awa, minute=10, device="two")
    assert check_in(booking, word=first_received).outcome == "welcome"
    assert check_in(booking, word=word(awa, minute=4, received=30)).outcome == "welcome"
    assert minute_of(booking) == 4
    retried = check_in(booking, word=first_received)
    assert (retried.outcome, retried.at) == ("already", STARTS_AT + timedelta(minutes=4))


def test_the_same_word_twice_is_one_row_and_one_answer(awa):
    booking, said = make_booking(), word(awa)
    assert check_in(booking, word=said) == check_in(booking, word=said)
    assert CheckIn.objects.count() == 1
    assert verbs() == ["check-in"]


def test_a_clock_that_is_ahead_counts_for_nothing(awa):
    booking = make_booking()
    check_in(booking, word=word(awa, minute=600, received=5))
    assert minute_of(booking) == 5


def test_a_group_comes_little_by_little(awa):
    booking = make_booking(size=4)
    assert check_in(booking, arrived=2, word=word(awa, minute=4)).outcome == "welcome"
    answer = check_in(booking, arrived=4, word=word(awa, minute=20))
    assert (answer.outcome, answer.arrived, minute_of(booking)) == ("completed", 4, 4)
    assert check_in(booking, arrived=9, word=word(awa, minute=21)).arrived == 4


def test_a_mistake_is_taken_back(awa):
    booking = make_booking()
    check_in(booking, word=word(awa, minute=4))
    assert undo_check_in(booking, word=word(awa, minute=5)).outcome == "undone"
    found = reread(booking)
    assert (found.state, found.arrived_at, found.arrived) == (BookingState.CONFIRMED, None, 0)
    assert check_in(booking, word=word(awa, minute=8)).outcome == "welcome"
    assert minute_of(booking) == 8
    assert verbs() == ["check-in", "undo", "check-in"]


def test_a_presence_noted_before_words_were_kept_stays_the_first(awa):
    booking = make_booking(state=BookingState.PRESENT, arrived=1, arrived_at=STARTS_AT)
    assert check_in(booking, word=word(awa)).outcome == "already"
    assert minute_of(booking) == 0


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (BookingState.WAITING, "waiting"),
        (BookingState.OFFERED, "waiting"),
        (BookingState.CANCELLED, "cancelled"),
        (BookingState.REFUSED, "cancelled"),
        (BookingState.EXPIRED, "cancelled"),
    ],
)
def test_who_has_no_place_is_told_so_and_not_let_in(awa, state, outcome):
    booking = make_booking(state=state)
    assert check_in(booking, word=word(awa)).outcome == outcome
    assert reread(booking).state == state
    assert CheckIn.objects.count() == 0


def test_a_telephone_tells_after_the_list_was_closed(awa):
    booking = make_booking(state=BookingState.ABSENT)
    assert check_in(booking, word=word(awa, minute=4, received=600)).outcome == "welcome"
    assert reread(booking).state == BookingState.PRESENT


def test_somebody_walks_in_with_a_first_name(awa):
    slot = make_slot(capacity=20)
    answer = walk_in(slot.occasion, slot=slot, first_name=" Léa ", word=word(awa))
    found = reread(answer.booking)
    assert (answer.outcome, found.state, found.registration.first_name) == ("welcome", "present", "Léa")
    assert (found.registration.origin, found.registration.email) == (Origin.WALK_IN, "")
    slot.refresh_from_db()
    assert (slot.taken, slot.overbook) == (1, 0)
    assert "let-in" not in verbs()


def test_the_same_walk_in_sent_twice_is_one_person(awa):
    slot, said = make_slot(), word(awa)
    first = walk_in(slot.occasion, slot=slot, first_name="Léa", word=said)
    assert walk_in(slot.occasion, slot=slot, first_name="Léa", word=said) == first
    assert Registration.objects.count() == 1


def test_beyond_the_places_it_is_an_override_that_the_journal_tells(awa):
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    walk_in(slot.occasion, slot=slot, first_name="Léa", size=2, word=word(awa))
    slot.refresh_from_db()
    assert (slot.taken, slot.overbook, slot.capacity) == (3, 2, 1)
    entry = Entry.objects.get(verb="let-in")
    assert (entry.actor, entry.details) == (awa, {"beyond": 2, "places": 2, "reason": "sur place"})


def test_walking_in_where_nobody_has_to_register(awa):
    slot = make_slot(capacity=None)
    assert walk_in(slot.occasion, slot=slot, first_name="Léa", word=word(awa)).outcome == "welcome"


def test_who_walked_in_where_nobody_had_to_register_is_counted_once_places_are(awa):
    slot = make_slot(capacity=None)
    answers = [walk_in(slot.occasion, slot=slot, first_name="Sam", size=2, word=word(awa)) for _ in range(2)]
    undo_check_in(answers[0].booking, word=word(awa, minute=5))
    set_capacity(slot, capacity=3, by=awa, at=ENDS_AT)
    assert (slot.taken, slot.left) == (2, 1)
    undo_check_in(answers[1].booking, word=word(awa, minute=6))
    slot.refresh_from_db()
    assert (slot.taken, slot.left) == (0, 3)


def test_a_walk_in_taken_back_gives_the_place_back(awa):
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    answer = walk_in(slot.occasion, slot=slot, first_name="Léa", word=word(awa, minute=4))
    undo_check_in(answer.booking, word=word(awa, minute=5))
    slot.refresh_from_db()
    assert (slot.taken, slot.overbook) == (1, 0)
    assert reread(answer.booking).state == BookingState.CANCELLED


def test_a_walk_in_needs_a_first_name_and_a_slot_of_the_day(awa):
    slot = make_slot()
    with pytest.raises(ValidationError, match="prénom"):
        walk_in(slot.occasion, slot=slot, first_name="  ", word=word(awa))
    with pytest.raises(ValidationError):
        walk_in(make_occasion(), slot=slot, first_name="Léa", word=word(awa))


def test_who_waits_comes_in_by_an_explicit_choice(awa):
    slot = make_slot(capacity=1)
    make_booking(slot=slot)
    waiting = make_booking(slot=slot, state=BookingState.WAITING)
    assert admit(waiting.registration, slot=slot, word=word(awa)).outcome == "welcome"
    slot.refresh_from_db()
    assert (reread(waiting).state, slot.taken, slot.overbook) == (BookingState.PRESENT, 2, 1)


def test_an_offer_is_accepted_by_coming_in(awa):
    booking = make_booking(state=BookingState.OFFERED)
    offer = make_offer(booking=booking)
    admit(booking.registration, slot=booking.slot, word=word(awa))
    offer.refresh_from_db()
    booking.slot.refresh_from_db()
    assert (offer.state, reread(booking).state, booking.slot.taken) == (OfferState.ACCEPTED, "present", 1)


@pytest.mark.parametrize("state", [BookingState.CANCELLED, None])
def test_who_cancelled_or_is_of_another_workshop_comes_in_as_one_more(awa, state):
    slot = make_slot(kind="workshop")
    registration = make_registration(occasion=slot.occasion)
    if state:
        make_booking(slot=slot, registration=registration, state=state)
    answer = admit(registration, slot=slot, word=word(awa, minute=4))
    assert reread(answer.booking).state == BookingState.PRESENT
    undo_check_in(answer.booking, word=word(awa, minute=5))
    slot.refresh_from_db()
    assert (reread(answer.booking).state, slot.taken) == (BookingState.CANCELLED, 0)


def test_admitting_somebody_who_has_a_place_checks_them_in(awa):
    booking = make_booking()
    admit(booking.registration, slot=booking.slot, word=word(awa))
    booking.slot.refresh_from_db()
    assert (reread(booking).state, booking.slot.taken) == (BookingState.PRESENT, 1)


def test_who_did_not_come_is_absent_where_attendance_was_taken(awa):
    occasion = make_occasion()
    taken, untaken = make_slot(occasion=occasion), make_slot(occasion=occasion, kind="workshop")
    came, missing, elsewhere = make_booking(slot=taken), make_booking(slot=taken), make_booking(slot=untaken)
    check_in(came, word=word(awa))
    assert close_attendance(occasion, by=awa, at=ENDS_AT) == 1
    assert [reread(one).state for one in (came, missing, elsewhere)] == ["present", "absent", "confirmed"]
    assert close_attendance(occasion, by=awa, at=ENDS_AT) == 0


def test_the_list_is_not_closed_before_the_end(awa):
    with pytest.raises(ValidationError, match="terminé"):
        close_attendance(make_occasion(), by=awa, at=STARTS_AT)


# What telephones send


def draft(by, slot, **facts):
    return CheckInDraft(**{"kind": CheckInKind.ARRIVE, "word": word(by), "slot": slot} | facts)


def test_a_ticket_opens_the_door(awa):
    booking = make_booking()
    said = draft(awa, booking.slot, ticket=f"https://example.org/e/{token_of(booking.registration.ticket)}")
    assert take_in(said, occasion=booking.slot.occasion).outcome == "welcome"


def test_an_unknown_a_forged_a_revoked_or_a_foreign_ticket_is_answered(awa):
    booking, other = make_booking(), make_booking()
    token = token_of(booking.registration.ticket)
    Registration.objects.filter(pk=booking.registration_id).update(ticket="another")
    for text in ("", "x", token[:-1] + "_", token, token_of(other.registration.ticket)):
        assert (
            take_in(draft(awa, booking.slot, ticket=text), occasion=booking.slot.occasion).outcome
            == "unknown"
        )


def test_a_ticket_of_the_day_at_the_door_of_another_workshop(awa):
    booking = make_booking()
    workshop = make_slot(occasion=booking.slot.occasion, kind="workshop")
    said = draft(awa, workshop, ticket=token_of(booking.registration.ticket))
    assert take_in(said, occasion=workshop.occasion).outcome == "elsewhere"


def test_a_booking_of_another_occasion_is_unknown(awa):
    slot, other = make_slot(), make_booking()
    assert take_in(draft(awa, slot, booking=other.pk), occasion=slot.occasion).outcome == "unknown"
    assert reread(other).state == BookingState.CONFIRMED


def test_a_walk_in_is_taken_back_by_the_key_it_was_said_under(awa):
    slot, said = make_slot(), word(awa, minute=4)
    take_in(draft(awa, slot, kind=CheckInKind.WALK_IN, first_name="Léa", word=said), occasion=slot.occasion)
    undo = draft(awa, slot, kind=CheckInKind.UNDO, of=said.key, word=word(awa, minute=5))
    assert take_in(undo, occasion=slot.occasion).outcome == "undone"
    assert Booking.objects.get().state == BookingState.CANCELLED


def test_what_cannot_be_noted_is_an_answer(awa):
    slot = make_slot()
    said = draft(awa, slot, kind=CheckInKind.WALK_IN, first_name=" ")
    assert take_in(said, occasion=slot.occasion).outcome == "refused"


def test_a_key_used_at_another_door_is_refused(awa):
    mine, other, said = make_booking(), make_booking(), word(awa)
    check_in(other, word=said)
    answer = take_in(draft(awa, mine.slot, booking=mine.pk, word=said), occasion=mine.slot.occasion)
    assert answer.outcome == "refused"
    assert reread(mine).state == BookingState.CONFIRMED


# What is asked at the door


def test_who_comes_is_told_before_who_waits_and_the_erased_are_not_named():
    slot = make_slot(capacity=5)
    split = make_booking(slot=slot, size=2)
    make_booking(slot=slot, registration=split.registration, state=BookingState.WAITING)
    make_booking(slot=slot, registration=make_registration(occasion=slot.occasion, forgotten_at=STARTS_AT))
    gone = make_booking(slot=slot, state=BookingState.CANCELLED)
    assert [(one.booking, one.state) for one in people_at(slot.occasion) if one.booking == split.pk] == [
        (split.pk, "confirmed")
    ]
    assert len(people_at(slot.occasion)) == 3
    assert {one.state for one in people_at(slot.occasion)} == {"confirmed", "waiting", "cancelled"}
    assert gone.pk in {one.booking for one in people_at(slot.occasion)}


def test_people_are_found_by_first_name_or_organisation_without_accents():
    slot = make_slot()
    registration = make_registration(occasion=slot.occasion, first_name="Hélène", organisation_name="L’Œuvre")
    make_booking(slot=slot, registration=registration)
    make_booking(slot=slot)
    for words in ("helene", "HÉL oeuv", "œuvre"):
        assert [one.name for one in people_called(slot.occasion, slot, words)] == ["Hélène"]
    assert len(people_called(slot.occasion, slot, "")) == 2


def test_the_live_count_counts_people(awa):
    slot = make_slot(capacity=10)
    make_booking(slot=slot, size=3)
    group = make_booking(slot=slot, size=4)
    make_booking(slot=slot, state=BookingState.WAITING)
    check_in(group, arrived=2, word=word(awa))
    assert [(one.present, one.expected, one.places) for one in attendance(slot.occasion)] == [(2, 7, 10)]


def test_a_ticket_leads_to_its_registration():
    registration = make_registration()
    assert registration_of_ticket(token_of(registration.ticket)) == registration
    assert registration_of_ticket("x") is None
