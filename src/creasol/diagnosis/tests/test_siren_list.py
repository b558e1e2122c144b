import pytest

from creasol.diagnosis.sources.refusals import BadInputError
from creasol.diagnosis.sources.siren_list import read_list

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    "text",
    [
        "siren\n732829320\n732829320\n",
        "\ufeffNom;SIREN\r\nUne entreprise;732 829 320\r\n",
        "siren,name\n732829320,One\n\n",
    ],
)
def test_the_numbers_of_the_column_siren(tmp_path, text):
    path = tmp_path / "esus.csv"
    path.write_text(text, newline="")
    assert read_list(path) == frozenset(["732829320"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("siren\n732829320\n732829321\n", "esus.csv, line 3: “732829321” is not a SIREN number"),
        ("siren\n73282932000074\n", "esus.csv, line 2: “73282932000074” is not a SIREN number"),
        ("siret,name\n73282932000074,One\n", "esus.csv: missing column siren; columns found: siret, name"),
        ("siren\n", "esus.csv is empty"),
        ("", "esus.csv: missing column siren; columns found: "),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, message):
    path = tmp_path / "esus.csv"
    path.write_text(text)
    with pytest.raises(BadInputError) as refusal:
        read_list(path)
    assert str(refusal.value) == message


def test_a_list_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInputError, match=r"esus\.csv cannot be read: No such file or directory"):
        read_list(tmp_path / "esus.csv")
