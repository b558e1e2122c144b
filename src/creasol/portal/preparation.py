"""Make a data folder ready to work on: tables, reference data, example edition.

Every command goes through ``prepare``. When nothing is missing it costs a few milliseconds: one look at the
migrations applied, one at the steps done. Two processes may call it at once (the second waits), and a step
that was interrupted is done again: each one is idempotent.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.actions import perimeters
from creasol.places.actions.calendars import load_election_days
from creasol.places.election_days import election_days
from creasol.programmes.models import Programme
from creasol.territories import reference
from creasol.territories.actions import load_reference_data

from .example.loading import load_example
from .models import PreparedStep

Say = Callable[[str], None]
EXAMPLE = "example"
EXAMPLE_MAIL = "@example.org"
ADVISORY_LOCK = 0x63726561  # any number that nobody else uses
SECONDS_TO_CONNECT = 5


@dataclass(frozen=True)
class Step:
    """Something to put into the database once for each version of what it puts there."""

    name: str
    announcement: str
    version: str
    run: Callable[..., None]


def prepare(*, say: Say, example: bool = True) -> None:
    """Make the database ready; tell ``say`` each step, nothing when all is there already.

    ``example=False`` leaves the example edition out; in production it is always left out.
    Raises CommandError, in one line, when the data folder or the database cannot be used.
    """
    claim_data_folder()
    reach_database()
    if not unapplied_migrations() and not missing_steps(example=example):
        return
    with alone(say):
        if unapplied_migrations():
            say(_("Making the tables of the database…"))
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        for step in missing_steps(example=example):
            say(step.announcement)
            mark(step, done=False)
            step.run(at=timezone.now())
            mark(step, done=True)


def claim_data_folder() -> None:
    """Make the data folder, and write in it to know that one can."""
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        lock_file().touch()
    except OSError as error:
        message = _("The data folder %(folder)s cannot be written (%(reason)s). Choose another: CREASOL_DATA")
        raise CommandError(message % {"folder": settings.DATA, "reason": error.strerror}) from None


def reach_database() -> None:
    """Make the file of SQLite, or try the PostgreSQL server once."""
    if connection.connection is not None:
        return
    if connection.vendor == "sqlite":
        make_database_file(Path(connection.settings_dict["NAME"]))
    else:
        try_server()


def make_database_file(path: Path) -> None:
    """Let one process alone make the file: of two that turn a new one to WAL at once, one finds it locked."""
    if path.exists() and path.stat().st_size:
        return
    with lock_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        connection.ensure_connection()


def try_server() -> None:
    """Try the PostgreSQL server once: a pool would try for half a minute before it said what is wrong."""
    parameters = {key: value for key, value in connection.get_connection_params().items() if key != "pool"}
    try:
        psycopg.connect(**{**parameters, "connect_timeout": SECONDS_TO_CONNECT}).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(
            _("The database of DATABASE_URL cannot be reached: %(reason)s") % {"reason": reason}
        ) from None


def lock_file() -> Path:
    """Return the file that the process which prepares holds locked."""
    return settings.DATA / "preparing.lock"


@contextmanager
def alone(say: Say) -> Iterator[None]:
    """Let one process at a time prepare: of this machine, and of all that share a PostgreSQL database."""
    with lock_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(_("Another process is preparing the database; waiting for it…"))
            fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def unapplied_migrations() -> set[tuple[str, str]]:
    """Return (app, migration) of the migration files that this database has not seen.

    File names are enough to know that nothing is missing; Django's own loader imports them all, which takes
    longer than everything else here.
    """
    files = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        names = (path.stem for path in folder.glob("[0-9]*.py"))
        files |= {(app.label, name) for name in names}
    return files - set(MigrationRecorder(connection).applied_migrations())


def missing_steps(*, example: bool) -> list[Step]:
    """Return what remains to be loaded, in order; the example only into a database without programme."""
    known = {step.name: step for step in PreparedStep.objects.all()}
    steps = [step for step in always() if not is_done(known.get(step.name), step)]
    if example and not settings.PRODUCTION and wants_example(known.get(EXAMPLE)):
        steps.append(Step(EXAMPLE, _("Loading the example edition…"), "", load_example))
    return steps


def always() -> list[Step]:
    """Return the steps that every database goes through."""
    return [
        Step(
            "reference-data",
            _("Loading the communes of France…"),
            reference.fingerprint(),
            load_reference_data,
        ),
        Step(
            "perimeters",
            _("Loading the perimeters of the social and solidarity economy…"),
            hashlib.sha256(perimeters.FILE.read_bytes()).hexdigest(),
            perimeters.load_perimeters,
        ),
        Step(
            "election-days",
            _("Loading the days of elections…"),
            hashlib.sha256(repr(election_days()).encode()).hexdigest(),
            load_election_days,
        ),
    ]


def wants_example(known: PreparedStep | None) -> bool:
    """Tell whether the example is to be loaded: never begun in a database without programme, or not ended."""
    return known.done_at is None if known else not Programme.objects.exists()


def is_done(known: PreparedStep | None, step: Step) -> bool:
    """Tell whether ``step`` was carried to its end with the data of today."""
    return known is not None and known.done_at is not None and known.version == step.version


def mark(step: Step, *, done: bool) -> None:
    """Write down that ``step`` has begun, or is done."""
    values = {"version": step.version, "done_at": timezone.now() if done else None}
    PreparedStep.objects.update_or_create(name=step.name, defaults=values)


def example_accounts() -> list[str]:
    """Return the addresses one can sign in with to look at the example, each with its person."""
    users = User.objects.filter(email__endswith=EXAMPLE_MAIL, is_active=True)
    return [f"{user.email:<28}{user.name}" for user in users.order_by("-is_administrator", "id")]
