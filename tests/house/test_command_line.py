"""The command line as a person meets it: what it says, what it refuses, what it starts."""

import os
import resource
import signal
import socket
import time
import urllib.error
import urllib.request

import pytest

from tests.house.instance import Instance, new_instance

STEPS = [
    "Making the tables of the database…",
    "Loading the communes of France…",
    "Loading the perimeters of the social and solidarity economy…",
    "Loading the days of elections…",
]


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Instance:
    """Give an instance that has been prepared."""
    instance = new_instance(tmp_path_factory.mktemp("house") / "ready")
    answer = instance.run("prepare")
    assert (answer.returncode, answer.stderr.splitlines()) == (0, [*STEPS, "Loading the example edition…"])
    return instance


@pytest.fixture
def empty(tmp_path) -> Instance:
    return new_instance(tmp_path / "empty")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(url: str, *, within: float = 15) -> int:
    """Return the status of a page as soon as somebody answers."""
    deadline = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            assert time.monotonic() < deadline, f"nobody answers at {url}"
            time.sleep(0.02)


# What it says


def test_help_is_a_table_of_contents(ready):
    answer = ready.run("--help")
    assert answer.returncode == 0
    titles = [line for line in answer.stdout.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "Création solidaire",
        "Start",
        "Official files",
        "Diagnosis",
        "Upkeep",
        "Development",
        "Environment: PORT, CREASOL_DATA, DATABASE_URL… (docs/deploy.md)",
    ]
    lines = [line for line in answer.stdout.splitlines()[3:] if line.startswith("  ")]
    assert all(len(line.split(maxsplit=1)) == 2 and len(line) < 110 for line in lines), lines


def test_no_command_at_all_is_a_call_for_help(ready):
    assert ready.run().stdout == ready.run("help").stdout == ready.run("-h").stdout


def test_it_speaks_french_unless_the_terminal_is_english(ready):
    assert "Démarrer" in ready.run("help", LANG="C.UTF-8").stdout
    assert "Start" in ready.run("help", LANG="C.UTF-8", LC_ALL="en_US.UTF-8").stdout


def test_the_help_of_a_command_lists_its_own_options_only(ready):
    answer = ready.run("serve", "--help")
    assert answer.stdout == ready.run("help", "serve").stdout
    assert "--host" in answer.stdout
    assert "--pythonpath" not in answer.stdout


# What it refuses, in one line


def unwritable(folder: str, reason: str) -> str:
    return f"creasol : The data folder {folder} cannot be written ({reason}). Choose another: CREASOL_DATA"


@pytest.mark.parametrize(
    ("arguments", "variables", "line"),
    [
        (["prepair"], {}, "creasol : unknown command: prepair. Did you mean: prepare?"),
        (["xyzzy"], {}, "creasol : unknown command: xyzzy. See creasol --help."),
        (["runserver"], {}, "creasol : unknown command: runserver. Did you mean: serve, survey, restore?"),
        (["prepare"], {"PORT": "http"}, "creasol : PORT is “http”: it must be a number from 1 to 65535."),
        (["prepare"], {"PORT": "70000"}, "creasol : PORT is “70000”: it must be a number from 1 to 65535."),
        (
            ["prepare"],
            {"CREASOL_DATA": "/etc/passwd/var"},
            unwritable("/etc/passwd/var", "Not a directory"),
        ),
        (
            ["prepare"],
            {"CREASOL_DATA": "/proc/var"},
            unwritable("/proc/var", "No such file or directory"),
        ),
        (
            ["prepare"],
            {"DATABASE_URL": "mysql://localhost/creasol"},
            "creasol : DATABASE_URL must look like postgresql://user:password@host/name.",
        ),
        (
            ["prepare"],
            {"DATABASE_URL": "postgresql://localhost:port/creasol"},
            "creasol : DATABASE_URL must look like postgresql://user:password@host/name.",
        ),
        (
            ["backup", "/nowhere/archive.zip"],
            {},
            "creasol : The backup /nowhere/archive.zip cannot be written (No such file or directory).",
        ),
        (
            ["restore", "--replace", "/etc/passwd"],
            {},
            "creasol : The backup /etc/passwd cannot be read (File is not a zip file).",
        ),
    ],
)
def test_what_a_person_can_put_right_is_said_in_one_line(ready, arguments, variables, line):
    answer = ready.run(*arguments, **variables)
    assert answer.returncode == 1
    assert answer.stderr == line + "\n"
    assert answer.stdout == ""


def test_a_mistake_of_usage_has_a_code_of_its_own(ready):
    answer = ready.run("backup")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "creasol : Error: the following arguments are required: FILE\n"


def test_a_server_out_of_reach_is_said_in_one_line(ready):
    answer = ready.run("prepare", DATABASE_URL=f"postgresql://somebody@127.0.0.1:{free_port()}/creasol")
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert answer.stderr.startswith("creasol : The database of DATABASE_URL cannot be reached: ")


def test_a_taken_port_is_said_in_one_line(ready):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = ready.run("serve", PORT=port)
    assert answer.returncode == 1
    line = f"creasol : Port {port} cannot be used (Address already in use). Choose another one: PORT=8001\n"
    assert answer.stderr == line


def test_other_machines_are_let_in_under_a_public_name_only(ready):
    answer = ready.run("serve", "--host", "0.0.0.0")
    assert answer.returncode == 1
    line = "creasol : To be reached from other machines, the site needs its public names: CREASOL_HOSTS\n"
    assert answer.stderr == line


# What it starts


def test_serve_answers_and_stops_at_once(ready):
    port = str(free_port())
    with ready.start("serve", PORT=port) as process:
        try:
            assert status_of(f"http://127.0.0.1:{port}/") == 200
            assert status_of(f"http://127.0.0.1:{port}/bureau/") == 200  # the page to sign in
        finally:
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group hears it
            out, err = process.communicate(timeout=8)
    assert process.returncode == 0
    lines = out.splitlines()
    assert lines[0] == f"Création solidaire is served at http://127.0.0.1:{port}"
    assert lines[1] == f"To sign in: one of these addresses; its code is at http://127.0.0.1:{port}/mailbox/"
    assert [line.split()[0] for line in lines[2:-1]] == [
        "admin@example.org",
        "coordination@example.org",
        "conseil@example.org",
        "elue@example.org",
        "financeur@example.org",
        "association@example.org",
    ]
    assert lines[-1] == "Ctrl-C stops it."
    assert err == ""


def test_a_second_start_takes_less_than_two_seconds(ready):
    """Counted in processor time, start to stop: other tests run beside this one."""
    port = str(free_port())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ready.start("serve", PORT=port) as process:
        assert status_of(f"http://127.0.0.1:{port}/robots.txt") == 200
        process.terminate()
        process.communicate(timeout=30)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_two_processes_may_prepare_at_once(empty):
    with (
        empty.start("prepare", "--without-example") as one,
        empty.start("prepare", "--without-example") as other,
    ):
        errors = [process.communicate(timeout=120)[1].splitlines() for process in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0]
    assert [line for lines in errors for line in lines if "Another process" not in line] == STEPS


def test_an_interrupted_preparation_is_taken_up_again(empty):
    with empty.start("prepare", "--without-example") as process:
        while "communes" not in process.stderr.readline():
            pass
        process.kill()
    answer = empty.run("prepare", "--without-example")
    assert (answer.returncode, answer.stderr.splitlines()) == (0, STEPS[1:])
    again = empty.run("prepare", "--without-example")
    assert (again.returncode, again.stderr) == (0, "")


def test_the_first_administrator_is_named_on_the_command_line(ready):
    answer = ready.run("administrator", "Marie@Example.net")
    assert (answer.returncode, answer.stderr) == (0, "marie@example.net is an administrator.\n")
    assert ready.run("administrator", "nobody").stderr == "creasol : Enter a valid email address.\n"


# What it keeps


def test_names_that_are_due_are_erased_by_hand_too(ready):
    for arguments in (["--dry-run"], []):
        answer = ready.run("forget", *arguments)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "Nothing is due.\n", "")


def test_a_backup_comes_back_whole(ready, empty, tmp_path):
    archive = str(tmp_path / "archive.zip")
    letter = ready.folder / "var" / "files" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("Bonjour")
    assert ready.run("backup", archive).returncode == 0
    restored = empty.run("restore", archive)
    assert (restored.returncode, restored.stderr) == (0, f"Restored from {archive}.\n")
    assert (empty.folder / "var" / "files" / "letter.txt").read_text() == "Bonjour"
    count = "from creasol.territories.models import Commune; print(Commune.objects.count())"
    assert (
        empty.run("shell", "-v", "0", "-c", count).stdout == ready.run("shell", "-v", "0", "-c", count).stdout
    )
    refused = empty.run("restore", archive)
    assert refused.returncode == 1
    line = "creasol : There is a database here already; add --replace to let go of it.\n"
    assert refused.stderr == line
    assert empty.run("restore", "--replace", archive).returncode == 0
