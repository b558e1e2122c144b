"""Pages behind a secret address: kept by no cache, shown to no search engine."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse


def secret_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the answer of a view out of caches and of search engines."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped
