import time

import pytest

from creasol.reports.document.schema import Section
from creasol.reports.paper import SUMMARY, WHOLE, pictures, shortened, summary, whole
from tests.pdf import Pdf

from .documents import full_document

ADDRESS = "https://example.org/diagnostics/couronne-sud/v2/"
PRINTS = pytest.mark.parametrize("printed", [whole, summary])


@PRINTS
def test_a_print_is_accessible_and_says_its_language(printed):
    found = Pdf(printed(full_document(), address=ADDRESS))
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata
    assert "Diagnostic de Couronne Sud" in found.metadata
    assert b"/Lang(fr)" in found.content
    for tag in (b"/S/Title", b"/S/H1", b"/S/H2", b"/S/Table", b"/S/TH", b"/S/Figure"):
        assert tag in found.content, tag
    assert b"/Alt" in found.content


@PRINTS
def test_the_same_document_gives_the_same_bytes(printed):
    assert printed(full_document(), address=ADDRESS) == printed(full_document(), address=ADDRESS)


def test_all_that_is_in_a_document_is_in_its_print():
    document = full_document()
    words = Pdf(whole(document, address=ADDRESS)).words
    for figure in document.figures.values():
        assert figure.label in words
        if figure.available:
            shown = [figure.text] if not figure.rows else []
            shown += [text for row in figure.rows for text in (row.label, row.text, row.count_text)]
            for text in shown:
                assert text.replace("\u202f", " ").replace("\u00a0", " ") in words, (figure.key, text)
    for text in (
        "Diagnostic partagé de territoire", "Sommaire", "Couronne Sud 2026", "Version 2, publiée le 23 novembre 2026",
        "Raison de cette version : Une source a été corrigée.", "Écrit par Anne Dubois (La Régie)",
        "Données d’exemple, synthétiques", "non disponible : importez", "référence : 1 163 337",
        "avec l’autre définition de l’ESS : 1 767 – 3 537", "1,68 – 15,75", "Accueil du jeune enfant 14", "0,36 28",
        "Types examinés : 96. Source : BPE, 2024", "non disponible : importez SIRENE",
        "Couronne Nord", "143 982", "109 041",
        "Commune 13", "Licence Ouverte 2.0", "Le répertoire donne des tranches.", "Population municipale.",
        "habitants vieillissent : il manque des services.",
    ):  # fmt: skip
        assert text in " ".join(words.split()), text


def test_every_page_has_its_number():
    pages = Pdf(whole(full_document(), address=ADDRESS)).pages
    assert [f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [
        False,
        *[True] * (len(pages) - 1),
    ]


@pytest.mark.parametrize("texts", [0, 1, 3, 8])
def test_the_summary_has_two_pages_whatever_is_written(texts):
    long = "Une phrase assez longue pour compter, avec des mots de tous les jours. " * 60
    sections = tuple(Section(title=f"Partie {number}", text=long) for number in range(texts))
    document = full_document(sections=sections, title="Diagnostic partagé " * 8)
    document = document.model_copy(update={"thin": (document.thin[0].model_copy(update={
        "lines": document.thin[0].lines * 40}),) * 2, "comparables": document.comparables * 8})  # fmt: skip
    found = Pdf(summary(document, address=ADDRESS))
    assert len(found.pages) == 2
    assert "118 064" in found.words


def test_a_document_that_nobody_signed_off_says_so():
    words = Pdf(whole(full_document(version=0, sections=(), writers=()), address=ADDRESS)).words
    assert "personne ne les a relus" in words
    assert "Ce que nous voyons" not in words
    assert "Écrit par" not in words


def test_a_document_with_almost_nothing_is_printed():
    empty = full_document(
        communes=1, sections=(), blocks=(), quotes=(), comparables=(), thin=(), drawings=(), sources=(), methods=(),
        writers=(), second_perimeter=None, reference=None, edition="", reason="", synthetic=False,
    )  # fmt: skip
    assert len(Pdf(summary(empty, address="")).pages) == 2
    assert "Commune 1" in Pdf(whole(empty, address="")).words


def test_what_people_write_stays_text():
    text = '#panic("x") #read("/etc/passwd") $a_b$ [x](javascript:alert) <script>alert(1)</script> \u202e漢'
    document = full_document(title='#include "x.typ" *gras* @a', text=text)
    found = Pdf(whole(document, address=ADDRESS))
    assert '#include "x.typ" *gras* @a' in " ".join(found.words.split())
    assert '#panic("x") #read("/etc/passwd") $a_b$' in " ".join(found.words.split())
    assert b"javascript" not in found.content


def test_a_document_speaks_its_own_language():
    words = Pdf(whole(full_document(language="en"), address=ADDRESS)).words
    assert "Shared diagnosis of a territory" in words
    assert "Version 2, published on 23 November 2026" in words


def test_the_metropole_is_printed_in_less_than_three_seconds():
    document = full_document(communes=95)
    start = time.perf_counter()
    whole(document, address=ADDRESS)
    assert time.perf_counter() - start < 3


def test_the_pages_can_be_looked_at():
    assert len(pictures(SUMMARY, full_document(), address=ADDRESS)) == 2
    assert pictures(WHOLE, full_document(), address=ADDRESS)[0].startswith(b"\x89PNG")


def test_a_text_is_cut_after_a_sentence_or_a_word():
    blocks = [{"kind": "p", "runs": [{"text": "Une phrase. Une "}, {"text": "autre phrase"}]}]
    assert shortened(blocks, 100) == "Une phrase. Une autre phrase"
    assert shortened(blocks, 20) == "Une phrase."
    assert shortened(blocks, 9) == "Une…"
    assert shortened([{"kind": "rule"}], 9) == ""
