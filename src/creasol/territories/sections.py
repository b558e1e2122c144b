"""Sections that the floors above add to the pages of territories and communes.

An app above receives ``signals.territory_page`` (or ``commune_page``) and returns a ``PageSection``, or None
when it has nothing to say there; the page shows them by order.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.dispatch import Signal
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString


@dataclass(frozen=True, kw_only=True)
class PageSection:
    """A titled part of a page: ``template`` is rendered with ``context`` under a second heading."""

    title: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


class ShownSection(NamedTuple):
    """A section as the page prints it."""

    title: str
    html: SafeString


def page_sections(page: Signal, request: HttpRequest, **about: Any) -> list[ShownSection]:
    """Return what the floors above want on this page, by order; they are told the ``user`` too."""
    answers = (answer for _, answer in page.send(PageSection, user=request.user, **about))
    wanted = sorted((section for section in answers if section), key=lambda section: section.order)
    return [
        ShownSection(str(section.title), render_to_string(section.template, section.context, request))
        for section in wanted
    ]
