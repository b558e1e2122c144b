"""Static files served from where they lie, with the version in the address: a browser may keep them long."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def version(name: str) -> str:
    """Return a few letters that change with the content of the static file ``name``; nothing without one."""
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10] if path else ""


class VersionedStaticFiles(StaticFilesStorage):
    """Add ``?v=…`` to addresses, except of vendored files: style sheets name those by their plain address."""

    def url(self, name):
        address = super().url(name)
        tag = "" if name.startswith("vendor/") else version(name)
        return f"{address}?v={tag}" if tag else address
