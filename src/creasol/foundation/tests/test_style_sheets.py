"""The class of an element is either drawn by a style sheet or a mistake."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent
SHEETS = "\n".join(
    path.read_text() for path in sorted(PACKAGE.glob("*/static/**/*.css")) if "vendor" not in path.parts
)


def drawn_classes():
    return set(re.findall(r"\.([a-z][\w-]*)", SHEETS))


def written_classes(html):
    """Return the classes written out in ``html``; those that a variable completes are left aside."""
    classes = set()
    for value in re.findall(r'class="([^"]*)"', html):
        whole = re.sub(r"\S*-{%.*?endif %}\S*|\S*{{.*?}}\S*", " ", value)
        words = re.sub(r"{%.*?%}", " ", whole).split()
        classes.update(words)
    return classes


def test_every_class_of_a_template_is_drawn():
    drawn = drawn_classes()
    strangers = {
        (str(path.relative_to(PACKAGE)), name)
        for path in PACKAGE.glob("*/templates/**/*.html")
        for name in written_classes(path.read_text()) - drawn
    }
    assert strangers == set()


def test_a_stranger_is_seen():
    assert written_classes(
        '<p class="card {% if a %}card-link{% endif %} badge-{{ kind }} x-{{ a }}-y lost">'
    ) == {
        "card",
        "card-link",
        "lost",
    }


def test_every_token_used_is_defined():
    defined = set(re.findall(r"(--[\w-]+):", SHEETS))
    assert set(re.findall(r"var\((--[\w-]+)", SHEETS)) - defined == set()


def test_style_sheets_are_bound_to_the_layers_in_order():
    assert SHEETS.count("@layer reset, tokens, base, layout, components, utilities;") == 1
    assert set(re.findall(r"@layer (\w+) {", SHEETS)) == {
        "reset",
        "tokens",
        "base",
        "layout",
        "components",
        "utilities",
    }
