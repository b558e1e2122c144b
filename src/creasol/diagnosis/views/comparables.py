"""The territories most like the one diagnosed, and the person's choice among them."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.diagnosis.comparables import K
from creasol.diagnosis.enums import Level
from creasol.diagnosis.figures import Diagnosis
from creasol.diagnosis.queries.candidates import offers
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.diagnosis.queries.comparables import Comparable, Comparables, comparables_of
from creasol.diagnosis.queries.datasets import datasets_of
from creasol.foundation.numbers import number
from creasol.foundation.tables import Column, Table

from .pages import asked, refused, trail
from .tabs import LEFT_OUT, PUT_IN, kept_in_address, swaps, tabs_of

PAGE = "comparables/"


@dataclass(frozen=True)
class Swap:
    """A territory with the address that leaves it out, puts it back or puts it in."""

    name: str
    href: str


@dataclass(frozen=True)
class Card:
    """A comparable territory, and the address of this page without it."""

    item: Comparable
    without_it: str


@require_safe
@login_not_required
def comparables(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the comparable territories, why each is one, and what to change among them."""
    try:
        choice, found = asked(request, slug)
    except ChoiceError as reason:
        return refused(request, slug, reason)
    compared = comparables_of(choice, **swaps(request))
    text = request.GET.get("q", "").strip()
    kept = kept_in_address(request)
    context = {
        "choice": choice,
        "diagnosis": found,
        "compared": compared,
        "tabs": tabs_of(request, found, PAGE),
        "trail": [*trail(found), (_("Diagnosis"), found.address())],
        "cards": [Card(item, without(found, item, kept)) for item in compared.items],
        "table": features_table(compared, found),
        "few": compared.level == Level.DEFINED and not kept and len(compared.items) < K,
        "left_out": [
            Swap(name, changed(found, kept, LEFT_OUT, less=key)) for key, name in compared.left_out.items()
        ],
        "offers": offered(found, compared, text, kept),
        "text": text,
        "is_long": compared.level != Level.DEFINED,
        "hidden": [(name, value) for name, value in found.choice.items()]
        + [(name, key) for name, keys in kept.items() for key in keys],
        "again": found.address(PAGE) if kept else "",
        "datasets": datasets_of(compared.origins),
        "downloads": [("CSV", found.address("comparables.csv", **kept))],
        "page_url": request.build_absolute_uri(found.address(PAGE, **kept)),
    }
    return render(request, "diagnosis/comparables.html", context)


def without(found: Diagnosis, item: Comparable, kept: dict[str, list[str]]) -> str:
    """Return the address of this page without a territory: one put in by a person is taken out again."""
    if item.chosen:
        return changed(found, kept, PUT_IN, less=item.key)
    return changed(found, kept, LEFT_OUT, more=item.key)


def changed(
    found: Diagnosis, kept: dict[str, list[str]], name: str, *, more: str = "", less: str = ""
) -> str:
    """Return the address of this page with one key more, or one less, under ``name``."""
    keys = [key for key in kept.get(name, []) if key != less] + ([more] if more else [])
    return found.address(PAGE, **{**kept, name: keys}) + "#comparables"


def offered(found: Diagnosis, compared: Comparables, text: str, kept: dict[str, list[str]]) -> list[Swap]:
    """Return the territories that may be put in: those that answer ``text``, all of them when they are few."""
    if not compared.items and not compared.left_out:
        return []
    shown = {item.key for item in compared.items} | set(compared.left_out) | compared.closed
    return [
        Swap(name, changed(found, kept, PUT_IN, more=key))
        for key, name in offers(compared.level, text)
        if key not in shown
    ]


def features_table(compared: Comparables, found: Diagnosis) -> Table | None:
    """Return the features side by side, one line for each territory; the last one is the territory itself."""
    if not compared.items:
        return None
    own = compared.items[0].features
    return Table(
        name="table-features",
        caption=_("What makes them comparable, side by side"),
        columns=[
            Column(_("Territory")),
            *(Column(str(name.label), number=True) for name in compared.features_used),
            Column(_("Distance"), number=True),
        ],
        rows=[
            [item.name, *(line.there for line in item.features), number(item.distance, 2)]
            for item in compared.items
        ],
        links=[item.href for item in compared.items],
        foot=[found.place.name, *(line.here for line in own), number(0, 2)],
        compact=True,
    )
