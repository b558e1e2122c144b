import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unicodedata import is_normalized

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creasol.foundation.printing import OTHER_LETTERS, SYMBOLS, PrintError, covered, legible, pages_of, pdf_of
from creasol.foundation.prose import blocks_of
from tests.pdf import Pdf

SAMPLE = "foundation/tests/sample.typ"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def printed(title="Un titre", text="", at=AT):
    return pdf_of(SAMPLE, {"language": "fr", "title": title, "blocks": blocks_of(text)}, at=at)


def test_a_print_is_an_accessible_pdf():
    found = Pdf(printed("L’été à Haubourdin"))
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata
    assert "L’été à Haubourdin" in found.metadata
    assert b"/Marked true" in found.content
    assert b"/Lang(fr)" in found.content
    for tag in (b"/S/Title", b"/S/H1", b"/S/Table", b"/S/TH", b"/S/TD"):
        assert tag in found.content, tag


def test_the_same_data_give_the_same_bytes_and_another_moment_others():
    assert printed() == printed()
    assert printed() != printed(at=AT + timedelta(days=1))


def test_the_fonts_are_those_of_the_house_alone():
    names = set(re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", printed(text="**gras** *penché* `code`")))
    assert names == {
        b"CreasolDisplay-Bold", b"CreasolText-Regular", b"CreasolText-SemiBold",
        b"CreasolText-Bold", b"CreasolText-Italic", b"DejaVuSansMono",
    }  # fmt: skip


def test_french_typography_is_printed():
    text = Pdf(printed("1\u202f234 habitants\u00a0: «\u00a0œuvre\u00a0»")).pages[0]
    assert "1\u202f234 habitants\u00a0: «\u00a0œuvre\u00a0»" in text


@pytest.mark.parametrize(
    "text",
    ['#panic("x")', '#read("/etc/passwd")', "$x^2$ @label <label>", '#include "a.typ"', "*a* _b_ = c // d"],
)
def test_what_people_write_is_never_markup(text):
    assert text in Pdf(printed(title=text)).words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_can_be_printed(title, text):
    assert printed(f"a{title}", text).startswith(b"%PDF-1.7")


def test_what_the_fonts_lack_is_a_square_and_what_nobody_sees_is_left_out():
    assert legible("Mairie de 東京 \U0001f600") == "Mairie de □□ □"
    assert legible("a\u200db\x07c\ue000\ud800d") == "abcd"
    assert legible("e\u0301te\u0301") == "été"


def test_every_letter_said_to_be_shown_is_printed():
    first, last = (ord(letter) for letter in OTHER_LETTERS)
    others = [
        chr(code)
        for code in range(first, last + 1)
        if chr(code).isalpha() and is_normalized("NFC", chr(code))
    ]
    text = "".join(sorted(covered() | SYMBOLS)) + "".join(others)
    assert "□" not in legible(text.replace("□", ""))
    assert printed(title=text).startswith(b"%PDF")


def test_a_fault_of_a_template_is_told_with_its_place():
    with pytest.raises(PrintError, match=r"sample\.typ:6"):
        pdf_of(SAMPLE, {}, at=AT)
    with pytest.raises(PrintError, match="nowhere"):
        pdf_of("foundation/tests/nowhere.typ", {}, at=AT)


def test_pages_can_be_looked_at():
    pages = pages_of(SAMPLE, {"language": "fr", "title": "x", "blocks": []}, at=AT, pixels=30)
    assert [page[:8] for page in pages] == [b"\x89PNG\r\n\x1a\n"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell its memory so")
def test_what_was_printed_is_forgotten():
    def memory():
        return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1])

    text = "Un paragraphe de plusieurs mots, assez long pour une ligne entière du document. " * 300
    printed("premier", text)
    before = memory()
    for number in range(12):
        printed(f"document {number}", f"{number} {text}")
    assert memory() - before < 40_000  # kB: 10 MB, and 70 MB when all of it is kept
