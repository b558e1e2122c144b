import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.foundation.text import fold, french_spaces, markdown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Noyelles-lès-Seclin, L'Œuvre", "noyelles les seclin l oeuvre"),
        ("  Haÿ-les-Roses ", "hay les roses"),
        ("ﬁn İstanbul Ægis", "fin istanbul aegis"),
        ('"; DROP TABLE', "drop table"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent_and_plain(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", folded)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi ? « oui » : 12 %", "Quoi~? «_oui_»_: 12~%"),
        ("L'eau d'ici ; aujourd'hui !", "L’eau d’ici~; aujourd’hui~!"),
        ("https://example.org/?a=1;b 9:30 'cité'", "https://example.org/?a=1;b 9:30 'cité'"),
        ("2 632 €", "2 632~€"),
        ("Source : %(source)s, 6 %.", "Source_: %(source)s, 6~%."),
    ],
)
def test_french_spaces(typed, shown):
    assert french_spaces(typed).replace("\u202f", "~").replace("\u00a0", "_") == shown


@given(st.text())
def test_french_spaces_is_idempotent_and_keeps_length(text):
    spaced = french_spaces(text)
    assert french_spaces(spaced) == spaced
    assert len(spaced) == len(text)


def test_markdown():
    assert markdown("# Titre\n\nUne *chose* : [lien](https://example.org)") == (
        "<h2>Titre</h2>\n<p>Une <em>chose</em>&nbsp;: "
        '<a href="https://example.org" rel="noopener noreferrer">lien</a></p>\n'
    )


def test_markdown_leaves_code_and_addresses_alone():
    assert markdown("`a ; b` <https://example.org/l'eau>") == (
        "<p><code>a ; b</code> "
        '<a href="https://example.org/l\'eau" rel="noopener noreferrer">https://example.org/l’eau</a></p>\n'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](data:text/html,<script>)",
        '<img src=x onerror="alert(1)">',
        '<a href="https://example.org" style="position:fixed" onclick="x()">y</a>',
        "<iframe src=https://example.org></iframe>",
        "<style>*{}</style>",
    ],
)
def test_markdown_cannot_harm(attack):
    html = markdown(attack)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"p", "a"}
    attributes = set(re.findall(r"<\w+ (\w+)=", html))
    assert attributes <= {"href"}
    assert 'href="javascript' not in html


@given(st.text(alphabet="<>script\"'=()[]!javascript:on&#; \n*`_x/", max_size=60))
def test_markdown_never_yields_a_script(text):
    html = markdown(text)
    assert "<script" not in html.lower()
    assert not re.search(r"<[^>]*\s(on\w+|style|src)\s*=", html)
    assert not re.search(r'href="\s*(javascript|data|vbscript)', html, re.IGNORECASE)
