import csv
import io
import json

import pytest

from creasol.foundation.spreadsheets import csv_text
from creasol.reports.document.schema import Document
from creasol.reports.sheets import data_of, lines_of, meanings, sheets_of

from .documents import full_document


@pytest.fixture
def sheets():
    return {sheet.name: [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
            for sheet in sheets_of(full_document())}  # fmt: skip


def test_everything_is_in_the_sheets(sheets):
    assert {name: len(rows) for name, rows in sheets.items()} == {
        "Chiffres": 5, "Classes": 4, "Ce qui manque": 1, "Communes": 13, "Territoires comparables": 1,
        "Chiffres déclarés": 1, "Textes": 1, "Sources": 1, "Méthode": 1, "Dictionnaire": len(meanings()),
    }  # fmt: skip


def test_numbers_are_numbers_and_words_stand_beside_them(sheets):
    population, area, jobs, *_ = sheets["Chiffres"]
    assert (population["indicator"], population["value"], population["reference"]) == (
        "population",
        118_064,
        1_163_337,
    )
    assert (area["value"], area["note"]) == (None, "non disponible\u00a0: importez")
    assert (jobs["low"], jobs["high"], jobs["other"], jobs["synthetic"]) == (
        1652,
        3310,
        "1\u202f767\u00a0– 3\u202f537",
        1,
    )
    assert sheets["Classes"][0]["count"] == 165
    assert sheets["Ce qui manque"][0]["shortfall"] == 27.4
    assert sheets["Textes"][0]["writers"] == "Anne Dubois"


def test_every_column_has_its_line_in_the_dictionary():
    sheets = sheets_of(full_document())
    columns = {column for sheet in sheets for column in sheet.header} | set(lines_of(full_document())[0])
    assert columns == set(meanings())


def test_one_table_has_every_number_on_a_line():
    rows = list(csv.DictReader(io.StringIO(csv_text(*lines_of(full_document())))))
    parts = [row["part"] for row in rows]
    assert {part: parts.count(part) for part in dict.fromkeys(parts)} == {
        "figures": 5, "classes": 4, "facilities": 1, "communes": 13 * 6,
    }  # fmt: skip
    agriculture = next(row for row in rows if row["class"] == "A")
    assert (agriculture["value"], agriculture["low"], agriculture["high"]) == ("6.15", "1.68", "15.7")


def test_programs_read_the_same_document_back():
    data = json.loads(json.dumps(data_of(full_document())))
    assert Document.model_validate(data["document"]) == full_document()
    assert data["dictionary"].keys() == meanings().keys()
