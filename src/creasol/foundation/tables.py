"""A table as data: the component foundation/components/table.html shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers (right-aligned)."""

    label: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell as the page shows it."""

    text: str
    number: bool
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose cells are texts written as people read them; the first cell of a row is its header.

    ``name`` is the id of the caption in the page; ``links`` gives the address of a row's header, row by row;
    ``foot`` is the row of totals; ``quiet`` keeps the caption for screen readers; ``language`` is that of the headers
    of rows that are official labels, in one language alone.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    links: Sequence[str] = ()
    foot: Sequence[str] = ()
    quiet: bool = False
    compact: bool = False
    language: str = ""

    def __post_init__(self):
        for row in (*self.rows, self.foot or [""] * len(self.columns)):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: a row of {len(row)} cells under {len(self.columns)} columns")

    @property
    def lines(self) -> Iterator[list[Cell]]:
        """The rows, cell by cell."""
        for index, row in enumerate(self.rows):
            cells = self.cells(row)
            if index < len(self.links) and self.links[index]:
                cells[0] = Cell(cells[0].text, cells[0].number, self.links[index])
            yield cells

    @property
    def foot_cells(self) -> list[Cell]:
        """The row of totals, cell by cell."""
        return self.cells(self.foot)

    def cells(self, row: Sequence[str]) -> list[Cell]:
        return [Cell(text, column.number) for text, column in zip(row, self.columns, strict=False)]
