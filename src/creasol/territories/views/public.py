"""Territories and communes, open to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from creasol.foundation.numbers import number
from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file
from creasol.territories import queries, reference, signals
from creasol.territories.enums import TerritoryKind
from creasol.territories.exports import commune_header, commune_row, territory_header, territory_row
from creasol.territories.models import Territory
from creasol.territories.population import (
    commune_table,
    inhabitants,
    part_table,
    population_map,
    territory_table,
    totals_in_words,
    years_in_words,
)
from creasol.territories.sections import page_sections

PER_PAGE = 30
LONGEST_QUESTION = 200
FORMER = "ancien"


@require_safe
@login_not_required
def territory_list(request: HttpRequest) -> HttpResponse:
    asked = question(request)
    text, kind = asked["text"], asked["kind"]
    found = queries.territories_listed(**asked)
    everything = not any(asked.values())
    page = page_of(found.official() if everything else found, request, size=PER_PAGE)
    count = page.paginator.count
    caption = ngettext("%(count)s territory", "%(count)s territories", count) % {"count": number(count)}
    context = {
        "text": text,
        "kind": kind,
        "kinds": TerritoryKind.choices,
        "mine": queries.defined_territories() if everything and "page" not in request.GET else (),
        "page": page,
        "table": territory_table(page.object_list, caption=caption),
        "communes": queries.search_communes(text, limit=8) if text and not kind else (),
        "everything": everything,
        "source": _("%(source)s; legal populations of %(year)s (Insee).")
        % {"source": reference.SOURCE, "year": reference.POPULATION_YEAR},
        "downloads": [
            (_("Territories (CSV)"), f"{reverse('territories:territories_csv')}?{request.GET.urlencode()}")
        ],
    }
    return render(request, "territories/territory_list.html", context)


def question(request: HttpRequest) -> dict[str, str]:
    """Return what the address asks of the list of territories."""
    kind = request.GET.get("genre", "")
    return {
        "text": request.GET.get("q", "").strip()[:LONGEST_QUESTION],
        "kind": kind if kind in TerritoryKind.values else "",
        "reference": request.GET.get("reference", ""),
    }


@require_safe
@login_not_required
def territories_csv(request: HttpRequest) -> HttpResponse:
    """Answer the whole list, or the part of it that is asked for, as a file."""
    rows = map(territory_row, queries.territories_listed(**question(request)))
    return csv_file("territoires.csv", territory_header(), rows)


@require_safe
@login_not_required
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_or_404(slug)
    name = page.territory.name
    context = {
        "page": page,
        "territory": page.territory,
        "years": years_in_words(page.totals.years),
        "parts": [
            part_table(parts, name=f"parts-{rank}", kind=kind)
            for rank, (kind, parts) in enumerate(page.parts)
        ],
        "lede": totals_in_words(page.totals),
        "is_over": page.territory.valid_to is not None and page.territory.valid_to < timezone.localdate(),
        "map": population_map(
            page.communes, title=_("Inhabitants of the communes: %(name)s") % {"name": name}
        ),
        "table": commune_table(page.communes, page.totals, cut=page.is_cut),
        "sections": page_sections(signals.territory_page, request, territory=page.territory),
        "breadcrumb": [(_("Territories"), reverse("territories:territory_list"))],
        "downloads": [(_("Communes (CSV)"), reverse("territories:communes_csv", args=[slug]))],
        "part_downloads": [
            (_("Its parts (CSV)"), f"{reverse('territories:territories_csv')}?reference={slug}")
        ],
    }
    return render(request, "territories/territory.html", context)


@require_safe
@login_not_required
def communes_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer all the communes of a territory as a file."""
    found = page_or_404(slug).territory
    return csv_file(f"communes-{slug}.csv", commune_header(), map(commune_row, queries.communes_of(found)))


@require_safe
@login_not_required
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """Show a commune; the code of a former one leads to today's, which says why."""
    found = queries.resolve_codes([code])
    if found.folded:
        (former, today), *_rest = found.folded.items()
        return redirect(f"{reverse('territories:commune', args=[today.code])}?{FORMER}={former}")
    if not found.communes:
        raise Http404
    commune = found.communes[0]
    if commune.code != code:
        return redirect("territories:commune", code=commune.code)
    page = queries.commune_page(commune)
    around = [commune, *(neighbour.commune for neighbour in page.nearby)]
    context = {
        "page": page,
        "commune": commune,
        "came_from": next((former for former in page.former if former.code == request.GET.get(FORMER)), None),
        "lede": inhabitants(commune.population),
        "map": population_map(
            around, title=_("Around %(name)s") % {"name": commune.name}, here={commune.code}
        ),
        "sections": page_sections(signals.commune_page, request, commune=commune),
        "breadcrumb": [
            (_("Territories"), reverse("territories:territory_list")),
            *(
                (each.name, reverse("territories:territory", args=[each.slug]))
                for each in reversed(page.official)
            ),
        ],
    }
    return render(request, "territories/commune.html", context)


def page_or_404(slug: str) -> queries.TerritoryPage:
    try:
        return queries.territory_page(slug)
    except Territory.DoesNotExist:
        raise Http404 from None
