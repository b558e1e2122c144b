"""What one text changed of another, word by word: paragraphs first, then the words of those that differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

KEPT, ADDED, REMOVED = "kept", "added", "removed"
MOST_WORDS = 2_000


@dataclass(frozen=True)
class Piece:
    """Words in a row that were kept, added or removed."""

    kind: str
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return the two texts as one, in pieces: what was kept and added makes ``after``, the rest ``before``.

    >>> [(piece.kind, piece.text) for piece in pieces("une crèche manque", "deux crèches manquent ici")][:2]
    [('removed', 'une crèche manque'), ('added', 'deux crèches manquent ici')]
    """
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(joined(compared(*lines, within=True)))


def compared(before: Sequence[str], after: Sequence[str], *, within: bool) -> Iterator[Piece]:
    """Yield the pieces of two rows of tokens; ``within``: look again inside those that took the place of others."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = "".join(before[start:end]), "".join(after[other_start:other_end])
        if kind == "equal":
            yield Piece(KEPT, old)
        elif kind == "replace" and within:
            yield from words_compared(old, new)
        else:
            yield Piece(REMOVED, old)
            yield Piece(ADDED, new)


def words_compared(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of two passages, word by word when they have much in common and are not too long."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    alike = SequenceMatcher(None, old, new, autojunk=False) if max(len(old), len(new)) <= MOST_WORDS else None
    if alike is None or alike.quick_ratio() < 0.5:  # noqa: PLR2004  half of the words: less is another text
        yield Piece(REMOVED, before)
        yield Piece(ADDED, after)
        return
    yield from compared(old, new, within=False)


def joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces with neighbours of one kind made one, and without empty ones."""
    for kind, group in groupby((piece for piece in found if piece.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))
