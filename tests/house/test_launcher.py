"""The two commands: what stands in their way is said in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


def prepare(folder: Path, *, before: str = "") -> subprocess.CompletedProcess:
    """Prepare the environment of a clone in ``folder``, after a line of Python that changes the machine."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); {before or 'pass'}; import launcher\n"
    code += "launcher.prepare_environment()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path):
    """Give a clone that has not been started yet."""
    for name in ("launcher.py", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    return tmp_path


def test_an_old_python_is_refused_in_one_line(clone):
    answer = prepare(clone, before="sys.version_info = (3, 9, 2, 'final', 0)")
    assert answer.returncode == 1
    assert answer.stderr == "Création solidaire demande Python 3.11 ou plus récent (ici : 3.9).\n"


def test_a_missing_venv_module_is_named_with_its_remedy(clone):
    answer = prepare(clone, before="sys.modules['ensurepip'] = None")
    assert answer.returncode == 1
    expected = "Le module « venv » de Python manque. Sous Debian ou Ubuntu : sudo apt install python3-venv\n"
    assert answer.stderr == expected


def test_a_folder_that_cannot_hold_the_environment_is_said_in_one_line(clone):
    (clone / ".venv").write_text("a file where the folder should be")
    answer = prepare(clone)
    assert answer.returncode == 1
    *_, line = answer.stderr.splitlines()
    assert line.startswith(f"L’environnement Python n’a pas pu être préparé dans {clone}/.venv : ")
    assert "Traceback" not in answer.stderr


def test_a_ready_environment_is_left_alone(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").touch()
    code = "import hashlib, launcher, sys\n"
    code += "contents = b''.join(launcher.read(launcher.ROOT + '/' + name) for name in launcher.LOCKS)\n"
    code += "digests = [hashlib.sha256(x).hexdigest() for x in (sys.version.encode(), contents)]\n"
    code += "open(launcher.STAMP, 'w').write('\\n'.join([*digests, 'requirements-dev.lock']))\n"
    code += "launcher.prepare_environment(); launcher.prepare_environment('requirements-dev.lock')"
    known = {**os.environ, "PYTHONPATH": str(clone)}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=known, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("name", ["run", "test", "creasol", ".ci/run"])
def test_commands_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)
