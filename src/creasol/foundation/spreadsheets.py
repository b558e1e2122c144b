"""Tables as files that any spreadsheet opens: CSV with a comma, a decimal point and the accents right; ODS."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from odfdo import Cell, Column, Document, Row, Style, Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ODS = "application/vnd.oasis.opendocument.spreadsheet"
UNWRITABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML
WIDEST, NARROWEST = 60, 9  # letters
LETTER = 0.2  # cm


def csv_text(header: Iterable[str], rows: Iterable[Iterable]) -> str:
    """Return rows as CSV (RFC 4180); text that a spreadsheet would run is made plain text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_file(name: str, header: Iterable[str], rows: Iterable[Iterable]) -> HttpResponse:
    """Answer rows as the file ``name``."""
    return HttpResponse(
        BYTE_ORDER_MARK + csv_text(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers, None stays empty."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


@dataclass(frozen=True)
class Sheet:
    """One page of a spreadsheet: its name, the headings of its columns, its rows."""

    name: str
    header: list[str]
    rows: list[list]


def ods_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as one ODS file: numbers are numbers, text is never a formula, columns as wide as needed."""
    document = Document("spreadsheet")
    document.body.clear()
    document.insert_style(
        Style("table-cell", name="heading", area="text", bold=True, background_color="#e9f2ee"),
        automatic=True,
    )
    for letters in range(NARROWEST, WIDEST + 1):
        style = Style("table-column", name=f"wide-{letters}", width=f"{letters * LETTER:.2f}cm")
        document.insert_style(style, automatic=True)
    for sheet in sheets:
        document.body.append(table_of(sheet))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def table_of(sheet: Sheet) -> Table:
    """Return a sheet as a table of the file."""
    table = Table(sheet.name)
    for number, heading in enumerate(sheet.header):
        lengths = [len(str(heading)), *(len(str(row[number])) for row in sheet.rows)]
        letters = min(max(NARROWEST, *lengths), WIDEST)
        table.append(Column(style=f"wide-{letters}"))
    table.append(row_of(sheet.header, style="heading"))
    for cells in sheet.rows:
        table.append(row_of(cells))
    return table


def row_of(cells: Iterable[object], style: str | None = None) -> Row:
    """Return cells as a row."""
    row = Row()
    row.extend_cells([Cell(writable(cell), style=style) for cell in cells])
    return row


def writable(cell: object) -> object:
    """Return a cell without the characters that no XML may hold."""
    return UNWRITABLE.sub("", cell) if isinstance(cell, str) else cell


def ods_file(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """Answer sheets as the file ``name``."""
    return HttpResponse(
        ods_bytes(sheets),
        content_type=ODS,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
