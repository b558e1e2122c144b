"""Indicators that people add from a table: declared, filled, filled again with other years, removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import duckdb
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis import received_files
from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.models import OwnIndicator, OwnValue
from creasol.diagnosis.queries.places import places
from creasol.diagnosis.sources import own
from creasol.diagnosis.sources.files import first_line, found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError
from creasol.diagnosis.sources.report import Report
from creasol.diagnosis.sources.workspace import workspace
from creasol.journal.actions import record

AT_ONCE = 5_000
Values = list[tuple[str, int, float]]


@dataclass(frozen=True, kw_only=True)
class OwnIndicatorDraft:
    """What is said of an indicator: its words, how communes add up, where its numbers come from."""

    name: str
    definition: str
    unit: str
    source: str
    aggregation: Aggregation = Aggregation.SUM
    decimals: int = 0
    licence: str = ""
    synthetic: bool = False


def add_indicator(
    draft: OwnIndicatorDraft,
    *,
    table: Path | UploadedFile,
    year: int | None = None,
    key: str = "",
    by: User | None,
    at: datetime,
) -> OwnIndicator:
    """Add an indicator and its first table; ``report`` accounts for the rows.

    ``year`` is that of a table without a column for it; without ``key`` one is made from the name.
    Raises `BadInputError` when the table cannot be used, ValidationError when the words or the key do not fit.
    """
    indicator = OwnIndicator(key=key or free_key(draft.name), added_by=by, added_at=at)
    fill(indicator, draft)
    values, report = read(table, year=year, aggregation=draft.aggregation)
    return store_indicator(indicator, values=values, report=report, by=by, at=at)


def bring_values(
    indicator: OwnIndicator,
    *,
    table: Path | UploadedFile,
    year: int | None = None,
    by: User | None,
    at: datetime,
) -> Report:
    """Bring another table in: other years and communes are added, those that are there are replaced.

    Return the account of its rows. Raises `BadInputError` when it cannot be used; nothing changes then.
    """
    values, report = read(table, year=year, aggregation=Aggregation(indicator.aggregation))
    store_values(indicator, values=values, report=report, by=by, at=at)
    return report


@transaction.atomic
def revise_indicator(indicator: OwnIndicator, draft: OwnIndicatorDraft, *, by: User, at: datetime) -> None:
    """Change what is said of an indicator; its key and its table stay."""
    fill(indicator, draft)
    indicator.save()
    record("revise", indicator, by=by, at=at)


@transaction.atomic
def remove_year(indicator: OwnIndicator, *, year: int, by: User | None, at: datetime) -> None:
    """Remove a year from the table of an indicator; ValidationError when it has none of it."""
    if not indicator.values.filter(year=year).delete()[0]:
        raise ValidationError(_("This table says nothing of %(year)s.") % {"year": year})
    record("revise", indicator, by=by, at=at, removed=year)


@transaction.atomic
def remove_indicator(indicator: OwnIndicator, *, by: User | None, at: datetime) -> None:
    """Remove an indicator and its table from every page; what was published keeps its figures."""
    record("remove", indicator, by=by, at=at)
    indicator.delete()


def read(table: Path | UploadedFile, *, year: int | None, aggregation: Aggregation) -> tuple[Values, Report]:
    """Read a table outside of any transaction; raises `BadInputError` in one clear line."""
    try:
        with at_hand(table) as path, workspace(settings.DATA / "tmp") as space:
            space.fill("places", "code VARCHAR, commune VARCHAR, kind VARCHAR", places())
            found = tables(space, found_files(space, [path]))
            extract = own.read(space, found, year=year, mean=aggregation == Aggregation.MEAN)
            (stream,) = extract.streams
            return [row for batch in space.batches(stream.made) for row in batch], extract.report
    except duckdb.Error as error:
        raise BadInputError(first_line(error)) from error


@contextmanager
def at_hand(table: Path | UploadedFile) -> Iterator[Path]:
    """Give the path of a file; one sent by a browser is kept for as long as it is read."""
    if isinstance(table, Path):
        yield table
        return
    kept = received_files.keep([table])
    try:
        yield Path(kept[0])
    finally:
        received_files.forget(kept)


@transaction.atomic
def store_indicator(
    indicator: OwnIndicator, *, values: Values, report: Report, by: User | None, at: datetime
) -> OwnIndicator:
    """Write a new indicator and its table."""
    indicator.save()
    record("create", indicator, by=by, at=at)
    store_values(indicator, values=values, report=report, by=by, at=at)
    return indicator


@transaction.atomic
def store_values(
    indicator: OwnIndicator, *, values: Values, report: Report, by: User | None, at: datetime
) -> None:
    """Write values in the place of those of the same communes and years."""
    rows = (
        OwnValue(indicator=indicator, commune_id=code, year=year, value=value) for code, year, value in values
    )
    OwnValue.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["commune", "indicator", "year"],
        update_fields=["value"],
    )
    indicator.report = asdict(report)
    indicator.save(update_fields=["report"])
    record("import", indicator, by=by, at=at, rows=len(values))


def fill(indicator: OwnIndicator, draft: OwnIndicatorDraft) -> None:
    """Write the draft into the indicator and check it."""
    for field in fields(draft):
        setattr(indicator, field.name, getattr(draft, field.name))
    indicator.full_clean()


def free_key(name: str) -> str:
    """Return a key made from a name that no indicator has yet."""
    wanted = slugify(name)[:34].strip("-") or "indicateur"
    key, number = wanted, 1
    while OwnIndicator.objects.filter(key=key).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key
