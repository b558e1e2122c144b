from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client

from creasol.accounts.tests.factories import make_user
from creasol.journal.actions import record
from creasol.journal.queries import site_version
from creasol.network.actions.organisations import (
    OrganisationDraft,
    register_organisation,
    revise_organisation,
)
from creasol.portal import page_cache
from creasol.portal.page_cache import ASKED, PLAIN, Page, Shelf, hour_of_the_clock
from creasol.programmes.tests.factories import make_programme
from creasol.territories.actions import define_territory, revise_territory
from creasol.territories.models import Territory
from creasol.territories.tests.factories import make_commune, make_territory

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
LEGAL = "/mentions-legales/"


@pytest.fixture(autouse=True)
def cache(settings):
    settings.PAGE_CACHE = True
    PLAIN.clear()
    ASKED.clear()
    yield
    PLAIN.clear()
    ASKED.clear()


def kept():
    return [address[2] for shelf in (PLAIN, ASKED) for address in shelf.pages]


def text(answer):
    return answer.content.decode()


def test_a_public_page_is_made_once(client, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(1):  # the version of the journal
        second = client.get("/")
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Frame-Options"] == "DENY"
    assert second["Content-Language"] == "fr"
    assert second["Cache-Control"] == "private, no-cache"
    assert second["Vary"] == "Cookie"


def test_whoever_holds_the_page_is_told_that_it_has_not_changed(client):
    first = client.get(LEGAL)
    second = client.get(LEGAL, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    assert client.get(LEGAL, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_only_the_head_is_asked(client):
    client.get(LEGAL)
    answer = client.head(LEGAL)
    assert (answer.status_code, answer.content) == (200, b"")


def test_each_language_has_its_page(client):
    french = client.get(LEGAL)
    client.cookies["django_language"] = "en"
    english = client.get(LEGAL)
    assert (french["Content-Language"], english["Content-Language"]) == ("fr", "en")
    assert '<html lang="en">' in text(english)
    assert '<html lang="en">' in text(client.get(LEGAL))


def test_each_hour_of_the_clock_has_its_page(client, monkeypatch):
    client.get(LEGAL)
    versions = {kept[0] for kept in PLAIN.pages.values()}
    real = page_cache.timezone.localtime
    later = datetime(2030, 1, 1, 18, tzinfo=UTC)
    monkeypatch.setattr(page_cache.timezone, "localtime", lambda *given: real(*given or [later]))
    client.get(LEGAL)
    assert {kept[0] for kept in PLAIN.pages.values()} & versions == set()


@pytest.mark.parametrize(
    ("minute", "second", "written"),
    [(0, 0, "2011-11-07 18:00"), (4, 59, "2011-11-07 18:00"), (5, 0, "2011-11-07 18:05")],
)
def test_what_opens_at_an_hour_opens_on_time(minute, second, written):
    assert hour_of_the_clock(AT.replace(minute=minute, second=second)) == written


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
def test_whoever_brings_a_cookie_of_their_own_gets_a_page_of_their_own(client, cookie):
    client.cookies[cookie] = "x"
    client.get(LEGAL)
    assert kept() == []


def test_whoever_is_signed_in_is_never_answered_from_memory(client):
    stranger = client.get("/")
    client.force_login(make_user())
    assert text(client.get("/")) != text(stranger)
    assert kept() == ["/"]


@pytest.mark.parametrize(
    "address", ["/compte/connexion/", "/bureau/", "/nulle-part/", "/favicon.ico", "/?" + "x" * 300]
)
def test_what_is_not_the_same_for_all_is_not_kept(client, address):
    client.get(address)
    assert kept() == []


def test_forms_and_fragments_are_not_kept(client):
    client.post("/langue/", {"language": "en", "next": "/"})
    client.get("/", HTTP_HX_REQUEST="true")
    assert kept() == []


def test_a_flood_of_addresses_takes_no_more_than_its_shelf(client, monkeypatch):
    client.get(LEGAL)
    monkeypatch.setattr(ASKED, "room", 30_000)
    for number in range(30):
        client.get(f"/recherche/?q={number}")
    assert ASKED.taken <= 30_000
    assert ASKED.taken == sum(len(page.body) for _, page in ASKED.pages.values())
    assert 0 < len(ASKED.pages) < 30
    assert [address[2] for address in PLAIN.pages] == [LEGAL]


def test_the_shelf_lets_go_of_what_nobody_reads():
    shelf = Shelf(room=20)
    for name in "abc":
        shelf.put((name,), "1", Page(body=b"x" * 8, headers=(), etag=name))
        shelf.get(("a",), "1")
    assert [address for (address,) in shelf.pages] == ["c", "a"]
    shelf.put(("a",), "2", Page(body=b"y", headers=(), etag="a"))
    assert shelf.taken == 9
    assert shelf.get(("a",), "1") is None


def define(name="Vallée"):
    commune = make_commune()
    return define_territory(name=name, kind="living-area", communes=[commune], by=None, at=AT)


def test_a_territory_revised_is_shown_at_once(client):
    territory = define()
    address = f"/territoires/{territory.slug}/"
    assert "Vallée" in text(client.get(address))
    revise_territory(
        territory, name="Plaine", kind="living-area", communes=territory.communes.all(), by=None, at=AT
    )
    page = text(client.get(address))
    assert "Plaine" in page
    assert "Vallée" not in page


def test_an_organisation_registered_then_hidden_is_shown_then_gone(client):
    assert "Le Panier" not in text(client.get("/annuaire/"))
    organisation = register_organisation(OrganisationDraft(name="Le Panier"), by=None, at=AT)
    assert "Le Panier" in text(client.get("/annuaire/"))
    assert "Le Panier" in text(client.get("/recherche/?q=panier"))
    revise_organisation(
        organisation, OrganisationDraft(name="Le Panier", listed=False), by=make_user(), at=AT
    )
    assert "Le Panier" not in text(client.get("/annuaire/"))
    assert "Le Panier" not in text(client.get("/recherche/?q=panier"))


def test_a_page_made_while_somebody_writes_is_not_read_again(client, monkeypatch):
    """The write falls between the version read and the page made, then before the page is kept."""
    territory = define()
    address = f"/territoires/{territory.slug}/"
    made = page_cache.page_of

    def write_then_make(response):
        revise_territory(
            territory, name="Plaine", kind="living-area", communes=territory.communes.all(), by=None, at=AT
        )
        return made(response)

    monkeypatch.setattr(page_cache, "page_of", write_then_make)
    assert "Vallée" in text(client.get(address))
    monkeypatch.setattr(page_cache, "page_of", made)
    assert "Plaine" in text(client.get(address))


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_wrote_is_shown_at_once(client):
    make_programme(name="Avant")
    assert "Avant" in text(client.get("/programmes/"))

    def write():
        try:
            programme = make_programme(name="Après")
            record("plan", programme, by=None, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        another.submit(write).result()
    assert "Après" in text(client.get("/programmes/"))


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_took_its_number_first_and_commits_last_is_seen(client):
    """PostgreSQL hands out numbers before the commit: the highest number alone would hide the late one."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    late, soon = make_territory(name="Lente"), make_territory(name="Vive")
    numbered, commit = Event(), Event()

    def write_late():
        try:
            with transaction.atomic():
                Territory.objects.filter(pk=late.pk).update(name="Lente changée")
                record("revise", late, by=None, at=AT)
                numbered.set()
                commit.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        writing = another.submit(write_late)
        assert numbered.wait(10)
        record("revise", soon, by=None, at=AT)
        version = site_version()
        address = f"/territoires/{late.slug}/"
        assert "Lente changée" not in text(client.get(address))
        commit.set()
        writing.result()
    assert site_version() != version
    assert "Lente changée" in text(Client().get(address))
