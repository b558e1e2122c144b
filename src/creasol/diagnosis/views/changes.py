"""What changed between two vintages: the figures, the establishments one by one, and the same as files."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.diagnosis import change_exports, change_tables
from creasol.diagnosis.enums import Source
from creasol.diagnosis.evolution import Evolution, evolution_of
from creasol.diagnosis.figures import vintage_in_words
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file

from .pages import PAGE_SIZE, refused, trail, understood
from .tabs import tabs_of

PAGE = "evolution/"
SHEETS = {
    "evolution.csv": change_exports.evolution_sheet,
    "evolution-etablissements.csv": change_exports.events_sheet,
}
WORDS = {"source": "source", "former": "from", "newer": "to"}
FILES = {*SHEETS, "evolution.json"}


@require_safe
@login_not_required
def changes(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show what changed between two vintages of a source."""
    try:
        evolution = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    found = evolution.after
    context = {
        "evolution": evolution,
        "diagnosis": found,
        "tabs": tabs_of(request, found, PAGE),
        "trail": [*trail(found), (_("Diagnosis"), found.address())],
        "sources": [
            (source.label, found.address(PAGE, source=source.value), source == evolution.source)
            for source in evolution.offered
        ],
        "vintages": [
            (dataset.vintage, vintage_in_words(dataset.vintage))
            for dataset in evolution.offered.get(evolution.source, [])
        ],
        "figures": change_tables.figures_table(evolution) if evolution.lines else None,
        "downloads": downloads(evolution),
        "page_url": request.build_absolute_uri(evolution.address()),
        **establishments(request, evolution),
    }
    return render(request, "diagnosis/changes.html", context)


def asked(request: HttpRequest, slug: str) -> Evolution:
    """Return the two vintages of the address compared; raises ``ChoiceError``."""
    words = {name: request.GET.get(key, "") for name, key in WORDS.items()}
    return evolution_of(understood(request, slug), **words)


def establishments(request: HttpRequest, evolution: Evolution) -> dict:
    """Return what the page shows of the establishments that came, went or moved."""
    both = evolution.establishments
    if both is None:
        return {"both": None}
    change = request.GET.get("change", "")
    page = page_of([event for event in both.events if change in ("", event.change)], request, size=PAGE_SIZE)
    return {
        "both": both,
        "counts": change_tables.counts(evolution, both),
        "sum": change_tables.sum_table(evolution, both),
        "families": change_tables.families_table(evolution, both),
        "sections": change_tables.sections_table(evolution, both),
        "change": change,
        "page": page,
        "lines": change_tables.event_lines(page, both),
    }


def downloads(evolution: Evolution) -> list[tuple[str, str]]:
    """Return what can be taken away."""
    files = [(_("Figures (CSV)"), "evolution.csv")]
    if evolution.source == Source.SIRENE:
        files.append((_("Establishments (CSV)"), "evolution-etablissements.csv"))
    files.append((_("Everything (JSON)"), "evolution.json"))
    return [(label, evolution.address(name)) for label, name in files]


def download(request: HttpRequest, filename: str, slug: str) -> HttpResponse:
    """Answer one of the files of what changed."""
    try:
        evolution = asked(request, slug)
    except ChoiceError as reason:
        return HttpResponseBadRequest(str(reason), content_type="text/plain; charset=utf-8")
    if filename in SHEETS:
        return csv_file(filename, *SHEETS[filename](evolution))
    document = change_exports.evolution_document(evolution)
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
