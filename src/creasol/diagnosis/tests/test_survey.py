"""The survey of all communes says of each what its page says."""

import csv
import io
import random

import pytest
from django.core.management import CommandError, call_command

from creasol.diagnosis.enums import PerimeterMode, Source, ThinKind
from creasol.diagnosis.management.commands import survey as survey_command
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.diagnosis.queries.survey import survey
from creasol.diagnosis.queries.thin import thin_list
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Commune
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_dataset, make_employer_total, make_observation, make_perimeter

pytestmark = pytest.mark.django_db
TYPES = ("A101", "B201", "C301", "D401")


@pytest.fixture
def country():
    """Forty communes in four EPCI, of which one has nothing of what the others have."""
    draw = random.Random(2011)
    populations, facilities = make_dataset(Source.POPULATIONS), make_dataset(Source.FACILITIES)
    make_perimeter(PerimeterMode.INSEE)
    communes = []
    for number in range(40):
        people = round(4_000 * draw.lognormvariate(0, 0.8))
        commune = make_commune(
            code=f"59{100 + number}",
            name=f"Commune {number}",
            population=people,
            longitude=2 + draw.random(),
            latitude=50 + draw.random(),
            epci_code=f"20000000{number % 4}",
        )
        communes.append(commune)
        make_observation(populations, commune, people)
        counts = {kind: draw.randint(0, people // 300 + 1) if number != 7 else 0 for kind in TYPES}
        for kind, count in counts.items():
            if count:
                make_observation(facilities, commune, count, kind)
        for kind in TYPES:
            make_observation(facilities, commune, counts[kind], kind[0])
    for number in range(4):
        make_territory(
            communes=communes[number::4],
            kind=TerritoryKind.EPCI,
            code=f"20000000{number}",
            slug=f"epci-{number}",
        )
    return communes


def test_every_commune_has_the_answer_of_its_page(country):
    found = {line.code: line for line in survey()}
    assert sorted(found) == sorted(Commune.objects.values_list("code", flat=True))
    thin = 0
    for code, line in found.items():
        choice = choose(communes=code)
        compared = comparables_of(choice)
        listed = thin_list(choice, kind=ThinKind.FACILITIES, comparables=compared)
        assert line.comparables == tuple(item.key for item in compared.items)
        assert line.reference == choice.reference.code
        assert line.tested == listed.tested
        assert set(line.thin) == {each.key for each in listed.thin}
        assert line.shortfall == pytest.approx(sum(each.shortfall for each in listed.thin))
        assert set(line.thin_beside_comparables) == {
            each.key for each in listed.lines if each.comparables_verdict == "thin"
        }
        thin += len(line.thin)
    assert len(found["59107"].thin) > 0
    assert thin < 80


def test_a_commune_that_the_file_leaves_out_is_not_judged(country):
    far = make_commune(code="2A004", department_code="2A", population=90_000, epci_code="200000000")
    found = {line.code: line for line in survey()}
    assert (found["2A004"].tested, found["2A004"].thin) == (0, ())
    # nor is anybody whose reference holds it
    assert found["59100"].tested == 0
    assert found["59101"].tested > 0
    listed = thin_list(choose(communes=far.code), kind=ThinKind.FACILITIES, comparables=None)
    assert listed.lines == ()


def test_the_reference_is_the_smallest_official_territory_with_all_its_communes(country):
    alone = make_commune(code="59001", epci_code="", population=5_000)
    department = make_territory(
        communes=[*country, alone], kind=TerritoryKind.DEPARTMENT, code="59", slug="nord"
    )
    make_observation(Dataset.objects.get(source=Source.POPULATIONS), alone, 5_000)
    (line,) = [line for line in survey() if line.code == "59001"]
    choice = choose(communes="59001")
    assert (line.reference, choice.reference) == ("59", department)
    listed = thin_list(choice, kind=ThinKind.FACILITIES, comparables=None)
    assert set(line.thin) == {each.key for each in listed.thin} != set()
    assert line.shortfall == pytest.approx(sum(each.shortfall for each in listed.thin))


def test_employers_are_surveyed_by_activity(country):
    register = make_dataset(Source.SIRENE)
    for commune in country:
        make_employer_total(register, commune, 5, activity_code="88.99B")
        make_employer_total(register, commune, 5, activity_code="88.99B", size_band="11")
    (line, *_others) = survey(ThinKind.ACTIVITIES)
    choice = choose(communes=line.code)
    listed = thin_list(choice, kind=ThinKind.ACTIVITIES, comparables=None)
    assert line.tested == listed.tested == 1


def test_without_any_import_communes_still_have_their_like():
    for number in range(3):
        make_commune(population=1000 * (number + 1), longitude=float(number), latitude=47.0)
    assert [(len(line.comparables), line.tested) for line in survey()] == [(2, 0)] * 3


def test_progress_is_heard(country):
    heard = []
    list(survey(progress=lambda done, of: heard.append((done, of))))
    assert heard == [(40, 40)]


def test_the_command_writes_a_line_for_each_commune(country, tmp_path, in_english):
    call_command(survey_command.Command(), output=tmp_path / "survey.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "survey.csv").read_text())))
    assert len(rows) == 40
    assert rows[0]["code"] == "59100"
    assert len(rows[0]["comparable communes"].split()) == 8
    assert rows[7]["rarer than in the reference"] != ""


def test_the_command_refuses_in_one_line(country, tmp_path, in_english):
    with pytest.raises(CommandError, match=r"^--ess goes with --kind activities only\.$"):
        call_command(survey_command.Command(), ess="insee")
    with pytest.raises(CommandError, match=r"cannot be written: Is a directory$"):
        call_command(survey_command.Command(), output=tmp_path)
