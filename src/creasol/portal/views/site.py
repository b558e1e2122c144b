"""What the site says of itself: to its readers, to the law and to robots."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from creasol.diagnosis.queries.datasets import all_datasets
from creasol.portal.queries.sitemap import public_addresses


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/open_data.html", {"datasets": all_datasets()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"contact": settings.CONTACT})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request, "portal/privacy.html", {"contact": settings.CONTACT, "publisher": settings.PUBLISHER}
    )


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    known = {"contact": settings.CONTACT, "publisher": settings.PUBLISHER, "hosting": settings.HOSTING}
    return render(request, "portal/legal.html", known)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request, "portal/sitemap.xml", {"addresses": public_addresses()}, content_type="application/xml"
    )


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("foundation/favicon.svg"), permanent=True)


@login_not_required
@require_safe
def api_root(request: HttpRequest) -> HttpResponse:
    return redirect("api:openapi-view")
