"""Paper: a typst template and data in, an accessible PDF out (PDF/UA-1), in the clothes of the site.

A template imports ``/foundation/typst/house.typ`` and reads what it is given with ``json(bytes(sys.inputs.data))``:
whatever people wrote stays text, never markup. The same data at the same moment give the same bytes.
"""

import json
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst
from django.http import HttpResponse

PACKAGE = Path(__file__).parent.parent
FONTS = Path(__file__).parent / "typst" / "fonts"
SYMBOLS = frozenset("←↑→↓↔≤≥≈≠±∞√∑☐☑✓✗★☆■□●○◆▲▼")  # shown by the fonts within typst
OTHER_LETTERS = ("\u0370", "\u04ff")  # Greek and Cyrillic, by the same fonts
STAND_IN = "□"
KEPT = "\n\t"
A4_PIXELS = 96  # per inch
REMEMBERED = 10  # documents whose layout typst keeps, 30 MB for a long one

_one_at_a_time = Lock()


class PrintError(RuntimeError):
    """The document cannot be printed; the message says where in the template."""


def pdf_of(template: str, data: dict, *, at: datetime) -> bytes:
    """Return the PDF of ``template`` (its place in the package: "reports/typst/summary.typ") filled with ``data``.

    ``data`` is what JSON can say; ``at`` is the moment written in the file. Raises ``PrintError`` when the template is
    wrong, or when the document would not be accessible.
    """
    return compiled(template, data, at=at, format="pdf", pdf_standards=["ua-1"])


def pages_of(template: str, data: dict, *, at: datetime, pixels: int = A4_PIXELS) -> list[bytes]:
    """Return the pages as pictures (PNG), ``pixels`` to an inch."""
    pages = compiled(template, data, at=at, format="png", ppi=pixels)
    return pages if isinstance(pages, list) else [pages]


def pdf_file(name: str, content: bytes) -> HttpResponse:
    """Answer a PDF as the file ``name``, shown in the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def compiled(template: str, data: dict, *, at: datetime, **form: object) -> bytes | list[bytes]:
    """Return what typst makes of a template."""
    inputs = {"data": json.dumps(printable(data), ensure_ascii=False)}
    try:
        with _one_at_a_time:
            printed = compiler().compile(
                input=str(PACKAGE / template), sys_inputs=inputs, timestamp=int(at.timestamp()), **form
            )
            for _ in range(REMEMBERED):
                compiler().compile(input=b"")  # an empty page pushes an old layout out of memory: 2 ms
            return printed
    except RuntimeError as error:  # of which those of typst are a kind
        raise PrintError(f"{template}: {getattr(error, 'diagnostic', error)}") from error


@cache
def compiler() -> typst.Compiler:
    """Return the compiler, made once: it keeps the fonts and what did not change since the last document."""
    start = PACKAGE / "foundation" / "typst" / "house.typ"
    return typst.Compiler(
        input=str(start), root=str(PACKAGE), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def printable(data: object) -> object:
    """Return data with every text in it as the fonts can show it."""
    if isinstance(data, str):
        return legible(data)
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable(value) for value in data]
    return data


def legible(text: str) -> str:
    """Return ``text`` without invisible characters, a square for each that no font of ours draws.

    >>> legible("Œuvre 漢")
    'Œuvre □'
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if shown(letter) else STAND_IN for letter in text if not invisible(letter))


def shown(letter: str) -> bool:
    """Tell whether a font of ours draws ``letter``."""
    first, last = OTHER_LETTERS
    return (
        letter in covered()
        or letter in SYMBOLS
        or letter in KEPT
        or (first <= letter <= last and letter.isalpha())
    )


def invisible(letter: str) -> bool:
    """Tell whether ``letter`` is a control, a format, a private or a broken character."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn"} and letter not in KEPT


@cache
def covered() -> frozenset[str]:
    """Return the characters that every font of ours draws."""
    lines = (FONTS / "COVERAGE").read_text().split()
    bounds = [[int(bound, 16) for bound in line.split("-")] for line in lines]
    return frozenset(chr(code) for first, last in bounds for code in range(first, last + 1))
