"""The French catalogues: `python tools/translations.py update|check|compile [app…]`.

update   take the sentences of the code and templates into each app's django.po (new ones empty, gone ones
         dropped) and put French no-break spaces and apostrophes into what was translated
check    say what is wrong: sentences not taken in, untranslated, fuzzy, badly spaced, translated in two ways
compile  make the .mo files that Django reads
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "creasol"
sys.path.insert(0, str(PACKAGE.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creasol.settings")

from django.utils.translation import templatize  # noqa: E402

from creasol.foundation.catalogues import compile_catalogues  # noqa: E402
from creasol.foundation.text import NARROW, french_spaces  # noqa: E402

HEADER = """\
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
PLURAL, CONTEXT, CONTEXT_PLURAL = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": PLURAL, "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT, "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL, "npgettext_lazy": CONTEXT_PLURAL,
}  # fmt: skip
HOME_OF_PACKAGE_FILES = "portal"  # __main__.py and its neighbours speak through the top floor's catalogue
TEMPLATES = {".html", ".txt", ".mjml"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def apps(package: Path = PACKAGE) -> list[str]:
    """Return the names of the apps: the folders with an apps.py."""
    return sorted(path.parent.name for path in package.glob("*/apps.py"))


def catalogue_path(app: str, package: Path = PACKAGE) -> Path:
    return package / app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def sources(app: str, package: Path = PACKAGE) -> Iterator[Path]:
    """Yield the files of an app that may hold sentences, tests and data aside."""
    if app == HOME_OF_PACKAGE_FILES:
        yield from sorted(package.glob("*.py"))
    for path in sorted((package / app).rglob("*")):
        inside = path.relative_to(package / app).parts
        if {"tests", "migrations", "static", "data"}.intersection(inside[:-1]):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in inside):
            yield path


def sentences(path: Path) -> Iterator[tuple]:
    """Yield what Babel extracts from one file: line, message(s), comments, context."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATES:
        # Templates are turned into Python calls; their indentation would confuse Python's tokenizer.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    yield from extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def extracted(app: str, package: Path = PACKAGE) -> Catalog:
    """Return the sentences that the code of ``app`` holds, untranslated."""
    template = Catalog(locale="fr", fuzzy=False)
    for path in sources(app, package):
        name = path.relative_to(package).as_posix()
        for line, message, comments, context in sentences(path):
            template.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return template


def stored(app: str, package: Path = PACKAGE) -> Catalog:
    """Return the committed catalogue of ``app``, empty when there is none."""
    path = catalogue_path(app, package)
    if not path.exists():
        return Catalog(locale="fr", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string or "",)


def typeset(text: str) -> str:
    """Return a French sentence with typographic apostrophes and no-break spaces, placeholders left alone."""
    text = french_spaces(re.sub(r"(?<=\w)'(?=\w)", "’", text))
    return re.sub(rf"{NARROW}(?=%[(sd])", " ", text)


def update(app: str, package: Path = PACKAGE) -> list[str]:
    """Bring the catalogue of ``app`` up to its code; return the sentences still to translate."""
    catalogue = stored(app, package)
    catalogue.update(extracted(app, package), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in messages(catalogue):
        done = tuple(typeset(string) for string in strings(message))
        message.string = done if isinstance(message.id, tuple) else done[0]
    path = catalogue_path(app, package)
    if not len(catalogue) and not path.exists():
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    path.write_bytes(HEADER.encode() + body.getvalue())
    return [describe(message) for message in messages(catalogue) if not all(strings(message))]


def describe(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def faults(app: str, package: Path = PACKAGE) -> list[str]:
    """Return what is wrong with the catalogue of ``app``, one line each."""
    found = []
    catalogue, wanted = stored(app, package), extracted(app, package)
    keys = {(describe(message), message.context) for message in messages(catalogue)}
    wanted_keys = {(describe(message), message.context) for message in messages(wanted)}
    found += [f"{app}: not in the catalogue: {key[0]!r}" for key in sorted(wanted_keys - keys, key=str)]
    found += [f"{app}: no longer in the code: {key[0]!r}" for key in sorted(keys - wanted_keys, key=str)]
    for message in messages(catalogue):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        placeholders = set(PLACEHOLDER.findall(" ".join(ids)))
        if message.fuzzy:
            found.append(f"{app}: fuzzy: {describe(message)!r}")
        elif not all(strings(message)):
            found.append(f"{app}: not translated: {describe(message)!r}")
        elif set(PLACEHOLDER.findall(" ".join(strings(message)))) != placeholders:
            found.append(f"{app}: other placeholders than in: {describe(message)!r}")
        elif any(typeset(string) != string for string in strings(message)):
            found.append(f"{app}: French spaces or apostrophes (run update): {describe(message)!r}")
    return found


def contradictions(package: Path = PACKAGE) -> list[str]:
    """Return the sentences that two apps translate differently: Django would show one of them."""
    known: dict[tuple, tuple] = {}
    found = []
    for app in apps(package):
        for message in messages(stored(app, package)):
            key = (describe(message), message.context)
            first, said = known.setdefault(key, (app, strings(message)[0]))
            if strings(message)[0] != said:
                found.append(f"{app} and {first} translate {key[0]!r} differently: use pgettext or agree")
    return found


def main(command: str = "", *chosen: str) -> int:
    names = list(chosen) or apps()
    if command == "update":
        for app in names:
            missing = update(app)
            print(f"{app}: {len(missing)} to translate", *(f"  {line!r}" for line in missing), sep="\n")
    elif command == "check":
        found = [line for app in names for line in faults(app)] + contradictions()
        print(*found, sep="\n")
        return bool(found)
    elif command != "compile":
        print(__doc__)
        return 2
    compile_catalogues(PACKAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
