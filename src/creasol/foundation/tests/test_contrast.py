"""Colours that stand on each other keep the contrast that WCAG 2.2 AA asks for, in both schemes."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static" / "foundation" / "tokens.css").read_text()
TEXT, GRAPHIC = 4.5, 3.0
GROUNDS = ("paper", "paper-deep", "card", "field")
PAIRS = [
    *product(("ink", "muted", "brand", "accent", "danger"), GROUNDS, (TEXT,)),
    *product(("ink", "brand", "muted"), ("tint",), (TEXT,)),
    *product(("ink", "muted", "accent"), ("warm",), (TEXT,)),
    ("danger", "danger-tint", TEXT),
    ("ink", "danger-tint", TEXT),
    ("caution", "caution-tint", TEXT),
    ("ink", "caution-tint", TEXT),
    ("info", "info-tint", TEXT),
    ("ink", "info-tint", TEXT),
    ("on-brand", "brand-deep", TEXT),
    ("on-brand-muted", "brand-deep", TEXT),
    ("on-brand", "brand-press", TEXT),
    *product(("line-strong", "focus"), GROUNDS, (GRAPHIC,)),
    ("ramp-5", "card", GRAPHIC),
    ("ramp-5", "tint", GRAPHIC),
    ("accent", "tint", GRAPHIC),
]


def token(name, scheme):
    value = re.search(rf"--{name}: (?:light-dark\((#\w+), (#\w+)\)|(#\w+));", TOKENS)
    light, dark, both = value.groups()
    return both or (light if scheme == "light" else dark)


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "needed"), PAIRS)
def test_contrast(front, ground, needed, scheme):
    assert contrast(token(front, scheme), token(ground, scheme)) >= needed
