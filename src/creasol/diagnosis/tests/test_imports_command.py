import io
import json

import pytest
from django.core.management import CommandError, call_command

from creasol.diagnosis.actions.perimeters import load_perimeters
from creasol.diagnosis.example_stock.metropole import lille_metropole_2011
from creasol.diagnosis.management.commands import example_stock
from creasol.diagnosis.models import Dataset, Establishment, Import, Observation
from creasol.diagnosis.progress_bar import Bar
from creasol.diagnosis.sources.workspace import Progress
from creasol.territories.tests.factories import make_commune

from .factories import AT
from .files import establishment, unit, write_csv, write_stock
from .test_wide_sources import ELEVEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    make_commune(code="59193")


@pytest.fixture
def populations(tmp_path):
    rows = [
        ["32", "HDF", "59", "5", "99", code[2:], code, "Nom", "3001", "0", "3001"]
        for code in ("59193", "99999")
    ]
    return write_csv(tmp_path / "populations_2023.csv", [ELEVEN, *rows])


def run(*arguments):
    output = io.StringIO()
    call_command("import", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_the_report_is_a_table(populations):
    assert run("populations", populations) == (
        "Legal populations (INSEE), 2023\n\n"
        "  Rows read                                     2\n"
        "  Rows used                                     1\n"
        "  Refused: Code of commune unknown              1\n\n"
        "First refused rows:\n"
        "  populations_2023.csv, line 3: Code of commune unknown (99999 3001)\n"
    )
    assert Observation.objects.count() == 1


def test_the_report_is_json_for_programs(populations):
    report = json.loads(run("populations", populations, "--json"))
    assert (report["source"], report["vintage"], report["dry_run"]) == ("populations", "2023", False)
    assert (report["rows_read"], report["rows_used"], report["refused"]) == (2, 1, {"unknown-commune": 1})
    assert report["examples"] == [
        {"file": "populations_2023.csv", "line": 3, "reason": "unknown-commune", "met": "99999 3001"}
    ]


def test_a_dry_run_writes_nothing(populations):
    assert run("populations", populations, "--dry-run").startswith(
        "Legal populations (INSEE), 2023 – dry run, nothing written\n"
    )
    assert (Dataset.objects.count(), Import.objects.count()) == (0, 0)


def test_the_vintage_may_be_given(populations):
    run("populations", populations, "--vintage", "2022")
    assert Dataset.objects.get().vintage == "2022"


def test_bad_input_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match=r"^\S*nowhere.csv cannot be read: No such file or directory$"):
        run("populations", tmp_path / "nowhere.csv")


def test_the_bar_tells_step_speed_and_time_left():
    clock = iter([0.0, 0.0, 10.0, 20.0])
    stream = io.StringIO()
    bar = Bar(stream, clock=lambda: next(clock))
    bar(Progress("units", 0.0, 0))
    bar(Progress("units", 0.25, 1_000_000))
    bar(Progress("download", 0.5, 5_000_000, "bytes"))
    first, second, third = stream.getvalue().replace("\x1b[2K", "").split("\r")[1:]
    assert first == "legal units ······························   0% 0 rows/s"
    assert second == "legal units ████████······················  25% 100\u202f000 rows/s  0:30 left"
    assert third.startswith("download ███████████████···············  50% ")


def test_the_example_stock_is_written_and_imported(tmp_path):
    metropole = lille_metropole_2011()
    for code in (*metropole.communes, *metropole.joined_later):
        if code != "59193":
            make_commune(code=code, population=2000)
    output = io.StringIO()
    call_command(example_stock.Command(), tmp_path / "stock", stdout=output)
    assert [line.rsplit("/", 1)[1] for line in output.getvalue().split()] == [
        "StockEtablissement_2011-11-01.csv",
        "StockUniteLegale_2011-11-01.csv",
        "DS_BPE_2011_data.csv",
        "DS_BPE_2011_metadata.csv",
    ]


def test_a_list_of_companies_is_told_in_the_name_of_the_dataset(tmp_path):
    load_perimeters(at=AT)
    paths = write_stock(
        tmp_path / "stock", [establishment(18)], [unit(18, categorieJuridiqueUniteLegale="5710")]
    )
    esus = write_csv(tmp_path / "esus.csv", [["siren"], ["000000018"]])
    account = run("sirene", *paths, "--list", esus)
    assert "  SIREN numbers of the list, counted as if they were flagged              1\n" in account
    assert Dataset.objects.get().title == "Répertoire SIRENE (INSEE), avec une liste de 1 SIREN"
    assert [row.siret for row in Establishment.objects.all()] == ["00000001800011"]


def test_a_list_goes_with_the_register_only(populations):
    with pytest.raises(CommandError, match="--list goes with sirene only"):
        run("populations", populations, "--list", populations)
    assert Import.objects.count() == 0
