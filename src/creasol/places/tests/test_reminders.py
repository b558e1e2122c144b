"""Reminders by a clock that does not run: when they leave, to whom, once, never too late."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from creasol.accounts.tests.factories import make_user
from creasol.jobs.worker import run_waiting_jobs
from creasol.mailing.actions import deliver_message
from creasol.mailing.models import Message
from creasol.places.actions.announcements import hold_back, queue_reminders, word_announcement
from creasol.places.actions.occasions import cancel_occasion, move_occasion
from creasol.places.actions.registrations import cancel_registration
from creasol.places.enums import AnnouncementKind
from creasol.places.models import Announcement
from creasol.places.reminder_times import is_link_shown, reminder_window

from .factories import AT, make_booking, make_occasion, make_registration, make_slot

PARIS = ZoneInfo("Europe/Paris")
WEEK, DAY = "reminder-week", "reminder-day"


def paris(*fields):
    return datetime(*fields, tzinfo=PARIS)


EVENING = paris(2011, 11, 7, 18)


def make_evening(**over):
    return make_occasion(**{"starts_at": EVENING, "title": "Soirée"} | over)


def make_guest(occasion, *, state="confirmed", **over):
    registration = make_registration(occasion=occasion, **over)
    slot = occasion.slots.first() or make_slot(occasion=occasion, capacity=400)
    make_booking(registration=registration, slot=slot, state=state)
    return registration


def written():
    """Return the kinds of mails in the outbox, in order."""
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("starts_at", "week", "day"),
    [
        (EVENING, datetime(2011, 10, 31, 8, tzinfo=UTC), datetime(2011, 11, 6, 8, tzinfo=UTC)),
        # winter time begins on 30 October 2011: nine o'clock is seven o'clock UTC before, eight after
        (paris(2011, 11, 2, 18), datetime(2011, 10, 26, 7, tzinfo=UTC), datetime(2011, 11, 1, 8, tzinfo=UTC)),
        (
            paris(2011, 10, 31, 0, 30),
            datetime(2011, 10, 24, 7, tzinfo=UTC),
            datetime(2011, 10, 30, 8, tzinfo=UTC),
        ),
        # summer time begins on 27 March 2011, on 29 March 2026
        (paris(2011, 3, 28, 9), datetime(2011, 3, 21, 8, tzinfo=UTC), datetime(2011, 3, 27, 7, tzinfo=UTC)),
        (
            paris(2026, 3, 30, 23, 59),
            datetime(2026, 3, 23, 8, tzinfo=UTC),
            datetime(2026, 3, 29, 7, tzinfo=UTC),
        ),
        (
            paris(2026, 10, 25, 14),
            datetime(2026, 10, 18, 7, tzinfo=UTC),
            datetime(2026, 10, 24, 7, tzinfo=UTC),
        ),
    ],
)
def test_reminders_leave_at_nine_on_the_clocks_of_the_place(starts_at, week, day):
    assert reminder_window(AnnouncementKind.REMINDER_WEEK, starts_at)[0] == week
    assert reminder_window(AnnouncementKind.REMINDER_DAY, starts_at) == (day, starts_at)


def test_the_link_is_shown_from_the_first_minute_of_the_day_before():
    starts_at = paris(2026, 3, 30, 18)
    assert not is_link_shown(starts_at, at=paris(2026, 3, 28, 23, 59))
    assert is_link_shown(starts_at, at=paris(2026, 3, 29, 0, 0))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        (paris(2011, 10, 31, 8, 59), []),
        (paris(2011, 10, 31, 9, 0), ["places.reminder_week"]),
        (paris(2011, 11, 3, 12, 0), ["places.reminder_week"]),  # the worker was down
        (paris(2011, 11, 4, 9, 0), []),  # too late for the week
        (paris(2011, 11, 6, 8, 59), []),
        (paris(2011, 11, 6, 9, 0), ["places.reminder_day"]),
        (paris(2011, 11, 7, 17, 59), ["places.reminder_day"]),
        (paris(2011, 11, 7, 18, 0), []),
        (paris(2011, 11, 8, 9, 0), []),
    ],
)
def test_each_leaves_in_its_time(at, kinds):
    make_guest(make_evening())

    assert queue_reminders(at=at) == len(kinds)
    assert queue_reminders(at=at) == 0
    assert written() == kinds


@pytest.mark.django_db
def test_both_leave_once_over_two_weeks_of_looks_every_ten_minutes():
    occasion = make_evening(starts_at=paris(2011, 11, 2, 18))  # the clocks go back in between
    make_guest(occasion)
    moment = paris(2011, 10, 26, 6).astimezone(UTC)
    left = []
    while moment < paris(2011, 11, 2, 20):
        left += [moment.astimezone(PARIS).replace(tzinfo=None)] * queue_reminders(at=moment)
        moment += timedelta(minutes=50)

    assert len(left) == 2
    assert [one.date().isoformat() for one in left] == ["2011-10-26", "2011-11-01"]
    assert all(one.hour == 9 for one in left)


@pytest.mark.django_db
def test_they_go_to_those_who_have_a_place_an_address_and_registered_before():
    occasion = make_evening()
    nine = paris(2011, 11, 6, 9)
    invited = make_guest(occasion, email="ada@example.org", registered_at=nine - timedelta(seconds=1))
    make_guest(occasion, registered_at=nine)
    make_guest(occasion, email="")
    for state in ("waiting", "offered", "cancelled", "refused", "declined", "expired"):
        make_guest(occasion, state=state)

    assert queue_reminders(at=nine + timedelta(minutes=5)) == 1
    assert Message.objects.get().to == invited.email


@pytest.mark.django_db
@pytest.mark.parametrize("over", [{"is_tentative": True}, {"cancelled_at": AT}])
def test_none_leaves_for_a_date_to_be_confirmed_or_a_cancelled_one(over):
    make_guest(make_evening(**over))

    assert queue_reminders(at=paris(2011, 11, 6, 10)) == 0


@pytest.mark.django_db
def test_the_words_of_the_organiser_are_in_it_and_can_change_until_it_leaves():
    occasion = make_evening()
    make_guest(occasion)
    word_announcement(occasion, kind=DAY, words="Venez à vélo.", by=make_user(), at=AT)

    queue_reminders(at=paris(2011, 11, 6, 9))

    assert "Venez à vélo." in Message.objects.get().text
    announcement = Announcement.objects.get(kind=DAY)
    assert announcement.sent_at == paris(2011, 11, 6, 9)
    with pytest.raises(Exception, match="déjà parti"):
        word_announcement(occasion, kind=DAY, words="Trop tard", by=make_user(), at=AT)


@pytest.mark.django_db
def test_one_is_held_back_and_let_go():
    occasion = make_evening()
    make_guest(occasion)
    hold_back(occasion, kind=DAY, held=True, by=make_user(), at=AT)
    assert queue_reminders(at=paris(2011, 11, 6, 9)) == 0

    hold_back(occasion, kind=DAY, held=False, by=make_user(), at=AT)
    assert queue_reminders(at=paris(2011, 11, 6, 9, 10)) == 1


@pytest.mark.django_db
def test_a_new_date_has_its_own_reminders_and_those_of_the_old_one_do_not_leave():
    occasion = make_evening()
    make_guest(occasion)
    at = paris(2011, 11, 6, 9)
    queue_reminders(at=at)
    later = EVENING + timedelta(days=7)
    move_occasion(occasion, starts_at=later, ends_at=later + timedelta(hours=2), by=None, at=at)
    assert written() == []

    assert queue_reminders(at=paris(2011, 11, 7, 9)) == 1
    assert queue_reminders(at=paris(2011, 11, 13, 9)) == 1
    assert written() == ["places.reminder_week", "places.reminder_day"]
    assert {key.rpartition(":")[2] for key in Message.objects.values_list("key", flat=True)} == {"1"}


@pytest.mark.django_db
def test_nothing_leaves_after_a_cancellation():
    occasion = make_evening()
    stays, gone = make_guest(occasion), make_guest(occasion)
    queue_reminders(at=paris(2011, 11, 6, 9))
    cancel_registration(gone, at=paris(2011, 11, 6, 9, 1))
    assert queue_reminders(at=paris(2011, 11, 6, 9, 10)) == 0
    assert set(Message.objects.values_list("to", "kind")) == {
        (stays.email, "places.reminder_day"),
        (gone.email, "places.registration_cancelled"),
    }

    cancel_occasion(occasion, by=None, at=paris(2011, 11, 6, 9, 11))
    assert queue_reminders(at=paris(2011, 11, 6, 9, 20)) == 0
    assert written() == ["places.registration_cancelled"]


@pytest.mark.django_db
def test_one_that_could_not_leave_in_time_never_does():
    make_guest(make_evening())
    queue_reminders(at=paris(2011, 11, 6, 9))
    message = Message.objects.get()

    assert message.expires_at == EVENING
    assert deliver_message(message.pk, at=EVENING) == "failed"


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "shown"), [("remote", True), ("on-site", False)])
def test_the_one_of_the_day_before_holds_the_link_for_those_who_join_remotely(mode, shown):
    occasion = make_evening(remote_link="https://visio.example/salle")
    make_slot(occasion=occasion, mode=mode)
    make_guest(occasion)
    queue_reminders(at=paris(2011, 10, 31, 9))
    queue_reminders(at=paris(2011, 11, 6, 9))

    week, day = Message.objects.order_by("id")
    assert "visio.example" not in week.text + week.html
    assert ("https://visio.example/salle" in day.text) is shown


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_to_everybody_once():
    occasion = make_evening()
    guests = [make_guest(occasion).email for _ in range(12)]
    counts, errors = [], []

    def work():
        try:
            counts.append(queue_reminders(at=paris(2011, 11, 6, 9)))
        except Exception as error:  # noqa: BLE001  told by the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted(guests)
    assert Announcement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_cancels_while_reminders_are_written_gets_none():
    occasion = make_evening()
    guests = [make_guest(occasion) for _ in range(12)]
    errors = []

    def run(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001  told by the test
            errors.append(error)
        finally:
            connections.close_all()

    def cancel():
        for guest in guests[::-1]:
            cancel_registration(guest, at=paris(2011, 11, 6, 9))

    def remind():
        queue_reminders(at=paris(2011, 11, 6, 9))

    threads = [threading.Thread(target=run, args=[work]) for work in (remind, cancel, remind)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert set(written()) == {"places.registration_cancelled"}
    assert Message.objects.count() == 12
    run_waiting_jobs()
