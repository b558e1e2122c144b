"""The programming interface: every app's routers under one roof, with a reference page of our own."""

from importlib.util import find_spec
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from ninja import NinjaAPI, Query, Router, Schema
from ninja.openapi.docs import DocsBase

from creasol import __version__

from .enums import EntryKind
from .queries.search import search
from .reference import chapters
from .words import LONGEST_QUESTION

DESCRIPTION = """\
Communes of France, territories, the figures of their diagnosis with sources and dates, their needs, the gatherings to
come and past, and the establishments of the social and solidarity economy (organisations only). Read-only, no key.

Public data keep their producers' licence, mostly the Licence Ouverte 2.0 (Etalab); what is computed from them is
offered under the same licence: say where it comes from and of what date it is.
"""
LICENCE = {"name": "Licence Ouverte 2.0", "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"}
ROUTERS = (
    "creasol.territories.api",
    "creasol.diagnosis.api",
    "creasol.needs.api",
    "creasol.gatherings.api",
    "creasol.network.api",
)


class Reference(DocsBase):
    """The reference as a plain page: Swagger's needs inline scripts, which no page of this site may hold."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **path_params: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=path_params)
        return render(request, "portal/api_reference.html", {"chapters": chapters(schema)})


class Found(Schema):
    """A page of the site that answers a question."""

    kind: str
    title: str
    detail: str
    url: str


class SearchAnswer(Schema):
    """What a question was understood as, how many pages answer it, and the first of each kind."""

    question: str
    words: list[str]
    total: int
    pages: list[Found]


class Problem(Schema):
    """Why there is no answer."""

    detail: Any


Question = Annotated[str, Query(max_length=LONGEST_QUESTION, description="A name, a postcode, a few words")]
Kind = Annotated[EntryKind | None, Query(description="Only pages of this kind, and more of them")]
router = Router(tags=["search"])


@router.get("/search", response={200: SearchAnswer, 422: Problem}, summary="Search the site")
def search_pages(request: HttpRequest, q: Question, kind: Kind = None) -> dict[str, Any]:
    """Find pages that hold every word asked: accents and plurals do not matter, the last word may be cut."""
    results = search(q, kind=kind or "")
    pages = [
        {"kind": group.kind.value, "title": hit.title, "detail": hit.detail, "url": hit.url}
        for group in results.groups
        for hit in group.hits
    ]
    return {"question": results.question, "words": results.words, "total": results.total, "pages": pages}


api = NinjaAPI(
    title="Création solidaire",
    version=__version__,
    description=DESCRIPTION,
    docs=Reference(),
    urls_namespace="api",
    openapi_extra={"info": {"license": LICENCE}},
)
for module in ROUTERS:
    if find_spec(module):
        api.add_router("", f"{module}.router")
api.add_router("", router)


def public_addresses() -> tuple[list[URLPattern], str, str]:
    """Return the interface's addresses, open to all: it shows nothing that the public pages do not."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace
