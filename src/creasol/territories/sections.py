"""Sections that the floors above add to the pages of territories and communes.

An app above receives ``signals.territory_page`` (or ``commune_page``) and returns a ``PageSection``, or None
when it has nothing to say there; the page includes its template with its context, by order.
"""

from dataclasses import dataclass, field
from typing import Any

from django.dispatch import Signal
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class PageSection:
    """A titled part of a page: ``template`` is rendered with ``context`` (named ``section`` there) added."""

    title: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


def page_sections(page: Signal, **about: Any) -> tuple[PageSection, ...]:
    """Return what the floors above want on this page, by order."""
    answers = (answer for _, answer in page.send(PageSection, **about))
    return tuple(sorted((section for section in answers if section), key=lambda section: section.order))
