import csv
import io
import json

import pytest
from django.core.management import call_command

from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.diagnosis.figures import diagnose
from creasol.diagnosis.second_perimeter import other_perimeter
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_dataset, make_employer_total, make_establishment, make_perimeter

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """Three establishments that both perimeters count, two only the law's, one only INSEE's."""
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    seclin, lille = make_commune(code="59560", name="Seclin"), make_commune(code="59350", name="Lille")
    whole = make_territory(communes=[seclin, lille], slug="metropole", name="Métropole")
    territory = make_territory(communes=[seclin], slug="sud", name="Sud", reference=whole)
    make_territory(communes=[lille], slug="ville", name="Ville", reference=whole)
    sirene = make_dataset(Source.SIRENE)
    for commune in (seclin, lille):
        make_employer_total(sirene, commune, 20)
    for name in ("Un", "Deux", "Trois"):
        make_establishment(sirene, seclin, name=name)
    make_establishment(sirene, seclin, name="Société", in_insee=False)
    make_establishment(sirene, seclin, name="Syndicat", in_insee=False)
    make_establishment(sirene, seclin, name="Rare", in_law_2014=False)
    make_establishment(sirene, lille, name="Ailleurs", in_insee=False)
    return territory


def answer(territory, perimeter=PerimeterMode.INSEE):
    communes = tuple(territory.communes.all())
    return diagnose(
        communes=communes, reference=territory.reference, territory=territory, perimeter=perimeter
    )


def page(client, url):
    return client.get(url).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_each_perimeter_stands_beside_the_other(town):
    first = answer(town)
    second = other_perimeter(first)
    assert second.perimeter.mode == "law-2014"
    assert (second.only_first, second.only_second) == (1, 2)
    assert (first["ess_establishments"].value, second.figures["ess_establishments"].value) == (4, 5)
    back = other_perimeter(answer(town, PerimeterMode.LAW_2014))
    assert (back.perimeter.mode, back.only_first, back.only_second) == ("insee", 2, 1)
    assert back.figures["ess_establishments"].value == 4


def test_only_figures_that_differ_are_told(town):
    assert list(other_perimeter(answer(town)).figures) == [
        "ess_establishments",
        "ess_jobs",
        "ess_share_of_reference",
        "ess_jobs_share_of_reference",
        "ess_share_of_employers",
    ]


def test_without_a_register_or_a_second_perimeter_there_is_nothing_beside():
    make_perimeter(PerimeterMode.INSEE)
    territory = make_territory(communes=[make_commune()], slug="sud")
    assert other_perimeter(answer(territory)) is None
    sirene = make_dataset(Source.SIRENE)
    make_employer_total(sirene, territory.communes.get())
    assert other_perimeter(answer(territory)) is None


def test_the_page_tells_the_difference_and_leads_to_it(client, town):
    text = page(client, "/territoires/sud/diagnostic/")
    assert "2 établissements que seul le périmètre « Loi de 2014 » compte" in text
    assert "1 établissement que seul le périmètre « INSEE » compte" in text
    address = "/territoires/sud/diagnostic/etablissements/?reference=metropole&perimeter=law-2014&only=1"
    assert address.replace("&", "&amp;") in text
    text = page(client, address)
    assert "2 établissements" in text
    assert [name in text for name in ("Société", "Syndicat", "Trois", "Ailleurs")] == [
        True,
        True,
        False,
        False,
    ]
    assert '<option value="1" selected>' in text


def test_perimeters_that_count_the_same_are_said_to(client, town):
    sirene = town.communes.get().territories.get(slug="sud") and make_dataset(
        Source.SIRENE, vintage="2026-02"
    )
    for commune in town.reference.communes.all():
        make_employer_total(sirene, commune, 20)
        make_establishment(sirene, commune)
    text = page(client, "/territoires/sud/diagnostic/")
    assert "Les deux définitions comptent ici les mêmes établissements." in text


def test_files_hold_both_perimeters(client, capsys, town):
    sheet = client.get("/territoires/sud/diagnostic/chiffres.csv").content.decode("utf-8-sig")
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(sheet))}
    assert (rows["ess_establishments"]["valeur"], rows["ess_establishments"]["autre périmètre"]) == ("4", "5")
    assert rows["population"]["autre périmètre"] == ""
    for document in (
        client.get("/territoires/sud/diagnostic/chiffres.json").json(),
        client.get("/api/diagnosis?territory=sud").json(),
        command(capsys, "--territory", "sud"),
    ):
        second = document["second_perimeter"]
        assert (second["perimeter"]["mode"], second["only_first"], second["only_second"]) == (
            "law-2014",
            1,
            2,
        )
        assert second["figures"]["ess_establishments"]["value"] == 5


def test_the_page_that_stands_alone_holds_both_perimeters(capsys, town):
    call_command("diagnose", "--territory", "sud", "--format", "html")
    assert "Les chiffres que l’autre périmètre change" in capsys.readouterr().out


def command(capsys, *arguments):
    call_command("diagnose", *arguments)
    return json.loads(capsys.readouterr().out)


def test_the_list_and_its_file_keep_those_of_one_perimeter_alone(client, town):
    sheet = client.get("/territoires/sud/diagnostic/etablissements.csv?perimeter=law-2014&only=1").content
    names = [row["nom"] for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))]
    assert names == ["Société", "Syndicat"]
    found = client.get("/api/establishments?territory=sud&perimeter=law-2014&only=true").json()
    assert found["total"] == 2
