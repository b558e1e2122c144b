"""A document on paper: the whole of it, or two pages for those who decide."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from creasol.foundation import dates
from creasol.foundation.numbers import number
from creasol.foundation.printing import pages_of, pdf_of
from creasol.foundation.prose import blocks_of
from creasol.foundation.tables import Table
from creasol.foundation.text import french_spaces

from .document.schema import Document, ThinList, Writer
from .paper_words import words_of
from .tables import (
    communes_table,
    definitions_table,
    features_side_by_side,
    lede,
    quotes_table,
    sources_table,
    thin_table,
)

WHOLE, SUMMARY = "reports/typst/diagnosis.typ", "reports/typst/summary.typ"
LEADING = (
    "population",
    "ess_establishments",
    "ess_jobs",
    "ess_share_of_employers",
    "ess_rank",
    "ess_per_1000",
)
SHORT = 1_900  # characters of the texts of the authors on the two pages, shared among them
MOST_TEXTS = 4
LONGEST_ADDRESS = 120


def whole(document: Document, *, address: str) -> bytes:
    """Return the PDF of all that is in a document; ``address`` is where it can be read on line."""
    return pdf_of(WHOLE, paper_of(document, address=address), at=moment_of(document))


def summary(document: Document, *, address: str) -> bytes:
    """Return the PDF of the two pages that say the most important."""
    return pdf_of(SUMMARY, paper_of(document, address=address), at=moment_of(document))


def pictures(template: str, document: Document, *, address: str) -> list[bytes]:
    """Return the pages of ``WHOLE`` or ``SUMMARY`` as pictures (PNG)."""
    return pages_of(template, paper_of(document, address=address), at=moment_of(document))


def moment_of(document: Document) -> datetime:
    """Return when a document was made."""
    return datetime.fromisoformat(document.made_at)


def paper_of(document: Document, *, address: str) -> dict:
    """Return what the templates read: the document, and its texts and numbers as they are printed."""
    with translation.override(document.language):
        data = document.model_dump(
            include={"language", "title", "edition", "version", "reason", "synthetic", "perimeter", "blocks"}
            | {"second_perimeter", "drawings", "methods", "comparables"}
        )
        known = document.figures
        return data | {
            "address": address,
            "shown_address": address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}…",
            "made": dates.day(moment_of(document), weekday=False),
            "state": state_of(document),
            "place": document.place.name,
            "lede": lede(document),
            "reference": document.reference.name if document.reference else "",
            "leading": [key for key in LEADING if key in known and known[key].available],
            "sections": sections_of(document),
            "signed": signatures(document.writers),
            "communes": printed(communes_table(document)),
            "quotes": printed(quotes_table(document)),
            "sources": printed(sources_table(document)),
            "definitions": printed(definitions_table(document)),
            "likes": printed(features_side_by_side(document)),
            "thin": [thin_of(found) for found in document.thin],
            "words": words_of(document),
        }


def sections_of(document: Document) -> list[dict]:
    """Return the texts of the authors, whole and in short, each with the keys of its figures."""
    known = document.figures
    texts = [(section, blocks_of(section.text)) for section in document.sections]
    most = SHORT // min(max(len(texts), 1), MOST_TEXTS)
    return [
        {
            "title": french_spaces(section.title),
            "blocks": blocks,
            "short": shortened(blocks, most),
            "signed": signatures(section.writers),
            "figures": [key for key in section.indicators if key in known],
        }
        for section, blocks in texts
    ]


def thin_of(found: ThinList) -> dict:
    """Return what is thin, as a table and line by line."""
    lines = [
        {"label": line.label, "count_text": number(line.count), "shortfall_text": number(line.lacking)}
        for line in found.lines
    ]
    kept = found.model_dump(include={"label", "origin", "reason", "told"})
    return kept | {"table": printed(thin_table(found)), "lines": lines}


def shortened(blocks: Sequence[dict], most: int) -> str:
    """Return the first paragraphs, cut after a sentence, or after a word, beyond ``most`` characters."""
    paragraphs = [block["runs"] for block in blocks if block["kind"] == "p"]
    text = " ".join("".join(run["text"] for run in runs) for runs in paragraphs).replace("\n", " ")
    if len(text) <= most:
        return text
    start, stop, _rest = text[:most].rpartition(". ")
    return f"{start}." if stop else f"{text[:most].rpartition(' ')[0]}…"


def signatures(writers: Iterable[Writer]) -> str:
    """Return who wrote, each with the organisation spoken for."""
    return ", ".join(
        f"{writer.name} ({writer.organisation})" if writer.organisation else writer.name for writer in writers
    )


def printed(table: Table | None) -> dict:
    """Return a table as the templates take it, one without rows where there is none."""
    if table is None:
        return {"caption": "", "columns": [], "rows": []}
    columns = [{"label": column.label, "number": column.number} for column in table.columns]
    return {"caption": table.caption, "columns": columns, "rows": [list(row) for row in table.rows]}


def state_of(document: Document) -> str:
    """Return whether somebody signed the document off, and when it was made."""
    day = dates.day(moment_of(document), weekday=False)
    if not document.version:
        return _("Figures as of %(day)s, computed by the software; nobody has proofread them.") % {"day": day}
    return _("Version %(number)d, published on %(day)s") % {"number": document.version, "day": day}
