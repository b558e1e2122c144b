"""What everyone may read."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from creasol.foundation.pagination import page_of
from creasol.network.queries.organisations import directory, organisation_page, organisations_visible_to


@require_safe
@login_not_required
def organisation_list(request):
    found = directory(
        text=request.GET.get("q", "")[:200],
        commune=request.GET.get("commune", ""),
        section=request.GET.get("activite", ""),
    )
    return render(
        request,
        "network/organisation_list.html",
        {"directory": found, "page": page_of(found.organisations, request, size=24)},
    )


@require_safe
@login_not_required
def organisation(request, slug):
    today = timezone.localdate()
    visible = organisations_visible_to(request.user, on=today).select_related("commune")
    page = organisation_page(get_object_or_404(visible, slug=slug), on=today)
    return render(request, "network/organisation.html", {"page": page, "organisation": page.organisation})
