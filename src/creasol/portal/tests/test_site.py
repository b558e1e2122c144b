import re

import pytest
from django.urls import reverse

from creasol.gatherings.tests.factories import make_gathering
from creasol.needs.tests.factories import make_need
from creasol.network.models import Organisation
from creasol.reports.tests.factories import make_publication, make_report
from creasol.territories.tests.factories import make_territory

pytestmark = pytest.mark.django_db
PAGES = ("about", "open_data", "accessibility", "privacy", "legal")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_what_the_site_says_of_itself(client, name, language):
    client.cookies["django_language"] = language
    answer = client.get(reverse(f"portal:{name}"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert len(re.findall("<h1", page)) == 1


def test_an_incomplete_legal_notice_says_so_until_it_is_filled(client, settings):
    assert "Ces mentions ne sont pas complètes" in client.get("/mentions-legales/").content.decode()
    settings.PUBLISHER, settings.HOSTING = "Association Exemple, Lille", "Hébergeur, Roubaix"
    settings.CONTACT = "bonjour@maillage.example"
    page = client.get("/mentions-legales/").content.decode()
    assert "Ces mentions ne sont pas complètes" not in page
    assert "Association Exemple, Lille" in page
    assert 'href="mailto:bonjour@maillage.example"' in page


def test_robots_keep_out_of_the_desk(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /bureau/" in answer.content.decode().splitlines()


def test_the_site_map_names_public_pages_only(client):
    make_territory(slug="couronne-sud")
    Organisation.objects.create(slug="visible", name="Visible")
    Organisation.objects.create(slug="cachee", name="Cachée", listed=False)
    make_need(slug="creche", state="shared")
    make_need(slug="entendu")
    make_gathering(slug="manger")
    make_gathering(slug="brouillon", state="draft")
    make_publication(report=make_report(slug="lu"))
    make_report(slug="a-lire")
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    addresses = re.findall("<loc>http://127.0.0.1:8000([^<]+)</loc>", answer.content.decode())
    assert "/territoires/couronne-sud/" in addresses
    assert "/territoires/couronne-sud/diagnostic/" in addresses
    assert "/annuaire/visible/" in addresses
    assert [address for address in addresses if "/besoins/" in address] == ["/besoins/", "/besoins/creche/"]
    assert [address for address in addresses if "/rencontres/" in address] == [
        "/rencontres/",
        "/rencontres/calendrier/",
        "/rencontres/manger/",
    ]
    assert [address for address in addresses if "/diagnostics/" in address] == [
        "/diagnostics/",
        "/diagnostics/lu/",
    ]
    assert "/annuaire/cachee/" not in addresses
    assert [address for address in addresses if address.startswith("/bureau")] == []


def test_the_icon_is_found_where_browsers_look(client):
    assert client.get("/favicon.ico")["Location"].partition("?")[0] == "/static/foundation/favicon.svg"
