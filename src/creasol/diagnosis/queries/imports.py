"""The history of imports, and what can be imported from the server itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from creasol.diagnosis.enums import ImportState
from creasol.diagnosis.models import Dataset, Import
from creasol.diagnosis.sources import reasons

from .datasets import all_datasets

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class ImportPage:
    """One import as its page shows it."""

    order: Import
    files: tuple[str, ...]
    lines: list[tuple[str, int]]
    refusals: list[tuple[str, str, str]]
    percent: int
    is_going_on: bool
    is_silent: bool


@dataclass(frozen=True)
class ImportsPage:
    """What is in, and what was tried."""

    datasets: QuerySet[Dataset]
    history: QuerySet[Import]


def imports_page() -> ImportsPage:
    """Return every dataset, and the fifty latest imports."""
    return ImportsPage(all_datasets(), Import.objects.select_related("asked_by")[:50])


def all_imports() -> QuerySet[Import]:
    """Return every import, the latest first."""
    return Import.objects.select_related("asked_by", "dataset")


def import_page(order: Import, *, at: datetime) -> ImportPage:
    """Return an import with its report in words, silent when it gave no sign of life for two minutes."""
    going_on = order.state in (ImportState.WAITING, ImportState.RUNNING)
    seen = order.seen_at or order.asked_at
    return ImportPage(
        order=order,
        files=tuple(Path(place).name or place for place in order.location.split("\n")),
        lines=reasons.account(order.report) if order.report else [],
        refusals=reasons.places_of_refusals(order.report) if order.report else [],
        percent=round(100 * order.progress),
        is_going_on=going_on,
        is_silent=going_on and at - seen > SILENT_AFTER,
    )


def folder_of_server() -> Path:
    """Return the folder whose files an administrator may import without sending them through the browser."""
    return settings.DATA / "imports"


def files_of_server() -> list[str]:
    """Return the names of what lies in that folder: files, and folders of files."""
    folder = folder_of_server()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
