"""What changed between two vintages as tables and lines of a page: texts written as people read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table
from creasol.network.activities import activity_label

from .changes import Balance, Event
from .enums import Change, Family
from .evolution import Establishments, Evolution, signed
from .indicators.make_up import ACTIVITIES

SEVERAL = {
    Change.APPEARED: gettext_lazy("Appeared"),
    Change.MOVED_IN: gettext_lazy("Moved here from elsewhere"),
    Change.COUNTED: gettext_lazy("Counted as ESS since"),
    Change.DISAPPEARED: gettext_lazy("Disappeared"),
    Change.MOVED_OUT: gettext_lazy("Moved elsewhere"),
    Change.UNCOUNTED: gettext_lazy("No longer counted as ESS"),
    Change.MOVED_WITHIN: gettext_lazy("Moved within the territory"),
}
GOING = {Change.DISAPPEARED, Change.MOVED_OUT, Change.UNCOUNTED}


@dataclass(frozen=True)
class Count:
    """How many establishments one change happened to, and the address of their list."""

    change: Change
    number: int
    href: str

    @property
    def label(self) -> str:
        return str(SEVERAL[self.change])

    @property
    def text(self) -> str:
        """Return the number with its sign in the sum; in brackets when it is not in it."""
        if self.change == Change.MOVED_WITHIN:
            return f"({number(self.number)})"
        return signed(-self.number if self.change in GOING else self.number)


@dataclass(frozen=True)
class EventLine:
    """What became of an establishment, in words; ``where`` is its commune, or the one left and the one reached."""

    name: str
    change: str
    where: str
    activity: str
    family: str
    siret: str


def figures_table(evolution: Evolution) -> Table:
    """Return the figures of a source at both vintages, one line each."""
    former, newer = evolution.period
    columns = [
        Column(_("Figure")),
        Column(former, number=True),
        Column(newer, number=True),
        Column(_("Difference"), number=True),
    ]
    rows = [[line.label, *line.texts, line.difference_in_words] for line in evolution.lines]
    reasons = [line.after.reason or line.before.reason for line in evolution.lines]
    if any(reasons):
        columns.append(Column(_("Note")))
        rows = [[*row, reason] for row, reason in zip(rows, reasons, strict=True)]
    return Table(
        name="table-changed", caption=_("The figures at both dates"), columns=columns, rows=rows, quiet=True
    )


def families_table(evolution: Evolution, both: Establishments) -> Table:
    """Return what came and went in each family of the ESS."""
    labels = dict(Family.choices)
    return balances_table(evolution, both.by_family, labels, name="families", caption=_("By family"))


def sections_table(evolution: Evolution, both: Establishments) -> Table:
    """Return what came and went in each activity."""
    return balances_table(evolution, both.by_section, ACTIVITIES, name="sections", caption=_("By activity"))


def balances_table(
    evolution: Evolution, balances: Sequence[Balance], labels: Mapping[str, str], *, name: str, caption: str
) -> Table:
    """Return the balance of each class; the last row is the whole territory."""
    former, newer = evolution.period
    columns = [
        Column(_("Class")),
        Column(former, number=True),
        Column(_("Appeared"), number=True),
        Column(_("Arrived"), number=True),
        Column(_("Disappeared"), number=True),
        Column(_("Left"), number=True),
        Column(_("Other changes"), number=True),
        Column(newer, number=True),
    ]
    lines = [
        [one.before, one.appeared, one.moved_in, -one.disappeared, -one.moved_out, one.otherwise, one.after]
        for one in balances
    ]
    totals = [sum(column) for column in zip(*lines, strict=True)] or [0] * (len(columns) - 1)
    return Table(
        name=f"table-{name}",
        caption=caption,
        columns=columns,
        rows=[[str(labels[one.key]), *in_words(line)] for one, line in zip(balances, lines, strict=True)],
        foot=[_("Whole territory"), *in_words(totals)],
        compact=True,
    )


def in_words(line: Sequence[int]) -> list[str]:
    """Return the numbers of a balance: both stocks plain, what came and went with its sign."""
    former, *flows, newer = line
    return [number(former), *(signed(flow) if flow else "—" for flow in flows), number(newer)]


def counts(evolution: Evolution, both: Establishments) -> list[Count]:
    """Return how many establishments each change happened to, those of no change left out."""
    return [
        Count(change, both.counts[change], evolution.address(change=change.value) + "#one-by-one")
        for change in SEVERAL
        if both.counts[change]
    ]


def sum_table(evolution: Evolution, both: Establishments) -> Table:
    """Return how the number of establishments went from one date to the other, each step with its list."""
    former, newer = evolution.period
    before, after = both.totals
    found = counts(evolution, both)
    return Table(
        name="table-sum",
        caption=_("From one date to the other"),
        columns=[Column(_("Step")), Column(_("Establishments"), number=True)],
        rows=[[former, number(before)], *([count.label, count.text] for count in found)],
        links=["", *(count.href for count in found)],
        foot=[newer, number(after)],
        compact=True,
    )


def event_lines(events: Iterable[Event], both: Establishments) -> list[EventLine]:
    """Return what became of establishments as a page shows it."""
    return [
        EventLine(
            name=event.last.name,
            change=str(event.change.label),
            where=" → ".join(dict.fromkeys(both.communes[seen.commune] for seen in event.sides)),
            activity=activity_label(event.last.activity) or event.last.activity or "—",
            family=str(Family(event.last.family).label),
            siret=" → ".join(dict.fromkeys(grouped(seen.siret) for seen in event.sides)),
        )
        for event in events
    ]


def grouped(siret: str) -> str:
    """Return a SIRET as it is written: 123 456 789 00012."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
