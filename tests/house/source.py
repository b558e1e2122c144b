"""The source as the guards read it: files, floors, rooms, imports."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "creasol"
SCRIPTS = ("launcher.py", "run", "test", "creasol")
ROOMS = frozenset({
    "enums", "signals", "models", "queries", "rules", "notifications", "actions", "tasks", "receivers",
    "forms", "exports", "views", "api", "admin", "urls", "apps", "templatetags", "management", "migrations",
    "tests",
})  # fmt: skip


@cache
def storeys() -> list[list[str]]:
    """Return the apps floor by floor from the lowest, as the import contract declares them; neighbours share one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [line.split(" | ") for line in reversed(contracts[0]["layers"][1:])]


def floors() -> list[str]:
    """Return the apps from the lowest to the highest."""
    return [app for storey in storeys() for app in reversed(storey)]


@cache
def heights() -> dict[str, int]:
    """Return the floor of each app."""
    return {app: height for height, storey in enumerate(storeys()) for app in storey}


def is_above(app: str, other: str) -> bool:
    """Tell whether ``other`` is an app of ours that ``app`` may not look at: above it, or on the same floor."""
    known = heights()
    return app != other and app in known and other in known and known[other] >= known[app]


@dataclass
class Source:
    """One Python file: where it is, what it says."""

    path: Path
    text: str
    package: Path = PACKAGE

    @property
    def parts(self) -> tuple[str, ...]:
        """Return its place in the package: ("territories", "queries", "communes")."""
        relative = self.path.relative_to(self.package).with_suffix("")
        return relative.parts[:-1] if relative.name == "__init__" else relative.parts

    @property
    def app(self) -> str:
        return self.parts[0] if self.path.parent != self.package else ""

    @property
    def room(self) -> str:
        """Return the room of its app this file is in, empty for the app's own words."""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def name(self) -> str:
        return "/".join(self.path.relative_to(self.package).parts)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def imports(self) -> Iterator[str]:
        """Yield the dotted name of every module or thing imported, relative ones resolved."""
        here = ["creasol", *self.parts]
        if self.path.name != "__init__.py":
            here.pop()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = here[: len(here) - node.level + 1] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                yield from (f"{module}.{alias.name}" for alias in node.names)


@cache
def sources(package: Path = PACKAGE, *, tests: bool = False) -> list[Source]:
    """Return the Python files of the package, its tests and migrations aside."""
    found = [Source(path, path.read_text(), package) for path in sorted(package.rglob("*.py"))]
    aside = {"migrations"} if tests else {"migrations", "tests"}
    return [source for source in found if not aside.intersection(source.path.parts)]


def source(place: str, text: str) -> Source:
    """Return a file that is not there, to try a guard on: ``source("jobs/views.py", "import os")``."""
    return Source(PACKAGE / place, text)


def templates(package: Path = PACKAGE) -> dict[str, str]:
    """Return the text of every template by its place in the package."""
    folders = sorted(package.glob("*/templates"))
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(package)): path.read_text() for path in paths}


def written_files(*suffixes: str) -> list[Path]:
    """Return the files people write, of the whole repository, that end with one of ``suffixes``."""
    folders = [PACKAGE, ROOT / "tests", ROOT / "tools", ROOT / "benchmarks"]
    aside = {"vendor", "migrations", "node_modules", "__pycache__", "locale"}
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    found += [ROOT / name for name in SCRIPTS if ".py" in suffixes]
    return sorted(path for path in found if not aside.intersection(path.parts))
