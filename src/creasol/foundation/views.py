"""The two pages of the foundation: the choice of language, and the components side by side."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from . import gallery

YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # a token on every page would keep public pages out of the cache; only the language is at stake
@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language chosen, and go back to the page one comes from."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        address = resolve_url(settings.LOGOUT_REDIRECT_URL)
    response = HttpResponseRedirect(address)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.PRODUCTION,
            httponly=True,
        )
    return response


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    return render(request, "foundation/components.html", gallery.context(request))
