"""Lists of what is thin, as the tables and drawings of a page (texts written as people read them), and as a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table

from .enums import Source, Verdict
from .figures import range_in_words
from .queries.thin import ThinLine, ThinList

SHORT = {
    Verdict.THIN: pgettext_lazy("verdict", "rarer"),
    Verdict.ALIKE: pgettext_lazy("verdict", "no proof"),
    Verdict.AMPLE: pgettext_lazy("verdict", "more frequent"),
    Verdict.UNSURE: pgettext_lazy("verdict", "cannot tell"),
}
WIDTH = 92  # percent of the drawing that the largest rate takes
SMALL = 0.1


@dataclass(frozen=True)
class Gauge:
    """Where the rates of a line stand in a drawing, in percent of its width."""

    low: float
    high: float
    here: float
    reference: float
    comparables: float | None

    @property
    def length(self) -> float:
        return self.high - self.low


def gauge(line: ThinLine) -> Gauge:
    """Return the places of the interval, of the rate here, of the reference's and of the comparables'."""
    scale = WIDTH / (max(line.high, line.reference_rate, line.comparables_rate or 0) or 1)
    others = None if line.comparables_rate is None else scale * line.comparables_rate
    return Gauge(scale * line.low, scale * line.high, scale * line.rate, scale * line.reference_rate, others)


def rate(value: float | None) -> str:
    """Return a rate per 1,000 inhabitants with two decimals, three for a very small one."""
    return number(value, 3 if value is not None and value < SMALL else 2)


def rates_in_words(listed: ThinList, line: ThinLine) -> str:
    """Return the rate of a line with its interval, and those of the others, in a sentence."""
    words = {
        "here": rate(line.rate),
        "interval": range_in_words(rate(line.low), rate(line.high)),
        "there": rate(line.reference_rate),
        "reference": listed.reference,
        "others": rate(line.comparables_rate),
    }
    if line.comparables_rate is None:
        return _("For 1,000 inhabitants: %(here)s here (%(interval)s), %(there)s in %(reference)s.") % words
    return (
        _(
            "For 1,000 inhabitants: %(here)s here (%(interval)s), %(there)s in %(reference)s, "
            "%(others)s in the comparable territories."
        )
        % words
    )


def thin_table(listed: ThinList, lines: Sequence[ThinLine], *, name: str, caption: str) -> Table:
    """Return lines with all their numbers, those of the comparable territories only when there are some."""
    against_others = bool(listed.comparables)
    columns = [
        Column(_("Type")),
        Column(_("Number here"), number=True),
        Column(_("Expected"), number=True),
        Column(_("Missing"), number=True),
        Column(_("Per 1,000 inhabitants"), number=True),
        Column(_("95% interval"), number=True),
        Column(_("Reference"), number=True),
        Column(_("Against the reference")),
    ]
    if against_others:
        columns += [Column(_("Comparables"), number=True), Column(_("Against the comparables"))]
    rows = [
        [
            line.label,
            number(line.count),
            number(line.expected, 1),
            number(line.shortfall, 1),
            rate(line.rate),
            range_in_words(rate(line.low), rate(line.high)),
            rate(line.reference_rate),
            str(SHORT[line.verdict]),
        ]
        + ([rate(line.comparables_rate), str(SHORT[line.comparables_verdict])] if against_others else [])
        for line in lines
    ]
    return Table(name=name, caption=caption, columns=columns, rows=rows, quiet=True, compact=True)


def thin_sheet(listed: ThinList) -> tuple[list[str], Iterator[list]]:
    """Return what is held against the reference and the comparable territories, type by type; rates per 1,000."""
    header = [
        "code", _("label"), _("family"), _("count"), _("rate per 1,000 inhabitants"), _("low"), _("high"),
        _("rate of the reference"), _("expected"), _("shortfall"), _("verdict"), _("rate of the comparables"),
        _("verdict against the comparables"), _("reference"), _("comparables"), _("source"), _("vintage"),
        _("synthetic"), _("note"),
    ]  # fmt: skip
    return header, (thin_row(listed, line) for line in listed.lines)


def thin_row(listed: ThinList, line: ThinLine) -> list:
    """Return one type as a line of its sheet."""
    return [
        line.measure,
        line.label,
        line.family,
        line.count,
        line.rate,
        line.low,
        line.high,
        line.reference_rate,
        line.expected,
        line.shortfall,
        line.verdict.value,
        line.comparables_rate,
        "" if line.comparables_verdict is None else line.comparables_verdict.value,
        listed.reference,
        " ; ".join(listed.comparables),
        str(Source(listed.origin.source).label),
        listed.origin.vintage,
        int(listed.synthetic),
        listed.note,
    ]
