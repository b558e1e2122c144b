"""A territory at two vintages of one source: the figures that changed, and what became of its establishments."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation import numbers
from creasol.network.activities import section_of

from .changes import Balance, Event, Seen, balances, events_between
from .enums import Change, Source
from .figures import Diagnosis, Figure, diagnose, vintage_in_words
from .indicators import Row, Unit
from .models import Dataset
from .queries.changes import datasets_at, establishments_in_both, names_of_communes, vintages
from .queries.choices import Choice, ChoiceError


@dataclass(frozen=True)
class Line:
    """A number at both vintages; ``rows`` are the two lines of its class, for a figure that has classes."""

    before: Figure
    after: Figure
    rows: tuple[Row, Row] | None = None

    @property
    def label(self) -> str:
        return f"{self.after.label} : {self.rows[1].label}" if self.rows else self.after.label

    @property
    def texts(self) -> tuple[str, str]:
        """Return both as people read them; of a class, the number and its rate in brackets."""
        if self.rows:
            first, last = (
                f"{numbers.number(row.count)} ({self.after.shown(row.value)})" for row in self.rows
            )
            return first, last
        return self.before.text, self.after.text

    @property
    def values(self) -> tuple[float | None, float | None]:
        """Return what is subtracted: counts of a class, values of a number; a range has none."""
        if self.rows:
            return self.rows[0].count, self.rows[1].count
        return self.before.value, self.after.value

    @property
    def difference(self) -> float | None:
        """Return the newer less the former."""
        former, newer = self.values
        return None if former is None or newer is None else newer - former

    @property
    def difference_in_words(self) -> str:
        """Return « +14 (+6,5 %) », « −0,3 pt », « 2 places gagnées »."""
        if self.difference is None:
            return "—"
        if not self.difference:
            return "="
        if self.after.indicator.unit == Unit.RANK:
            return places_in_words(-int(self.difference))
        if self.after.indicator.unit == Unit.FRACTION:
            points = signed(100 * self.difference, self.after.indicator.decimals)
            return _("%(points)s pt") % {"points": points}
        change = signed(self.difference, 0 if self.rows else self.after.indicator.decimals)
        former = self.values[0]
        return f"{change} ({signed_percent(self.difference / former)})" if former else change


@dataclass(frozen=True)
class Establishments:
    """The ESS establishments of a territory at both vintages, and what happened in between."""

    before: list[Seen]
    after: list[Seen]
    events: list[Event]
    communes: Mapping[str, str]

    @cached_property
    def counts(self) -> Counter[Change]:
        """Return how many establishments each change happened to."""
        return Counter(event.change for event in self.events)

    @property
    def moved_within(self) -> int:
        """Return how many moved and stayed in the territory."""
        return self.counts[Change.MOVED_WITHIN]

    @property
    def totals(self) -> tuple[int, int]:
        """Return how many the territory had, and has."""
        return sum(seen.within for seen in self.before), sum(seen.within for seen in self.after)

    @property
    def by_family(self) -> list[Balance]:
        return balances(self.before, self.after, self.events, lambda seen: seen.family)

    @property
    def by_section(self) -> list[Balance]:
        return balances(self.before, self.after, self.events, lambda seen: section_of(seen.activity))


@dataclass(frozen=True)
class Evolution:
    """Two vintages of a source compared; without two of any source, ``former`` and ``newer`` are None.

    ``offered`` are the sources of which two vintages can be compared. ``establishments`` is None for any source but
    the register, and where one of the two vintages does not cover these communes (``reason``).
    """

    offered: Mapping[Source, list[Dataset]]
    after: Diagnosis
    source: Source | None = None
    former: Dataset | None = None
    newer: Dataset | None = None
    before: Diagnosis | None = None
    establishments: Establishments | None = None
    reason: str = ""

    @property
    def period(self) -> tuple[str, str]:
        """Return both vintages in words."""
        return vintage_in_words(self.former.vintage), vintage_in_words(self.newer.vintage)

    @property
    def origin_in_words(self) -> str:
        """Return the source and both vintages, and that their rows are made up when they are."""
        former, newer = self.period
        words = {"source": self.source.label, "former": former, "newer": newer}
        if self.synthetic:
            return _("%(source)s, %(former)s and %(newer)s (example data, synthetic)") % words
        return _("%(source)s, %(former)s and %(newer)s") % words

    @property
    def vintages(self) -> tuple[str, str]:
        """Return both vintages as their files write them."""
        return self.former.vintage, self.newer.vintage

    @property
    def synthetic(self) -> bool:
        return self.former is not None and (self.former.synthetic or self.newer.synthetic)

    @cached_property
    def lines(self) -> list[Line]:
        """Return the figures that the source gives, at both vintages."""
        if self.before is None:
            return []
        return [
            line
            for figure in self.after.figures
            if figure.indicator.source == self.source and figure.indicator.unit != Unit.PER_YEAR
            for line in lines_of(self.before[figure.key], figure)
        ]

    @property
    def words(self) -> dict[str, str]:
        """Return the words of the address that lead to these two vintages."""
        if self.former is None:
            return {}
        return {"source": self.source.value, "from": self.former.vintage, "to": self.newer.vintage}

    def address(self, name: str = "evolution/", **more: str) -> str:
        """Return the path of this page, or of one of its files."""
        return self.after.address(name, **{**self.words, **more})


def evolution_of(choice: Choice, *, source: str = "", former: str = "", newer: str = "") -> Evolution:
    """Compare two vintages of a source over the communes of ``choice``.

    Without words, the register's two newest vintages, or those of the first source that has two. Raises
    ``ChoiceError`` for a source or a vintage that is not here, or twice the same.
    """
    offered = vintages(choice.communes)
    if not offered:
        return Evolution(offered, diagnosed(choice))
    if source and source not in offered:
        raise ChoiceError(_("There are no two vintages of %(source)s to compare.") % {"source": source})
    asked = Source(source) if source else next(iter(offered))
    first, last = sorted(
        (vintage(offered[asked], former, -2), vintage(offered[asked], newer, -1)), key=lambda one: one.vintage
    )
    if first == last:
        raise ChoiceError(_("Choose two different vintages."))
    before, after = (diagnosed(choice, datasets_at(dataset)) for dataset in (first, last))
    found = Evolution(offered, after, asked, first, last, before)
    if asked != Source.SIRENE:
        return found
    reason = before["ess_establishments"].reason or after["ess_establishments"].reason
    if reason:
        return Evolution(offered, after, asked, first, last, before, reason=reason)
    return Evolution(offered, after, asked, first, last, before, establishments(choice, first, last))


def vintage(datasets: list[Dataset], wanted: str, usual: int) -> Dataset:
    """Return the dataset of the vintage that is wanted, the one at the place ``usual`` without a word."""
    if not wanted:
        return datasets[usual]
    for dataset in datasets:
        if dataset.vintage == wanted:
            return dataset
    known = ", ".join(dataset.vintage for dataset in datasets)
    words = {"vintage": wanted, "known": known}
    raise ChoiceError(_("Unknown vintage: %(vintage)s (known: %(known)s)") % words)


def diagnosed(choice: Choice, datasets: list[Dataset] | None = None) -> Diagnosis:
    """Return the figures of the communes chosen, out of some datasets."""
    return diagnose(
        communes=choice.communes,
        reference=choice.reference,
        perimeter=choice.perimeter,
        territory=choice.territory,
        datasets=datasets,
    )


def establishments(choice: Choice, former: Dataset, newer: Dataset) -> Establishments:
    """Return the establishments of both vintages and what became of them."""
    before, after = establishments_in_both(choice.communes, choice.perimeter, former, newer)
    events = events_between(before, after)
    codes = {seen.commune for event in events for seen in (event.before, event.after) if seen}
    return Establishments(before, after, events, names_of_communes(codes))


def lines_of(before: Figure, after: Figure) -> list[Line]:
    """Return the line of a number; of a figure that has classes, one line each.

    The classes of the register are told by what came and went.
    """
    if not after.is_bars:
        return [Line(before, after)]
    if after.indicator.source == Source.SIRENE:
        return []
    former = {row.key: row for row in before.rows}
    return [Line(before, after, (former[row.key], row)) for row in after.rows if row.key in former]


def signed(value: float, decimals: int = 0) -> str:
    """Return a number with its sign."""
    text = numbers.number(value, decimals)
    return f"+{text}" if value > 0 else text


def signed_percent(fraction: float) -> str:
    """Return a change in percent with its sign."""
    text = numbers.percent(fraction)
    return f"+{text}" if fraction > 0 else text


def places_in_words(gained: int) -> str:
    """Return how many places a territory went up, or down."""
    if gained > 0:
        return ngettext("%(count)d place up", "%(count)d places up", gained) % {"count": gained}
    return ngettext("%(count)d place down", "%(count)d places down", -gained) % {"count": -gained}
