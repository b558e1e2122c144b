"""Compiled translations: the .mo files that Django reads, made from the .po files that people write."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(package: Path) -> list[Path]:
    """Compile every catalogue under ``package`` that is newer than its compiled form; return those compiled.

    An installed wheel holds compiled catalogues only, so nothing is ever written there.
    """
    stale = []
    for source in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        partial = compiled.with_suffix(f".{os.getpid()}.partial")  # two processes may start at once
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(compiled)
        stale.append(source)
    return stale
