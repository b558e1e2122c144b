"""docs/lexique.md: the French words on screen and their names in the code say the same as the code does."""

import importlib
import inspect
import re

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from tests.house.source import ROOT, floors

LEXICON = ROOT / "docs" / "lexique.md"


def entries(text: str) -> dict[str, dict[str, str]]:
    """Return, for each app, the words on screen by name in the code."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if title := re.match(r"## .+ \(`(\w+)`\)$", line):
            app = found.setdefault(title[1], {})
        elif row := re.match(r"\| (.+?) \| `([\w.]+)` \|", line):
            app[row[2]] = row[1]
    return found


def words_of_code(app: str) -> dict[str, str]:
    """Return the French words of the models of an app, and of the values of its enumerations."""
    found = {model.__name__: str(model._meta.verbose_name) for model in apps.get_app_config(app).get_models()}
    try:
        module = importlib.import_module(f"creasol.{app}.enums")
    except ModuleNotFoundError:
        return found
    for name, member in vars(module).items():
        if (
            inspect.isclass(member)
            and issubclass(member, models.Choices)
            and member.__module__ == module.__name__
        ):
            found[name] = " · ".join(str(label) for label in member.labels)
    return found


def disagreements(lexicon: dict[str, dict[str, str]], app: str, code: dict[str, str]) -> list[str]:
    """Return the lines to write, or to strike out, for the lexicon to say what the code of ``app`` says."""
    said = lexicon.get(app, {})
    found = []
    for name, words in code.items():
        on_screen = said.get(name, "")
        if on_screen != words and not on_screen.endswith(f" : {words}"):
            found.append(f"| {words} | `{name}` |")
    for name in sorted(set(said) - set(code)):
        module, _, attribute = f"creasol.{app}.{name}".rpartition(".")
        try:
            getattr(importlib.import_module(module), attribute)
        except (ImportError, AttributeError):
            found.append(f"{app}: no {name} in the code")
    return found


@pytest.mark.parametrize("app", floors())
def test_the_lexicon_says_what_the_code_says(app):
    lexicon = entries(LEXICON.read_text())
    with translation.override("fr"):
        assert disagreements(lexicon, app, words_of_code(app)) == []


def test_the_lexicon_knows_the_apps_from_the_highest_to_the_lowest():
    assert list(entries(LEXICON.read_text())) == list(reversed(floors()))


def test_a_disagreement_is_seen():
    text = "## Territoires (`territories`)\n\n| à l’écran | code |\n|---|---|\n| commune | `Commune` |\n"
    lexicon = entries(text + "| place | `Place` |\n| sorte : ville · village | `Kind` |\n")
    code = {"Commune": "commune", "Kind": "ville · village", "Territory": "territoire"}
    assert disagreements(lexicon, "territories", code) == [
        "| territoire | `Territory` |",
        "territories: no Place in the code",
    ]
    assert disagreements(lexicon, "territories", {**code, "Commune": "ville"})[0] == "| ville | `Commune` |"
