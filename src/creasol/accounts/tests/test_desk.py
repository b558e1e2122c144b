import pytest

from .factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = make_user(email="admin@example.org", name="Alix", is_administrator=True)
    client.force_login(user)
    return user


def test_accounts_are_for_who_runs_the_site(client):
    client.force_login(make_user())
    assert client.get("/bureau/comptes/").status_code == 403
    assert client.post(f"/bureau/comptes/{make_user().pk}/fermer/").status_code == 403


def test_an_account_is_closed_and_opened_again(client, admin):
    ada = make_user(email="ada@example.org", name="Ada")
    page = client.post(f"/bureau/comptes/{ada.pk}/fermer/", follow=True).content.decode()
    ada.refresh_from_db()
    assert (ada.is_active, "Le compte de Ada est fermé." in page) == (False, True)
    page = client.post(f"/bureau/comptes/{ada.pk}/rouvrir/", follow=True).content.decode()
    ada.refresh_from_db()
    assert (ada.is_active, "Le compte de Ada est rouvert." in page) == (True, True)


def test_the_only_administrator_stays(client, admin):
    page = client.post(f"/bureau/comptes/{admin.pk}/fermer/", follow=True).content.decode()
    admin.refresh_from_db()
    assert admin.is_active
    assert "nommez-en" in page


def test_accounts_are_found_by_name_or_address(client, admin):
    make_user(email="ada@example.org", name="Ada")
    for text in ("ada@", "ADA"):
        page = client.get("/bureau/comptes/", {"q": text})
        assert [user.name for user in page.context["page"]] == ["Ada"]
    assert "Aucun compte ne répond" in client.get("/bureau/comptes/?q=zz").content.decode()


def test_the_list_takes_the_same_number_of_queries_for_more_rows(client, admin, assert_constant_queries):
    assert_constant_queries(client, "/bureau/comptes/", make_user)
