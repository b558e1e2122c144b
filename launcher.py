"""Make .venv from a lock file, then run a command in it (standard library only)."""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def prepare_environment(lock="requirements.lock"):
    """Bring .venv up to what ``lock`` says; do nothing when it already is."""
    if sys.version_info < (3, 11):
        sys.exit("Création solidaire demande Python 3.11 ou plus récent (ici : %d.%d)." % sys.version_info[:2])
    text = b"".join(open(os.path.join(ROOT, name), "rb").read() for name in LOCKS) + sys.version.encode()
    wanted = hashlib.sha256(text).hexdigest()
    stamp = os.path.join(VENV, "stamp")
    found = open(stamp).read().split() if os.path.exists(stamp) and os.path.exists(PYTHON) else [None, None]
    if found[0] == wanted and found[1] in (lock, LOCKS[1]):
        return
    try:
        import ensurepip, venv  # noqa: E401, F401
    except ImportError:
        sys.exit("Le module « venv » manque. Sous Debian ou Ubuntu : sudo apt install python3-venv")
    say("Préparation de l’environnement Python (une fois)…")
    try:
        if not os.path.exists(PYTHON):
            subprocess.check_call([sys.executable, "-m", "venv", VENV])
        install(lock)
        with open(stamp, "w") as file:
            file.write("%s %s" % (wanted, lock))
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit("L’environnement Python n’a pas pu être préparé dans %s : %s" % (VENV, error))


def install(lock):
    """Install a lock with uv, or with pip when uv cannot be had."""
    path = os.path.join(ROOT, lock)
    quiet = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call(quiet + ["uv"], stderr=subprocess.DEVNULL) == 0:
        uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"]
        if subprocess.call(uv + ["--require-hashes", "-r", path], env=dict(os.environ, UV_PYTHON_DOWNLOADS="never")) == 0:
            return
    subprocess.check_call(quiet + ["--require-hashes", "-r", path])


def environment():
    """Return the variables under which the project's own code runs."""
    known = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "src"))
    known.setdefault("CREASOL_DATA", os.path.join(ROOT, "var"))
    known.pop("PYTHONDONTWRITEBYTECODE", None)
    return known


def run(*arguments):
    """Replace this process by ``creasol ARGUMENTS``."""
    prepare_environment()
    os.execve(PYTHON, [PYTHON, "-m", "creasol", *arguments], environment())


def say(line):
    """Tell the person at the keyboard what is going on, without mixing into results."""
    print(line, file=sys.stderr, flush=True)
