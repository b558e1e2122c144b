"""One archive of all that an instance keeps: the database, the files people gave, the secret of the sessions.

SQLite: a consistent copy (``VACUUM INTO``) while the site runs, and a restore through SQLite's own backup,
which replaces the content in one transaction. PostgreSQL: pg_dump and pg_restore, which must be installed.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

SQLITE = "creasol.sqlite3"
POSTGRESQL = "creasol.pgdump"
KEPT = ("secret-key", "files")


def write_backup(path: Path) -> None:
    """Write the archive; a file already there is replaced only when the new one is whole.

    Raises CommandError when the folder cannot be written or PostgreSQL's programs are missing.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with (
            tempfile.TemporaryDirectory(dir=settings.DATA) as folder,
            ZipFile(partial, "w", ZIP_DEFLATED) as archive,
        ):
            partial.chmod(0o600)
            database = dump_database(Path(folder))
            archive.write(database, database.name)
            for kept in kept_files():
                archive.write(kept, kept.relative_to(settings.DATA))
        partial.replace(path)
    except OSError as error:
        message = _("The backup %(path)s cannot be written (%(reason)s).")
        raise CommandError(message % {"path": path, "reason": error.strerror}) from None
    finally:
        partial.unlink(missing_ok=True)


def read_backup(path: Path) -> None:
    """Put back what an archive holds, in place of what is here.

    Raises CommandError when it is no backup, or one of the other kind of database.
    """
    wanted = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder, ZipFile(path) as archive:
            if wanted not in archive.namelist():
                message = _("%(path)s is no backup of a %(vendor)s database.")
                raise CommandError(message % {"path": path, "vendor": connection.display_name})
            archive.extractall(folder)
            load_database(Path(folder) / wanted)
            for name in KEPT:
                replace(settings.DATA / name, Path(folder) / name)
    except (OSError, BadZipFile) as error:
        message = _("The backup %(path)s cannot be read (%(reason)s).")
        raise CommandError(
            message % {"path": path, "reason": getattr(error, "strerror", None) or error}
        ) from None


def holds_data() -> bool:
    """Tell whether there is something here that a restore would replace."""
    return bool(connection.introspection.table_names())


def kept_files() -> Iterator[Path]:
    """Yield the files beside the database that belong to the instance."""
    for name in KEPT:
        kept = settings.DATA / name
        yield from [kept] if kept.is_file() else sorted(path for path in kept.rglob("*") if path.is_file())


def replace(path: Path, by: Path) -> None:
    """Put the file or folder ``by`` in the place of ``path``; what the backup has not, stays."""
    if not by.exists():
        return
    if path.is_dir():
        shutil.rmtree(path)
    shutil.move(by, path)


def dump_database(folder: Path) -> Path:
    """Write a consistent copy of the database into ``folder``; return its file."""
    if connection.vendor == "sqlite":
        path = folder / SQLITE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return path
    path = folder / POSTGRESQL
    run_program("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
    return path


def load_database(path: Path) -> None:
    """Replace the content of the database by that of a dump."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as dump:
            dump.backup(connection.connection)
        return
    run_program(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname=", str(path)
    )


def run_program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database, told by libpq's own variables."""
    known = {
        "PGDATABASE": connection.settings_dict["NAME"],
        "PGHOST": connection.settings_dict["HOST"],
        "PGPORT": connection.settings_dict["PORT"],
        "PGUSER": connection.settings_dict["USER"],
        "PGPASSWORD": connection.settings_dict["PASSWORD"],
    }
    environment = {**os.environ, **{key: str(value) for key, value in known.items() if value}}
    try:
        subprocess.run([name, *arguments], env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        message = _(
            "%(program)s is not installed: add PostgreSQL's client programs, or use your server's backups."
        )
        raise CommandError(message % {"program": name}) from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{name}: {error.stderr.strip()}") from None
