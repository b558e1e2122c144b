"""The way in, as a person walks it. The mails are on the floor above: the tests read them where people do."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from creasol.accounts.models import User
from creasol.jobs.worker import run_waiting_jobs

from .factories import make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/compte/connexion/"
CONFIRM = "/compte/connexion/code/"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def mailed_code():
    run_waiting_jobs()
    return re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]


def test_a_mailed_code_signs_in(client):
    user = make_user(email="elue@example.org")

    asked = client.post(SIGN_IN, {"email": "Elue@Example.org"})
    code = mailed_code()
    answer = client.post(CONFIRM, {"code": code})

    assert (asked.status_code, asked.url) == (302, CONFIRM)
    assert mail.outbox[-1].to == ["elue@example.org"]
    assert mail.outbox[-1].subject == "Votre code de connexion"
    assert (answer.status_code, answer.url) == (302, "/bureau/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_code_serves_once(client):
    make_user(email="elue@example.org")
    client.post(SIGN_IN, {"email": "elue@example.org"})
    code = mailed_code()
    client.post(CONFIRM, {"code": code})
    client.post("/compte/deconnexion/")

    answer = client.post(CONFIRM, {"code": code})

    assert (answer.status_code, answer.url) == (302, SIGN_IN)


def test_three_wrong_codes_close_the_door(client):
    make_user(email="elue@example.org")
    client.post(SIGN_IN, {"email": "elue@example.org"})
    code = mailed_code()

    answers = [client.post(CONFIRM, {"code": "XXXXXX"}) for _ in range(3)]
    late = client.post(CONFIRM, {"code": code})

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert (late.status_code, late.url) == (302, SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_the_site_does_not_tell_who_has_an_account():
    make_user(email="known@example.org")

    known = Client().post(SIGN_IN, {"email": "known@example.org"}, follow=True)
    unknown = Client().post(SIGN_IN, {"email": "unknown@example.org"}, follow=True)

    def without_address(answer):
        return re.sub(r"(un)?known@|value=\"\w{64}\"", "", answer.content.decode())

    assert known.redirect_chain == unknown.redirect_chain
    assert without_address(known) == without_address(unknown)


def test_who_has_no_account_is_told_so_by_mail(client):
    client.post(SIGN_IN, {"email": "unknown@example.org"})
    run_waiting_jobs()

    assert [message.subject for message in mail.outbox] == ["Aucun compte n’a cette adresse"]
    assert "/compte/inscription/" in mail.outbox[0].body


def test_an_account_is_opened_with_an_address_and_a_code(client):
    asked = client.post("/compte/inscription/", {"email": "nouvelle@example.org"})
    answer = client.post("/compte/inscription/code/", {"code": mailed_code()})

    user = User.objects.get(email="nouvelle@example.org")
    assert (asked.status_code, asked.url) == (302, "/compte/inscription/code/")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.has_usable_password() is False


def test_opening_an_account_twice_tells_nothing_on_the_page(client):
    make_user(email="known@example.org")

    asked = client.post("/compte/inscription/", {"email": "known@example.org"})
    run_waiting_jobs()

    assert (asked.status_code, asked.url) == (302, "/compte/inscription/code/")
    assert [message.subject for message in mail.outbox] == ["Vous avez déjà un compte"]


def test_the_way_on_is_kept_when_it_is_ours(client):
    make_user(email="elue@example.org")
    client.post(SIGN_IN + "?next=/compte/", {"email": "elue@example.org"})

    answer = client.post(CONFIRM + "?next=/compte/", {"code": mailed_code(), "next": "/compte/"})

    assert answer.url == "/compte/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_on_never_leads_elsewhere(client, elsewhere):
    make_user(email="elue@example.org")
    client.post(SIGN_IN, {"email": "elue@example.org", "next": elsewhere})

    answer = client.post(CONFIRM, {"code": mailed_code(), "next": elsewhere})

    assert answer.url == "/bureau/"


def test_who_is_closed_out_does_not_get_in(client):
    make_user(email="elue@example.org", is_active=False)
    client.post(SIGN_IN, {"email": "elue@example.org"})
    run_waiting_jobs()

    assert "_auth_user_id" not in client.session


def test_asking_too_often_is_refused():
    make_user(email="elue@example.org")

    answers = [Client().post(SIGN_IN, {"email": "elue@example.org"}).status_code for _ in range(6)]

    assert answers == [302, 302, 302, 302, 302, 200]  # the sixth stays on the page, with an error
    assert run_waiting_jobs() == 5


def test_a_crowd_behind_one_address_is_slowed_down():
    answers = [Client().post(SIGN_IN, {"email": f"person{n}@example.org"}).status_code for n in range(21)]

    assert answers == [302] * 20 + [200]


def test_signing_out_takes_a_post(client):
    client.force_login(make_user())

    asked = client.get("/compte/deconnexion/")
    still_in = "_auth_user_id" in client.session
    answer = client.post("/compte/deconnexion/")

    assert (asked.status_code, still_in) == (200, True)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_forged_requests_are_refused():

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SIGN_IN, {"email": "elue@example.org"}).status_code == 403


def test_a_device_that_signs_in_speaks_the_persons_language(client):
    make_user(email="visitor@example.org", language="en")
    client.post(SIGN_IN, {"email": "visitor@example.org"})
    code = mailed_code()

    answer = client.post(CONFIRM, {"code": code})

    assert mail.outbox[-1].subject == "Your sign-in code"
    assert answer.cookies["django_language"].value == "en"


def test_late_mails_are_announced_and_kept(client):
    make_user(email="elue@example.org")

    page = client.post(SIGN_IN, {"email": "elue@example.org"}, follow=True)

    assert "Nos courriels partent en retard" in page.content.decode()
