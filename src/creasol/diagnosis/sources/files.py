"""From what a person gives (files, folders, archives) to tables the engine can read.

What a file is comes from its first bytes, not from its name. CSV: separator sniffed in the header, UTF-8 with
or without BOM, UTF-16 and Latin-1 (read as its superset Windows-1252) rewritten to UTF-8. Archives are poured
into the workspace under names of our own, within limits.
"""

import codecs
import csv
import gzip
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
from django.utils.translation import gettext as _

from .refusals import BadInputError
from .tables import Table
from .workspace import Progress, Workspace, quoted

BLOCK = 1 << 20
HEAD = 1024
CHECKED_WHOLE = 256 * BLOCK
LARGEST = 64 << 30
HIGHEST_RATIO = 150
RATIO_MATTERS_FROM = 32 * BLOCK
MOST_MEMBERS = 500
SEPARATORS = ";,\t|"
READABLE = {".csv", ".txt", ".tsv", ".parquet", ".zip", ".gz", ".geojson", ".json"}


@dataclass(frozen=True)
class Found:
    """A plain file (never an archive): where it lies, what to call it, and what it is."""

    path: Path
    name: str
    kind: str


def found_files(space: Workspace, locations: Iterable[str | Path]) -> list[Found]:
    """Return the plain files behind ``locations``; folders are looked through, archives poured out."""
    found: list[Found] = []
    for location in locations:
        path = Path(location)
        try:
            if path.is_dir():
                inside = sorted(
                    file for file in path.iterdir() if file.suffix.lower() in READABLE and file.is_file()
                )
                if not inside:
                    raise BadInputError(
                        _("%(file)s: this folder holds no CSV, Parquet, GeoJSON or zip file") % {"file": path}
                    )
                for file in inside:
                    found += _opened(space, file, file.name)
            else:
                found += _opened(space, path, path.name)
        except OSError as error:
            raise BadInputError(
                _("%(file)s cannot be read: %(error)s") % {"file": path, "error": error.strerror}
            ) from error
    return found


def tables(space: Workspace, found: Iterable[Found]) -> list[Table]:
    """Return the tables among the files, each with its columns."""
    return [
        _parquet(space, file) if file.kind == "parquet" else _csv(space, file)
        for file in found
        if file.kind != "json"
    ]


def _opened(space: Workspace, path: Path, name: str) -> list[Found]:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BadInputError(_("%(file)s is empty") % {"file": name})
    if head.startswith(b"PK"):
        return _unzipped(space, path, name)
    if head.startswith(b"\x1f\x8b"):
        return [_gunzipped(space, path, name)]
    return [Found(path, name, _kind(head, name))]


def _kind(head: bytes, name: str) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        return "json"
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadInputError(
            _("%(file)s is neither a CSV, a Parquet, a GeoJSON nor a zip file") % {"file": name}
        )
    return "csv"


def _unzipped(space: Workspace, path: Path, name: str) -> list[Found]:
    """Pour out the readable members; a member's name serves to speak of it, never as a path."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "[Content_Types].xml" in archive.namelist():
                raise BadInputError(
                    _("%(file)s is an office document: save its sheet as CSV") % {"file": name}
                )
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and Path(member.filename).suffix.lower() in READABLE - {".zip", ".gz"}
            ]
            _accept(space, members, name)
            return [
                _member(space, archive, member, f"{name} › {Path(member.filename).name}")
                for member in members
            ]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise BadInputError(
            _("%(file)s is not a sound zip archive: %(error)s") % {"file": name, "error": error}
        ) from error


def _accept(space: Workspace, members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse by what the archive declares: nothing readable, password, too many members, bomb, no room."""
    if not members:
        raise BadInputError(
            _("%(file)s: this archive holds no CSV, Parquet or GeoJSON file") % {"file": name}
        )
    if len(members) > MOST_MEMBERS:
        raise BadInputError(
            _("%(file)s: more than %(most)s files in this archive") % {"file": name, "most": MOST_MEMBERS}
        )
    if any(member.flag_bits & 1 for member in members):
        raise BadInputError(_("%(file)s: this archive is protected by a password") % {"file": name})
    declared = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if declared > LARGEST or (declared > RATIO_MATTERS_FROM and declared > HIGHEST_RATIO * max(packed, 1)):
        raise BadInputError(
            _("%(file)s: refused, this archive would grow from %(packed)s to %(declared)s bytes (zip bomb)")
            % {"file": name, "packed": packed, "declared": declared}
        )
    free = shutil.disk_usage(space.folder).free
    if declared > free:
        raise BadInputError(
            _("%(file)s: %(declared)s bytes once unpacked, %(free)s free on the disk")
            % {"file": name, "declared": declared, "free": free}
        )


def _member(space: Workspace, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Found:
    limit = max(RATIO_MATTERS_FROM, HIGHEST_RATIO * member.compress_size)
    with archive.open(member) as stream:
        return _poured(space, stream, name, limit=min(limit, LARGEST), expected=member.file_size)


def _gunzipped(space: Workspace, path: Path, name: str) -> Found:
    limit = max(RATIO_MATTERS_FROM, HIGHEST_RATIO * path.stat().st_size)
    try:
        with gzip.open(path) as stream:
            return _poured(space, stream, name, limit=min(limit, LARGEST), expected=0)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadInputError(
            _("%(file)s is not a sound gzip file: %(error)s") % {"file": name, "error": error}
        ) from error


def _poured(space: Workspace, stream: BinaryIO, name: str, *, limit: int, expected: int) -> Found:
    """Copy a stream into the workspace, stopping at ``limit`` bytes whatever was declared."""
    target = space.folder / f"poured-{len(list(space.folder.iterdir()))}"
    passed = 0
    with target.open("wb") as file:
        while block := stream.read(BLOCK):
            passed += len(block)
            if passed > limit:
                raise BadInputError(
                    _("%(file)s: refused, it grows beyond %(limit)s bytes (zip bomb)")
                    % {"file": name, "limit": limit}
                )
            file.write(block)
            space.listener(Progress("unpack", passed / expected if expected else 0, passed, "bytes"))
    with target.open("rb") as file:
        return Found(target, name, _kind(file.read(HEAD), name))


def _parquet(space: Workspace, found: Found) -> Table:
    try:
        rows = space.value(f"SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata({quoted(found.path)})")
        columns = [row[0] for row in space.rows(f"DESCRIBE SELECT * FROM read_parquet({quoted(found.path)})")]
    except duckdb.Error as error:
        raise BadInputError(
            _("%(file)s is not a whole Parquet file (download cut short?): %(error)s")
            % {"file": found.name, "error": first_line(error)}
        ) from error
    return Table(found.path, found.name, tuple(columns), rows=rows)


def _csv(space: Workspace, found: Found) -> Table:
    path, encoding = found.path, _encoding(found)
    if encoding != "utf-8":
        path = space.folder / f"rewritten-{len(list(space.folder.iterdir()))}"
        with (
            found.path.open(encoding=encoding, errors="replace", newline="") as old,
            path.open("w", newline="") as new,
        ):
            shutil.copyfileobj(old, new, BLOCK)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = file.readline(BLOCK).rstrip("\r\n")
    separator = max(SEPARATORS, key=re.sub(r'"[^"]*"', "", header).count)
    columns = [column.strip() for column in next(csv.reader([header], delimiter=separator), [])]
    if len(columns) < 2 or not all(columns):  # noqa: PLR2004 one column is no table of ours
        raise BadInputError(
            _("%(file)s, line 1: expected names of columns separated by ; , tab or |; found: %(found)s")
            % {"file": found.name, "found": header[:80]}
        )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise BadInputError(
            _("%(file)s, line 1: column %(twice)s is there twice")
            % {"file": found.name, "twice": ", ".join(twice)}
        )
    return Table(path, found.name, tuple(columns), separator, _count_lines(path))


def _encoding(found: Found) -> str:
    """Return the encoding of a text file: whole when small, by its beginning, middle and end when large."""
    size = found.path.stat().st_size
    with found.path.open("rb") as file:
        head = file.read(BLOCK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if size <= CHECKED_WHOLE:
            decoder = codecs.getincrementaldecoder("utf-8")()
            try:
                while head:
                    decoder.decode(head)
                    head = file.read(BLOCK)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return "cp1252"
            return "utf-8"
        for start in (0, size // 2, size - BLOCK):
            file.seek(start)
            sample = file.read(BLOCK)
            try:
                sample[sample.find(b"\n") + 1 : sample.rfind(b"\n")].decode()
            except UnicodeDecodeError:
                return "cp1252"
    return "utf-8"


def _count_lines(path: Path) -> int:
    """Return the number of lines under the header."""
    lines, last = 0, b"\n"
    with path.open("rb", buffering=0) as file:
        while block := file.read(4 * BLOCK):
            lines += block.count(b"\n")
            last = block[-1:]
    return max(0, lines - (last == b"\n"))


def first_line(error: Exception) -> str:
    """Return the first line of an error of the engine, without the path of our temporary file."""
    return str(error).splitlines()[0][:200]
