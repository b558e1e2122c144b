import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

from .factories import make_dataset, make_employer_total, make_establishment, make_perimeter

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """One association that closed, one that appeared."""
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    seclin = make_commune(code="59560", name="Seclin")
    make_territory(communes=[seclin], slug="sud", name="Sud")
    for vintage, number, name in (("2024-01", 1, "Ferme"), ("2026-01", 2, "Naît")):
        dataset = make_dataset(Source.SIRENE, vintage=vintage)
        make_employer_total(dataset, seclin, 20)
        make_establishment(dataset, seclin, siret=f"{number:09}00001", name=name)
    return seclin


def printed(capsys, *arguments):
    call_command("changes", *arguments)
    return capsys.readouterr()


def test_everything_as_json(capsys, town):
    make_former_commune(code="59999", commune=town)
    output = printed(capsys, "--communes", "59999")
    result = json.loads(output.out)
    assert (result["from"], result["to"]) == ("2024-01", "2026-01")
    assert [event["change"] for event in result["establishments"]["events"]] == ["disappeared", "appeared"]
    assert result["establishments"]["events"][1]["after"]["created_on"] == "2011-11-07"
    assert output.err == "59999 est comptée avec Seclin (59560).\n"


def test_figures_and_establishments_as_csv(tmp_path, capsys, town):
    figures = csv.DictReader(io.StringIO(printed(capsys, "--territory", "sud", "--format", "csv").out))
    assert {row["indicator"]: row["différence"] for row in figures}["ess_establishments"] == "0"
    file = tmp_path / "changes.csv"
    printed(capsys, "--territory", "sud", "--format", "establishments", "-o", str(file))
    with file.open(encoding="utf-8") as text:
        assert [row["nom"] for row in csv.DictReader(text)] == ["Ferme", "Naît"]


def test_what_cannot_be_compared_is_said_in_one_line(town):
    with pytest.raises(CommandError, match="Il n’y a pas deux millésimes de populations à comparer"):
        call_command("changes", "--territory", "sud", "--source", "populations")
    with pytest.raises(CommandError, match="Millésime inconnu"):
        call_command("changes", "--territory", "sud", "--from", "1999-01")
    with pytest.raises(CommandError, match="Territoire inconnu"):
        call_command("changes", "--territory", "nulle-part")


def test_without_two_vintages_there_is_nothing_to_compare():
    make_perimeter(PerimeterMode.INSEE)
    make_territory(communes=[make_commune()], slug="seul")
    with pytest.raises(CommandError, match="Aucune source n’est importée en deux millésimes"):
        call_command("changes", "--territory", "seul")
