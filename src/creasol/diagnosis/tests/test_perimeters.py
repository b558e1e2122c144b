import csv

import duckdb
import pytest

from .files import INSEE, LAW, OFFICIAL, official_files

CASES = [
    ("9220", "88.99B", "", True, True),
    ("9220", "94.92Z", "", False, True),
    ("9220", "84.12Z", "O", False, True),
    ("9220", "94.99Z", "N", True, True),
    ("9220", "", "", True, True),
    ("5710", "62.01Z", "O", False, True),
    ("5710", "62.01Z", "N", False, False),
    ("5710", "62.01Z", None, False, False),
    ("1000", "62.01Z", "O", False, False),
    ("8410", "94.20Z", "", False, False),
    ("", "", "", False, False),
]


@pytest.mark.parametrize(("category", "activity", "flag", "insee", "law"), CASES)
def test_both_modes_say_what_counts(category, activity, flag, insee, law):
    unit = {"category": category, "activity": activity, "flag": flag}
    assert (INSEE.counts(**unit), LAW.counts(**unit)) == (insee, law)


@pytest.mark.parametrize(("category", "activity", "flag", "insee", "law"), CASES)
def test_the_sql_says_the_same(category, activity, flag, insee, law):
    columns = {"category": "c", "activity": "a", "flag": "f"}
    row = (
        duckdb.connect()
        .execute(
            f"SELECT {INSEE.sql(**columns)}, {LAW.sql(**columns)} "
            "FROM (SELECT $1::VARCHAR c, $2::VARCHAR a, $3::VARCHAR f)",
            [category, activity, flag],
        )
        .fetchone()
    )
    assert row == (insee, law)


@official_files
def test_the_families_are_those_of_the_provisional_list():
    with (OFFICIAL / "ess-categories-juridiques-PROVISOIRE.csv").open(encoding="utf-8") as file:
        assert INSEE.categories == {row["code"]: row["famille"] for row in csv.DictReader(file)}


@official_files
@pytest.mark.parametrize("name", ["sample-ul-ess-flag-insee.csv", "sample-ul-ess-categories-juridiques.csv"])
def test_a_few_lines_of_plain_python_count_the_same_on_real_units(name):
    with (OFFICIAL / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (OFFICIAL / "ess-categories-juridiques-PROVISOIRE.csv").open(encoding="utf-8") as file:
        ess = {row["code"] for row in csv.DictReader(file)}
    out = ("84.1", "84.2", "94.11Z", "94.12Z", "94.20Z", "94.91Z", "94.92Z", "97", "98", "99")
    listed = [row for row in rows if row["categorieJuridiqueUniteLegale"] in ess]
    insee = sum(1 for row in listed if not row["activitePrincipaleUniteLegale"].startswith(out))
    law = sum(
        1
        for row in rows
        if row in listed
        or (
            row.get("economieSocialeSolidaireUniteLegale") == "O"
            and row["categorieJuridiqueUniteLegale"] != "1000"
        )
    )
    flag = (
        "economieSocialeSolidaireUniteLegale" if "economieSocialeSolidaireUniteLegale" in rows[0] else "NULL"
    )
    columns = {
        "category": "categorieJuridiqueUniteLegale",
        "activity": "activitePrincipaleUniteLegale",
        "flag": flag,
    }
    found = (
        duckdb.connect()
        .execute(
            f"SELECT count(*) FILTER ({INSEE.sql(**columns)}), count(*) FILTER ({LAW.sql(**columns)}) "
            f"FROM read_csv('{OFFICIAL / name}', all_varchar=true)"
        )
        .fetchone()
    )
    assert found == (insee, law)
    assert 0 < insee <= law
