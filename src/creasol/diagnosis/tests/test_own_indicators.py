"""Indicators that people add: what they say of places, on pages, in files, by the command line."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.actions import own
from creasol.diagnosis.actions.merges import fold_commune
from creasol.diagnosis.actions.perimeters import load_perimeters
from creasol.diagnosis.comparisons import compare_territories
from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.figures import diagnose
from creasol.diagnosis.models import OwnIndicator
from creasol.diagnosis.sources.refusals import BadInputError
from creasol.journal.models import Entry
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

from .factories import make_own_indicator, make_own_value
from .files import write_csv

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def places():
    """Give two communes of a territory of two, in a metropole of three, and the perimeters."""
    load_perimeters(at=AT)
    emmerin, lesquin, lille = (
        make_commune(code=code, name=name, population=population)
        for code, name, population in (
            ("59193", "Emmerin", 3000),
            ("59343", "Lesquin", 9000),
            ("59350", "Lille", 0),
        )
    )
    whole = make_territory(slug="metropole", name="Métropole", communes=[emmerin, lesquin, lille])
    part = make_territory(slug="sud", name="Sud", communes=[emmerin, lesquin], reference=whole)
    return {"emmerin": emmerin, "lesquin": lesquin, "lille": lille, "whole": whole, "part": part}


def draft(**over):
    values = {
        "name": "Logements sociaux",
        "definition": "Logements loués sous plafond.",
        "unit": "logements",
        "source": "Répertoire des bailleurs",
        "licence": "Licence Ouverte 2.0",
    }
    return own.OwnIndicatorDraft(**values | over)


def figure(places, name="part", key="own_logements-sociaux"):
    territory = places[name]
    found = diagnose(
        communes=list(territory.communes.all()), reference=territory.reference, territory=territory
    )
    return next((one for one in found.figures if one.key == key), None)


def add(tmp_path, rows, **over):
    table = write_csv(tmp_path / "table.csv", [["code", "valeur", "annee"], *rows])
    return own.add_indicator(draft(**over), table=table, by=None, at=AT)


def test_values_are_added_up_in_the_newest_year_that_tells_of_everyone(tmp_path, places):
    indicator = add(
        tmp_path,
        [
            ["59193", "100", "2022"],
            ["59343", "50", "2022"],
            ["59350", "900", "2022"],
            ["59193", "110", "2023"],
        ],
    )
    found = figure(places)
    assert (found.value, found.reference, found.vintage, found.note) == (150, 1050, "2022", "")
    assert (found.label, found.unit, found.source, found.text) == (
        "Logements sociaux",
        "logements",
        "Répertoire des bailleurs",
        "150",
    )
    assert found.definition == "Logements loués sous plafond. Les valeurs des communes sont additionnées."
    assert found.rows_url == "/diagnostic/indicateurs/logements-sociaux.csv"
    assert indicator.report["rows_used"] == 4


def test_communes_that_are_left_out_are_named_and_an_uncovered_reference_is_not_compared_with(
    tmp_path, places
):
    add(tmp_path, [["59193", "100", "2023"]])
    found = figure(places)
    assert (found.value, found.reference) == (100, None)
    assert "Lesquin" in found.note
    assert figure(places, "whole").note.count("Lille") == 1


def test_a_mean_is_weighted_by_inhabitants(tmp_path, places):
    add(
        tmp_path,
        [["59193", "10", "2023"], ["59343", "30", "2023"], ["59350", "90", "2023"]],
        aggregation=Aggregation.MEAN,
        decimals=1,
        unit="%",
    )
    found = figure(places)
    assert (found.value, found.reference, found.text) == (25, 25, "25,0")


def test_where_nobody_lives_there_is_no_mean(places):
    make_own_value(
        indicator=make_own_indicator(key="k", aggregation=Aggregation.MEAN), commune=places["lille"], value=90
    )
    alone = diagnose(communes=[places["lille"]], reference=None)
    assert alone["own_k"].reason.startswith("non disponible")


def test_an_indicator_that_says_nothing_of_a_place_nor_of_its_reference_is_left_out(places):
    make_own_value(indicator=make_own_indicator(key="ailleurs"), commune=make_commune(code="75056"))
    make_own_value(indicator=make_own_indicator(key="a-lille"), commune=places["lille"])
    assert figure(places, key="own_ailleurs") is None
    assert figure(places, key="own_a-lille").reason == (
        "non disponible\u00a0: le tableau ne dit rien de ces communes"
    )


def test_the_number_of_queries_does_not_depend_on_how_many_there_are(places):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            diagnose(communes=[places["emmerin"], places["lesquin"]], reference=places["whole"])
        return len(counted)

    make_own_value(commune=places["emmerin"])
    one = queries()
    for year in (2020, 2021, 2022):
        indicator = make_own_indicator()
        make_own_value(indicator=indicator, commune=places["emmerin"], year=year)
        make_own_value(indicator=indicator, commune=places["lille"], year=year)
    assert queries() == one


def test_other_years_are_added_and_the_same_ones_replaced(tmp_path, places):
    indicator = add(tmp_path, [["59193", "100", "2022"], ["59343", "50", "2022"]])
    table = write_csv(tmp_path / "next.csv", [["code", "value"], ["59193", "1"], ["59343", "2"], ["99", "3"]])
    report = own.bring_values(indicator, table=table, year=2023, by=None, at=AT)
    assert (report.rows_used, report.refused) == (2, {"bad-code": 1})
    own.bring_values(
        indicator,
        table=write_csv(tmp_path / "fix.csv", [["code", "value"], ["59193", "7"]]),
        year=2023,
        by=None,
        at=AT,
    )
    assert list(indicator.values.order_by("year", "commune").values_list("commune", "year", "value")) == [
        ("59193", 2022, 100),
        ("59343", 2022, 50),
        ("59193", 2023, 7),
        ("59343", 2023, 2),
    ]
    own.remove_year(indicator, year=2023, by=None, at=AT)
    with pytest.raises(ValidationError):
        own.remove_year(indicator, year=2023, by=None, at=AT)
    own.remove_indicator(indicator, by=None, at=AT)
    assert not OwnIndicator.objects.exists()
    verbs = ["create", "import", "import", "import", "revise", "remove"]
    assert (
        list(
            Entry.objects.filter(subject_type="diagnosis.ownindicator")
            .order_by("id")
            .values_list("verb", flat=True)
        )
        == verbs
    )


def test_a_table_that_cannot_be_used_changes_nothing(tmp_path, places):
    indicator = add(tmp_path, [["59193", "100", "2022"]])
    with pytest.raises(BadInputError):
        own.bring_values(indicator, table=tmp_path / "missing.csv", by=None, at=AT)
    with pytest.raises(BadInputError):
        add(tmp_path, [["00000", "1", "2022"]], name="Autre")
    with pytest.raises(ValidationError):
        add(tmp_path, [["59193", "1", "2022"]], unit="")
    assert (OwnIndicator.objects.count(), indicator.values.count()) == (1, 1)
    assert add(tmp_path, [["59193", "1", "2022"]]).key == "logements-sociaux-2"


def test_a_merged_commune_takes_its_values_along_but_not_its_means(places):
    counted, mean = make_own_indicator(), make_own_indicator(aggregation=Aggregation.MEAN)
    for indicator in (counted, mean):
        make_own_value(indicator=indicator, commune=places["emmerin"], value=1)
        make_own_value(indicator=indicator, commune=places["lesquin"], value=2)
    make_own_value(indicator=counted, commune=places["emmerin"], year=2020, value=5)
    fold_commune(places["emmerin"], into=places["lesquin"])
    places["emmerin"].delete()
    assert list(counted.values.order_by("year").values_list("commune", "year", "value")) == [
        ("59343", 2020, 5),
        ("59343", 2023, 3),
    ]
    assert list(mean.values.values_list("commune", "value")) == [("59343", 2)]


def test_territories_are_compared_by_them_too(places):
    other = make_territory(slug="nord", communes=[places["lille"]])
    make_own_value(indicator=make_own_indicator(key="k"), commune=places["emmerin"], value=4)
    line = compare_territories(slugs=["sud", other.slug]).lines[-1]
    assert (line.indicator.key, [one.value for one in line.figures]) == ("own_k", [4, None])
    assert line.figures[1].reason.startswith("non disponible")


def test_pages_files_and_programs_show_them(client, places):
    indicator = make_own_indicator(
        key="k", name="Logements vides", unit="logements", source="Fichier LOVAC", synthetic=True
    )
    for name in ("emmerin", "lesquin"):
        make_own_value(indicator=indicator, commune=places[name], value=1200)
    html = client.get("/territoires/sud/diagnostic/").content.decode()
    for words in (
        "Indicateurs ajoutés ici",
        "Logements vides",
        "2\u202f400",
        "Fichier LOVAC, 2023",
        "/diagnostic/indicateurs/k.csv",
        '<li><span lang="fr">Logements vides</span> – Fichier LOVAC, 2023 (données d’exemple, synthétiques)</li>',
    ):
        assert words in html
    sheet = list(
        csv.DictReader(
            StringIO(client.get("/territoires/sud/diagnostic/chiffres.csv").content.decode("utf-8-sig"))
        )
    )
    line = next(row for row in sheet if row["indicator"] == "own_k")
    assert (line["valeur"], line["unité"], line["source"], line["millésime"]) == (
        "2400.0",
        "logements",
        "Fichier LOVAC",
        "2023",
    )
    told = client.get("/api/diagnosis?territory=sud").json()["figures"]["own_k"]
    assert (told["value"], told["unit"], told["synthetic"]) == (2400, "logements", True)
    listed = client.get("/api/indicators").json()[-1]
    assert (listed["key"], listed["unit"], listed["source"], listed["block"]) == (
        "own_k",
        "logements",
        "Fichier LOVAC",
        "own",
    )
    table = client.get("/diagnostic/indicateurs/k.csv").content.decode("utf-8-sig").splitlines()
    assert table == [
        "code,commune,année,valeur,unité,source,licence,synthétique",
        "59193,Emmerin,2023,1200.0,logements,Fichier LOVAC,,1",
        "59343,Lesquin,2023,1200.0,logements,Fichier LOVAC,,1",
    ]
    assert client.get("/diagnostic/indicateurs/rien.csv").status_code == 404
    assert "Logements vides" in client.get("/diagnostic/comparer/?t=sud&t=metropole").content.decode()


def test_a_place_without_them_has_no_empty_block(client, places):
    assert "Indicateurs ajoutés ici" not in client.get("/territoires/sud/diagnostic/").content.decode()


@pytest.fixture
def coordinator(client):
    user = make_membership(role=Role.COORDINATOR).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def sent(text, name="table.csv", encoding="latin-1"):
    return SimpleUploadedFile(name, text.encode(encoding))


WORDS = {
    "name": "Logements sociaux",
    "definition": "Loués sous plafond.",
    "unit": "logements",
    "aggregation": "sum",
    "decimals": "0",
    "source": "Bailleurs",
}


def test_the_staff_adds_an_indicator_on_a_page(client, coordinator, places):
    here = "/bureau/indicateurs/"
    assert client.get(here).status_code == 200
    table = sent("code;valeur;année\n59193;12,5;2023\n99999;1;2023\n")
    added = client.post(here, WORDS | {"table": table})
    assert added.headers["Location"] == f"{here}logements-sociaux/"
    html = client.get(f"{here}logements-sociaux/").content.decode()
    assert "Code de commune inconnu" in html
    assert "table.csv, ligne 3" in html
    assert OwnIndicator.objects.get().added_by == coordinator
    assert not list((settings.DATA / "uploads").glob("*/*"))


def test_a_refused_table_says_why_beside_the_field(client, coordinator, places):
    html = client.post("/bureau/indicateurs/", WORDS | {"table": sent("lieu;valeur\nx;1\n")}).content.decode()
    assert "table.csv : colonne manquante code" in html.replace("\u00a0", " ")
    assert not OwnIndicator.objects.exists()


def test_the_staff_revises_fills_and_removes(client, coordinator, places):
    there = f"/bureau/indicateurs/{make_own_value(commune=places['emmerin']).indicator.key}/"
    client.post(there, WORDS | {"name": "Autre nom"})
    assert OwnIndicator.objects.get().name == "Autre nom"
    assert client.post(there, WORDS | {"unit": ""}).status_code == 200
    client.post(f"{there}table/", {"table": sent("code,value\n59193,3\n"), "year": "2024"})
    assert OwnIndicator.objects.get().values.count() == 2
    assert (
        "aucune colonne"
        in client.post(f"{there}table/", {"table": sent("code,value\n59193,3\n")}).content.decode()
    )
    client.post(f"{there}2024/retirer/")
    client.post(f"{there}1999/retirer/")
    assert OwnIndicator.objects.get().values.get().year == 2023
    client.post(f"{there}retirer/")
    assert not OwnIndicator.objects.exists()


@pytest.mark.parametrize("address", ["", "k/", "k/table/", "k/retirer/", "k/2023/retirer/"])
def test_the_screens_are_closed_to_others(client, address):
    make_own_value(indicator=make_own_indicator(key="k"))
    user = make_membership(role=Role.ADVISER, user=make_user()).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.post(f"/bureau/indicateurs/{address}").status_code == 403
    assert OwnIndicator.objects.exists()


def test_the_command_line_adds_updates_lists_and_removes(tmp_path, places, capsys):
    table = write_csv(
        tmp_path / "t.csv", [["code", "value", "year"], ["59193", "1", "2022"], ["x", "1", "2022"]]
    )
    said = ["--name", "N", "--definition", "D", "--unit", "U", "--source", "S", "--mean"]
    call_command("indicator", "add", "k", str(table), *said)
    indicator = OwnIndicator.objects.get()
    assert (indicator.key, indicator.aggregation) == ("k", "mean")
    out, err = capsys.readouterr()
    assert ("Lignes lues : 2" in out, "t.csv, ligne 3" in err) == (True, True)
    call_command("indicator", "update", "k", str(table), "--year", "2023")
    call_command("indicator", "list")
    assert capsys.readouterr().out.splitlines()[-1].split() == ["k", "1", "2022–2022", "N"]
    with pytest.raises(CommandError, match="connus"):
        call_command("indicator", "remove", "autre")
    call_command("indicator", "remove", "k")
    assert not OwnIndicator.objects.exists()
    with pytest.raises(CommandError):
        call_command("indicator", "add", "k", str(tmp_path / "none.csv"), *said)


def test_former_codes_are_folded(tmp_path, places):
    make_former_commune(code="59001", commune=places["emmerin"], kind="former")
    indicator = add(tmp_path, [["59001", "5", "2022"], ["59193", "2", "2022"]])
    assert indicator.values.get().value == 7
