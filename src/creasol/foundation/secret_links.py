"""Pages behind a secret address: kept by no cache, shown to no search engine.

The address goes to no other site (``foundation.middleware``: same-origin); with no referrer at all, browsers would
send forms with the origin "null", and they would be refused as if another site had sent them.
"""

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
        return response

    return wrapped
