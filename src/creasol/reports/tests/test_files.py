import io
import json

import pytest
from django.core.cache import caches
from odfdo import Document as Spreadsheet

from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.tests.factories import make_establishment
from creasol.reports.tests.factories import make_publication
from tests.pdf import Pdf

pytestmark = pytest.mark.django_db
NAMES = ("diagnostic.pdf", "synthese.pdf", "diagnostic.ods", "diagnostic.csv", "diagnostic.json")
LIVE = "/territoires/couronne-sud/diagnostic/"


def words(answer):
    return " ".join(Pdf(answer.content).words.split())


def test_a_territory_can_be_taken_away(client, couronne):
    whole, summary = client.get(f"{LIVE}diagnostic.pdf"), client.get(f"{LIVE}synthese.pdf")
    for answer in (whole, summary):
        assert answer["Content-Type"] == "application/pdf"
        assert "Diagnostic : Couronne Sud" in words(answer)
        assert "12 000" in words(answer)
        assert "http://testserver/territoires/couronne-sud/diagnostic/" in words(answer)
    assert whole["Content-Disposition"] == 'inline; filename="couronne-sud-diagnostic.pdf"'
    sheet = Spreadsheet(io.BytesIO(client.get(f"{LIVE}diagnostic.ods").content)).body.get_table(
        name="Chiffres"
    )
    rows = [row.get_values() for row in sheet.rows]
    assert [row[rows[0].index("value")] for row in rows if row[1] == "population"] == [12_000]
    assert "population" in client.get(f"{LIVE}diagnostic.csv").content.decode("utf-8-sig")
    data = json.loads(client.get(f"{LIVE}diagnostic.json").content)
    assert data["document"]["place"]["name"] == "Couronne Sud"
    assert data["document"]["version"] == 0


def test_so_can_any_communes(client, couronne):
    url = "/diagnostic/diagnostic.json?communes=59560,59350&reference=metropole&perimeter=law-2014"
    document = json.loads(client.get(url).content)["document"]
    assert [commune["code"] for commune in document["place"]["communes"]] == ["59560", "59350"]
    assert document["perimeter"]["mode"] == "law-2014"
    assert document["title"] == "Diagnostic\u00a0: Seclin, Lille"


def test_files_speak_the_language_of_the_reader(client, couronne):
    client.post("/langue/", {"language": "en"})
    assert "Shared diagnosis of a territory" in words(client.get(f"{LIVE}diagnostic.pdf"))


def test_what_cannot_be_diagnosed_is_refused_in_one_line(client, couronne):
    assert client.get("/territoires/ailleurs/diagnostic/diagnostic.pdf").status_code == 404
    refused = client.get(f"{LIVE}diagnostic.pdf?reference=ailleurs")
    assert (refused.status_code, refused.content.decode()) == (400, "Territoire inconnu\u00a0: ailleurs")
    assert client.get("/diagnostic/diagnostic.pdf").status_code == 400
    assert client.get(f"{LIVE}autre.pdf").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_publication_has_its_files(client, couronne, name):
    publication = make_publication()
    slug = publication.report.slug
    answer = client.get(f"/diagnostics/{slug}/v1/{name}")
    assert answer.status_code == 200
    assert client.get(f"/diagnostics/{slug}/v2/{name}").status_code == 404
    if name.endswith("pdf"):
        assert f"http://testserver/diagnostics/{slug}/v1/" in words(answer)


def test_the_files_of_a_publication_never_change(client, report, publish):
    publish(report)
    url = f"/diagnostics/{report.slug}/v1/"
    before = {name: client.get(url + name).content for name in NAMES if not name.endswith("ods")}
    assert b"Deux associations" in before["diagnostic.json"]
    make_establishment(Dataset.objects.get(source=Source.SIRENE), report.territory.communes.get())
    caches["default"].clear()
    assert {name: client.get(url + name).content for name in before} == before
    assert (
        json.loads(client.get(f"{LIVE}diagnostic.json").content)["document"]["place"]["communes"][0]["ess"]
        == 3
    )
