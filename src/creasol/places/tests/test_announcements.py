"""Mails that the organiser sends to everyone: once, to those it concerns, whatever dies in between."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.jobs.worker import run_waiting_jobs
from creasol.journal.models import Entry
from creasol.mailing.models import Message
from creasol.places.actions.announcements import (
    hold_back,
    queue_announcement,
    queue_reminders,
    send_announcement,
)
from creasol.places.actions.occasions import cancel_occasion, move_occasion
from creasol.places.actions.registrations import cancel_registration
from creasol.places.models import Announcement
from creasol.places.queries.announcements import recipients_of
from creasol.places.signals import survey_address
from creasol.programmes.tests.factories import make_membership

from .factories import AT, STARTS_AT, make_booking, make_occasion, make_registration, make_slot

pytestmark = pytest.mark.django_db
LATER = STARTS_AT + timedelta(days=7)


def make_guest(occasion, *, state="confirmed", **over):
    registration = make_registration(occasion=occasion, **over)
    slot = occasion.slots.first() or make_slot(occasion=occasion, capacity=400)
    make_booking(registration=registration, slot=slot, state=state)
    return registration


def move(occasion, *, to=LATER, at=AT + timedelta(days=1)):
    move_occasion(
        occasion, starts_at=to, ends_at=to + timedelta(hours=2), reason="Salle prise", by=None, at=at
    )


def leave(announcement, *, at):
    """Do what the worker does, at that hour."""
    count = queue_announcement(announcement, at=at)
    run_waiting_jobs()
    return count


def out(occasion, kind):
    return {reason.value: count for reason, count in recipients_of(occasion, kind).left_out}


@pytest.fixture
def survey():
    """An app above that asks everybody how it was."""

    def tell(sender, registration, **kwargs):
        return f"/questions/{registration.code}/"

    survey_address.connect(tell)
    yield
    survey_address.disconnect(tell)


def test_a_new_date_goes_to_all_who_knew_the_old_one_once():
    occasion = make_occasion()
    confirmed, waiting, offered = (
        make_guest(occasion, state=state) for state in ("confirmed", "waiting", "offered")
    )
    make_guest(occasion, state="cancelled")
    make_guest(occasion, email="")
    make_guest(occasion, registered_at=AT + timedelta(days=2))
    move(occasion)

    announcement = send_announcement(occasion, kind="moved", by=make_user(), at=AT + timedelta(days=3))
    assert leave(announcement, at=AT + timedelta(days=3)) == 3

    assert [one.to for one in mail.outbox] == [[one.email] for one in (confirmed, waiting, offered)]
    assert [len(one.attachments) for one in mail.outbox] == [1, 0, 0]
    assert out(occasion, "moved") == {"no-address": 1, "not-registered": 1, "knows": 1}
    with pytest.raises(ValidationError, match="déjà été envoyé"):
        send_announcement(occasion, kind="moved", by=make_user(), at=AT + timedelta(days=3))
    assert list(
        Entry.objects.filter(verb__in=["send", "queue"]).values_list("verb", flat=True).order_by("id")
    ) == [
        "send",
        "queue",
    ]


def test_a_second_move_tells_each_the_date_that_person_knew():
    occasion = make_occasion()
    first = make_guest(occasion)
    move(occasion)
    second = make_guest(occasion, registered_at=AT + timedelta(days=2))
    move(occasion, to=LATER + timedelta(days=7), at=AT + timedelta(days=3))
    announcement = send_announcement(occasion, kind="moved", by=make_user(), at=AT + timedelta(days=3))
    leave(announcement, at=AT + timedelta(days=3))

    told = {one.to: one.text for one in Message.objects.all()}
    assert "C’était prévu\N{NO-BREAK SPACE}: lundi 7 novembre 2011" in told[first.email]
    assert "C’était prévu\N{NO-BREAK SPACE}: lundi 14 novembre 2011" in told[second.email]
    assert all("C’est maintenant\N{NO-BREAK SPACE}: lundi 21 novembre 2011" in text for text in told.values())


def test_a_job_that_was_killed_goes_on_where_it_stopped():
    occasion = make_occasion()
    guests = [make_guest(occasion, state="present") for _ in range(4)]
    asked = []

    def tell(sender, registration, **kwargs):
        asked.append(registration)
        if len(asked) == 6:  # it is the turn of the fourth person, and the power goes
            raise SystemExit
        return "/questions/"

    survey_address.connect(tell)
    try:
        at = STARTS_AT + timedelta(days=1)
        announcement = send_announcement(occasion, kind="survey", by=make_user(), at=at)
        with pytest.raises(SystemExit):
            queue_announcement(announcement, at=at)
        assert 0 < Message.objects.count() < 4
        leave(announcement, at=at)
        assert leave(announcement, at=at) == 0
    finally:
        survey_address.disconnect(tell)

    assert sorted(one.to[0] for one in mail.outbox) == sorted(guest.email for guest in guests)


def test_who_cancels_or_a_date_that_moves_again_before_the_job_runs_is_not_overtaken():
    occasion = make_occasion()
    stays, leaves = make_guest(occasion), make_guest(occasion)
    move(occasion)
    old = send_announcement(occasion, kind="moved", by=make_user(), at=AT + timedelta(days=2))
    cancel_registration(leaves, at=AT + timedelta(days=2))
    assert queue_announcement(old, at=AT + timedelta(days=2)) == 1
    assert set(Message.objects.filter(kind="places.moved").values_list("to", flat=True)) == {stays.email}

    move(occasion, to=LATER + timedelta(days=1), at=AT + timedelta(days=3))
    assert queue_announcement(old, at=AT + timedelta(days=3)) == 0
    assert not Message.objects.filter(kind="places.moved").exists()
    cancel_occasion(occasion, by=None, at=AT + timedelta(days=4))
    assert queue_announcement(old, at=AT + timedelta(days=4)) == 0


def test_a_cancellation_goes_to_all_who_are_still_registered_and_takes_the_rest_back():
    occasion = make_occasion()
    confirmed, waiting, gone = (
        make_guest(occasion, state=state) for state in ("confirmed", "waiting", "cancelled")
    )
    queue_reminders(at=STARTS_AT - timedelta(hours=20))
    with pytest.raises(ValidationError, match="Ce n’est pas annulé"):
        send_announcement(occasion, kind="cancelled", by=make_user(), at=AT)
    cancel_occasion(occasion, by=None, at=STARTS_AT - timedelta(hours=19))
    send_announcement(occasion, kind="cancelled", by=make_user(), at=STARTS_AT - timedelta(hours=19))
    announcement = Announcement.objects.get(kind="cancelled")
    queue_announcement(announcement, at=STARTS_AT - timedelta(hours=18))

    assert set(Message.objects.values_list("kind", "to")) == {
        ("places.cancelled", confirmed.email),
        ("places.cancelled", waiting.email),
    }
    file = Message.objects.get(to=confirmed.email).attachments[0]
    assert file["content_type"] == "text/calendar; method=CANCEL"
    assert Message.objects.get(to=waiting.email).attachments == []
    assert gone.email not in Message.objects.values_list("to", flat=True)


def test_two_questions_go_to_those_who_came(survey):
    occasion = make_occasion()
    came, _absent, _unknown = (
        make_guest(occasion, state=state) for state in ("present", "absent", "confirmed")
    )
    with pytest.raises(ValidationError, match="Ce n’est pas encore terminé"):
        send_announcement(occasion, kind="survey", by=make_user(), at=STARTS_AT)
    announcement = send_announcement(
        occasion, kind="survey", by=make_user(), at=STARTS_AT + timedelta(days=1)
    )
    run_waiting_jobs()
    run_waiting_jobs()

    [sent] = mail.outbox
    assert sent.to == [came.email]
    assert f"/questions/{came.code}/" in sent.body
    assert out(occasion, "survey") == {"did-not-come": 2}
    assert queue_announcement(announcement, at=STARTS_AT + timedelta(days=1)) == 0


def test_no_questions_without_a_page_that_asks_them():
    occasion = make_occasion()
    make_guest(occasion, state="present")

    assert out(occasion, "survey") == {"nothing-asked": 1}
    with pytest.raises(ValidationError, match="personne à qui écrire"):
        send_announcement(occasion, kind="survey", by=make_user(), at=STARTS_AT + timedelta(days=1))


@pytest.mark.parametrize("kind", ["reminder-week", "reminder-day"])
def test_reminders_are_not_sent_by_hand_and_the_others_not_held_back(kind):
    occasion = make_occasion()
    with pytest.raises(ValidationError, match="partent tout seuls"):
        send_announcement(occasion, kind=kind, by=make_user(), at=AT)
    with pytest.raises(ValidationError, match="que si vous l’envoyez"):
        hold_back(occasion, kind="moved", held=True, by=make_user(), at=AT)


# The screens


@pytest.fixture
def team(client, ahead):
    client.force_login(make_membership(programme=ahead.programme).user)
    return client


def address(occasion, *more):
    return "/".join(["/bureau/inscriptions", str(occasion.pk), "mails", *more, ""])


@pytest.fixture
def ahead():
    """An evening in a few days, by the clock of the machine, whose date has changed."""
    now = timezone.now()
    occasion = make_occasion(
        starts_at=now + timedelta(days=30), title="Soirée", opens_at=now - timedelta(days=3)
    )
    make_guest(occasion, registered_at=now - timedelta(days=2))
    make_guest(occasion, email="", registered_at=now - timedelta(days=2))
    later = now + timedelta(days=40)
    move_occasion(occasion, starts_at=later, ends_at=later + timedelta(hours=2), by=None, at=now)
    return occasion


def test_the_team_alone_opens_the_screens(client, ahead):
    assert client.get(address(ahead)).status_code == 302
    client.force_login(make_user())
    assert client.get(address(ahead)).status_code == 403
    assert client.post(address(ahead, "moved", "envoyer")).status_code == 403
    assert not Announcement.objects.exists()


def test_the_five_kinds_are_listed_with_what_keeps_them(team, ahead):
    page = team.get(address(ahead)).content.decode()

    for words in (
        "Rappel, sept jours avant",
        "Rappel, la veille",
        "Nouvelle date ou nouveau lieu",
        "Annulation",
    ):
        assert words in page
    assert "1 personne à qui écrire." in page
    assert "Ce n’est pas annulé." in page
    assert team.get(address(ahead, "autre")).status_code == 404


def test_a_mail_is_worded_looked_at_and_sent(team, ahead):
    assert team.post(address(ahead, "moved"), {"words": "À très vite !"}).url == address(ahead, "moved")
    page = team.get(address(ahead, "moved")).content.decode()
    assert "Envoyer à 1 personne" in page
    assert "sans adresse électronique" in page
    assert "Bonjour Camille" in page
    for language, hello in (("fr", "Bonjour Camille,"), ("en", "Hello Camille,")):
        shown = team.get(address(ahead, "moved", f"apercu-{language}"))
        assert hello in shown.content.decode()
        assert "À très vite !" in shown.content.decode()
        assert shown["Content-Security-Policy"].startswith("default-src 'none'")
    assert team.get(address(ahead, "moved", "apercu-xx")).status_code == 404
    assert not Message.objects.exists()

    assert team.get(address(ahead, "moved", "envoyer")).status_code == 405
    team.post(address(ahead, "moved", "envoyer"))
    run_waiting_jobs()
    again = team.post(address(ahead, "moved", "envoyer"), follow=True)

    assert len(mail.outbox) == 1
    assert "À très vite !" in mail.outbox[0].body
    assert "Il a déjà été envoyé." in again.content.decode()
    assert "Envoyés\N{NO-BREAK SPACE}: 1" in again.content.decode()


def test_a_reminder_is_held_back_by_a_button(team, ahead):
    team.post(address(ahead, "reminder-day", "retenir"), {"held": "yes"})
    assert Announcement.objects.get().is_held_back
    assert "Le laisser partir" in team.get(address(ahead, "reminder-day")).content.decode()

    team.post(address(ahead, "reminder-day", "retenir"), {"held": "no"})
    assert not Announcement.objects.get().is_held_back


def test_the_screens_take_the_same_number_of_queries_for_one_and_for_three_people(team, ahead):
    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert team.get(path).status_code == 200
        return len(queries)

    paths = [address(ahead), address(ahead, "moved")]
    for path in paths:  # warm
        count(path)
    one = [count(path) for path in paths]
    make_guest(ahead, registered_at=AT)
    make_guest(ahead, registered_at=AT)

    assert [count(path) for path in paths] == one
