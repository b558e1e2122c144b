"""Floors and rooms: who may import whom."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, Source, source, sources

PRIVATE_ROOMS = {
    "views",
    "forms",
    "exports",
    "api",
    "admin",
    "urls",
    "receivers",
    "tasks",
    "tests",
    "management",
}


def check_contracts(folder: Path) -> subprocess.CompletedProcess:
    """Run the import contracts of pyproject.toml on the package that ``folder`` holds."""
    program = Path(sys.executable).parent / "lint-imports"
    command = [program, "--no-cache", "--no-logo", "--config", ROOT / "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path):
    """Give a copy of the package's Python files, to break the rules in."""
    shutil.copytree(PACKAGE, tmp_path / "creasol", ignore=shutil.ignore_patterns("static", "data", "locale"))
    return tmp_path


def test_the_contracts_are_kept():
    answer = check_contracts(PACKAGE.parent)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("place", "text", "contract"),
    [
        ("jobs/upwards.py", "from creasol.territories import models\n", "Floors"),
        ("network/models_extra.py", "from creasol.diagnosis.models import Dataset\n", "Floors"),
        ("network/signals.py", "from creasol.network import models\n", "Rooms"),
        ("extra/__init__.py", "", "Floors"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(copied, place, text, contract):
    path = copied / "creasol" / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    answer = check_contracts(copied)
    assert answer.returncode == 1
    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), answer.stdout


def test_a_knot_breaks_its_contract(copied):
    (copied / "creasol/territories/one.py").write_text("from creasol.territories import other\n")
    (copied / "creasol/territories/other.py").write_text("from creasol.territories import one\n")
    answer = check_contracts(copied)
    assert answer.returncode == 1
    assert "Knots: no two neighbours import each other, however far around BROKEN" in answer.stdout


def trespasses(one: Source) -> list[str]:
    """Return the imports by which a file enters a private room of another app.

    Tests may use the factories of the apps beneath, the API of the portal gathers the APIs of all, and the
    foundation is there to be used.
    """
    found = []
    for name in one.imports():
        parts = name.split(".")
        if parts[0] != "creasol" or parts[1:2] in ([one.app], ["foundation"]) or len(parts) < 3:
            continue
        if parts[2] not in PRIVATE_ROOMS:
            continue
        if one.room == "tests" and parts[2:4] == ["tests", "factories"]:
            continue
        if one.room == "api" and parts[2] == "api":
            continue
        found.append(f"{one.name} imports {name}")
    return found


def test_private_rooms_are_entered_by_their_own_app_only():
    assert [line for one in sources(tests=True) for line in trespasses(one)] == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("network/queries/x.py", "from creasol.territories.views import commune"),
        ("network/views.py", "from creasol.territories import forms"),
        ("network/views.py", "import creasol.territories.exports"),
        ("network/receivers.py", "from ..territories.tasks import load"),
        ("network/tests/test_x.py", "from creasol.territories.tests.test_y import z"),
    ],
)
def test_entering_a_private_room_is_seen(place, text):
    assert len(trespasses(source(place, text))) == 1


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("network/views.py", "from creasol.territories.queries import communes"),
        ("network/views.py", "from .forms import OrganisationForm"),
        ("network/tests/test_x.py", "from creasol.territories.tests.factories import make_commune"),
    ],
)
def test_open_rooms_may_be_entered(place, text):
    assert trespasses(source(place, text)) == []
