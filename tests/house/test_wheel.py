"""The wheel: complete, and enough to serve from an empty folder."""

import os
import re
import signal
import site
import subprocess
import sys
import urllib.request
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.source import PACKAGE, ROOT
from tests.house.test_command_line import free_port, status_of

once = pytest.mark.skipif(
    os.environ.get("CREASOL_TEST_DATABASE") == "postgresql", reason="the wheel was tried with SQLite already"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel from what is here, with the build tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return next(folder.glob("creasol-*.whl"))


@once
def test_the_wheel_holds_what_the_site_needs_and_no_more(wheel):
    names = set(ZipFile(wheel).namelist())
    suffixes = {
        ".py",
        ".html",
        ".txt",
        ".css",
        ".js",
        ".svg",
        ".woff2",
        ".json",
        ".gz",
        ".mjml",
        ".typ",
        ".ttf",
    }
    needed = {
        str(path.relative_to(PACKAGE.parent))
        for path in PACKAGE.rglob("*")
        if path.suffix in suffixes and not {"tests", "__pycache__"}.intersection(path.parts)
    }
    assert needed - names == set()
    assert [name for name in names if "/tests/" in name or name.endswith(".po")] == []
    catalogues = {str(path.relative_to(PACKAGE.parent)) for path in PACKAGE.glob("*/locale/fr/*/django.po")}
    assert {name.replace(".po", ".mo") for name in catalogues} - names == set()


@once
def test_the_wheel_asks_for_what_the_locks_hold(wheel):
    archive = ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = archive.read(metadata).decode().splitlines()
    asked = [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]
    wished = (ROOT / "requirements.in").read_text().split()
    assert {name_of(line) for line in asked} == {name_of(line) for line in wished}


def name_of(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()


@once
def test_the_installed_wheel_serves_from_an_empty_folder(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    python = tmp_path / "env" / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True)
    packages = next((tmp_path / "env" / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()))  # nothing is downloaded
    folder = tmp_path / "empty"
    folder.mkdir()
    left_out = {"PYTHONPATH", "CREASOL_DATA", "DATABASE_URL"}
    known = {key: value for key, value in os.environ.items() if key not in left_out}
    port = str(free_port())
    command = [python.with_name("creasol"), "serve"]
    with subprocess.Popen(
        command, cwd=folder, env={**known, "PORT": port}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            assert status_of(f"http://127.0.0.1:{port}/", within=120) == 200
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
                style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', response.read().decode())[1]
            assert status_of(f"http://127.0.0.1:{port}{style}") == 200
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=15)
    assert (folder / "var" / "creasol.sqlite3").exists()
