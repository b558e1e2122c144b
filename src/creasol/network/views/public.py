"""What everyone may read."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file
from creasol.network.exports import organisation_header, organisation_row
from creasol.network.queries.organisations import (
    Directory,
    address_today,
    directory,
    organisation_page,
    organisations_visible_to,
)

LONGEST_QUESTION = 200


def asked(request) -> Directory:
    """Return what the address asks of the directory."""
    return directory(
        on=timezone.localdate(),
        text=request.GET.get("q", "")[:LONGEST_QUESTION],
        commune=request.GET.get("commune", ""),
        section=request.GET.get("activite", ""),
    )


@require_safe
@login_not_required
def organisation_list(request):
    found = asked(request)
    context = {
        "directory": found,
        "page": page_of(found.organisations, request, size=24),
        "downloads": [
            (_("These organisations (CSV)"), f"annuaire.csv?{request.GET.urlencode()}".rstrip("?"))
        ],
    }
    return render(request, "network/organisation_list.html", context)


@require_safe
@login_not_required
def directory_csv(request):
    rows = map(organisation_row, asked(request).organisations)
    return csv_file("annuaire.csv", organisation_header(), rows)


@require_safe
@login_not_required
def organisation(request, slug):
    """Show an organisation; the address of a merged entry leads to the one kept, as long as it stays merged."""
    if merged_into := address_today(slug):
        return redirect("network:organisation", merged_into)
    today = timezone.localdate()
    visible = organisations_visible_to(request.user, on=today).select_related("commune").with_freshness(today)
    page = organisation_page(get_object_or_404(visible, slug=slug), on=today)
    return render(request, "network/organisation.html", {"page": page, "organisation": page.organisation})
