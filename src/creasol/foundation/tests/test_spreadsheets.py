import io
import zipfile
from datetime import date
from decimal import Decimal

from odfdo import Document

from creasol.foundation.spreadsheets import Sheet, csv_file, csv_text, ods_bytes, ods_file


def test_rows_become_lines():
    assert csv_text(["a", "b"], [[1, "x, y"], [None, 2.5]]) == 'a,b\r\n1,"x, y"\r\n,2.5\r\n'


def test_a_formula_is_made_plain():
    assert csv_text(["=a"], [["=1+1"], ["-5"], [-5], ["@x"]]) == "'=a\r\n'=1+1\r\n'-5\r\n-5\r\n'@x\r\n"


def test_the_file_says_its_name_and_keeps_its_accents():
    answer = csv_file("communes.csv", ["nom"], [["Annœullin"]])
    assert answer.content.decode("utf-8") == "\ufeffnom\r\nAnnœullin\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="communes.csv"'


def cells_of(content: bytes) -> dict[str, list[list]]:
    """Return the cells of an ODS file, sheet by sheet."""
    tables = Document(io.BytesIO(content)).body.tables
    return {table.name: [row.get_values() for row in table.rows] for table in tables}


def test_sheets_become_pages_of_one_spreadsheet():
    sheets = [
        Sheet("Chiffres", ["code", "part"], [["59560", 0.065], ["59350", None], ["12", 3]]),
        Sheet("Textes", ["texte"], [["Une « école »"], [True], [date(2026, 1, 2)]]),
    ]
    assert cells_of(ods_bytes(sheets)) == {
        "Chiffres": [["code", "part"], ["59560", Decimal("0.065")], ["59350", None], ["12", 3]],
        "Textes": [["texte"], ["Une « école »"], [True], [date(2026, 1, 2)]],
    }


def test_no_text_of_a_spreadsheet_is_a_formula_or_breaks_it():
    content = ods_bytes([Sheet("Noms", ["nom"], [["=1+1"], ["a\x00b\x0bc<d>"]])])
    assert cells_of(content)["Noms"] == [["nom"], ["=1+1"], ["abc<d>"]]
    assert (
        b"formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml").split(b"<table:table ")[1]
    )


def test_a_spreadsheet_is_answered_as_a_file():
    answer = ods_file("noms.ods", [Sheet("Noms", ["nom"], [])])
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert answer["Content-Disposition"] == 'attachment; filename="noms.ods"'
    assert answer.content.startswith(b"PK")
