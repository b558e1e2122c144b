"""The needs as rows: one per figure, and one for a need that rests on none; what people said as rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Author, Contribution, Evidence, Need
from .signals import SaidAt

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


def contribution_header(*, contacts: bool = False) -> list[str]:
    """Return the headings of ``contribution_rows``."""
    header = [
        _("noted on"),
        _("territory"),
        _("edition"),
        _("theme"),
        _("said at"),
        _("kind"),
        _("words"),
        _("words may be shown"),
        _("state"),
        _("reason"),
        _("need"),
        _("settled on"),
        _("made-up example"),
    ]
    return (
        [*header, _("name"), _("organisation"), _("e-mail address"), _("telephone")] if contacts else header
    )


def contribution_rows(
    contributions: Iterable[Contribution], places: dict[int, SaidAt], *, contacts: bool = False
) -> Iterator[list[Any]]:
    """Return what people said as rows; names and ways to reach people only with ``contacts``."""
    for contribution in contributions:
        place, settled = places.get(contribution.pk), contribution.settled_at
        row = [
            timezone.localtime(contribution.noted_at).date(),
            contribution.territory.name,
            contribution.edition.name if contribution.edition else None,
            contribution.theme.name if contribution.theme else None,
            place.label if place else None,
            contribution.get_kind_display(),
            contribution.words,
            yes_or_no(contribution.may_be_shown),
            contribution.get_state_display(),
            contribution.reason,
            contribution.need.statement if contribution.need else None,
            timezone.localtime(settled).date() if settled else None,
            yes_or_no(contribution.is_example),
        ]
        if contacts:
            organisation = contribution.organisation.name if contribution.organisation else None
            row += [contribution.name, organisation, contribution.email, contribution.phone]
        yield row
