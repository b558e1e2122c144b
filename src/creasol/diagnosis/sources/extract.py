"""What a source yields: a vintage, an account of the rows, and streams of rows for our tables."""

from dataclasses import dataclass, field

from .report import Report


@dataclass(frozen=True)
class Stream:
    """Rows for one of our tables: ``columns`` in the order of the engine's table ``made``, how many."""

    table: str
    columns: tuple[str, ...]
    made: str
    count: int


@dataclass(frozen=True)
class Extract:
    """One vintage; ``labels`` are words for codes of measures, when the files carry them.

    ``synthetic`` when the rows themselves tell that software made them.
    """

    vintage: str
    report: Report
    streams: tuple[Stream, ...]
    labels: dict[str, str] = field(default_factory=dict)
    synthetic: bool = False
