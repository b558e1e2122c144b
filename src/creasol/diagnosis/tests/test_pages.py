import csv
import io

import pytest
from django.core.cache import caches
from django.urls import reverse

from creasol.diagnosis.enums import Family, PerimeterMode, Source
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

from .factories import (
    make_dataset,
    make_declared_figure,
    make_employer_total,
    make_establishment,
    make_observation,
    make_outline,
    make_perimeter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def metropole():
    """Two territories of one commune each, with populations and a register."""
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    south = make_commune(code="59560", name="Seclin")
    centre = make_commune(code="59350", name="Lille")
    whole = make_territory(communes=[south, centre], slug="metropole", name="Métropole")
    make_territory(communes=[south], slug="sud", name="Couronne Sud", reference=whole)
    make_territory(communes=[centre], slug="ville", name="Ville", reference=whole)
    populations, sirene = make_dataset(Source.POPULATIONS), make_dataset(Source.SIRENE)
    for commune, people in ((south, 13_000), (centre, 238_000)):
        make_observation(populations, commune, people)
        make_employer_total(sirene, commune, 20)
        make_establishment(sirene, commune, name=f"Régie de {commune.name}", siret=f"{people:014}")
    return {"south": south, "centre": centre, "whole": whole, "sirene": sirene, "populations": populations}


def page(client, url, status=200):
    """Return the text of a page with ordinary spaces."""
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def sheet(client, url):
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def test_a_diagnosis_shows_figures_reference_and_perimeter(client, metropole):
    text = page(client, "/territoires/sud/diagnostic/")
    assert "13 000" in text
    assert "Référence" not in text.split("<h1>")[0]
    assert '<option value="metropole" selected>Métropole</option>' in text
    assert "Associations, coopératives, mutuelles et fondations." in text
    assert "Version 2026.1 du périmètre." in text
    assert "liste provisoire" in text.lower()
    assert "Régie de Seclin" in text
    assert "000 000 000 13000" in text
    assert "données d’exemple" not in text.lower()


def test_synthetic_rows_are_said_to_be(client, metropole):
    metropole["sirene"].synthetic = True
    metropole["sirene"].save()
    for url in (
        "/territoires/sud/diagnostic/",
        "/territoires/sud/diagnostic/etablissements/",
        "/diagnostic/?communes=59560",
        "/diagnostic/comparer/?t=sud&t=ville",
        "/territoires/sud/",
        "/communes/59560/",
    ):
        assert "Données d’exemple, synthétiques" in page(client, url), url


def test_declared_figures_stand_beside_the_computed_ones(client, metropole):
    territory = metropole["south"].territories.get(slug="sud")
    make_declared_figure(territory, indicator="population", value=12_345, source="Une étude", dated="2011")
    make_declared_figure(territory, indicator="ess_rank", value=6, source="Une étude", dated="2011")
    text = page(client, "/territoires/sud/diagnostic/")
    assert "12 345" in text
    assert "Une étude, 2011" in text
    assert "6e" in text
    assert "12 345" not in page(client, "/diagnostic/?communes=59560")


def test_maps_are_drawn_with_their_table(client, metropole):
    circles = "Établissements employeurs de l’ESS par commune</h3>"
    shades = "Établissements de l’ESS pour 1 000 habitants, par commune</h3>"
    url = "/territoires/metropole/diagnostic/"
    assert [title in page(client, url) for title in (circles, shades)] == [True, False]
    outlines = make_dataset(Source.OUTLINES)
    make_outline(outlines, metropole["south"])
    make_outline(outlines, metropole["centre"])
    caches["default"].clear()
    text = page(client, f"{url}?reference=metropole")
    assert [title in text for title in (circles, shades)] == [True, True]
    assert 'id="table-communes"' in text


def test_without_any_import_the_page_says_what_to_import(client):
    make_perimeter(PerimeterMode.INSEE)
    make_territory(communes=[make_commune()], slug="vide")
    text = page(client, "/territoires/vide/diagnostic/")
    assert "non disponible : importez « Répertoire SIRENE des établissements (INSEE) »" in text


def test_an_unknown_territory_is_not_found(client, metropole):
    page(client, "/territoires/nulle-part/diagnostic/", 404)
    page(client, "/territoires/nulle-part/diagnostic/chiffres.csv", 400)
    page(client, "/territoires/sud/diagnostic/autre.csv", 404)


def test_an_unknown_reference_is_refused_in_one_line(client, metropole):
    assert "Territoire inconnu : ailleurs" in page(
        client, "/territoires/sud/diagnostic/?reference=ailleurs", 400
    )
    assert "Périmètre inconnu : le-mien" in page(client, "/diagnostic/?communes=59560&perimeter=le-mien", 400)


def test_communes_that_somebody_chose(client, metropole):
    make_former_commune(code="59355", commune=metropole["centre"])
    for question in ("communes=59560,59355", "communes=59560%2059355", "communes=59560&communes=59355"):
        text = page(client, f"/diagnostic/?{question}&communes=99999")
        assert "59355 est une commune ancienne ou associée, comptée avec Lille (59350)." in text
        assert "99999 ne désigne aucune commune" in text
        assert "251 000" in text


def test_only_unknown_communes_are_refused(client, metropole):
    assert "Communes inconnues : 99999" in page(client, "/diagnostic/?communes=99999", 400)


def test_communes_are_chosen_without_javascript(client, metropole):
    assert 'name="communes"' in page(client, "/diagnostic/")
    text = page(client, "/diagnostic/?q=seclin")
    assert '<input type="checkbox" name="chosen" value="59560">' in text
    text = page(client, "/diagnostic/?chosen=59560&q=lille")
    assert '<input type="checkbox" name="communes" value="59560" checked>' in text
    assert '<input type="checkbox" name="chosen" value="59350">' in text


def test_establishments_by_page_and_filter(client, metropole):
    for number in range(60):
        make_establishment(
            metropole["sirene"], metropole["south"], name=f"Coop {number:02}", family=Family.COOPERATIVE
        )
    url = "/territoires/metropole/diagnostic/etablissements/"
    text = page(client, url)
    assert "62 établissements" in text
    assert 'href="?page=2"' in text
    assert "60 établissements" in page(client, f"{url}?family=cooperative")
    assert "1 établissement<" in page(client, f"{url}?commune=59350")
    assert "Aucun établissement de l’ESS ne répond à ce choix." in page(client, f"{url}?section=A")
    rows = sheet(client, "/territoires/metropole/diagnostic/etablissements.csv?family=cooperative")
    assert len(rows) == 60


def test_files_hold_what_the_page_shows(client, metropole):
    figures = {row["indicator"]: row for row in sheet(client, "/territoires/sud/diagnostic/chiffres.csv")}
    assert figures["population"]["valeur"] == "13000"
    assert figures["area_km2"]["valeur"] == ""
    assert figures["ess_rank"]["sur"] == "2"
    (row,) = sheet(client, "/territoires/sud/diagnostic/communes.csv")
    assert (row["code"], row["habitants"], row["Établissements de l’ESS"]) == ("59560", "13000", "1")
    document = client.get("/territoires/sud/diagnostic/chiffres.json").json()
    assert document["figures"]["ess_share_of_reference"]["value"] == 0.5


def test_a_name_that_a_spreadsheet_would_run_is_plain_text(client, metropole):
    make_establishment(metropole["sirene"], metropole["south"], name="=HYPERLINK(A1)")
    rows = sheet(client, "/territoires/sud/diagnostic/etablissements.csv")
    assert sorted(row["nom"] for row in rows) == ["'=HYPERLINK(A1)", "Régie de Seclin"]


def test_a_name_that_a_browser_would_run_is_plain_text(client, metropole):
    make_establishment(metropole["sirene"], metropole["south"], name="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, "/territoires/sud/diagnostic/")


@pytest.mark.parametrize(
    "question",
    [
        "family=%00",
        "commune=%00",
        "section=%00",
        "page=99999999999999999999",
        "page=x",
        "commune=99999",
        "family=x",
    ],
)
def test_hostile_filters_find_nothing_and_break_nothing(client, metropole, question):
    page(client, f"/territoires/sud/diagnostic/etablissements/?{question}")


@pytest.mark.parametrize(
    "question", ["communes=%00", "communes='\"--", "reference=%00&communes=59560%00", "t=%00"]
)
def test_hostile_questions_break_nothing(client, metropole, question):
    for url in ("/diagnostic/", "/diagnostic/etablissements/", "/diagnostic/comparer/", "/api/diagnosis"):
        assert client.get(f"{url}?{question}").status_code in {200, 400, 404}


def test_territories_side_by_side(client, metropole):
    text = page(client, "/diagnostic/comparer/?t=sud&t=ville")
    assert text.count("13 000") >= 1
    assert "238 000" in text
    assert "Choisissez au plus 4 territoires." in page(
        client, "/diagnostic/comparer/?t=sud&t=ville&t=metropole&t=a&t=b", 400
    )
    assert "Territoire inconnu : ailleurs" in page(client, "/diagnostic/comparer/?t=ailleurs", 400)
    (line,) = [
        row
        for row in sheet(client, "/diagnostic/comparer/comparaison.csv?t=sud&t=ville")
        if row["indicator"] == "population"
    ]
    assert (line["Couronne Sud"], line["Ville"]) == ("13000", "238000")
    page(client, "/diagnostic/comparer/")


def test_pages_of_a_territory_and_of_a_commune_tell_the_figures(client, metropole):
    text = page(client, "/territoires/sud/")
    assert "/territoires/sud/diagnostic/?reference=metropole&amp;perimeter=insee" in text
    assert "/diagnostic/?communes=59560&amp;perimeter=insee" in page(client, "/communes/59560/")


def test_pages_speak_english(client, metropole):
    client.cookies["django_language"] = "en"
    text = page(client, "/territoires/sud/diagnostic/")
    assert "13,000" in text
    assert "Share of the reference’s inhabitants" in text
    assert '<span lang="fr">Associations, coopératives, mutuelles et fondations.</span>' in text


def test_the_number_of_queries_does_not_grow_with_the_territory(assert_constant_queries, client, metropole):
    whole = metropole["whole"]

    def add_commune():
        commune = make_commune()
        whole.communes.add(commune)
        make_observation(metropole["populations"], commune, 1000)
        make_employer_total(metropole["sirene"], commune, 3)
        make_establishment(metropole["sirene"], commune)

    for name in ("territory", "territory_establishments"):
        assert_constant_queries(client, reverse(f"diagnosis:{name}", args=["metropole"]), add_commune)
