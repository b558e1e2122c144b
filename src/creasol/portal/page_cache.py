"""Public pages from memory: a page stays until anything is written, by whatever process.

Everything that changes a public page is journalled, so an answer is kept under the version of the journal read
before the page was made: a page made while somebody writes is kept under a version that nobody will ask for.
Whoever is signed in, holds a message or sends a form is never answered from here, nor is their page kept.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from creasol.journal.queries import site_version

LARGEST_PAGE = 500_000
STEP = 5  # minutes
LONGEST_ADDRESS = 300
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
UNCACHED_HEADERS = ("HX-Request", "Authorization", "Range")
NOT_KEPT = {"Cache-Control", "Vary", "ETag"}


@dataclass(frozen=True)
class Page:
    """A page as it is answered."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


class Shelf:
    """Pages by address, the least recently read let go first; ``room`` is in bytes of bodies."""

    def __init__(self, room: int):
        self.room = room
        self.taken = 0
        self.pages: OrderedDict[tuple[str, ...], tuple[str, Page]] = OrderedDict()
        self.lock = Lock()

    def get(self, address: tuple[str, ...], version: str) -> Page | None:
        """Return the page of ``address`` if it was made at ``version``."""
        with self.lock:
            kept = self.pages.get(address)
            if kept is None or kept[0] != version:
                return None
            self.pages.move_to_end(address)
            return kept[1]

    def put(self, address: tuple[str, ...], version: str, page: Page) -> None:
        """Keep ``page``, in the place of the one made before at the same address."""
        with self.lock:
            former = self.pages.pop(address, None)
            if former:
                self.taken -= len(former[1].body)
            self.pages[address] = (version, page)
            self.taken += len(page.body)
            while self.taken > self.room:
                _, (_, oldest) = self.pages.popitem(last=False)
                self.taken -= len(oldest.body)

    def clear(self) -> None:
        """Let everything go."""
        with self.lock:
            self.pages.clear()
            self.taken = 0


# Whoever invents addresses fills the second shelf and leaves the first alone.
PLAIN, ASKED = Shelf(room=24_000_000), Shelf(room=8_000_000)


def page_cache(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer public pages from memory; stands before sessions, after the choice of the language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_public(request):
            return get_response(request)
        question = request.META.get("QUERY_STRING", "")
        shelf = ASKED if question else PLAIN
        address = (request.get_host(), request.scheme, request.path, question, request.LANGUAGE_CODE)
        version = f"{site_version()} {hour_of_the_clock(timezone.localtime())}"
        page = shelf.get(address, version)
        if page is None:
            response = get_response(request)
            if not is_the_same_for_all(request, response):
                return response
            page = page_of(response)
            shelf.put(address, version, page)
        return answer(request, page)

    return middleware


def hour_of_the_clock(now: datetime) -> str:
    """Return the moment as pages know it: what opens or closes at an hour does so at the five minutes it falls on."""
    return f"{now:%Y-%m-%d %H}:{now.minute // STEP * STEP:02}"


def is_public(request: HttpRequest) -> bool:
    """Tell whether the answer may be the same for everybody who asks so."""
    return (
        settings.PAGE_CACHE
        and request.method in ("GET", "HEAD")
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and not any(cookie in request.COOKIES for cookie in PERSONAL_COOKIES)
        and not any(header in request.headers for header in UNCACHED_HEADERS)
    )


def is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether ``response`` holds nothing personal: no cookie, no secret, no word against keeping."""
    return (
        response.status_code == 200  # noqa: PLR2004
        and request.method == "GET"
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE")
        and not response.has_header("Cache-Control")
        and not response.has_header("Content-Encoding")
        and len(response.content) <= LARGEST_PAGE
    )


def page_of(response: HttpResponse) -> Page:
    """Return what is kept of a response."""
    body = response.content
    headers = tuple((name, value) for name, value in response.items() if name not in NOT_KEPT)
    return Page(body=body, headers=headers, etag=f'"{blake2b(body, digest_size=12).hexdigest()}"')


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Return the page, or only that it has not changed when the reader's browser holds it already."""
    known = page.etag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponseNotModified() if known else HttpResponse(page.body)
    for name, value in page.headers:
        if not (known and name.startswith("Content-")):
            response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response
