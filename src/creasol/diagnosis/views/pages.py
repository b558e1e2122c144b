"""The diagnosis of a territory, or of communes somebody chose; its establishments one by one."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.figures import Diagnosis, Figure, diagnose, lines_of, quoted
from creasol.diagnosis.indicators import Block
from creasol.diagnosis.maps import maps_of
from creasol.diagnosis.queries.choices import Choice, ChoiceError, choose
from creasol.diagnosis.queries.datasets import datasets_of
from creasol.diagnosis.queries.establishments import establishments_of
from creasol.diagnosis.queries.outlines import outlines_of
from creasol.diagnosis.second_perimeter import other_perimeter
from creasol.diagnosis.signals import diagnosis_page
from creasol.diagnosis.tables import (
    BarCard,
    bar_card,
    communes_table,
    definitions_table,
    establishment_lines,
    quoted_table,
    second_table,
)
from creasol.foundation import numbers
from creasol.foundation.pagination import page_of
from creasol.territories.models import Commune
from creasol.territories.queries import read_pasted, search_communes
from creasol.territories.sections import page_sections

from .tabs import tabs_of

FIRST = 20
PAGE_SIZE = 50
MOST_LINES = 200
LONGEST_LIST = 12_000  # characters: more than an address may hold


def understood(request: HttpRequest, slug: str) -> Choice:
    """Return the question of the address; raises ``ChoiceError``."""
    words = {"reference": request.GET.get("reference", ""), "perimeter": request.GET.get("perimeter", "")}
    if slug:
        return choose(slug=slug, **words)
    return choose(communes="\n".join(request.GET.getlist("communes"))[:LONGEST_LIST], **words)


def asked(request: HttpRequest, slug: str) -> tuple[Choice, Diagnosis]:
    """Return the question of the address and its answer; raises ``ChoiceError``."""
    choice = understood(request, slug)
    found = diagnose(
        communes=choice.communes,
        reference=choice.reference,
        perimeter=choice.perimeter,
        territory=choice.territory,
    )
    return choice, found


@require_safe
@login_not_required
def diagnosis(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the figures; without communes in the address, the form that chooses them."""
    if not slug and not request.GET.getlist("communes"):
        return choosing(request)
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    lines = lines_of(found, choice.communes[:MOST_LINES])
    second = other_perimeter(found)
    context = {
        "choice": choice,
        "diagnosis": found,
        "tabs": tabs_of(request, found),
        "blocks": blocks(found),
        "lines": communes_table(lines, found),
        "unseen": len(choice.communes) - len(lines),
        "second": second,
        "beside": second and second_table(found, second),
        "maps": maps_of(lines, outlines_of(choice.communes)) if len(lines) == len(choice.communes) else (),
        "lede": lede(found),
        "establishments": establishment_lines(establishments_of(choice.communes, choice.perimeter)[:FIRST]),
        "total": found["ess_establishments"].text,
        "absent": found["ess_establishments"].reason or _("No ESS establishment in this territory."),
        "all_establishments": found.address("etablissements/"),
        "quotes": quoted_table(quotes) if (quotes := quoted(found)) else None,
        "definitions": definitions_table(found),
        "datasets": datasets_of(figure.origin for figure in found.figures),
        "modes": PerimeterMode.choices,
        "trail": trail(found),
        "page_url": request.build_absolute_uri(found.address()),
        "downloads": downloads(found),
        "sections": page_sections(diagnosis_page, request, diagnosis=found),
    }
    return render(request, "diagnosis/diagnosis.html", context)


@require_safe
@login_not_required
def establishments(request: HttpRequest, slug: str = "") -> HttpResponse:
    """List the ESS establishments page by page, by activity, family or commune."""
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    wanted = wanted_establishments(request)
    rows = establishments_of(choice.communes, choice.perimeter, **wanted)
    register = found["ess_establishments"]
    page = page_of(rows, request, size=PAGE_SIZE)
    context = {
        "choice": choice,
        "diagnosis": found,
        "tabs": tabs_of(request, found, "etablissements/"),
        "page": page,
        "lede": lede(found),
        "lines": establishment_lines(page),
        "absent": register.reason or _("No ESS establishment answers this choice."),
        "wanted": wanted,
        "source": register.origin_in_words,
        "sections": [(row.key, row.label) for row in found["ess_by_activity"].rows if row.key and row.count],
        "families": [(row.key, row.label) for row in found["ess_by_family"].rows if row.count],
        "hidden": found.choice,
        "trail": [*trail(found), (_("Diagnosis"), found.address())],
        "downloads": [
            ("CSV", found.address("etablissements.csv", **{k: str(v) for k, v in wanted.items() if v}))
        ],
    }
    return render(request, "diagnosis/establishments.html", context)


def wanted_establishments(request: HttpRequest) -> dict[str, str | bool]:
    """Return what the address asks of the list of establishments."""
    wanted = {name: request.GET.get(name, "") for name in ("section", "family", "commune")}
    return {**wanted, "only": bool(request.GET.get("only"))}


def choosing(request: HttpRequest) -> HttpResponse:
    """Show the form that chooses communes: search them by name, or paste a list."""
    text = request.GET.get("q", "").strip()
    chosen = read_pasted("\n".join(request.GET.getlist("chosen"))[:LONGEST_LIST]).resolution.communes
    return render(request, "diagnosis/choosing.html", choosing_context(text=text, chosen=chosen))


def choosing_context(*, text: str = "", chosen: Sequence[Commune] = (), reason: str = "") -> dict:
    """Return what the form that chooses communes shows."""
    found = search_communes(text) if text else []
    codes = [commune.code for commune in chosen]
    return {
        "text": text,
        "searched": bool(text),
        "found": [commune for commune in found if commune.code not in codes],
        "chosen": chosen,
        "codes": codes,
        "reason": reason,
        "trail": [(_("Territories"), reverse("territories:territory_list"))],
    }


def refused(request: HttpRequest, slug: str, reason: ChoiceError) -> HttpResponse:
    """Say in one line why a question has no answer, above the form that asks another."""
    if slug and not request.GET:
        raise Http404(str(reason))
    return render(request, "diagnosis/choosing.html", choosing_context(reason=str(reason)), status=400)


def blocks(found: Diagnosis) -> list[tuple[Block, list[Figure], list[BarCard]]]:
    """Return each block with its numbers and its bars."""
    reference = "" if found.reference is None else found.reference.name
    return [
        (block, figures, [bar_card(figure, reference) for figure in bars])
        for block, figures, bars in found.blocks
    ]


def lede(found: Diagnosis) -> str:
    """Return the place in one sentence."""
    place = ngettext("%(count)s commune", "%(count)s communes", len(found.place.communes))
    words = [place % {"count": numbers.number(len(found.place.communes))}]
    if found["population"].available:
        words.append(_("%(count)s inhabitants") % {"count": found["population"].text})
    if found.reference is not None:
        words.append(_("compared with %(reference)s") % {"reference": found.reference.name})
    return ", ".join(words) + "."


def trail(found: Diagnosis) -> list[tuple[str, str]]:
    """Return the way back from a diagnosis."""
    steps = [(_("Territories"), reverse("territories:territory_list"))]
    if found.place.territory is not None:
        steps.append((found.place.name, reverse("territories:territory", args=[found.place.territory.slug])))
    elif len(found.place.communes) == 1:
        steps.append((found.place.name, reverse("territories:commune", args=[found.place.communes[0].code])))
    return steps


def downloads(found: Diagnosis) -> list[tuple[str, str]]:
    """Return what can be taken away."""
    return [
        (_("Figures (CSV)"), found.address("chiffres.csv")),
        (_("Figures (JSON)"), found.address("chiffres.json")),
        (_("Communes (CSV)"), found.address("communes.csv")),
        (_("Establishments (CSV)"), found.address("etablissements.csv")),
    ]
