"""The needs as rows: one per figure, and one for a need that rests on none."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Author, Evidence, Need

EMPTY = Evidence()


def need_header() -> list[str]:
    """Return the headings of ``need_rows``."""
    return [
        _("address"),
        _("statement"),
        _("state"),
        _("territory"),
        _("edition"),
        _("theme"),
        _("recorded on"),
        _("authors"),
        _("measure"),
        _("figure"),
        _("number"),
        _("value"),
        _("low"),
        _("high"),
        _("unit"),
        _("compared with"),
        _("value compared with"),
        pgettext("need", "missing"),
        _("source"),
        _("vintage"),
        _("synthetic"),
        _("made-up example"),
    ]


def need_rows(needs: Iterable[Need]) -> Iterator[list[Any]]:
    """Return the needs as rows, figure by figure."""
    for need in needs:
        head = [
            need.slug,
            need.statement,
            need.get_state_display(),
            need.territory.name,
            need.edition.name if need.edition else None,
            need.theme.name if need.theme else None,
            timezone.localtime(need.recorded_at).date(),
            ", ".join(filter(None, map(signature, need.authors.all()))),
        ]
        for figure in need.evidence.all() or [EMPTY]:
            yield [*head, *figure_cells(figure), yes_or_no(need.is_example)]


def signature(author: Author) -> str:
    """Return what everyone may read of an author: the name shown, the organisation."""
    parts = [author.name, author.organisation.name if author.organisation else ""]
    return ", ".join(filter(None, parts))


def figure_cells(figure: Evidence) -> list[Any]:
    return [
        figure.measure,
        figure.label,
        figure.count,
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.compared_with,
        figure.compared_value,
        figure.shortfall,
        figure.source,
        figure.vintage,
        yes_or_no(figure.synthetic) if figure.pk else None,
    ]


def yes_or_no(fact: bool) -> str:
    return _("yes") if fact else _("no")
