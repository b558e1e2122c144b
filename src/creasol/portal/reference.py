"""The reference of the programming interface as a page tells it, read from its OpenAPI schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """A word that the address takes: where (path or query), of what type, needed or not."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """An address to ask, what it takes, and the answers it may give, as pairs of status and meaning."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """The operations that bear one tag."""

    title: str
    operations: tuple[Operation, ...]


def chapters(schema: dict[str, Any]) -> tuple[Chapter, ...]:
    """Return the operations of an OpenAPI 3.1 ``schema`` by tag, in the order they are declared."""
    found: dict[str, list[Operation]] = {}
    for tag, operation in operations(schema):
        found.setdefault(tag, []).append(operation)
    return tuple(Chapter(title=tag, operations=tuple(rows)) for tag, rows in found.items())


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Yield each operation with its tag."""
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield (
                next(iter(told.get("tags", ())), "—"),
                Operation(
                    anchor=told["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=told["summary"],
                    description=told.get("description", ""),
                    parameters=tuple(parameter(one, schema) for one in told.get("parameters", ())),
                    answers=tuple(
                        (str(status), HTTPStatus(int(status)).phrase) for status in told["responses"]
                    ),
                ),
            )


def parameter(told: dict[str, Any], schema: dict[str, Any]) -> Parameter:
    """Return a parameter as the page tells it."""
    return Parameter(
        name=told["name"],
        place=told["in"],
        kind=kind_of(told["schema"], schema),
        required=told.get("required", False),
        description=told.get("description") or told["schema"].get("description", ""),
    )


def kind_of(told: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return the type of a JSON schema in a few words.

    >>> kind_of({"anyOf": [{"type": "string"}, {"type": "null"}]}, {})
    'string'
    >>> kind_of({"type": "array", "items": {"enum": ["a", "b"]}}, {})
    'a | b …'
    """
    if "$ref" in told:
        return kind_of(schema["components"]["schemas"][told["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in told or "allOf" in told:
        kinds = (kind_of(one, schema) for one in told.get("anyOf", told.get("allOf", ())))
        return " | ".join(kind for kind in kinds if kind != "null")
    if "enum" in told:
        return " | ".join(str(value) for value in told["enum"])
    if told.get("type") == "array":
        return f"{kind_of(told['items'], schema)} …"
    return told.get("type", "")
