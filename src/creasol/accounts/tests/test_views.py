import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache

from creasol.accounts.models import User
from creasol.jobs.worker import run_waiting_jobs

from .factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def ada(client):
    user = make_user(email="ada@example.org", name="Ada")
    user.emailaddress_set.update(verified=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("path", ["", "mes-donnees/", "supprimer/", "adresse/", "securite/"])
def test_an_account_is_shown_to_its_owner_only(client, path):
    answer = client.get(f"/compte/{path}")

    assert (answer.status_code, answer.url) == (302, f"/compte/connexion/?next=/compte/{path}")


def test_a_person_changes_name_and_language(client, ada):
    answer = client.post("/compte/", {"name": "Ada L.", "language": "en"})

    ada.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/compte/")
    assert (ada.name, ada.language) == ("Ada L.", "en")
    assert answer.cookies["django_language"].value == "en"
    page = client.get("/compte/").content.decode()
    assert '<html lang="en">' in page
    assert "Your account has been changed." in page


def test_a_mistake_is_said_beside_the_field(client, ada):
    answer = client.post("/compte/", {"name": "Ada", "language": "tlh"})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["language"]


def test_a_person_takes_the_data_away(client, ada):
    answer = client.get("/compte/mes-donnees/")

    assert answer["Content-Disposition"] == 'attachment; filename="creation-solidaire.json"'
    assert json.loads(answer.content)["account"]["addresses"] == ["ada@example.org"]


def test_an_account_is_erased_after_writing_its_address(client, ada):
    wrong = client.post("/compte/supprimer/", {"email": "eve@example.org"})
    still_there = User.objects.filter(pk=ada.pk).exists()
    right = client.post("/compte/supprimer/", {"email": "ADA@example.org"})

    assert (wrong.status_code, still_there) == (200, True)
    assert (right.status_code, right.url) == (302, "/")
    assert User.objects.count() == 0
    assert "_auth_user_id" not in client.session


def test_the_last_administrator_is_told_why_not(client):
    client.force_login(make_user(email="admin@example.org", is_administrator=True))

    page = client.get("/compte/supprimer/")
    client.post("/compte/supprimer/", {"email": "admin@example.org"})

    assert "nommez d’abord quelqu’un d’autre" in page.content.decode()
    assert User.objects.count() == 1


def test_an_address_changes_once_a_code_has_proved_it(client, ada):
    asked = client.post("/compte/adresse/", {"email": "new@example.org", "action_add": ""})
    before = User.objects.get(pk=ada.pk).email
    run_waiting_jobs()
    code = re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post("/compte/inscription/code/", {"code": code})
    run_waiting_jobs()

    assert (asked.status_code, before) == (302, "ada@example.org")
    assert User.objects.get(pk=ada.pk).email == "new@example.org"
    assert [address.email for address in ada.emailaddress_set.all()] == ["new@example.org"]
    assert mail.outbox[0].to == ["new@example.org"]


def test_a_second_proof_is_asked_for_once_it_is_set_up(client, ada):
    secret = client.get("/compte/securite/application/activer/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    set_up = client.post("/compte/securite/application/activer/", {"code": code})
    client.post("/compte/deconnexion/")

    client.post("/compte/connexion/", {"email": "ada@example.org"})
    run_waiting_jobs()
    mailed = re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]
    first = client.post("/compte/connexion/code/", {"code": mailed})
    half_way = client.get("/bureau/")
    page = client.get("/compte/securite/code/")
    recovery = Authenticator.objects.get(user=ada, type="recovery_codes").wrap().get_unused_codes()[0]
    second = client.post("/compte/securite/code/", {"code": recovery})

    assert set_up.status_code == 302
    assert (first.status_code, first.url) == (302, "/compte/securite/code/")
    assert half_way.url == "/compte/connexion/?next=/bureau/"
    assert page.status_code == 200
    assert (second.status_code, second.url) == (302, "/bureau/")
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize(
    "path",
    [
        "compte/",
        "compte/adresse/",
        "compte/deconnexion/",
        "compte/supprimer/",
        "compte/securite/",
        "compte/securite/application/activer/",
        "compte/securite/codes-de-secours/creer/",
        "compte/securite/cles/",
        "compte/securite/cles/ajouter/",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_account_shows_in_both_languages(client, ada, path, language):
    if "codes" in path:
        Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    client.cookies["django_language"] = language

    answer = client.get(f"/{path}", follow=True)

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("path", ["connexion/", "inscription/", "inactif/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_way_in_shows_in_both_languages(client, path, language):
    client.cookies["django_language"] = language

    answer = client.get(f"/compte/{path}")

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


def test_a_second_proof_guards_what_is_delicate(client, ada):
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})

    answers = [
        client.get("/compte/mes-donnees/"),
        client.post("/compte/supprimer/", {"email": "ada@example.org"}),
        client.post("/compte/adresse/", {"email": "new@example.org", "action_add": ""}),
        client.post("/compte/securite/application/desactiver/"),
    ]

    assert [answer.url.partition("?")[0] for answer in answers] == ["/compte/securite/confirmer/"] * 4
    assert User.objects.filter(pk=ada.pk).exists()
    assert mail.outbox == []


def test_a_closed_account_is_shut_out_at_once(client, ada):
    User.objects.update(is_active=False)

    assert client.get("/compte/").status_code == 302


def test_a_key_is_added_in_our_words(client, ada):
    form = client.get("/compte/securite/cles/ajouter/").context["form"]

    assert [str(form.fields[name].label) for name in ("name", "passwordless")] == [
        "Nom de la clé",
        "Me connecter avec cette seule clé, sans aucun courriel",
    ]
