import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.mailing.models import Message

from .factories import make_message

pytestmark = pytest.mark.django_db

OUTBOX = "/bureau/envois/"


@pytest.fixture
def administrator(client):
    client.force_login(make_user(is_administrator=True))
    return client


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of written mails, with two of them."""
    settings.EMAIL_FILE_PATH = tmp_path
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=tmp_path)
    for number in (1, 2):
        message = EmailMultiAlternatives(f"Été n° {number}", f"Bonjour {number}", to=["ada@example.org"])
        message.attach_alternative(f"<p>Bonjour {number}</p>", "text/html")
        backend.send_messages([message])
    return tmp_path


def test_the_outbox_is_for_who_runs_the_programme(client):
    assert client.get(OUTBOX).status_code == 302
    client.force_login(make_user())
    assert client.get(OUTBOX).status_code == 403


def test_the_outbox_shows_no_text(administrator):
    make_message(subject="Code", text="ABC-DEF", html="ABC-DEF")

    page = administrator.get(OUTBOX).content.decode()

    assert "Code" in page
    assert "ABC-DEF" not in page


def test_the_outbox_is_read_by_state(administrator):
    queued, failed = make_message(), make_message(state="failed", error="no such mailbox")

    def shown(**parameters):
        return list(administrator.get(OUTBOX, parameters).context["page"])

    assert shown() == [failed, queued]
    assert shown(state="failed") == [failed]
    assert shown(state="sent") == []
    assert shown(state="lost") == [failed, queued]


def test_a_failed_message_is_sent_back(administrator):
    message = make_message(state="failed")

    answer = administrator.post(f"{OUTBOX}{message.pk}/relancer/")

    assert (answer.status_code, answer.url) == (302, OUTBOX)
    assert Message.objects.get().state == "queued"
    assert administrator.post(f"{OUTBOX}{message.pk}/relancer/").status_code == 404
    assert administrator.get(f"{OUTBOX}{message.pk}/relancer/").status_code == 405


def test_the_outbox_takes_the_same_number_of_queries_for_one_and_three_messages(administrator):
    def count():
        with CaptureQueriesContext(connection) as queries:
            administrator.get(OUTBOX)
        return len(queries)

    make_message()
    one = count()
    make_message()
    make_message()

    assert count() == one


def test_the_mailbox_shows_the_written_mails_latest_first(client, folder):
    answer = client.get("/mailbox/")

    assert [(mail.number, mail.subject, mail.to) for mail in answer.context["mails"]] == [
        (2, "Été n° 2", "ada@example.org"),
        (1, "Été n° 1", "ada@example.org"),
    ]
    page = client.get("/mailbox/2/")
    assert "Bonjour 2" in page.content.decode()
    designed = client.get("/mailbox/2/html/")
    assert designed.content.decode().strip() == "<p>Bonjour 2</p>"
    assert designed["Content-Security-Policy"].startswith("default-src 'none'")
    assert [client.get(f"/mailbox/{number}/").status_code for number in (0, 3)] == [404, 404]


def test_an_empty_mailbox_says_what_to_do(client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "nothing"

    assert "Aucun courriel pour le moment" in client.get("/mailbox/").content.decode()


@pytest.mark.parametrize("public", [{"PRODUCTION": True}, {"MAIL_URL": "smtp://mail.example"}])
@pytest.mark.parametrize("path", ["/mailbox/", "/mailbox/1/", "/mailbox/1/html/"])
def test_there_is_no_mailbox_where_mails_are_sent(client, settings, folder, public, path):
    for name, value in public.items():
        setattr(settings, name, value)

    assert client.get(path).status_code == 404
