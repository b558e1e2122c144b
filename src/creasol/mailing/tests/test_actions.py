"""The outbox against a real mail server, which refuses when it is told to."""

import threading
import time
from datetime import timedelta
from itertools import count

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from creasol.accounts import actions as accounts
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.jobs.models import Job
from creasol.jobs.worker import run_waiting_jobs
from creasol.journal.models import Entry
from creasol.mailing import actions
from creasol.mailing.enums import MessageState
from creasol.mailing.models import Message
from creasol.mailing.notifications import Invitation
from tests.mail_server import Sink

from .factories import NOW, make_message
from .greeting import greet

pytestmark = pytest.mark.django_db
numbers = count(1)


def let_rest_pass():
    Job.objects.filter(state="ready").update(run_after=NOW)


def test_a_mail_arrives_once_in_both_clothes(sink):
    message = greet()
    run_waiting_jobs()
    run_waiting_jobs()
    actions.deliver_message(message.pk, at=NOW)

    [(to, taken)] = sink.taken
    message.refresh_from_db()
    assert to == ["ada@example.org"]
    assert (taken["Subject"], taken["Auto-Submitted"]) == ("Bonjour", "auto-generated")
    assert taken["Message-ID"] == f"<{message.pk}.20111107180000@127.0.0.1>"
    assert [part.get_content_type() for part in taken.iter_parts()] == ["text/plain", "text/html"]
    assert "Bonjour Ada," in taken.get_body(("plain",)).get_content()
    assert "Bonjour Ada," in taken.get_body(("html",)).get_content()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")


def test_the_same_mail_is_queued_once():
    first, again, other = greet(), greet(), greet(number=2)

    assert first == again != other
    assert Message.objects.count() == Job.objects.count() == 2


def test_a_mail_lives_and_dies_with_its_fact():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  the transaction is the point
        greet()
        raise RuntimeError

    assert Message.objects.count() == Job.objects.count() == 0


def test_a_refusal_for_now_is_tried_again(sink):
    sink.answers = ["451 come back later", "421 still busy"]
    message = greet()
    run_waiting_jobs()
    message.refresh_from_db()
    first = (message.state, message.attempts, message.error)
    for _ in range(2):
        let_rest_pass()
        run_waiting_jobs()

    message.refresh_from_db()
    assert first == ("queued", 1, "(451, b'come back later')")
    assert len(sink.taken) == 1
    assert (message.state, message.attempts, message.error) == ("sent", 3, "")
    assert Job.objects.get().state == "done"


def test_whom_a_server_refuses_is_told_with_the_message_alone(sink, caplog):
    sink.answers = ["451 <ada@example.org> come back later"]
    message = greet()
    run_waiting_jobs()

    message.refresh_from_db()
    assert "ada@example.org" in message.error
    assert "NotDelivered" in Job.objects.get().error
    assert "ada@example.org" not in Job.objects.get().error
    assert "ada@example.org" not in caplog.text


def test_a_refusal_for_good_waits_for_a_person(sink):
    sink.answers = ["550 no such mailbox"]
    message = greet()
    run_waiting_jobs()
    message.refresh_from_db()

    assert (message.state, message.error) == ("failed", "(550, b'no such mailbox')")
    assert Job.objects.get().state == "done"
    administrator = make_user()
    actions.retry_message(message, by=administrator, at=NOW)
    run_waiting_jobs()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(sink.taken)) == ("sent", 1, 1)
    assert list(Entry.objects.values_list("verb", "actor")) == [("retry", administrator.pk)]


def test_nothing_is_lost_while_the_server_is_down(use_server, settings):
    messages = [greet(number=number) for number in (1, 2, 3)]
    run_waiting_jobs()
    down = set(Message.objects.values_list("state", "attempts"))

    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        let_rest_pass()
        run_waiting_jobs()
    finally:
        server.stop()

    assert down == {("queued", 1)}
    assert len(sink.taken) == len(messages)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_down_for_long_is_left_to_a_person(use_server):
    message = greet()
    for _ in range(9):
        let_rest_pass()
        run_waiting_jobs()

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 9)
    assert message.text != ""


def test_a_worker_that_dies_while_sending_never_sends_twice(sink):
    message = greet()
    actions.begin_sending(message.pk)  # and the worker dies

    run_waiting_jobs()

    message.refresh_from_db()
    assert sink.taken == []
    assert message.state == "failed"
    assert (
        message.error
        == "L’exécutant s’est arrêté pendant l’envoi\N{NO-BREAK SPACE}: le message est peut-être parti."
    )


@pytest.mark.django_db(transaction=True)
def test_parallel_deliveries_of_one_message_send_it_once(sink):
    message = greet()
    states = []

    def deliver():
        try:
            states.append(actions.begin_sending(message.pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(taken is not None for taken in states) == 1
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_code_is_erased_as_soon_as_it_is_sent():
    message = make_message(expires_at=NOW + timedelta(minutes=15), text="ABC-DEF", html="ABC-DEF")

    actions.deliver_message(message.pk, at=NOW)

    message.refresh_from_db()
    assert mail.outbox[0].body == "ABC-DEF"
    assert (message.state, message.text, message.html, message.sent_at) == ("sent", "", "", NOW)


def test_a_code_out_of_date_is_not_sent():
    message = make_message(expires_at=NOW + timedelta(minutes=15), text="ABC-DEF")

    actions.deliver_message(message.pk, at=NOW + timedelta(minutes=15))

    message.refresh_from_db()
    assert (mail.outbox, message.state, message.text) == ([], "failed", "")
    with pytest.raises(ValidationError, match="texte de ce message a été effacé"):
        actions.retry_message(message, by=None, at=NOW)


@pytest.mark.parametrize("state", [state for state in MessageState if state != MessageState.FAILED])
def test_only_a_failed_message_is_sent_again(state):
    with pytest.raises(ValidationError, match="Seul un message en échec"):
        actions.retry_message(make_message(state=state), by=None, at=NOW)


def test_what_no_longer_serves_is_erased():
    days = timedelta(days=1)
    expired = make_message(expires_at=NOW)
    old = make_message(state="sent", queued_at=NOW - 30 * days)
    older = make_message(state="sent", queued_at=NOW - 400 * days)
    kept = [
        make_message(queued_at=NOW - 31 * days),
        make_message(state="failed", queued_at=NOW - 31 * days),
        make_message(state="sent", queued_at=NOW - 29 * days),
        make_message(expires_at=NOW + timedelta(seconds=1)),
    ]

    assert actions.purge_messages(at=NOW) == 3

    expired.refresh_from_db()
    old.refresh_from_db()
    assert (expired.state, expired.text, expired.html) == ("failed", "", "")
    assert (old.state, old.text, old.html) == ("sent", "", "")
    assert not Message.objects.filter(pk=older.pk).exists()
    assert [Message.objects.get(pk=message.pk).text for message in kept] == ["Bonjour"] * 4


def test_who_is_invited_gets_a_mail_in_the_own_language():
    coordinator = make_user(name="Ada")

    accounts.invite_user(email="eve@example.org", name="Eve", language="en", by=coordinator, at=NOW)
    run_waiting_jobs()

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["eve@example.org"], "Your account at Création solidaire")
    assert "Ada has opened an account for you" in sent.body
    assert "/compte/connexion/" in sent.body


def test_a_person_takes_the_mails_away_or_has_them_erased():
    make_user(is_administrator=True)
    ada = make_user(email="ada@example.org")
    make_message(to="ada@example.org", subject="Pour Ada")
    other = make_message(to="eve@example.org")

    assert export_user(ada)["mails"] == [
        {"to": "ada@example.org", "subject": "Pour Ada", "queued_at": "2011-11-07T18:00:00+00:00"}
    ]
    accounts.erase_user(ada, by=ada, at=NOW)
    assert list(Message.objects.all()) == [other]


def test_what_people_write_cannot_break_a_mail():
    user = make_user(name='<script>"Ada" & <b>Eve</b></mj-text>', email="ada@example.org")

    message = actions.queue_message(Invitation(to=user.email, user=user, by=user), at=NOW)

    assert 'Bonjour <script>"Ada" & <b>Eve</b></mj-text>,' in message.text
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html


def test_a_change_of_the_proofs_is_told_by_mail(client, django_capture_on_commit_callbacks):
    ada = make_user(email="ada@example.org")
    ada.emailaddress_set.update(verified=True)
    client.force_login(ada)
    secret = client.get("/compte/securite/application/activer/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/compte/securite/application/activer/", {"code": code})
    run_waiting_jobs()

    told = [message.body for message in mail.outbox]
    assert [message.to for message in mail.outbox] == [["ada@example.org"]] * len(told)
    assert "Si ce n’est pas vous, écrivez-nous tout de suite" in told[0]
    assert "depuis l’adresse 127.0.0.1." in told[0]
    assert Message.objects.exclude(expires_at=None).count() == 0
