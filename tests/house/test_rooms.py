"""Inside an app: what each room may do, how big a file may grow, what it may be called."""

import ast
import re

import pytest

from tests.house.source import PACKAGE, ROOMS, ROOT, Source, floors, source, sources, templates, written_files

WITHOUT_OBJECTS = {"views", "forms", "api", "exports"}
LONGEST_FILE = 400
SHAPELESS_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
SPEAKING_ROOMS = {"actions", "queries"}
FRAMEWORK_ROOMS = ROOMS - SPEAKING_ROOMS
FRAMEWORK_MODULES = {"adapters", "backend", "context", "middleware", "storage", "worker"}
MACHINERY = {
    "jobs": "its rows are themselves the record of what ran",
    "journal": "it is the journal",
    "mailing": "its rows are themselves the record of what was sent",
}
UNJOURNALLED = {
    "accounts": "stands below the journal, which hears of it by a signal",
    "portal": "the index is drawn from rows whose changes are journalled",
}


def functions(one: Source) -> list[ast.FunctionDef]:
    """Return the public functions of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in one.tree.body if isinstance(node, kinds) and not node.name.startswith("_")]


# No table is read outside queries and actions


def tables_read(one: Source) -> list[str]:
    """Return where a file reaches for a table by itself."""
    if one.room not in WITHOUT_OBJECTS:
        return []
    nodes = [node for node in one.nodes if isinstance(node, ast.Attribute)]
    nothing = [
        node.value for node in nodes if node.attr == "none"
    ]  # what a choice has before it is given any
    managers = [node for node in nodes if node.attr in {"objects", "_default_manager"}]
    return [f"{one.name}:{node.lineno}" for node in managers if node not in nothing]


def test_views_forms_api_and_exports_read_no_table_themselves():
    assert [line for one in sources() for line in tables_read(one)] == []
    assert [name for name, text in templates().items() if ".objects" in text] == []


def test_reading_a_table_in_a_view_is_seen():
    text = "def commune(request, code):\n    return Commune.objects.get(code=code)\n"
    assert tables_read(source("territories/views.py", text)) == ["territories/views.py:2"]
    assert tables_read(source("territories/views/pages.py", text)) == ["territories/views/pages.py:2"]
    assert tables_read(source("territories/queries.py", text)) == []
    assert tables_read(source("territories/forms.py", "choices = Commune.objects.none()")) == []


# Files are short and named after what they hold


def lines_of(text: str) -> int:
    return len(text.splitlines())


def test_no_file_is_too_long():
    files = written_files(".py", ".html", ".js")
    long = {str(path.relative_to(ROOT)): lines_of(path.read_text()) for path in files}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def shapeless(name: str) -> bool:
    """Tell whether a module's path has a part that says nothing of what is in it."""
    return bool(SHAPELESS_NAMES.intersection(re.split(r"[/.]", name)))


def test_modules_are_named_after_what_they_hold():
    files = written_files(".py", ".css", ".js")
    assert [str(path.relative_to(ROOT)) for path in files if shapeless(str(path.relative_to(ROOT)))] == []


@pytest.mark.parametrize(
    "name", ["src/creasol/jobs/utils.py", "tests/helpers/x.py", "src/creasol/core/models.py"]
)
def test_a_shapeless_name_is_seen(name):
    assert shapeless(name)
    assert not shapeless("src/creasol/jobs/retries.py")


# Public functions of actions, queries and computations say what they take and give


def is_speaking(one: Source) -> bool:
    """Tell whether a file is one of actions, queries, or a computation named after what it computes."""
    return bool(one.room) and one.room not in FRAMEWORK_ROOMS | FRAMEWORK_MODULES and one.app != "tests"


def untold(one: Source) -> list[str]:
    """Return what the public functions of a file leave unsaid: a type, the docstring."""
    found = []
    for function in functions(one) if is_speaking(one) else []:
        arguments = function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
        missing = [argument.arg for argument in every if argument.annotation is None]
        missing += [] if function.returns else ["what it returns"]
        missing += [] if ast.get_docstring(function) else ["docstring"]
        found += [f"{one.name}: {function.name}: {', '.join(missing)}"] if missing else []
    return found


def test_public_functions_say_what_they_take_and_give():
    assert [line for one in sources() for line in untold(one)] == []


def test_a_silent_function_is_seen():
    text = "def communes_of(territory, *, limit: int = 3):\n    return []\n"
    expected = "communes_of: territory, what it returns, docstring"
    assert untold(source("territories/queries.py", text)) == [f"territories/queries.py: {expected}"]
    assert untold(source("territories/maps.py", text)) == [f"territories/maps.py: {expected}"]
    assert untold(source("territories/views.py", text)) == []


# Actions: keyword-only, atomic, journalled


def calls(node: ast.AST) -> set[str]:
    """Return the names of the functions called anywhere inside ``node``."""
    called = [child.func for child in ast.walk(node) if isinstance(child, ast.Call)]
    return {getattr(function, "id", getattr(function, "attr", "")) for function in called}


def mentions_atomic(node: ast.AST) -> bool:
    return any(isinstance(child, ast.Attribute) and child.attr == "atomic" for child in ast.walk(node))


def names_used(files: list[Source], app: str) -> set[str]:
    """Return every name that these files take from the actions of an app."""
    used = set()
    for one in files:
        imported = [name for name in one.imports() if name.split(".")[1:3] == [app, "actions"]]
        taken = {name.rpartition(".")[2] for name in imported}
        nodes = [node for node in one.nodes if isinstance(node, ast.Attribute)]
        used |= taken | {node.attr for node in nodes if ast.unparse(node.value).rpartition(".")[2] in taken}
    return used


def below(one: Source) -> set[str]:
    """Return the names of the actions of other apps that a file takes."""
    paths = [name.split(".") for name in one.imports()]
    return {path[-1] for path in paths if "actions" in path[:-1] and path[1] not in {one.app, *MACHINERY}}


def careless_actions(files: list[Source], used: set[str]) -> list[str]:
    """Return the actions of one app that take positional arguments, are not atomic, or leave no trace.

    ``files`` are its actions, ``used`` the names used outside of them: what nobody else calls is no action.
    The subject of the action, and the draft of what it is to become, may come first without their names. An
    action may leave the trace, or the transaction, to another function of the same room that it calls; the trace
    also to an action of a floor below, which is held to the same.
    """
    public = [(one, function) for one in files for function in functions(one) if function.name in used]
    every = {node.name: node for one in files for node in one.nodes if isinstance(node, ast.FunctionDef)}

    def reaches(function: ast.FunctionDef, test, seen: frozenset = frozenset()) -> bool:
        within = [every[name] for name in calls(function) & set(every) if name not in seen]
        return test(function) or any(reaches(one, test, seen | {function.name}) for one in within)

    found = []
    for one, function in public:
        where = f"{one.name}: {function.name}"
        positional = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
        if any(name != "draft" for name in positional[1:]):
            found.append(f"{where}: positional arguments")
        if not reaches(function, mentions_atomic):
            found.append(f"{where}: not atomic")
        tracing = {"record", *below(one)}
        if one.app not in UNJOURNALLED and not reaches(
            function, lambda node, names=tracing: calls(node) & names
        ):
            found.append(f"{where}: not journalled")
    return found


def test_actions_are_keyword_only_atomic_and_journalled():
    found = []
    for app in set(floors()) - set(MACHINERY):
        room = [one for one in sources() if (one.app, one.room) == (app, "actions")]
        others = [one for one in sources(tests=True) if (one.app, one.room) != (app, "actions")]
        found += careless_actions(room, names_used(others, app))
    assert found == []


CAREFUL = """
@transaction.atomic
def rename(territory, *, name, by, at):
    territory.name = name
    territory.save()
    record("rename", territory, by=by, at=at)
"""


def test_a_careless_action_is_seen():
    def faults(text):
        return careless_actions([source("territories/actions.py", text)], {"rename"})

    where = "territories/actions.py: rename"
    assert faults(CAREFUL) == []
    assert faults(CAREFUL.replace("*, name", "name")) == [f"{where}: positional arguments"]
    assert faults(CAREFUL.replace("@transaction.atomic", "")) == [f"{where}: not atomic"]
    unjournalled = CAREFUL.replace("record(", "record_need(")
    assert faults(unjournalled) == [f"{where}: not journalled"]
    assert faults(f"from creasol.needs.actions import record_need\n{unjournalled}") == []
    assert faults(f"from creasol.needs.queries import record_need\n{unjournalled}") == [
        f"{where}: not journalled"
    ]


# Tests run our own code


def stand_ins(one: Source) -> list[str]:
    """Return where a test puts something that only looks like our code in its place; constants may change."""
    found = [f"{one.name} imports {name}" for name in one.imports() if re.match(r"(unittest\.)?mock\b", name)]
    for node in one.nodes:
        if isinstance(node, ast.arg) and node.arg == "mocker":
            found.append(f"{one.name}:{node.lineno} mocker")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "setattr"
        ):
            target = ast.unparse(node.args[0]).strip("'\"") if node.args else ""
            if "creasol" in target and not target.rpartition(".")[2].isupper():
                found.append(f"{one.name}:{node.lineno} {target}")
    return found


def test_no_test_replaces_our_own_code():
    tests = [Source(path, path.read_text(), ROOT) for path in written_files(".py") if "tests" in path.parts]
    assert [line for one in tests if one.path.name != "test_rooms.py" for line in stand_ins(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from unittest.mock import patch",
        "import mock",
        "def test_x(mocker): pass",
        "def test_x(monkeypatch):\n    monkeypatch.setattr('creasol.jobs.actions.claim_job', None)",
    ],
)
def test_a_stand_in_is_seen(text):
    assert len(stand_ins(source("jobs/tests/test_x.py", text))) == 1


def test_the_package_is_where_the_guards_look():
    assert (PACKAGE / "territories" / "models.py").exists() or (PACKAGE / "territories" / "models").is_dir()
    assert len(sources()) > 50
