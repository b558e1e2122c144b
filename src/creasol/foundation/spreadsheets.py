"""Tables as files that any spreadsheet opens: CSV with a comma, a decimal point and the accents right; ODS."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.http import HttpResponse

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ODS = "application/vnd.oasis.opendocument.spreadsheet"
UNWRITABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML
WIDEST, NARROWEST = 60, 9  # letters
LETTER = 0.2  # cm
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content office:version="1.3" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">'
    "<office:automatic-styles>{widths}"
    '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#e9f2ee"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def csv_text(header: Iterable[str], rows: Iterable[Iterable]) -> str:
    """Return rows as CSV (RFC 4180); text that a spreadsheet would run is made plain text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(harmless, header))
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
    files = {
        "mimetype": ODS,  # the first one, and not packed: so readers know the file
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": CONTENT.format(widths=column_styles(), tables="".join(map(table_of, sheets))),
    }
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in files.items():
            packing = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(ZipInfo(name), text.encode(), packing)  # the same sheets make the same bytes
    return written.getvalue()


def column_styles() -> str:
    """Return a style for each width of a column, in letters."""
    return "".join(
        f'<style:style style:name="wide-{letters}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{letters * LETTER:.2f}cm"/></style:style>'
        for letters in range(NARROWEST, WIDEST + 1)
    )


def table_of(sheet: Sheet) -> str:
    """Return a sheet as a table, in the words of the format."""
    widths = ""
    for number, heading in enumerate(sheet.header):
        lengths = [len(str(heading)), *(len(str(row[number])) for row in sheet.rows)]
        letters = min(max(NARROWEST, *lengths), WIDEST)
        widths += f'<table:table-column table:style-name="wide-{letters}"/>'
    rows = [row_of(sheet.header, style="heading"), *(row_of(row) for row in sheet.rows)]
    name = escape(UNWRITABLE.sub("", sheet.name))
    return f'<table:table table:name="{name}">{widths}{"".join(rows)}</table:table>'


def row_of(cells: Iterable[object], style: str = "") -> str:
    """Return cells as a row of a table."""
    return f"<table:table-row>{''.join(cell_of(cell, style) for cell in cells)}</table:table-row>"


def cell_of(cell: object, style: str) -> str:
    """Return a number, a day, yes or no, or a text as a cell; None as an empty one."""
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        kind = f'boolean" office:boolean-value="{str(cell).lower()}'
    elif isinstance(cell, int | float | Decimal):
        kind = f'float" office:value="{cell}'
    elif isinstance(cell, date):
        kind, style = f'date" office:date-value="{cell.isoformat()}', style or "day"
    else:
        kind = "string"
    look = f' table:style-name="{style}"' if style else ""
    lines = escape(UNWRITABLE.sub("", str(cell))).split("\n")
    shown = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="{kind}"{look}>{shown}</table:table-cell>'


def ods_file(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """Answer sheets as the file ``name``."""
    return HttpResponse(
        ods_bytes(sheets),
        content_type=ODS,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
