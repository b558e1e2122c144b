"""Make .venv from a lock file, then run a command in it; standard library only, readable by any Python 3."""

import fcntl
import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "stamp")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def prepare_environment(lock=LOCKS[0]):
    """Bring .venv up to what ``lock`` says; do nothing when it already is."""
    if sys.version_info < (3, 11):
        stop("Création solidaire demande Python 3.11 ou plus récent (ici : %d.%d)." % sys.version_info[:2])
    contents = b"".join(read(os.path.join(ROOT, name)) for name in LOCKS)
    wanted = [hashlib.sha256(sys.version.encode()).hexdigest(), hashlib.sha256(contents).hexdigest(), lock]
    if is_ready(wanted):
        return
    try:
        import ensurepip
        import venv
    except ImportError:
        stop("Le module « venv » de Python manque. Sous Debian ou Ubuntu : sudo apt install python3-venv")
    say("Préparation de l’environnement Python (une fois, moins d’une minute)…")
    try:
        with open(VENV + ".lock", "w") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)  # another terminal may be at it
            if is_ready(wanted):
                return
            if stamped()[:1] != wanted[:1]:
                subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])
            install(lock)
            with open(STAMP, "w") as file:
                file.write("\n".join(wanted))
    except (subprocess.CalledProcessError, OSError) as error:
        stop("L’environnement Python n’a pas pu être préparé dans %s : %s" % (VENV, error))
    except KeyboardInterrupt:
        sys.exit(130)


def stamped():
    """Return what .venv holds: the Python, the locks and the lock installed; nothing when it is not whole."""
    whole = os.path.exists(STAMP) and os.path.exists(PYTHON)
    return read(STAMP).decode().split() if whole else []


def is_ready(wanted):
    """Tell whether .venv holds what is wanted; the second lock holds the first."""
    return stamped() in (wanted, wanted[:2] + [LOCKS[1]])


def install(lock):
    """Install a lock with uv, or with pip when uv cannot be had."""
    path = os.path.join(ROOT, lock)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"]
    known = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    with_uv = subprocess.call(pip + ["uv"], stderr=subprocess.DEVNULL) == 0
    if not with_uv or subprocess.call(uv + ["--require-hashes", "-r", path], env=known) != 0:
        subprocess.check_call(pip + ["--require-hashes", "-r", path])


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


def read(path):
    with open(path, "rb") as file:
        return file.read()


def say(line):
    """Tell the person at the keyboard what is going on, without mixing into results."""
    print(line, file=sys.stderr, flush=True)


def stop(line):
    """End with one line and no stack trace."""
    sys.exit(line)
