import pytest
from django.conf import settings
from django.test.utils import CaptureQueriesContext

from creasol.diagnosis.models import Establishment, Observation
from creasol.reports.actions.reports import correct_report
from creasol.reports.document.schema import Drawing
from creasol.reports.models import Report
from creasol.reports.tables import reading

from .conftest import MONDAY
from .factories import make_document, make_publication, make_report


@pytest.fixture
def address(report, publish):
    publish(report)
    return f"/diagnostics/{report.slug}/"


def test_the_page_says_everything_that_was_published(client, address, coordinator):
    page = client.get(address).content.decode()
    for words in (
        "Diagnostic de Couronne Sud",
        "Couronne Sud 2026",
        "Deux associations emploient ici.",
        "Répertoire SIRENE des établissements (INSEE), janvier 2026",
        coordinator.name,
        "mardi 20 janvier 2026",
        "Seclin",
        f"{address}v1/diagnostic.pdf",
    ):
        assert words in page


def test_the_page_is_made_of_the_document_alone(client, address):
    before = client.get(address).content
    Establishment.objects.all().delete()
    Observation.objects.all().delete()
    assert client.get(address).content == before


def test_the_page_reads_no_figure_anew(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(12) as captured:
        client.get(f"{address}v1/")
    assert isinstance(captured, CaptureQueriesContext)
    assert [query for query in captured.captured_queries if '"diagnosis_' in query["sql"]] == []


def test_the_page_speaks_the_language_of_the_site(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address).content.decode()
    assert "12,000" in page
    assert '<div class="prose" lang="fr">' in page


def test_an_older_version_says_that_another_took_its_place(client, address, report, publish, coordinator):
    correct_report(report, reason="Un chiffre mal recopié", by=coordinator, at=MONDAY)
    publish(report)
    newest, older = (client.get(f"{address}{version}").content.decode() for version in ("", "v1/"))
    assert "Un chiffre mal recopié" in newest
    assert "La version 2 l’a remplacée" in older
    assert f'rel="canonical" href="http://testserver{address}"' in older
    changes = client.get(f"{address}comparer/").content.decode()
    assert "De la version 1 à la version 2" in changes
    assert "Un chiffre mal recopié" in changes
    backwards = client.get(f"{address}comparer/?a=2&b=1").content.decode()
    assert "De la version 1 à la version 2" in backwards


@pytest.mark.parametrize("query", ["a=x", "a=9", "b=0", "a=1&b=99999999999999999999"])
def test_versions_that_are_not_there_are_not_found(client, address, query):
    assert client.get(f"{address}comparer/?{query}").status_code == 404
    assert client.get(f"{address}v9/").status_code == 404


def test_what_is_not_published_is_not_there(client, report):
    assert client.get(f"/diagnostics/{report.slug}/").status_code == 404
    assert report.title not in client.get("/diagnostics/").content.decode()


def test_published_diagnoses_are_listed_and_searched(client, address, assert_constant_queries):
    assert "Diagnostic de Couronne Sud" in client.get("/diagnostics/?q=couronne").content.decode()
    assert "Diagnostic de Couronne Sud" not in client.get("/diagnostics/?q=weppes").content.decode()
    assert_constant_queries(client, "/diagnostics/", make_publication)


def test_each_diagnosis_is_listed_once_whatever_its_versions(client, db):
    report = make_report(title="Trois versions")
    for _ in range(3):
        make_publication(report=report)
    page = client.get("/diagnostics/").content.decode()
    assert (page.count("Trois versions"), "Version 3" in page) == (1, True)


def test_a_drawing_runs_nothing():
    drawing = Drawing(key="map", title="Carte", alternative="…", svg="<svg><script>alert(1)</script></svg>")
    (picture,) = reading(make_document(drawings=(drawing,))).pictures
    assert picture.address.startswith("data:image/svg+xml;base64,")
    assert "<" not in picture.address


def test_the_title_of_a_correction_is_not_read_before_it_is_published(client, address, report):
    Report.objects.update(title="Titre en travaux")
    pages = ["/diagnostics/", f"/territoires/{report.territory.slug}/", address, f"{address}comparer/"]
    said = [client.get(page).content.decode() for page in pages]
    assert ["Titre en travaux" in page for page in said] == [False] * 4
    assert ["Diagnostic de Couronne Sud" in page for page in said] == [True] * 4
    assert "Diagnostic de Couronne Sud" not in client.get("/diagnostics/?q=travaux").content.decode()
