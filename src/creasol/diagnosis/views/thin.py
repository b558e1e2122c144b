"""What is missing: facilities and activities that are rarer here than elsewhere; out of a line, a need."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from creasol.diagnosis.actions.needs import raise_need
from creasol.diagnosis.enums import ThinKind
from creasol.diagnosis.figures import Diagnosis, origin_in_words
from creasol.diagnosis.forms.needs import RaiseNeedForm
from creasol.diagnosis.queries.choices import Choice, ChoiceError
from creasol.diagnosis.queries.comparables import Comparables, comparables_of
from creasol.diagnosis.queries.datasets import datasets_of
from creasol.diagnosis.queries.thin import ThinLine, ThinList, thin_list
from creasol.diagnosis.thin_tables import Gauge, gauge, rates_in_words, thin_sheet, thin_table
from creasol.foundation.spreadsheets import csv_file
from creasol.needs.models import Need
from creasol.needs.queries.needs import needs_by_measure

from .pages import asked, refused, trail
from .tabs import Tab, kept_in_address, swaps, tabs_of

PAGE = "manques/"
LIST = "liste"
LISTS = {
    "equipements": (gettext_lazy("Facilities"), ThinKind.FACILITIES, False),
    "employeurs": (gettext_lazy("Employers of all kinds"), ThinKind.ACTIVITIES, False),
    "ess": (gettext_lazy("Employers of the ESS"), ThinKind.ACTIVITIES, True),
}
MOST_CARDS, MOST_LINES = 24, 250


@dataclass(frozen=True)
class Card:
    """A line proven thin, drawn and in words, with the need that rests on it, or the address that makes it one."""

    line: ThinLine
    gauge: Gauge
    words: str
    need: Need | None
    raise_it: str


@require_safe
@login_not_required
def thin(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show what is proven rarer than in the reference, what cannot be told, and the whole table."""
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    chosen = chosen_list(request)
    compared, listed = listed_for(request, choice, chosen)
    kept = kept_in_address(request)
    shown = {**kept, LIST: chosen}
    context = {
        "choice": choice,
        "diagnosis": found,
        "tabs": tabs_of(request, found, PAGE),
        "trail": [*trail(found), (_("Diagnosis"), found.address())],
        "lists": [
            Tab(str(label), found.address(PAGE, **{**kept, LIST: name}), name == chosen)
            for name, (label, *_rest) in LISTS.items()
        ],
        "listed": listed,
        "compared": compared,
        "cards": cards(request, found, listed, shown)[:MOST_CARDS],
        "more": max(len(listed.thin) - MOST_CARDS, 0),
        "unseen": max(len(listed.lines) - MOST_LINES, 0),
        "unproven": thin_table(
            listed, listed.unproven[:MOST_LINES], name="table-unproven", caption=_("Nothing can be told")
        ),
        "everything": thin_table(
            listed, listed.lines[:MOST_LINES], name="table-everything", caption=listed.label
        ),
        "datasets": datasets_of((listed.origin, listed.people)),
        "comparables_page": found.address("comparables/", **kept),
        "downloads": [("CSV", found.address("manques.csv", **shown))],
        "page_url": request.build_absolute_uri(found.address(PAGE, **shown)),
    }
    return render(request, "diagnosis/thin.html", context)


@require_safe
@login_not_required
def thin_csv(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Answer the whole list as a file."""
    try:
        choice, _found = asked(request, slug)
    except ChoiceError as reason:
        return HttpResponseBadRequest(str(reason), content_type="text/plain; charset=utf-8")
    _compared, listed = listed_for(request, choice, chosen_list(request))
    return csv_file("manques.csv", *thin_sheet(listed))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("needs.record_need", raise_exception=True)
def raise_a_need(request: HttpRequest, slug: str) -> HttpResponse:
    """Turn a line (``?type=`` its code) into a need of the territory, in a person's own words."""
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    chosen = chosen_list(request)
    _compared, listed = listed_for(request, choice, chosen)
    line = next((line for line in listed.lines if line.key == request.GET.get("type")), None)
    if line is None or choice.territory is None:
        raise Http404
    known = needs_by_measure(choice.territory, request.user).get(line.measure)
    form = RaiseNeedForm(request.POST or None, territory=choice.territory, listed=listed, line=line)
    page = found.address(PAGE, **kept_in_address(request), **{LIST: chosen})
    if request.method == "POST" and form.is_valid():
        try:
            need = raise_need(
                form.draft(), listed=listed, line=line, address=page, by=request.user, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, _("The need is recorded, with its figures. Share it when its words are right.")
            )
            return redirect("needs:desk_need", need.slug)
    context = {
        "form": form,
        "line": line,
        "words": rates_in_words(listed, line),
        "source": origin_in_words(listed.origin),
        "known": known,
        "territory": choice.territory,
        "page": page,
    }
    return render(request, "diagnosis/raise_need.html", context)


def chosen_list(request: HttpRequest) -> str:
    """Return the list that the address names, the first one without a name that is known."""
    name = request.GET.get(LIST, "")
    return name if name in LISTS else next(iter(LISTS))


def listed_for(request: HttpRequest, choice: Choice, chosen: str) -> tuple[Comparables, ThinList]:
    """Return the comparable territories of the address, and the list held against them."""
    _label, kind, ess_only = LISTS[chosen]
    compared = comparables_of(choice, **swaps(request))
    return compared, thin_list(choice, kind=kind, comparables=compared, mode_only_ess=ess_only)


def cards(request: HttpRequest, found: Diagnosis, listed: ThinList, shown: dict) -> list[Card]:
    """Return the lines proven thin, with the needs that rest on them; staff may raise the others."""
    territory = found.place.territory
    needs = {} if territory is None else needs_by_measure(territory, request.user)
    form = ""
    if territory is not None and request.user.has_perm("needs.record_need"):
        form = reverse("diagnosis:territory_raise_need", args=[territory.slug])
    return [
        Card(
            line,
            gauge(line),
            rates_in_words(listed, line),
            needs.get(line.measure),
            form and f"{form}?{urlencode({**found.choice, **shown, 'type': line.key}, doseq=True)}",
        )
        for line in listed.thin
    ]
