"""The diagnosis as files."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_safe

from creasol.diagnosis import exports
from creasol.diagnosis.exports import Sheet
from creasol.diagnosis.figures import Diagnosis, lines_of
from creasol.diagnosis.queries.choices import Choice, ChoiceError
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.diagnosis.queries.establishments import establishments_of
from creasol.foundation.spreadsheets import csv_file

from . import changes
from .pages import asked, wanted_establishments
from .tabs import swaps


@require_safe
@login_not_required
def download(request: HttpRequest, name: str, suffix: str, slug: str = "") -> HttpResponse:
    """Answer a file of a diagnosis."""
    filename = f"{name}.{suffix}"
    if filename in changes.FILES:
        return changes.download(request, filename, slug)
    if filename not in SHEETS and filename != DOCUMENT:
        raise Http404
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return HttpResponseBadRequest(str(reason), content_type="text/plain; charset=utf-8")
    if filename == DOCUMENT:
        return JsonResponse(exports.document(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    return csv_file(filename, *SHEETS[filename](request, choice, found))


def figures(request: HttpRequest, choice: Choice, found: Diagnosis) -> Sheet:
    return exports.figures_sheet(found)


def communes(request: HttpRequest, choice: Choice, found: Diagnosis) -> Sheet:
    return exports.communes_sheet(lines_of(found, choice.communes))


def comparables(request: HttpRequest, choice: Choice, found: Diagnosis) -> Sheet:
    return exports.comparables_sheet(found, comparables_of(choice, **swaps(request)))


def establishments(request: HttpRequest, choice: Choice, found: Diagnosis) -> Sheet:
    rows = establishments_of(choice.communes, choice.perimeter, **wanted_establishments(request))
    return exports.establishments_sheet(rows)


DOCUMENT = "chiffres.json"
SHEETS: dict[str, Callable[[HttpRequest, Choice, Diagnosis], Sheet]] = {
    "chiffres.csv": figures,
    "communes.csv": communes,
    "comparables.csv": comparables,
    "etablissements.csv": establishments,
}
