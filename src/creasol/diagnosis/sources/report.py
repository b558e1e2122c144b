"""What became of the rows of the files: used, left aside as not concerned, refused by reason."""

from dataclasses import dataclass, field

EXAMPLES = 20


@dataclass(frozen=True)
class Example:
    """One refused row: the file, its line (0 when the format has no lines), the reason and what was met."""

    file: str
    line: int
    reason: str
    met: str


@dataclass
class Report:
    """The account of one import.

    ``left_aside`` counts rows that are sound but not asked for (a closed establishment), ``refused`` rows
    that cannot be used, ``notes`` other facts (rows folded from a former commune into today's); all by the
    keys of `reasons`.
    """

    files: list[str] = field(default_factory=list)
    rows_read: int = 0
    rows_used: int = 0
    left_aside: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def leave_aside(self, reason: str, count: int) -> None:
        if count:
            self.left_aside[reason] = self.left_aside.get(reason, 0) + count

    def refuse(self, reason: str, count: int, examples: list[Example] = ()) -> None:
        if count:
            self.refused[reason] = self.refused.get(reason, 0) + count
            self.examples.extend(examples[: max(0, EXAMPLES - len(self.examples))])

    def note(self, fact: str, count: int) -> None:
        if count:
            self.notes[fact] = self.notes.get(fact, 0) + count
