"""Long lists page by page; addresses keep what was searched for."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


class LinkedPage(Page):
    """A page that knows the addresses of the others."""

    parameters = None

    def href(self, number: int) -> str:
        """Return the address of page ``number``; the first page has no number."""
        parameters = self.parameters.copy()
        parameters.pop("page", None)
        if number > 1:
            parameters["page"] = str(number)
        return f"?{parameters.urlencode()}" if parameters else "?"

    @property
    def previous_href(self) -> str:
        """Address of the page before."""
        return self.href(self.previous_page_number())

    @property
    def next_href(self) -> str:
        """Address of the page after."""
        return self.href(self.next_page_number())

    @property
    def numbers(self) -> list[tuple[int | str, str]]:
        """Pairs of page number and address around this page; the address of a gap is empty."""
        shown = self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [(number, self.href(number) if isinstance(number, int) else "") for number in shown]


class LinkedPaginator(Paginator):
    def _get_page(self, *args, **kwargs):
        return LinkedPage(*args, **kwargs)


def page_of(objects: QuerySet | Sequence, request: HttpRequest, *, size: int = 25) -> LinkedPage:
    """Return the page of ``objects`` that the address asks for (``?page=3``), or the nearest one."""
    page = LinkedPaginator(objects, size).get_page(request.GET.get("page"))
    page.parameters = request.GET
    return page
