"""French is complete: every sentence of the code is in its catalogue, translated, well spaced."""

import importlib.util
import sys

import pytest

from tests.house.source import ROOT


def load_tool():
    """Load tools/translations.py, which is a program and no part of the package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


tool = load_tool()


@pytest.mark.parametrize("app", tool.apps())
def test_the_catalogue_is_complete(app):
    assert tool.faults(app) == []


def test_no_sentence_is_translated_in_two_ways():
    assert tool.contradictions() == []


@pytest.fixture
def package(tmp_path):
    """Give a package of two apps with sentences in Python and in templates."""
    for app in ("mills", "canals"):
        (tmp_path / app / "templates").mkdir(parents=True)
        (tmp_path / app / "apps.py").write_text("")
    (tmp_path / "mills" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        '_("Mill")\nngettext("%(n)s wheel", "%(n)s wheels", 2)\npgettext("flour", "Mill")\n'
    )
    (tmp_path / "mills" / "templates" / "mill.html").write_text(
        '<p>\n    {% translate "Open today" %}</p>\n  {% blocktranslate trimmed with name=mill.name %}\n'
        "    Turned by {{ name }}\n  {% endblocktranslate %}"
    )
    return tmp_path


def test_sentences_are_found_in_python_and_in_templates(package):
    assert tool.update("mills", package) == [
        "Open today",
        "Turned by %(name)s",
        "Mill",
        "%(n)s wheel",
        "Mill",
    ]
    assert tool.update("canals", package) == []


def translate(package, old, new):
    path = tool.catalogue_path("mills", package)
    path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def translated(package):
    """Give the package with its catalogue filled in."""
    tool.update("mills", package)
    for english, french in [
        ("Open today", "Ouvert aujourd’hui"),
        ("Turned by %(name)s", "Mû par %(name)s"),
        ("Mill", "Moulin"),
    ]:
        translate(package, f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{french}"')
    translate(package, 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(n)s roue"\nmsgstr[1] "%(n)s roues"')
    assert tool.faults("mills", package) == []
    return package


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Ouvert aujourd’hui", "", "mills: not translated: 'Open today'"),
        ("%(n)s roues", "", "mills: not translated: '%(n)s wheel'"),
        ("Mû par %(name)s", "Mû par lui", "mills: other placeholders than in: 'Turned by %(name)s'"),
        ("aujourd’hui", "aujourd'hui", "mills: French spaces or apostrophes (run update): 'Open today'"),
        ("aujourd’hui", "aujourd’hui !", "mills: French spaces or apostrophes (run update): 'Open today'"),
        ('msgid "Open today"', '#, fuzzy\nmsgid "Open today"', "mills: fuzzy: 'Open today'"),
    ],
)
def test_a_fault_in_the_catalogue_is_seen(translated, old, new, fault):
    translate(translated, old, new)
    assert tool.faults("mills", translated) == [fault]


def test_sentences_that_come_and_go_are_seen(translated):
    views = translated / "mills" / "views.py"
    views.write_text(views.read_text().replace('_("Mill")', '_("Sluice")'))
    assert tool.faults("mills", translated) == [
        "mills: not in the catalogue: 'Sluice'",
        "mills: no longer in the code: 'Mill'",
    ]


def test_two_translations_of_one_sentence_are_seen(translated):
    (translated / "canals" / "views.py").write_text('_("Open today")')
    tool.update("canals", translated)
    path = tool.catalogue_path("canals", translated)
    path.write_text(path.read_text().replace('"Open today"\nmsgstr ""', '"Open today"\nmsgstr "Ouverte"'))
    assert tool.contradictions(translated) == [
        "mills and canals translate 'Open today' differently: use pgettext or agree"
    ]


def test_update_typesets_french(translated):
    translate(translated, "Ouvert aujourd’hui", "Ouvert aujourd'hui : entrez !")
    tool.update("mills", translated)
    assert "Ouvert aujourd’hui\u00a0: entrez\u202f!" in tool.catalogue_path("mills", translated).read_text()
