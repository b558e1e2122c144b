"""Files sent by the browser, kept until their import is over."""

import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


def keep(files: Iterable[UploadedFile]) -> list[str]:
    """Put files in a folder of their own, under the last part of their names; return the paths."""
    folder = _parent() / uuid.uuid4().hex
    paths = []
    for number, file in enumerate(files):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (Path(file.name).name.lstrip(".") or f"file-{number}")
        with path.open("xb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        paths.append(str(path))
    return paths


def forget(paths: Iterable[str]) -> None:
    """Delete those of ``paths`` that were sent by the browser, and their folders; leave the others alone."""
    for path in paths:
        folder = Path(path).parent
        if folder.parent == _parent():
            shutil.rmtree(folder, ignore_errors=True)


def _parent() -> Path:
    return settings.DATA / "uploads"
