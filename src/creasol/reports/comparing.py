"""Two versions of a diagnosis, figure by figure and word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from .differences import Piece, pieces
from .document.schema import Document, Figure, Row, Section, Thin


@dataclass(frozen=True)
class Change:
    """Something that one version says otherwise than the other; what one of them lacks is an empty text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FigureChange:
    """A figure whose number, or the source of it, is not the same in both versions; bars line by line."""

    key: str
    value: Change
    origin: Change
    rows: tuple[Change, ...] = ()

    @property
    def has_other_value(self) -> bool:
        return self.value.before != self.value.after or bool(self.rows)

    @property
    def has_other_origin(self) -> bool:
        return self.origin.before != self.origin.after


@dataclass(frozen=True)
class TextChange:
    """A section that was added, removed or rewritten: its titles, and its words in pieces."""

    title: Change
    text: tuple[Piece, ...]
    figures: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """What changed from one version to another."""

    frame: tuple[Change, ...]
    communes: tuple[Change, ...]
    sources: tuple[Change, ...]
    figures: tuple[FigureChange, ...]
    unchanged: int
    texts: tuple[TextChange, ...]
    thin: tuple[Change, ...]
    comparables: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.frame, self.communes, self.sources, self.figures, self.texts, self.thin, self.comparables)
        )


def compare(before: Document, after: Document) -> Comparison:
    """Return what changed from ``before`` to ``after``, two documents in one language."""
    figures = figures_changed(before, after)
    return Comparison(
        frame=frame_changed(before, after),
        communes=changed(
            {one.code: one.name for one in before.place.communes},
            {one.code: one.name for one in after.place.communes},
        ),
        sources=changed(vintages(before), vintages(after), labelled_by_key=True),
        figures=figures,
        unchanged=len(after.figures) - sum(1 for one in figures if one.key in after.figures),
        texts=texts_changed(before, after),
        thin=changed_lines(before, after),
        comparables=changed(
            {one.key: one.name for one in before.comparables},
            {one.key: one.name for one in after.comparables},
        ),
    )


def frame_changed(before: Document, after: Document) -> tuple[Change, ...]:
    """Return the changes of what the whole is about: title, reference, perimeter; labels are names of fields."""
    lines = (
        Change("title", before.title, after.title),
        Change("territory", before.place.name, after.place.name),
        Change("reference", reference_name(before), reference_name(after)),
        Change("perimeter", perimeter_name(before), perimeter_name(after)),
    )
    return tuple(line for line in lines if line.before != line.after)


def reference_name(document: Document) -> str:
    """Return the name of the territory compared with, or nothing."""
    return document.reference.name if document.reference else ""


def perimeter_name(document: Document) -> str:
    """Return which rules say what is ESS."""
    return f"{document.perimeter.label} ({document.perimeter.version})"


def vintages(document: Document) -> dict[str, str]:
    """Return the vintages of each source, by its title."""
    found: dict[str, list[str]] = {}
    for source in document.sources:
        found.setdefault(source.source, []).append(source.vintage)
    return {title: ", ".join(sorted(each)) for title, each in found.items()}


def changed(
    before: Mapping[str, str], after: Mapping[str, str], *, labelled_by_key: bool = False
) -> tuple[Change, ...]:
    """Return the entries that are not the same in both, in the order of ``after``, then those that are gone."""
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(
        Change(
            key if labelled_by_key else after.get(key) or before[key], before.get(key, ""), after.get(key, "")
        )
        for key in keys
        if before.get(key) != after.get(key)
    )


def figures_changed(before: Document, after: Document) -> tuple[FigureChange, ...]:
    """Return the figures that are not the same in both, in the order of ``after``, then those that are gone."""
    keys = [*after.figures, *(key for key in before.figures if key not in after.figures)]
    found = (figure_changed(key, before.figures.get(key), after.figures.get(key)) for key in keys)
    return tuple(one for one in found if one.has_other_value or one.has_other_origin)


def figure_changed(key: str, before: Figure | None, after: Figure | None) -> FigureChange:
    """Return what changed of one figure, the one it may lack in either version included."""
    label = (after or before).label
    return FigureChange(
        key,
        value=Change(label, shown(before), shown(after)),
        origin=Change(label, before.origin if before else "", after.origin if after else ""),
        rows=changed_rows(before, after),
    )


def shown(figure: Figure | None) -> str:
    """Return a figure as people read it: its number, or why it is not there; bars are told by their rows."""
    if figure is None or figure.rows:
        return ""
    text = figure.reason or figure.text
    return f"{text} ({figure.reference_text})" if figure.reference_text and not figure.reason else text


def changed_rows(before: Figure | None, after: Figure | None) -> tuple[Change, ...]:
    """Return the lines of bars that are not the same in both."""
    old, new = ({row.key: row for row in figure.rows} if figure else {} for figure in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    lines = (
        Change((new.get(key) or old[key]).label, row_text(old.get(key)), row_text(new.get(key)))
        for key in keys
    )
    return tuple(line for line in lines if line.before != line.after)


def row_text(row: Row | None) -> str:
    """Return a line of bars in words: its value, and the number behind it."""
    if row is None:
        return ""
    return row.text if row.count is None or row.count == row.value else f"{row.text} ({row.count:g})"


def texts_changed(before: Document, after: Document) -> tuple[TextChange, ...]:
    """Return the sections that are not the same in both.

    Sections are the same one when they have one title; of the others, the first goes with the first and so on.
    """
    labels = {key: figure.label for document in (before, after) for key, figure in document.figures.items()}
    titles = {section.title for section in after.sections} & {section.title for section in before.sections}
    renamed = zip_longest(
        (section for section in before.sections if section.title not in titles),
        (section for section in after.sections if section.title not in titles),
    )
    old = {section.title: section for section in before.sections}
    pairs = [(old[section.title], section) for section in after.sections if section.title in titles]
    found = (text_changed(one, other, labels) for one, other in (*pairs, *renamed))
    return tuple(one for one in found if one is not None)


def text_changed(
    before: Section | None, after: Section | None, labels: Mapping[str, str]
) -> TextChange | None:
    """Return what changed of a section, the one it may lack in either version included; None when nothing."""
    old, new = before or Section(title=""), after or Section(title="")
    if (old.title, old.text, old.indicators) == (new.title, new.text, new.indicators):
        return None
    title = Change(new.title or old.title, old.title, new.title)
    figures = changed(*({key: labels.get(key, key) for key in one.indicators} for one in (old, new)))
    return TextChange(title, pieces(old.text, new.text), figures)


def changed_lines(before: Document, after: Document) -> tuple[Change, ...]:
    """Return the facilities and activities that one version says to be lacking otherwise than the other."""
    old, new = (
        {(line.kind, line.key): line for one in document.thin for line in one.lines}
        for document in (before, after)
    )
    keys = [*new, *(key for key in old if key not in new)]
    lines = (
        Change((new.get(key) or old[key]).label, thin_text(old.get(key)), thin_text(new.get(key)))
        for key in keys
    )
    return tuple(line for line in lines if line.before != line.after)


def thin_text(line: Thin | None) -> str:
    """Return a line of what is lacking in words: how many there are, and what that says."""
    return "" if line is None else f"{line.count} · {line.verdict_text}"
