"""Up to four territories side by side."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.diagnosis import exports
from creasol.diagnosis.comparisons import MOST, Comparison, compare_territories
from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.diagnosis.tables import comparison_bars, comparison_table, definitions_table
from creasol.foundation.spreadsheets import csv_file
from creasol.territories.queries import comparable_territories


def asked(request: HttpRequest) -> Comparison:
    """Return the comparison of the address: ``t`` for each territory, ``perimeter``."""
    return compare_territories(
        slugs=[slug for slug in request.GET.getlist("t") if slug], perimeter=request.GET.get("perimeter", "")
    )


@require_safe
@login_not_required
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to four territories side by side, and the form that chooses them."""
    reason = ""
    try:
        comparison = asked(request)
    except ChoiceError as error:
        comparison, reason = Comparison((), PerimeterMode.INSEE), str(error)
    offered = list(comparable_territories())
    offered += [
        found.place.territory for found in comparison.diagnoses if found.place.territory not in offered
    ]
    query = request.GET.urlencode()
    context = {
        "comparison": comparison,
        "reason": reason,
        "territories": offered,
        "slots": list(enumerate([*comparison.slugs, *[""] * MOST][:MOST], start=1)),
        "modes": PerimeterMode.choices,
        "trail": [(_("Territories"), reverse("territories:territory_list"))],
        "table": comparison_table(comparison),
        "charts": comparison_bars(comparison),
        "definitions": definitions_table(comparison.diagnoses[0]) if comparison.diagnoses else None,
        "downloads": [("CSV", f"{reverse('diagnosis:compare_file')}?{query}")],
        "page_url": request.build_absolute_uri(),
    }
    return render(request, "diagnosis/comparison.html", context, status=400 if reason else 200)


@require_safe
@login_not_required
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Answer the same figures as a table, one column for each territory."""
    try:
        comparison = asked(request)
    except ChoiceError as reason:
        return HttpResponse(str(reason), status=400, content_type="text/plain; charset=utf-8")
    return csv_file("comparaison.csv", *exports.comparison_sheet(comparison))
