import gzip
import struct
import zipfile

import duckdb
import pytest

from creasol.diagnosis.sources import files
from creasol.diagnosis.sources.files import found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError, StoppedError

from .files import engine, write_csv

pytestmark = pytest.mark.usefixtures("in_english")


def opened(folder, *locations):
    """Return the tables: name, columns, rows."""
    with engine(folder) as space:
        return [
            (table.name, table.columns, table.rows) for table in tables(space, found_files(space, locations))
        ]


def values(folder, path, column):
    with engine(folder) as space:
        (table,) = tables(space, found_files(space, [path]))
        return [row[0] for row in space.rows(f"SELECT {table.text(column)} FROM {table.scan()}")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_any_separator_and_encoding_reads_the_same(tmp_path, separator, encoding):
    path = write_csv(
        tmp_path / "a.csv",
        [["Code", "Commune"], ["59011", "Annœullin" if encoding != "latin-1" else "Bézu"]],
        separator=separator,
        encoding=encoding,
    )
    assert opened(tmp_path, path) == [("a.csv", ("Code", "Commune"), 1)]
    assert values(tmp_path, path, "commune") == ["Annœullin" if encoding != "latin-1" else "Bézu"]


def test_a_separator_within_quotes_is_text(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('code;"label, long; wide"\n1;"a;b"\n')
    assert opened(tmp_path, path) == [("a.csv", ("code", "label, long; wide"), 1)]
    assert values(tmp_path, path, "label, long; wide") == ["a;b"]


def test_lines_are_counted_with_or_without_a_last_end_of_line(tmp_path):
    for text, rows in (("a;b\n", 0), ("a;b\n1;2", 1), ("a;b\n1;2\n", 1), ("a;b", 0)):
        (tmp_path / "a.csv").write_text(text)
        assert opened(tmp_path, tmp_path / "a.csv") == [("a.csv", ("a", "b"), rows)]


def test_archives_and_folders_give_their_tables(tmp_path):
    inside = write_csv(tmp_path / "in" / "a.csv", [["a", "b"], ["1", "2"]])
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(inside, "deep/a.csv")
        archive.writestr("readme.pdf", "not for us")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(inside.read_bytes()))
    assert opened(tmp_path, tmp_path / "x.zip") == [("x.zip › a.csv", ("a", "b"), 1)]
    assert opened(tmp_path, tmp_path / "b.csv.gz") == [("b.csv.gz", ("a", "b"), 1)]
    assert opened(tmp_path, tmp_path / "in") == [("a.csv", ("a", "b"), 1)]


def test_a_member_that_wants_out_of_the_folder_stays_in(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("../../outside.csv", "a;b\n1;2\n")
        archive.writestr("/etc/outside.csv", "a;b\n1;2\n")
    with engine(tmp_path) as space:
        found = found_files(space, [tmp_path / "x.zip"])
        assert {file.path.parent for file in found} == {space.folder}
    assert list(tmp_path.rglob("outside.csv")) == []


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (64 << 20))
    with pytest.raises(BadInputError, match=r"bomb.zip: .*67108864.*zip bomb"):
        opened(tmp_path, tmp_path / "bomb.zip")


def test_a_bomb_that_lies_about_its_size_is_stopped_on_the_way(tmp_path):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * (64 << 20)))
    with pytest.raises(BadInputError, match="zip bomb"):
        opened(tmp_path, path)
    assert list((tmp_path / "work").iterdir()) == []


def test_a_zip_that_declares_less_than_it_holds_is_not_sound(tmp_path):
    path = tmp_path / "lie.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"a;b\n" + b"1;2\n" * 100_000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 400_004), struct.pack("<L", 40)))
    with pytest.raises(BadInputError, match=r"lie.zip .*(?:sound|archive)"):
        opened(tmp_path, path)


def test_the_disk_is_asked_before_it_is_filled(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "a;b\n" * 11)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 5})())
    with pytest.raises(BadInputError, match="44 bytes once unpacked, 5 free"):
        opened(tmp_path, path)


def zipped(path, *names, **options):
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name in names:
            archive.writestr(name, "a;b\n1;2\n")
    return path


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "empty.csv is empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0", "photo.csv is neither a CSV, a Parquet"),
        ("one.csv", b"hello\nworld\n", "one.csv, line 1: expected names of columns"),
        ("blank.csv", b"a;;c\n1;2;3\n", "blank.csv, line 1: expected names of columns"),
        ("twice.csv", b"a;b;a\n1;2;3\n", "twice.csv, line 1: column a is there twice"),
        ("broken.zip", b"PK\x03\x04 this is no archive", "broken.zip is not a sound zip archive"),
        ("broken.gz", b"\x1f\x8b\x08\x00nothing", "broken.gz is not a sound gzip file"),
        ("cut.parquet", b"PAR1\x15\x04\x15\x10", "cut.parquet is not a whole Parquet file"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError) as refusal:
        opened(tmp_path, tmp_path / name)
    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)


def test_a_parquet_cut_short_is_said_so(tmp_path):
    path = tmp_path / "whole.parquet"
    duckdb.connect().execute(f"COPY (SELECT i, i::VARCHAR AS text FROM range(100000) t(i)) TO '{path}'")
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(BadInputError, match=r"whole.parquet is not a whole Parquet file"):
        opened(tmp_path, path)


def test_archives_that_hold_nothing_for_us(tmp_path):
    for name, members, message in (
        ("pdf.zip", ["a.pdf"], "holds no CSV"),
        ("book.xlsx", ["[Content_Types].xml", "xl/workbook.xml"], "save its sheet as CSV"),
        ("many.zip", [f"{number}.csv" for number in range(501)], "more than 500 files"),
    ):
        with pytest.raises(BadInputError, match=message):
            opened(tmp_path, zipped(tmp_path / name, *members))


def test_what_is_not_there(tmp_path):
    with pytest.raises(BadInputError, match=r"nowhere.csv cannot be read: No such file"):
        opened(tmp_path, tmp_path / "nowhere.csv")
    (tmp_path / "void").mkdir()
    with pytest.raises(BadInputError, match="holds no CSV"):
        opened(tmp_path, tmp_path / "void")


def test_a_workspace_leaves_nothing_and_clears_what_dead_runs_left(tmp_path, monkeypatch):
    dead = tmp_path / "work" / "import-dead"
    dead.mkdir(parents=True)
    with engine(tmp_path) as space:
        assert dead.is_dir()
        assert space.folder.is_dir()
    monkeypatch.setattr("creasol.diagnosis.sources.workspace.ABANDONED_AFTER", -1)
    with engine(tmp_path):
        assert not dead.exists()
    assert list((tmp_path / "work").iterdir()) == []


def test_a_long_query_tells_its_progress_and_can_be_stopped(tmp_path):
    heard = []

    def listen(progress):
        heard.append(progress.done)
        if len(heard) == 3:
            raise StoppedError

    with engine(tmp_path, listen) as space:
        with pytest.raises(StoppedError):
            space.run(
                "CREATE TABLE t AS SELECT count(*) FROM range(100000000000) r(i) WHERE hash(i) % 7 = 1",
                step="read",
                share=(0, 1),
            )
        assert space.value("SELECT 42") == 42
    assert len(heard) == 3
