import pytest

from creasol.portal.words import LONGEST, MOST, alternatives, asked, names, prose


def test_names_are_folded_and_keep_no_empty_word():
    assert names("Noyelles-lès-Seclin", "59139") == {"noyelles", "seclin", "59139"}


def test_prose_is_found_by_its_stems():
    assert prose("coopératives") == {"cooperatives", "cooper"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’épicerie de St-Pol", ["epicerie", "st", "pol"]),
        ("  LILLE  ", ["lille"]),
        ("a'b\"c%d_e\\f", ["b", "c", "e", "f"]),
        ("\x00\x00", []),
        ("🌱🌱", []),
        ("'; DROP TABLE portal_searchentry; --", ["drop", "table", "portal", "searchentry"]),
        ("de la", []),
        ("", []),
    ],
)
def test_any_text_makes_words(text, words):
    assert asked(text) == words


def test_a_long_question_is_cut():
    assert asked("x" * 10_000) == ["x" * LONGEST]
    assert len(asked("mot " * 10_000)) == MOST


def test_an_abbreviated_saint_is_a_saint():
    assert alternatives("st") == {"st", "saint"}
