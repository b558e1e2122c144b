"""A table found in what was given: Parquet or CSV, with its columns by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .refusals import BadInputError
from .workspace import named, quoted


@dataclass(frozen=True)
class Table:
    """One readable table: a local file, and the name under which the person knows it."""

    path: Path
    name: str
    columns: tuple[str, ...]
    separator: str = ""
    rows: int = 0

    @property
    def is_csv(self) -> bool:
        return bool(self.separator)

    def has(self, *names: str) -> bool:
        """Tell whether all the columns are there, whatever their case."""
        return {name.lower() for name in names} <= {column.lower() for column in self.columns}

    def found(self, name: str) -> str | None:
        """Return the column as the file writes it."""
        return next((column for column in self.columns if column.lower() == name.lower()), None)

    def text(self, name: str) -> str:
        """Return SQL for a column as text; NULL when the table lacks it: columns leave the schema."""
        column = self.found(name)
        if column is None:
            return "NULL::VARCHAR"
        return named(column) if self.is_csv else f"CAST({named(column)} AS VARCHAR)"

    def need(self, names: Iterable[str]) -> None:
        """Raise a `BadInputError` that names the columns which the table lacks."""
        missing = [name for name in names if not self.has(name)]
        if missing:
            raise BadInputError(
                _("%(file)s: missing column %(missing)s; columns found: %(found)s")
                % {"file": self.name, "missing": ", ".join(missing), "found": ", ".join(self.columns[:12])}
            )

    def scan(self) -> str:
        """Return SQL that reads the table; malformed lines of a CSV go to the engine's table of rejects."""
        if not self.is_csv:
            return f"read_parquet({quoted(self.path)})"
        columns = ", ".join(f"{quoted(column)}: 'VARCHAR'" for column in self.columns)
        return (
            f"read_csv({quoted(self.path)}, header=true, auto_detect=false, delim={quoted(self.separator)}, "
            f"quote='\"', escape='\"', columns={{{columns}}}, store_rejects=true, rejects_limit=100000)"
        )
