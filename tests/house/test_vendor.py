"""What was taken from elsewhere: locked, unchanged, licensed."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT

VENDORED = [PACKAGE / "foundation" / "static" / "vendor", PACKAGE / "foundation" / "typst" / "fonts"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def changed_files(folder: Path) -> list[str]:
    """Return the vendored files that differ from CHECKSUMS, are missing, or are not listed there."""
    listed = {}
    for line in (folder / "CHECKSUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "CHECKSUMS"]
    found = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_vendored_files_are_as_they_came(folder):
    assert changed_files(folder) == []


def test_a_changed_vendored_file_is_seen(tmp_path):
    (tmp_path / "kept.js").write_text("one")
    (tmp_path / "changed.js").write_text("one")
    (tmp_path / "added.js").write_text("one")
    digest = hashlib.sha256(b"one").hexdigest()
    (tmp_path / "CHECKSUMS").write_text(f"{digest}  kept.js\n{digest}  changed.js\n{digest}  gone.js\n")
    (tmp_path / "changed.js").write_text("two")
    assert changed_files(tmp_path) == ["added.js", "changed.js", "gone.js"]


def without_licence(folder: Path) -> list[str]:
    """Return the folders with files but no licence, in themselves or above."""
    folders = {path.parent for path in folder.rglob("*") if path.is_file() and path.parent != folder}

    def licensed(one: Path) -> bool:
        above = [
            one,
            *(parent for parent in one.parents if parent.is_relative_to(folder) and parent != folder),
        ]
        return any(list(place.glob("LICENSE*")) or list(place.glob("OFL*")) for place in above)

    return sorted(str(one.relative_to(folder)) for one in folders if not licensed(one))


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_vendored_packages_carry_their_licence(folder):
    assert without_licence(folder) == []


def test_a_package_without_licence_is_seen(tmp_path):
    for name in ("good/LICENSE", "good/img/a.svg", "bad/b.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert without_licence(tmp_path) == ["bad"]


def lock_faults(text: str) -> list[str]:
    """Return the lines of a lock that name an address, and the packages without a hash."""
    found = [line for line in text.splitlines() if "http" in line]
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    return found + [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_address(name):
    assert lock_faults((ROOT / name).read_text()) == []


def test_an_address_or_a_missing_hash_in_a_lock_is_seen():
    text = "# made by uv\none==1 \\\n    --hash=sha256:ab\ntwo @ https://example.org/two.whl\n"
    assert lock_faults(text) == ["two @ https://example.org/two.whl", "two"]
    assert lock_faults("one==1 \\\n    --hash=sha256:ab\n    # via two\n") == []


@pytest.mark.parametrize(
    ("wishes", "lock"), [("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])]
)
def test_every_requirement_is_locked(wishes, lock):
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), flags=re.MULTILINE))
    lines = [
        line for line in (ROOT / wishes).read_text().splitlines() if line and not line.startswith(("-", "#"))
    ]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in lines}
    assert names - locked == set()
