"""Tables as files that any spreadsheet opens: CSV with a comma, a decimal point and the accents right."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
