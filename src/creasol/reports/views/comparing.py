"""Two versions of one diagnosis side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.reports.comparing import Change, Comparison
from creasol.reports.comparing import compare as compare_documents
from creasol.reports.models import Publication
from creasol.reports.queries.publications import document_of, newest_publication, version_of, versions_of


@require_safe
@login_not_required
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed from version ``a`` to version ``b``: by default the newest and the one before it."""
    try:
        newest = newest_publication(slug)
        before, after = asked(request, newest)
    except (Publication.DoesNotExist, ValueError):
        raise Http404 from None
    language = get_language()
    old, new = document_of(before, language), document_of(after, language)
    comparison = compare_documents(old, new)
    title = document_of(newest, language).title
    context = {
        "title": title,
        "before": before,
        "after": after,
        "versions": list(versions_of(newest.report)),
        "comparison": comparison,
        "tables": [table for table in change_tables(comparison) if table.changes],
        "trail": [
            (_("Published diagnoses"), reverse("reports:report_list")),
            (title, reverse("reports:report", args=[slug])),
        ],
    }
    return render(request, "reports/comparison.html", context)


@dataclass(frozen=True)
class ChangeTable:
    """Changes of one sort under their heading."""

    name: str
    title: str
    changes: Sequence[Change]


def change_tables(found: Comparison) -> list[ChangeTable]:
    """Return the changes sort by sort, the figures first."""
    values = [one.value for one in found.figures if one.value.before != one.value.after]
    origins = [one.origin for one in found.figures if one.has_other_origin]
    bars = [ChangeTable(one.key, one.value.label, one.rows) for one in found.figures]
    fields = {
        "title": _("Title"),
        "territory": _("Territory"),
        "reference": _("Compared with"),
        "perimeter": _("What counts as ESS"),
    }
    return [
        ChangeTable(
            "frame", _("What it is about"), [replace(one, label=fields[one.label]) for one in found.frame]
        ),
        ChangeTable("values", _("Figures"), values),
        *bars,
        ChangeTable("thin", _("What is lacking"), found.thin),
        ChangeTable("comparables", _("Comparable territories"), found.comparables),
        ChangeTable("communes", _("The communes"), found.communes),
        ChangeTable("sources", _("Files imported"), found.sources),
        ChangeTable("origins", _("Sources and dates of figures"), origins),
    ]


def asked(request: HttpRequest, newest: Publication) -> tuple[Publication, Publication]:
    """Return the two versions that the address names, the older one first; ValueError when one is no number."""
    after = version_of(newest, int(request.GET.get("b") or newest.number))
    before = version_of(newest, int(request.GET.get("a") or max(after.number - 1, 1)))
    return tuple(sorted((before, after), key=lambda version: version.number))
