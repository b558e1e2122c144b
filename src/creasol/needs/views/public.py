"""What everyone may read; authors and staff see candidates on the same pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file
from creasol.needs.exports import need_header, need_rows
from creasol.needs.models import Need
from creasol.needs.queries.needs import NeedList, need_list, need_page
from creasol.needs.signals import need_page as need_page_made
from creasol.territories.sections import page_sections


def asked(request) -> NeedList:
    """Return what the address asks of the needs."""
    return need_list(
        request.user,
        territory=request.GET.get("territoire", ""),
        theme=request.GET.get("theme", ""),
        state=request.GET.get("etat", ""),
    )


@require_safe
@login_not_required
def needs(request):
    found = asked(request)
    address = f"{reverse('needs:needs_csv')}?{request.GET.urlencode()}".rstrip("?")
    context = {
        "found": found,
        "page": page_of(found.needs, request, size=24),
        "downloads": [(_("These needs (CSV)"), address)],
    }
    return render(request, "needs/need_list.html", context)


@require_safe
@login_not_required
def needs_csv(request):
    return csv_file("besoins.csv", need_header(), need_rows(asked(request).needs))


@require_safe
@login_not_required
def need(request, slug):
    try:
        page = need_page(slug, request.user)
    except Need.DoesNotExist as error:
        raise Http404 from error
    context = {
        "page": page,
        "need": page.need,
        "may_revise": request.user.has_perm("needs.revise_need"),
        "sections": page_sections(need_page_made, request, need=page.need),
        "breadcrumb": [
            (_("Needs"), reverse("needs:need_list")),
            (page.need.territory.name, f"{reverse('needs:need_list')}?territoire={page.need.territory.slug}"),
        ],
    }
    return render(request, "needs/need.html", context)
