"""Reading the table of an own indicator: every row is used, left aside or refused, by reason."""

import pytest

from creasol.diagnosis.sources import own
from creasol.diagnosis.sources.files import found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError

from .files import PLACES, engine, stream, write_csv

HEADER = ["code", "value", "year"]


def read(folder, rows, *, header=HEADER, mean=False, year=None, places=PLACES, **how):
    path = write_csv(folder / "table.csv", [header, *rows], **how)
    with engine(folder, places=places) as space:
        extract = own.read(space, tables(space, found_files(space, [path])), year=year, mean=mean)
        values = {(row["commune_id"], row["year"]): row["value"] for row in stream(space, extract, "own")}
        return values, extract.report, extract.vintage


def refusal(folder, rows, **how):
    with pytest.raises(BadInputError) as refused:
        read(folder, rows, **how)
    return str(refused.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_any_separator_and_encoding(tmp_path, separator, encoding):
    header = ["Code", "Valeur", "Année"]
    values, report, vintage = read(
        tmp_path,
        [["59193", "12,5", "2022"], ["59350", "1\u00a0234,5", "2023"]],
        header=header,
        separator=separator,
        encoding=encoding,
    )
    assert values == {("59193", 2022): 12.5, ("59350", 2023): 1234.5}
    assert (report.rows_read, report.rows_used, report.refused, vintage) == (2, 2, {}, "2023")


def test_values_may_be_negative_and_codes_without_their_zero(tmp_path):
    values, _report, _vintage = read(tmp_path, [["1001", "-3.5", "2023"]], places=[("01001", "01001", "")])
    assert values == {("01001", 2023): -3.5}


def test_no_row_is_lost_in_silence(tmp_path):
    rows = [
        ["59193", "10", "2023"],
        ["59193", "11", "2023"],
        ["Emmerin", "1", "2023"],
        ["59999", "2", "2023"],
        ["59350", "beaucoup", "2023"],
        ["59350", "", "2023"],
        ["59350", "inf", "2023"],
        ["59350", "3", "l’an dernier"],
        ["59355", "4", "2023"],
        ["59585", "5", "2023"],
    ]
    values, report, _vintage = read(tmp_path, rows)
    assert values == {("59193", 2023): 10, ("59585", 2023): 5}
    assert report.refused == {"bad-code": 1, "unknown-commune": 1, "no-value": 3, "twice": 1, "bad-year": 1}
    assert report.left_aside == {"part-of-commune": 1}
    assert report.rows_read == report.rows_used + 7 + 1
    assert [(example.line, example.met) for example in report.examples if example.reason == "twice"] == [
        (3, "59193 11 2023")
    ]


def test_former_communes_are_added_up_and_parts_left_aside_where_the_whole_is_told(tmp_path):
    rows = [
        ["59193", "10", "2023"],
        ["59001", "5", "2023"],
        ["59350", "100", "2023"],
        ["59355", "20", "2023"],
        ["59298", "7", "2022"],
    ]
    values, report, _vintage = read(tmp_path, rows)
    assert values == {("59193", 2023): 15, ("59350", 2023): 100, ("59350", 2022): 7}
    assert (report.left_aside, report.notes) == ({"part-of-commune": 1}, {"folded": 2})


def test_a_mean_is_never_added_to_another(tmp_path):
    rows = [
        ["59193", "10", "2023"],
        ["59001", "5", "2023"],
        ["59298", "7", "2022"],
        ["59001", "6", "2022"],
    ]
    values, report, _vintage = read(tmp_path, rows, mean=True)
    assert values == {("59193", 2023): 10, ("59350", 2022): 7, ("59193", 2022): 6}
    assert (report.refused, report.rows_used) == ({"mean-of-former": 1}, 3)


def test_the_year_may_be_given_beside_the_table(tmp_path, in_english):
    values, *_rest = read(tmp_path, [["59193", "1"]], header=["insee", "valeur"], year=2021)
    assert values == {("59193", 2021): 1}
    assert refusal(tmp_path, [["59193", "1"]], header=["insee", "valeur"]) == (
        "table.csv: no column tells the year; add a column “year”, or give the year beside the file"
    )


def test_a_missing_column_is_named(tmp_path, in_english):
    assert refusal(tmp_path, [["59193", "1"]], header=["lieu", "valeur"], year=2021) == (
        "table.csv: missing column code; columns found: lieu, valeur"
    )


def test_a_table_of_which_nothing_can_be_used_says_where_it_stumbles(tmp_path, in_english):
    assert refusal(tmp_path, [["59999", "1", "2021"]]) == (
        "table.csv: no row can be used; line 2: 59999 1 2021"
    )
    assert refusal(tmp_path, []) == "table.csv: no row can be used; it holds no row"
