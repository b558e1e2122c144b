import pytest
from django.core.management import CommandError, call_command

from creasol.diagnosis.changes import Seen, events_between
from creasol.diagnosis.enums import Change
from creasol.diagnosis.example_stock.passing_time import write_stock_at, years_between
from creasol.diagnosis.example_stock.stock import MONTH, write_example_stock
from creasol.diagnosis.sources import sirene
from creasol.diagnosis.sources.files import found_files, tables

from .files import INSEE, LAW, engine, stream
from .test_example_stock import CODES, KNOWN, METROPOLE, PLACES

HERE = next(part.communes for part in METROPOLE.parts if part.slug == "couronne-sud-2011")


def imported(folder, paths):
    """Return the ESS establishments as changes are made out of them, and the vintage."""
    with engine(folder, places=KNOWN) as space:
        rules = sirene.Rules(INSEE, LAW)
        extract = sirene.read(space, tables(space, found_files(space, paths)), rules, vintage=None)
        seens = [
            Seen(
                row["siret"],
                row["name"],
                row["commune_id"],
                row["activity_code"],
                row["family"],
                row["size_band"],
                None,
                here=row["commune_id"] in HERE,
                counted=row["in_insee"],
            )
            for row in stream(space, extract, "establishments")
        ]
        return seens, extract.vintage, extract.synthetic


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The register of the example, and the same two years later."""
    folder = tmp_path_factory.mktemp("passing")
    first = imported(folder, write_example_stock(folder / "first", PLACES))
    return first, imported(folder, write_stock_at("2013-11", folder / "later", PLACES))


def test_two_years_later_some_came_some_went_some_moved(both):
    (before, _first, _made_up), (after, vintage, made_up) = both
    assert (vintage, made_up) == ("2013-11", True)
    changes = {event.change for event in events_between(before, after)}
    assert changes >= {Change.APPEARED, Change.DISAPPEARED, Change.MOVED_IN, Change.MOVED_OUT}
    assert {seen.commune for seen in after} <= set(CODES)
    here = sum(seen.within for seen in after)
    assert 180 < here < 280


def test_the_same_month_is_the_example_itself(tmp_path):
    first = write_example_stock(tmp_path / "first", PLACES)
    again = write_stock_at(MONTH, tmp_path / "again", PLACES)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_the_past_can_be_written_as_well(tmp_path):
    (first, _units) = write_stock_at("2009-01", tmp_path / "first", PLACES)
    (again, _units) = write_stock_at("2009-01", tmp_path / "again", PLACES)
    assert first.name == "StockEtablissement_2009-01-01.csv"
    assert first.read_bytes() == again.read_bytes()


def test_years_between_two_months():
    assert years_between("2011-01", "2013-07") == years_between("2013-07", "2011-01") == 2.5


def test_a_month_that_is_none_is_refused_in_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"2013-13 n’est pas un millésime"):
        call_command("example_stock", str(tmp_path), "--vintage", "2013-13")
