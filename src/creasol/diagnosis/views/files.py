"""The diagnosis as files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_safe

from creasol.diagnosis import exports
from creasol.diagnosis.figures import lines_of
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.diagnosis.queries.establishments import establishments_of
from creasol.foundation.spreadsheets import csv_file

from .pages import asked
from .tabs import swaps

FILES = {"chiffres.csv", "chiffres.json", "communes.csv", "comparables.csv", "etablissements.csv"}


@require_safe
@login_not_required
def download(request: HttpRequest, name: str, suffix: str, slug: str = "") -> HttpResponse:
    """Answer a file of a diagnosis: figures, communes or establishments."""
    filename = f"{name}.{suffix}"
    if filename not in FILES:
        raise Http404
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return HttpResponseBadRequest(str(reason), content_type="text/plain; charset=utf-8")
    if suffix == "json":
        return JsonResponse(exports.document(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    if name == "chiffres":
        return csv_file(filename, *exports.figures_sheet(found))
    if name == "communes":
        lines = lines_of(found, choice.communes)
        return csv_file(filename, *exports.communes_sheet(lines))
    if name == "comparables":
        return csv_file(filename, *exports.comparables_sheet(found, comparables_of(choice, **swaps(request))))
    wanted = {key: request.GET.get(key, "") for key in ("section", "family", "commune")}
    wanted["only"] = bool(request.GET.get("only"))
    rows = establishments_of(choice.communes, choice.perimeter, **wanted)
    return csv_file(filename, *exports.establishments_sheet(rows))
