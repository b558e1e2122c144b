"""A diagnosis to take away: PDF, summary, spreadsheet, table, data; of a publication, or of any communes as of now."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.diagnosis.figures import named
from creasol.diagnosis.queries.choices import ChoiceError, choose
from creasol.foundation.printing import pdf_file
from creasol.foundation.spreadsheets import csv_file, ods_file
from creasol.reports.document.composing import compose
from creasol.reports.document.schema import Document
from creasol.reports.paper import summary, whole
from creasol.reports.queries.publications import document_of, publications
from creasol.reports.sheets import data_of, lines_of, sheets_of

LONGEST_LIST = 12_000  # characters: more than an address may hold


def data_file(document: Document) -> HttpResponse:
    """Answer all of a document for programs."""
    return JsonResponse(data_of(document), json_dumps_params={"ensure_ascii": False, "indent": 2})


WRITERS: dict[str, Callable[[str, Document, str], HttpResponse]] = {
    "diagnostic.pdf": lambda name, document, address: pdf_file(name, whole(document, address=address)),
    "synthese.pdf": lambda name, document, address: pdf_file(name, summary(document, address=address)),
    "diagnostic.ods": lambda name, document, address: ods_file(name, sheets_of(document)),
    "diagnostic.csv": lambda name, document, address: csv_file(name, *lines_of(document)),
    "diagnostic.json": lambda name, document, address: data_file(document),
}


@require_safe
@login_not_required
def published(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """Answer a file of a version: what was published, whatever was imported since."""
    found = get_object_or_404(publications(), report__slug=slug, number=number)
    address = request.build_absolute_uri("./")
    return answer(name, f"{slug}-v{number}", document_of(found, get_language()), address)


@require_safe
@login_not_required
def live(request: HttpRequest, name: str, slug: str = "") -> HttpResponse:
    """Answer a file of a territory, or of communes somebody chose, out of what is known now."""
    words = {"reference": request.GET.get("reference", ""), "perimeter": request.GET.get("perimeter", "")}
    try:
        if slug:
            choice = choose(slug=slug, **words)
        else:
            choice = choose(communes="\n".join(request.GET.getlist("communes"))[:LONGEST_LIST], **words)
    except ChoiceError as reason:
        if slug and not request.GET:
            raise Http404(str(reason)) from None
        return HttpResponseBadRequest(str(reason), content_type="text/plain; charset=utf-8")
    document = compose(
        choice,
        title=_("Diagnosis: %(territory)s") % {"territory": named(choice.communes, choice.territory)},
        without=request.GET.getlist("sans"),
        with_=request.GET.getlist("avec"),
        at=timezone.now(),
        language=get_language(),
    )
    query = request.GET.urlencode()
    address = request.build_absolute_uri("./") + (f"?{query}" if query else "")
    return answer(name, slug or "communes", document, address)


def answer(name: str, start: str, document: Document, address: str) -> HttpResponse:
    """Answer the file ``name`` of a document, called after what it is about."""
    return WRITERS[name](f"{start}-{name}", document, address)
