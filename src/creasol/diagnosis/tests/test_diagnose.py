import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

from .factories import make_dataset, make_observation, make_perimeter

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    seclin, lille = make_commune(code="59560", name="Seclin"), make_commune(code="59350", name="Lille")
    whole = make_territory(communes=[seclin, lille], slug="metropole", kind="epci", code="200093201")
    make_territory(communes=[seclin], slug="sud", name="Sud", reference=whole)
    make_former_commune(code="59355", commune=lille)
    dataset = make_dataset(Source.POPULATIONS)
    make_observation(dataset, seclin, 13_000)
    make_observation(dataset, lille, 238_000)


def printed(capsys, *arguments):
    call_command("diagnose", *arguments)
    return capsys.readouterr()


def test_figures_of_a_territory_as_json(capsys, town):
    result = json.loads(printed(capsys, "--territory", "sud").out)
    assert result["reference"]["slug"] == "metropole"
    assert result["figures"]["population"]["value"] == 13_000
    assert result["figures"]["population_share_of_reference"]["value"] == 13_000 / 251_000
    assert result["figures"]["ess_jobs"]["low"] is None
    assert "importez" in result["figures"]["ess_jobs"]["reason"]


def test_figures_of_communes_against_the_code_of_an_epci(capsys, town):
    output = printed(
        capsys, "--communes", "59560,59355", "--reference", "200093201", "--perimeter", "law-2014"
    )
    result = json.loads(output.out)
    assert [commune["code"] for commune in result["territory"]["communes"]] == ["59560", "59350"]
    assert result["perimeter"]["mode"] == "law-2014"
    assert output.err == "59355 est comptée avec Lille (59350).\n"


def test_figures_as_csv(capsys, town):
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "--territory", "sud", "--format", "csv").out)))
    assert [row["valeur"] for row in rows if row["indicator"] == "population"] == ["13000"]


def test_a_page_that_stands_alone(tmp_path, capsys, town):
    file = tmp_path / "sud.html"
    output = printed(capsys, "--territory", "sud", "--format", "html", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert output.out == ""
    assert text.startswith("<!doctype html>")
    assert "<style>" in text
    assert "13\u202f000" in text


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--territory", "nowhere"], "Territoire inconnu\u00a0: nowhere"),
        (["--communes", "59560,99999"], "Communes inconnues\u00a0: 99999"),
        (["--communes", ","], "Aucune commune à diagnostiquer."),
        (["--territory", "sud", "--reference", "x"], "Territoire inconnu\u00a0: x"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_code_2(town, arguments, reason):
    with pytest.raises(CommandError, match=f"^{reason}$") as error:
        call_command("diagnose", *arguments)
    assert error.value.returncode == 2


def test_a_file_that_cannot_be_written(tmp_path, town):
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        call_command("diagnose", "--territory", "sud", "-o", str(tmp_path / "none" / "file.json"))
