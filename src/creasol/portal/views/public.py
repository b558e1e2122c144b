"""Home and search."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from creasol.portal.queries.home import home as home_page
from creasol.portal.queries.search import search as search_pages

EXAMPLES = ("Seclin", "59000", "Métropole européenne de Lille", "Couronne Sud", "recyclerie")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request, "portal/home.html", {"home": home_page(on=timezone.localdate()), "contact": settings.CONTACT}
    )


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    results = search_pages(request.GET.get("q", ""), kind=request.GET.get("genre", ""))
    return render(request, "portal/search.html", {"results": results, "examples": EXAMPLES})
