"""Names go at their time, never before; numbers are the same before and after."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from creasol.accounts.actions import erase_user
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.network.tests.factories import make_organisation
from creasol.places.actions.forgetting import erase_registration, forget_occasions
from creasol.places.actions.registrations import RegistrationDraft, register
from creasol.places.enums import BookingState, Origin, QuestionKind
from creasol.places.models import Answer, Booking, Registration
from creasol.places.queries.figures import attendance_figures
from creasol.places.queries.personal import due_by_now
from creasol.places.queries.questions import question_results
from creasol.places.queries.registrations import registration_by_code

from .factories import (
    AT,
    ENDS_AT,
    make_answer,
    make_booking,
    make_occasion,
    make_question,
    make_registration,
    make_slot,
)

CAME, WAITED = BookingState.PRESENT, BookingState.WAITING
MEALS = {"kind": QuestionKind.CHOICE, "choices": "Avec viande\nSans viande"}
IDENTITY = {
    "first_name": "Lucie",
    "email": "lucie@example.org",
    "phone": "06 00 00 00 00",
    "organisation_name": "L’Atelier",
    "access_needs": "Une rampe",
    "request_key": "a-key",
}


def after(**delay):
    return ENDS_AT + timedelta(**delay)


def person(slot, state, *, size=1, **who):
    registration = make_registration(occasion=slot.occasion, **who)
    arrived = size if state == CAME else 0
    return make_booking(
        slot=slot, registration=registration, state=state, size=size, arrived=arrived
    ).registration


def told(registration):
    """Return what says who a registration is."""
    registration.refresh_from_db()
    return {name: getattr(registration, name) for name in IDENTITY}


@pytest.fixture
def slot(db):
    return make_slot(occasion=make_occasion(keep_days=90), capacity=50)


def test_names_go_after_the_days_the_occasion_says_and_not_before(slot):
    lucie = person(slot, CAME, **IDENTITY)
    before = (lucie.code, lucie.ticket)
    forget_occasions(at=after(days=90, seconds=-1))
    assert told(lucie) == IDENTITY | {"access_needs": ""}
    assert registration_by_code(before[0]) == lucie
    slot.occasion.refresh_from_db()
    assert slot.occasion.forgotten_at is None

    forget_occasions(at=after(days=90))
    assert told(lucie) == dict.fromkeys(IDENTITY, "") | {"request_key": None}
    assert lucie.forgotten_at == after(days=90)
    assert not {lucie.code, lucie.ticket} & set(before)
    assert min(len(lucie.code), len(lucie.ticket)) >= 20
    with pytest.raises(Registration.DoesNotExist):
        registration_by_code(before[0])
    with pytest.raises(Registration.DoesNotExist):
        registration_by_code(lucie.code)
    slot.occasion.refresh_from_db()
    assert slot.occasion.forgotten_at == after(days=90)


def test_what_became_of_the_bookings_stays(slot):
    lucie = person(slot, CAME, size=3, origin=Origin.STAFF)
    before = list(Booking.objects.values())
    forget_occasions(at=after(days=90))
    lucie.refresh_from_db()
    assert list(Booking.objects.values()) == before
    assert (lucie.origin, lucie.registered_at) == (Origin.STAFF, AT)


def test_an_organisation_of_the_directory_is_let_go_of_and_still_counted(slot):
    lucie = person(slot, CAME, organisation=make_organisation())
    person(slot, CAME, organisation_name="Le Café")
    forget_occasions(at=after(days=90))
    lucie.refresh_from_db()
    assert lucie.organisation is None
    slot.occasion.refresh_from_db()
    assert attendance_figures(slot.occasion).organisations == 2


@pytest.mark.parametrize("state", ["waiting", "offered", "declined", "expired", "cancelled", "refused"])
def test_who_never_got_a_place_is_forgotten_a_week_after(slot, state):
    waited, came = person(slot, state, **IDENTITY), person(slot, CAME)
    forget_occasions(at=after(days=7, seconds=-1))
    assert told(waited)["first_name"] == "Lucie"
    forget_occasions(at=after(days=7))
    assert told(waited)["email"] == ""
    assert told(came)["email"] != ""


@pytest.mark.parametrize("state", ["confirmed", "present", "absent"])
def test_who_had_a_place_is_not(slot, state):
    had = person(slot, state)
    forget_occasions(at=after(days=89))
    assert told(had)["email"] != ""


@pytest.mark.django_db
def test_when_names_are_kept_for_less_than_a_week_everything_goes_with_them():
    slot = make_slot(occasion=make_occasion(keep_days=2))
    came, waited = person(slot, CAME, **IDENTITY), person(slot, WAITED)
    answer = make_answer(registration=came, question=make_question(occasion=slot.occasion, keep_days=30))
    forget_occasions(at=after(days=2))
    assert told(came)["access_needs"] == told(waited)["email"] == ""
    assert not Answer.objects.filter(pk=answer.pk).exists()


def test_free_answers_go_at_their_own_delay_choices_become_numbers_of_nobody(slot):
    text = make_question(occasion=slot.occasion, keep_days=3)
    later = make_question(occasion=slot.occasion, keep_days=20)
    choice = make_question(occasion=slot.occasion, keep_days=3, **MEALS)
    for meal in ("Sans viande", "Avec viande", "Sans viande"):
        lucie = person(slot, CAME, first_name="Lucie")
        make_answer(registration=lucie, question=choice, text=meal)
        make_answer(registration=lucie, question=text, text="En train")
        make_answer(registration=lucie, question=later, text="Plus tard")
    forget_occasions(at=after(days=3, seconds=-1))
    assert Answer.objects.filter(registration=None).count() == 0
    forget_occasions(at=after(days=3))
    assert told(lucie)["first_name"] == "Lucie"
    assert [answer.question for answer in lucie.answers.all()] == [later]
    kept = Answer.objects.filter(question=choice).order_by("id").values_list("registration", "text")
    assert list(kept) == [(None, "Avec viande"), (None, "Sans viande"), (None, "Sans viande")]
    assert not Answer.objects.filter(question=text).exists()


def test_each_occasion_goes_by_its_own_date(slot):
    next_month = make_slot(
        occasion=make_occasion(
            starts_at=ENDS_AT + timedelta(days=30), keep_days=90, programme=slot.occasion.programme
        )
    )
    first, second = person(slot, CAME), person(next_month, CAME)
    forget_occasions(at=after(days=90))
    assert (told(first)["email"], told(second)["email"] != "") == ("", True)


def test_running_it_twice_erases_nothing_more_and_says_nothing_more(slot):
    person(slot, CAME, **IDENTITY)
    (due,) = forget_occasions(at=after(days=90))
    assert (due.occasion, due.registrations, due.answers, due.needs) == (slot.occasion, 1, 0, 1)
    rows = list(Registration.objects.values())
    assert forget_occasions(at=after(days=91)) == ()
    assert list(Registration.objects.values()) == rows
    (entry,) = Entry.objects.filter(verb="forget-names")
    assert entry.details == {"registrations": 1, "answers": 0, "needs": 1}


def test_somebody_registered_afterwards_by_the_team_is_forgotten_too(slot):
    forget_occasions(at=after(days=90))
    late = person(slot, CAME)
    forget_occasions(at=after(days=91))
    assert told(late)["email"] == ""


def test_a_dry_run_says_the_same_and_erases_nothing(slot, capsys):
    lucie = person(slot, CAME, **IDENTITY)
    make_answer(registration=lucie, question=make_question(occasion=slot.occasion))
    (due,) = due_by_now(at=after(days=90))
    assert (due.registrations, due.answers, due.needs) == (1, 1, 1)
    call_command("forget", "--dry-run")
    assert told(lucie) == IDENTITY
    assert slot.occasion.title in capsys.readouterr().out
    call_command("forget")
    assert told(lucie)["first_name"] == ""
    assert due_by_now(at=after(days=90)) == ()


# By the person's own wish


@pytest.mark.django_db
def test_who_wants_to_be_forgotten_is_so_at_once_and_the_place_goes_to_the_next():
    occasion = make_occasion()
    slot = make_slot(occasion=occasion, capacity=1)
    draft = RegistrationDraft(first_name="Lucie", email="lucie@example.org", access_needs="Une rampe")
    lucie = register(draft, occasion=occasion, places={slot.pk: 1}, at=AT)
    next_one = register(
        RegistrationDraft(first_name="Ali", email="ali@example.org"),
        occasion=occasion,
        places={slot.pk: 1},
        at=AT,
    )
    erase_registration(lucie, at=AT)
    assert (told(lucie)["first_name"], told(lucie)["access_needs"]) == ("", "")
    assert lucie.bookings.get().state == BookingState.CANCELLED
    assert next_one.bookings.get().state == BookingState.OFFERED
    assert told(next_one)["first_name"] == "Ali"
    assert not Entry.objects.filter(subject_label__contains="Lucie").exists()


def test_who_came_may_be_forgotten_too_and_still_counts(slot):
    lucie = person(slot, CAME, **IDENTITY)
    before = attendance_figures(slot.occasion)
    erase_registration(lucie, at=ENDS_AT - timedelta(minutes=5))
    erase_registration(lucie, at=after(days=1))
    slot.occasion.refresh_from_db()
    assert told(lucie)["first_name"] == ""
    assert attendance_figures(slot.occasion) == before
    assert Entry.objects.filter(verb="erase").count() == 1


def test_an_account_takes_along_and_erases_what_was_registered_with_its_address(slot):
    user = make_user(email="lucie@example.org")
    lucie = person(slot, CAME, **IDENTITY | {"email": "Lucie@Example.org"})
    other = person(slot, CAME)
    make_answer(
        registration=lucie, question=make_question(occasion=slot.occasion, label="Comment ?"), text="À pied"
    )
    (exported,) = export_user(user)["registrations"]
    assert exported["registration"]["first_name"] == "Lucie"
    assert exported["answers"][0]["answer"] == "À pied"
    erase_user(user, by=user, at=after(days=1))
    assert told(lucie)["email"] == ""
    assert told(other)["email"] != ""


# Whatever occasion it is

organisations = st.sampled_from(["", "L’Atelier", "l'atelier", "Le Café", "Une ferme"])
people = st.fixed_dictionaries(
    {
        "state": st.sampled_from(list(BookingState)),
        "size": st.integers(1, 4),
        "origin": st.sampled_from(list(Origin)),
        "organisation_name": organisations,
        "access_needs": st.sampled_from(["", "Une rampe"]),
        "meal": st.sampled_from([None, "Avec viande", "Sans viande"]),
        "words": st.sampled_from([None, "En train"]),
    }
)


class Numbers(TestCase):
    """Numbers are the same at every moment; what is personal is there until its delay and not after."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        people=st.lists(people, max_size=8),
        keep_days=st.integers(0, 40),
        meal_days=st.integers(0, 40),
        word_days=st.integers(0, 40),
        moments=st.lists(st.integers(-2, 45), min_size=1, max_size=4),
    )
    def test_numbers_are_the_same_before_and_after(self, people, keep_days, meal_days, word_days, moments):
        occasion = make_occasion(keep_days=keep_days)
        slot = make_slot(occasion=occasion, capacity=100)
        meal = make_question(occasion=occasion, keep_days=min(meal_days, keep_days), **MEALS)
        words = make_question(occasion=occasion, keep_days=min(word_days, keep_days))
        for who in people:
            facts = {name: who[name] for name in ("origin", "organisation_name", "access_needs")}
            registration = person(slot, who["state"], size=who["size"], **facts)
            for question, text in ((meal, who["meal"]), (words, who["words"])):
                if text:
                    make_answer(registration=registration, question=question, text=text)
        figures = attendance_figures(occasion)
        counts = question_results(occasion)[0].counts
        written = Answer.objects.filter(question=words).count()
        for moment in sorted(moments):
            forget_occasions(at=after(days=moment))
            occasion.refresh_from_db()
            assert attendance_figures(occasion) == figures
            assert question_results(occasion)[0].counts == counts
            named = Registration.objects.filter(occasion=occasion, forgotten_at=None)
            had_a_place = named.filter(bookings__state__in=["confirmed", "present", "absent"])
            if moment < min(7, keep_days):
                assert named.count() == len(people)
            elif moment < keep_days:
                assert set(named) == set(had_a_place)
            else:
                assert not named.exists()
            if moment >= min(7, keep_days):
                assert not Registration.objects.exclude(access_needs="").exists()
            if moment >= words.keep_days:
                assert not Answer.objects.filter(question=words).exists()
            if moment < min(7, keep_days, words.keep_days):
                assert Answer.objects.filter(question=words).count() == written
