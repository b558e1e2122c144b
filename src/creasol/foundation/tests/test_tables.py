import pytest

from creasol.foundation.tables import Cell, Column, Table

COLUMNS = (Column("Commune"), Column("Inhabitants", number=True))


def test_cells_know_whether_they_hold_numbers():
    table = Table(
        name="t",
        caption="C",
        columns=COLUMNS,
        rows=(("Loos", "20"), ("Lys", "3")),
        links=("/l/", ""),
        foot=("All", "23"),
    )
    assert list(table.lines) == [
        [Cell("Loos", number=False, href="/l/"), Cell("20", number=True)],
        [Cell("Lys", number=False), Cell("3", number=True)],
    ]
    assert table.foot_cells == [Cell("All", number=False), Cell("23", number=True)]


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="t: a row of 1 cells under 2 columns"):
        Table(name="t", caption="C", columns=COLUMNS, rows=(("Loos",),))
