"""The diagnosis as files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from creasol.diagnosis import exports
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.diagnosis.queries.communes import commune_lines
from creasol.diagnosis.queries.establishments import establishments_of

from .pages import asked

FILES = {"chiffres.csv", "chiffres.json", "communes.csv", "etablissements.csv"}


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
        text = exports.figures_csv(found)
    elif name == "communes":
        text = exports.communes_csv(commune_lines(choice.communes, choice.perimeter))
    else:
        wanted = {key: request.GET.get(key, "") for key in ("section", "family", "commune")}
        text = exports.establishments_csv(establishments_of(choice.communes, choice.perimeter, **wanted))
    return spreadsheet(text, filename)


def spreadsheet(text: str, filename: str) -> HttpResponse:
    """Answer CSV that spreadsheets open with its accents (hence the byte order mark)."""
    return HttpResponse(
        exports.BYTE_ORDER_MARK + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
