"""What everyone reads: the published diagnoses, and each of their versions, out of the document alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.pagination import page_of
from creasol.reports.models import Publication
from creasol.reports.queries.publications import (
    document_of,
    newest_publication,
    publications,
    published_reports,
    versions_of,
)
from creasol.reports.tables import reading

LONGEST_QUESTION = 200


@require_safe
@login_not_required
def report_list(request: HttpRequest) -> HttpResponse:
    """List the published diagnoses, the latest first."""
    text = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\0", "").strip()
    context = {"page": page_of(published_reports(text=text), request, size=24), "text": text}
    return render(request, "reports/report_list.html", context)


@require_safe
@login_not_required
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the version in force."""
    try:
        found = newest_publication(slug)
    except Publication.DoesNotExist:
        raise Http404 from None
    return publication_page(request, found)


@require_safe
@login_not_required
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one version, that of today or an older one."""
    return publication_page(request, get_object_or_404(publications(), report__slug=slug, number=number))


def publication_page(request: HttpRequest, found: Publication) -> HttpResponse:
    """Show a version out of its document alone: nothing is computed anew."""
    document = document_of(found, get_language())
    versions = list(versions_of(found.report))
    address = reverse("reports:publication", args=[found.report.slug, found.number])
    context = {
        "publication": found,
        "document": document,
        "reading": reading(document),
        "versions": versions,
        "newest": versions[0],
        "trail": trail(found),
        "page_url": request.build_absolute_uri(address),
        "newest_url": request.build_absolute_uri(reverse("reports:report", args=[found.report.slug])),
        "downloads": downloads(address),
    }
    return render(request, "reports/publication.html", context)


def trail(found: Publication) -> list[tuple[str, str]]:
    """Return the way back from a publication."""
    territory = found.report.territory
    return [
        (_("Published diagnoses"), reverse("reports:report_list")),
        (territory.name, reverse("territories:territory", args=[territory.slug])),
    ]


def downloads(address: str) -> list[tuple[str, str]]:
    """Return the files of a version."""
    return [
        (_("Whole diagnosis (PDF)"), f"{address}diagnostic.pdf"),
        (_("Two-page summary (PDF)"), f"{address}synthese.pdf"),
        (_("Spreadsheet (ODS)"), f"{address}diagnostic.ods"),
        (_("Table (CSV)"), f"{address}diagnostic.csv"),
        (_("Data (JSON)"), f"{address}diagnostic.json"),
    ]
