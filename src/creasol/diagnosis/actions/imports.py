"""Official files in: read outside of any transaction, written in one: an interruption changes nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import duckdb
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.enums import IMPORT_TRANSITIONS, ImportState, PerimeterMode, Source
from creasol.diagnosis.models import Dataset, EmployerTotal, Establishment, Import, Observation, Outline
from creasol.diagnosis.queries.perimeters import current_perimeter, rule_of
from creasol.diagnosis.queries.places import places
from creasol.diagnosis.sources import comparator, facilities, outlines, populations, sirene
from creasol.diagnosis.sources.downloads import fetched
from creasol.diagnosis.sources.extract import Extract
from creasol.diagnosis.sources.files import Found, first_line, found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError, StoppedError
from creasol.diagnosis.sources.siren_list import read_list
from creasol.diagnosis.sources.workspace import Listener, Progress, Workspace, workspace
from creasol.journal.actions import record

from .rows import remove_rows, write_rows

LICENCE = "Licence Ouverte 2.0"
TITLES = {
    Source.POPULATIONS: "Populations légales (INSEE)",
    Source.COMPARATOR: "Comparateur de territoires (INSEE)",
    Source.FACILITIES: "Base permanente des équipements (INSEE)",
    Source.SIRENE: "Répertoire SIRENE (INSEE)",
    Source.OUTLINES: "Contours des communes",
}
MODELS = {
    "observations": Observation,
    "establishments": Establishment,
    "totals": EmployerTotal,
    "outlines": Outline,
}
WRITING_STARTS = 0.9
MESSAGE_LENGTH = 500


def run_import(
    *,
    source: Source | str,
    location: str | Path | Sequence[str | Path],
    vintage: str | None = None,
    by: User | None = None,
    at: datetime,
    listed: Path | None = None,
    synthetic: bool = False,
    dry_run: bool = False,
    progress: Listener | None = None,
) -> Import:
    """Import files, folders, archives or URLs of a source now, and return the import with its report.

    ``listed`` is a CSV of SIREN numbers that SIRENE is read with as if it flagged them as ESS.
    ``progress`` hears `Progress` and may raise `StoppedError`. A dry run reads and reports, and writes
    nothing. Raises `BadInputError` with one clear line; the import is then kept as failed, and the former
    vintage stays in place.
    """
    locations = [location] if isinstance(location, (str, Path)) else location
    order = Import(
        source=Source(source),
        location="\n".join(str(place) for place in locations),
        vintage=vintage or "",
        asked_by=by,
        asked_at=at,
    )
    if not dry_run:
        order.full_clean()
        order.save()
    return carry_out_import(
        order, at=at, listed=listed, synthetic=synthetic, dry_run=dry_run, progress=progress
    )


def carry_out_import(
    order: Import,
    *,
    at: datetime,
    listed: Path | None = None,
    synthetic: bool = False,
    dry_run: bool = False,
    public_only: bool = False,
    progress: Listener | None = None,
) -> Import:
    """Carry out an import that was asked for; one cut short by a dead worker starts again.

    ``public_only`` keeps downloads away from private networks: for what was asked for on a page.
    """
    watch = Watch(order, at=at, listener=progress, stored=not dry_run)
    watch.begin()
    try:
        with workspace(settings.DATA / "tmp", watch) as space:
            extract = read(space, order, listed=listed, public_only=public_only)
            order.vintage = extract.vintage
            order.report = asdict(extract.report)
            if not dry_run:
                write(space, order, extract, watch=watch, synthetic=synthetic or extract.synthetic)
    except (BadInputError, duckdb.Error, OSError) as error:
        text = str(error) if isinstance(error, BadInputError) else first_line(error)
        watch.end(ImportState.FAILED, text)
        if isinstance(error, BadInputError):
            raise
        raise BadInputError(text) from error
    except (StoppedError, KeyboardInterrupt):
        watch.end(ImportState.INTERRUPTED, _("Interrupted; the former data stays in place."))
        raise
    except Exception as error:
        watch.end(ImportState.FAILED, f"{type(error).__name__}: {error}")
        raise
    finally:
        if not dry_run:
            remove_leftovers()
    return order


def read(space: Workspace, order: Import, *, listed: Path | None, public_only: bool) -> Extract:
    """Read what an import names, without touching the database; raises `BadInputError`."""
    if order.vintage and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", order.vintage):
        raise BadInputError(
            _("%(vintage)s is not a vintage: expected a year (2023) or a month (2026-01)")
            % {"vintage": order.vintage}
        )
    numbers = frozenset() if listed is None else read_list(listed)
    found = found_files(space, fetched(space, order.location.split("\n"), public_only=public_only))
    space.fill("places", "code VARCHAR, commune VARCHAR, kind VARCHAR", places())
    if order.source == Source.SIRENE:
        return _read_sirene(space, found, order.vintage or None, numbers)
    return READERS[order.source](space, found, order.vintage or None)


def _read_sirene(space, found, vintage, listed):
    rules = sirene.Rules(
        *(rule_of(current_perimeter(mode)) for mode in (PerimeterMode.INSEE, PerimeterMode.LAW_2014)),
        listed=listed,
    )
    return sirene.read(space, tables(space, found), rules, vintage=vintage)


def _read_tables(reader):
    return lambda space, found, vintage: reader(space, tables(space, found), vintage=vintage)


READERS: dict[str, Callable[[Workspace, list[Found], str | None], Extract]] = {
    Source.POPULATIONS: _read_tables(populations.read),
    Source.COMPARATOR: _read_tables(comparator.read),
    Source.FACILITIES: _read_tables(facilities.read),
    Source.OUTLINES: lambda space, found, vintage: outlines.read(space, found, vintage=vintage),
}


def write(space: Workspace, order: Import, extract: Extract, *, watch: "Watch", synthetic: bool) -> None:
    """Write the rows beside those in force, then put them in their place at once; nothing changes before."""
    dataset = Dataset(
        source=order.source,
        vintage=extract.vintage,
        title=title(order, extract),
        licence="" if synthetic else LICENCE,
        synthetic=synthetic,
        rows_used=extract.report.rows_used,
        labels=extract.labels,
        imported_at=order.asked_at,
        ready=False,
    )
    dataset.full_clean()
    dataset.save()
    order.dataset = dataset
    order.save()
    total = sum(stream.count for stream in extract.streams) or 1
    before = 0
    for stream in extract.streams:
        write_rows(
            MODELS[stream.table],
            dataset.pk,
            stream.columns,
            space.batches(stream.made),
            told=lambda written, before=before: watch.writing((before + written) / total, before + written),
        )
        before += stream.count
    put_in_force(order, watch=watch)


def title(order: Import, extract: Extract) -> str:
    """Return what the dataset is called, in French: a list of ours is part of where its figures come from."""
    listed = extract.report.notes.get("listed")
    return f"{TITLES[order.source]}, avec une liste de {listed} SIREN" if listed else TITLES[order.source]


@transaction.atomic
def put_in_force(order: Import, *, watch: "Watch") -> None:
    """Make the dataset of an import the one that pages read, and close the import."""
    watch.check()
    for former in Dataset.objects.select_for_update().filter(source=order.source, vintage=order.vintage):
        former.ready = False
        former.save()
    order.dataset.ready = True
    order.dataset.full_clean()
    order.dataset.save()
    record("import", order.dataset, by=order.asked_by, at=order.asked_at, rows=order.dataset.rows_used)
    watch.end(ImportState.DONE)


def remove_leftovers() -> None:
    """Remove the datasets that were replaced, and those of imports that did not come to their end."""
    leftovers = Dataset.everything.filter(ready=False).exclude(imports__state=ImportState.RUNNING)
    for dataset in leftovers:
        for model in MODELS.values():
            remove_rows(model, dataset.pk)
        dataset.delete()


class Watch:
    """Keeps the stored import up to date with what is going on, and stops the work when it is asked to."""

    STORED_EVERY = 1.0

    def __init__(self, order: Import, *, at: datetime, listener: Listener | None, stored: bool):
        self.order, self.at, self.stored = order, at, stored
        self.listener = listener or (lambda progress: None)
        self.started = self.last = monotonic()

    def now(self) -> datetime:
        return self.at + timedelta(seconds=monotonic() - self.started)

    def begin(self) -> None:
        """Take the import, also one left running by a dead worker."""
        if ImportState.RUNNING not in IMPORT_TRANSITIONS[ImportState(self.order.state)]:
            raise StoppedError
        self._save(
            state=ImportState.RUNNING,
            progress=0,
            message="",
            report={},
            started_at=self.at,
            seen_at=self.at,
            finished_at=None,
        )

    def __call__(self, progress: Progress) -> None:
        """Tell the listener, store progress once a second, raise `StoppedError` when somebody stopped us."""
        self.listener(progress)
        if not self.stored or monotonic() - self.last < self.STORED_EVERY:
            return
        self.last = monotonic()
        self.check(progress=min(1.0, progress.done), seen_at=self.now())

    def check(self, **values) -> None:
        """Store ``values`` on the import; raise `StoppedError` when it runs no more."""
        running = Import.objects.filter(pk=self.order.pk, state=ImportState.RUNNING)
        if not running.update(**(values or {"seen_at": self.now()})):
            raise StoppedError

    def writing(self, part: float, rows: int) -> None:
        """Tell of the writing, the last part of the whole."""
        self(Progress("write", WRITING_STARTS + (1 - WRITING_STARTS) * part, rows))

    def end(self, state: ImportState, message: str = "") -> None:
        """Close the import, unless somebody has already."""
        if self.stored and not Import.objects.filter(pk=self.order.pk, state=ImportState.RUNNING).exists():
            self.order.refresh_from_db(fields=["state", "message"])
            return
        self._save(
            state=state,
            message=message[:MESSAGE_LENGTH],
            progress=1 if state == ImportState.DONE else self.order.progress,
            finished_at=self.now(),
        )

    def _save(self, **values) -> None:
        for name, value in values.items():
            setattr(self.order, name, value)
        if self.stored:
            self.order.save()
