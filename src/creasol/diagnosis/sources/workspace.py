"""The engine and its temporary folder: bounded memory, progress told, interruptible, nothing left behind."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from .refusals import BadInputError

MEMORY = "256MB"
THREADS = min(2, os.cpu_count() or 1)
ABANDONED_AFTER = 2 * 24 * 3600
TICK = 0.1


@dataclass(frozen=True)
class Progress:
    """How far a reading is: step, part of the whole done (0 to 1), rows or bytes passed so far."""

    step: str
    done: float
    passed: int = 0
    unit: str = "rows"


Listener = Callable[[Progress], None]


class Workspace:
    """One engine for one import.

    Tables are held compressed in memory; what exceeds `MEMORY` goes to files in ``folder``. The listener may
    raise: the query at hand is then interrupted and the exception goes on.
    """

    def __init__(
        self, folder: Path, listener: Listener | None = None, *, memory: str = MEMORY, threads: int = THREADS
    ):
        self.folder = folder
        self.listener = listener or (lambda progress: None)
        self.engine = duckdb.connect(":memory:")
        self.engine.execute("ATTACH ':memory:' AS work (COMPRESS)")
        self.engine.execute("USE work")
        for setting in (
            f"SET memory_limit='{memory}'",
            f"SET threads={threads}",
            f"SET temp_directory={quoted(folder / 'spill')}",
            "SET preserve_insertion_order=false",
            "SET enable_progress_bar=true",
            "SET enable_progress_bar_print=false",
            "SET progress_bar_time=0",
            "SET autoinstall_known_extensions=false",
            "SET autoload_known_extensions=false",
        ):
            self.engine.execute(setting)

    def run(self, sql: str, *, step: str = "", share: tuple[float, float] = (0, 0), rows: int = 0) -> int:
        """Execute one statement; tell the listener its part of the whole, between the ends of ``share``.

        Return the number of rows that the statement made, where the engine says it (CREATE TABLE AS, INSERT).
        """
        outcome: list = []
        thread = threading.Thread(target=self._execute, args=(sql, outcome), daemon=True)
        thread.start()
        first, last = share
        try:
            while thread.is_alive():
                thread.join(TICK)
                if step:
                    part = max(0.0, self.engine.query_progress()) / 100
                    self.listener(Progress(step, first + (last - first) * part, int(rows * part)))
        except BaseException:
            self.engine.interrupt()
            thread.join()
            raise
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        if step:
            self.listener(Progress(step, last, rows))
        return outcome[0]

    def _execute(self, sql: str, outcome: list) -> None:
        try:
            row = self.engine.execute(sql).fetchone()
            outcome.append(row[0] if row else 0)
        except Exception as error:  # noqa: BLE001 handed to the thread that waits
            outcome.append(error)

    def rows(self, sql: str) -> list[tuple]:
        """Return all the rows of a small answer."""
        return self.engine.execute(sql).fetchall()

    def value(self, sql: str):
        """Return the only value of an answer."""
        return self.engine.execute(sql).fetchone()[0]

    def batches(self, table: str, size: int = 20_000) -> Iterator[list[tuple]]:
        """Yield the rows of a table in the order they were stored, ``size`` at a time."""
        for start in range(0, self.value(f"SELECT count(*) FROM {table}"), size):
            yield self.rows(
                f"SELECT * FROM {table} WHERE rowid BETWEEN {start} AND {start + size - 1} ORDER BY rowid"
            )

    def fill(self, table: str, columns: str, rows: list[tuple]) -> None:
        """Make a small table from rows of text."""
        self.engine.execute(f"CREATE TABLE {table} ({columns})")
        width = len(columns.split(","))
        lists = [list(column) for column in zip(*rows, strict=True)] or [[] for _column in range(width)]
        unnested = ", ".join(f"unnest(${number + 1}::VARCHAR[])" for number in range(width))
        self.engine.execute(f"INSERT INTO {table} SELECT {unnested}", lists)


@contextmanager
def workspace(
    parent: Path, listener: Listener | None = None, *, memory: str = MEMORY, threads: int = THREADS
) -> Iterator[Workspace]:
    """Open an engine in its own folder under ``parent``; remove it at the end, and those of dead runs."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="import-", dir=parent))
    except OSError as error:
        raise BadInputError(
            _("%(folder)s cannot be written: %(error)s") % {"folder": parent, "error": error.strerror}
        ) from error
    for other in set(parent.glob("import-*")) - {folder}:
        if time.time() - other.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(other, ignore_errors=True)
    try:
        space = Workspace(folder, listener, memory=memory, threads=threads)
        try:
            yield space
        finally:
            space.engine.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def quoted(text: object) -> str:
    """Return ``text`` as a SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def named(name: str) -> str:
    """Return ``name`` as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
