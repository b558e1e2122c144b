"""pytest plugin of the whole project: catalogues compiled, strict templates, fixtures that every app uses.

Loaded by `-p`, so that `pytest src/creasol/<app>` has it too.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.template import Node, engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creasol.foundation.catalogues import compile_catalogues

PACKAGE = Path(__file__).parent.parent / "src" / "creasol"


class UndefinedVariableError(Exception):
    """A template of ours names something its view did not give."""


class Undefined(str):
    """What stands for an undefined variable: an error in our own templates, nothing in those of packages."""

    __slots__ = ()

    def __contains__(self, text: str) -> bool:
        return text == "%s" or super().__contains__(text)

    def __mod__(self, variable: object) -> str:
        template = rendering_template()
        if PACKAGE in Path(template).parents:
            raise UndefinedVariableError(f"{variable} in {template}")
        return ""


def rendering_template() -> str:
    """Return the file of the innermost template node that is being rendered."""
    frame = sys._getframe(2)
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.name
        frame = frame.f_back
    return ""


def pytest_configure(config: pytest.Config):
    if not hasattr(config, "workerinput"):
        compile_catalogues(PACKAGE)


@pytest.fixture(autouse=True, scope="session")
def strict_templates():
    """Make an undefined variable of our own templates an error."""
    engines["django"].engine.string_if_invalid = Undefined("undefined")


@pytest.fixture(autouse=True)
def empty_caches():
    """Start each test without memory: databases go back in time between two tests, caches do not."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def assert_constant_queries(db) -> Callable[..., None]:
    """Return a check that a list page costs the same number of queries with one row and with three.

    ``assert_constant_queries(client, "/annuaire/", make_organisation)``: the third argument makes one row.
    """

    def check(client: Client, url: str, make_row: Callable[[], object]) -> None:
        make_row()
        client.get(url)  # what is kept from one request to the next is fetched now
        one = queries_of(client, url)
        make_row()
        make_row()
        three = queries_of(client, url)
        assert len(one) == len(three), "\n".join([f"{url}: {len(one)} queries, then {len(three)}:", *three])

    return check


def queries_of(client: Client, url: str) -> list[str]:
    """Return the SQL of a GET that no cache answers."""
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return [query["sql"] for query in captured.captured_queries]
