"""The command line: `creasol COMMAND`."""

import difflib
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.foundation.catalogues import compile_catalogues

CONTENTS = (
    (gettext_lazy("Start"), ("serve", "worker", "prepare", "administrator")),
    (gettext_lazy("Official files"), ("import", "indicator", "example-stock")),
    (gettext_lazy("Diagnosis"), ("diagnose", "changes", "survey")),
    (gettext_lazy("Upkeep"), ("backup", "restore", "forget", "migrate")),
    (gettext_lazy("Development"), ("check", "makemigrations", "shell", "dbshell")),
)
DJANGO_COMMANDS = {
    "migrate": gettext_lazy("Bring the tables of the database up to date"),
    "check": gettext_lazy("Look for mistakes in the settings and the code"),
    "makemigrations": gettext_lazy("Write the migrations of changed models"),
    "shell": gettext_lazy("Open Python with the models at hand"),
    "dbshell": gettext_lazy("Open the database's own command line"),
}
UNPREPARED = {"check", "dbshell", "makemigrations", "migrate", "prepare", "restore"}
UNLISTED_OPTIONS = {"--version", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color"}


def main() -> None:
    """Run the command that the arguments name; what a person can put right ends in one line."""
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "creasol.settings"
    problem = problem_of_environment()
    try:
        compile_catalogues(Path(__file__).parent)
        django.setup()
        translation.activate(language())
        if problem:
            sys.exit(f"creasol : {problem}")
        run(*(sys.argv[1:] or ["help"]))
    except KeyboardInterrupt:
        sys.exit(130)
    except (CommandError, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        say(f"creasol : {next(iter(str(error).strip().splitlines()), type(error).__name__)}")
        sys.exit(getattr(error, "returncode", 1))


def problem_of_environment() -> str | None:
    """Return what is wrong with the environment, set aside so that the settings can be read."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 2**16):
        os.environ["PORT"] = "8000"
        return format_lazy(gettext_lazy("PORT is “{port}”: it must be a number from 1 to 65535."), port=port)
    os.environ["PORT"] = port
    url = os.environ.get("DATABASE_URL") or ""
    if url and not is_postgresql(url):
        del os.environ["DATABASE_URL"]
        return gettext_lazy("DATABASE_URL must look like postgresql://user:password@host/name.")
    return None


def is_postgresql(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"postgresql", "postgres"} and bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def language() -> str:
    """Return the language of the terminal: English when its locale says so, else French."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.startswith("en") else "fr"


def run(name: str, *arguments: str) -> None:
    """Run one command, in a data folder made ready for it."""
    if name in {"help", "-h", "--help"} and not arguments:
        print(table_of_contents())  # noqa: T201
        return
    if name in {"help", "-h", "--help"}:
        name, arguments = arguments[0], ["--help"]
    command = command_named(name)
    parser = command.create_parser("creasol", name)
    try:
        options = vars(parser.parse_args(arguments))
    except CommandError as error:
        raise CommandError(str(error), returncode=2) from error
    if name not in UNPREPARED:
        import_string("creasol.portal.preparation.prepare")(say=say)
    command.execute(*options.pop("args", ()), **{**options, "skip_checks": name != "check"})


def say(line: str) -> None:
    """Tell the person at the keyboard what is going on, without mixing into results."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def own_commands() -> dict[str, str]:
    """Return the app of each command that this project declares, by the name one types."""
    commands = get_commands().items()
    return {name.replace("_", "-"): app for name, app in commands if str(app).startswith("creasol.")}


def command_named(name: str) -> BaseCommand:
    app = own_commands().get(name) or (get_commands().get(name) if name in DJANGO_COMMANDS else None)
    if app is None:
        known = [*own_commands(), *DJANGO_COMMANDS]
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        if close:
            message = _("unknown command: %(name)s. Did you mean: %(close)s?")
        else:
            message = _("unknown command: %(name)s. See creasol --help.")
        raise CommandError(message % {"name": name, "close": ", ".join(close)})
    command = load_command_class(app, name if name in DJANGO_COMMANDS else name.replace("-", "_"))
    command.help = str(command.help)  # argparse knows no lazy text
    command.suppressed_base_arguments = {*command.suppressed_base_arguments, *UNLISTED_OPTIONS}
    if name not in DJANGO_COMMANDS:
        command.requires_system_checks = []
    return command


def table_of_contents() -> str:
    """Return every command with its line, in the order a person meets them."""
    listed = {name for _title, names in CONTENTS for name in names}
    others = (_("Other commands"), sorted(set(own_commands()) - listed))
    lines = ["Création solidaire", "", f"  creasol {_('COMMAND')} [--help]"]
    for title, names in (*CONTENTS, others):
        entries = [f"  {name:<16}{summary(name)}" for name in names if summary(name)]
        lines += ["", str(title), *entries] if entries else []
    lines += ["", _("Environment: PORT, CREASOL_DATA, DATABASE_URL… (docs/deploy.md)")]
    return "\n".join(lines)


def summary(name: str) -> str:
    """Return the line of a command, without its full stop; nothing when there is no such command."""
    if name in DJANGO_COMMANDS:
        return str(DJANGO_COMMANDS[name])
    if name not in own_commands():
        return ""
    line = command_named(name).help.strip().partition("\n")[0].rstrip(".")
    return line[:1].upper() + line[1:]


if __name__ == "__main__":
    main()
