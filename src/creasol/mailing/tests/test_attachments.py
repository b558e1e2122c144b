"""Files that go with mails; mails that are withdrawn, or forgotten, by whom they are about."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections

from creasol.jobs.worker import run_waiting_jobs
from creasol.mailing import actions
from creasol.mailing.mailbox import read_mailbox
from creasol.mailing.models import Message

from .factories import NOW, make_message
from .greeting import CALENDAR, greet

pytestmark = pytest.mark.django_db


def test_a_calendar_file_goes_with_the_mail(sink):
    greet(whom="places.registration:1")
    run_waiting_jobs()

    [(_to, taken)] = sink.taken
    [part] = taken.iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "agenda.ics")
    assert (part.get_param("method"), part.get_content_charset()) == ("PUBLISH", "utf-8")
    assert part.get_payload(decode=True).decode() == CALENDAR
    assert "Bonjour Ada," in taken.get_body(("plain",)).get_content()


def test_a_calendar_file_is_read_in_the_mailbox_of_development(client, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    greet(whom="places.registration:1")
    run_waiting_jobs()

    [written] = read_mailbox(tmp_path)
    [file] = written.attachments
    assert (file.name, file.text.splitlines()) == ("agenda.ics", CALENDAR.splitlines())
    assert "SUMMARY:Soirée « été »" in client.get("/mailbox/1/").content.decode()


def test_a_mail_that_waits_is_withdrawn_by_whom_it_is_about(sink):
    mine = greet(whom="places.registration:1")
    other = greet(whom="places.registration:12", number=2)
    make_message(about="places.registration:1", kind="tests.other")

    assert actions.withdraw_messages(about="places.registration:1", kinds=[mine.kind]) == 1
    assert actions.withdraw_messages(about=["places.registration:1", "places.registration:3"]) == 1
    run_waiting_jobs()

    assert list(Message.objects.all()) == [other]
    assert len(sink.taken) == 1


@pytest.mark.parametrize("state", ["sending", "sent", "failed"])
def test_a_mail_that_has_begun_to_leave_is_not_withdrawn(state):
    make_message(about="places.registration:1", state=state)

    assert actions.withdraw_messages(about="places.registration:1") == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_either_withdrawn_or_sent(sink):
    for number in range(12):
        greet(whom="places.registration:1", number=number)
    withdrawn, begun = [], []

    def withdraw():
        try:
            withdrawn.append(actions.withdraw_messages(about="places.registration:1"))
        finally:
            connections.close_all()

    def deliver():
        try:
            for pk in pks:
                begun.append(actions.begin_sending(pk))  # noqa: PERF401  each is a transaction
        finally:
            connections.close_all()

    pks = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    threads = [threading.Thread(target=work) for work in (deliver, withdraw, deliver)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    sent = [message.pk for message in begun if message]
    assert len(sent) == len(set(sent))
    assert sum(withdrawn) + len(sent) == 12
    assert set(Message.objects.values_list("pk", flat=True)) == set(sent)


def test_what_is_known_of_somebody_who_is_forgotten_goes_from_the_outbox_too():
    for state in ("queued", "sent"):
        make_message(about="places.registration:1", state=state)
    kept = make_message(about="places.registration:12")
    nobody = make_message()

    actions.forget_messages_about("places.registration:1")
    actions.forget_messages_about("")

    assert set(Message.objects.all()) == {kept, nobody}


def test_files_are_erased_with_the_texts():
    file = [{"name": "agenda.ics", "content_type": "text/calendar", "text": CALENDAR}]
    old = make_message(state="sent", queued_at=NOW - timedelta(days=30), attachments=file)
    code = make_message(expires_at=NOW + timedelta(minutes=15), attachments=file)

    actions.purge_messages(at=NOW)
    actions.deliver_message(code.pk, at=NOW)

    old.refresh_from_db()
    code.refresh_from_db()
    assert (old.attachments, code.attachments) == ([], [])
    assert len(mail.outbox[0].attachments) == 1
