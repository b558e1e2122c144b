"""Where staff define territories: search communes or paste a list, see map and totals change, save."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creasol.territories import actions, queries
from creasol.territories.forms import TerritoryForm, words_of
from creasol.territories.models import Territory
from creasol.territories.population import population_map, territory_table, years_in_words

may_define = permission_required("territories.define_territory", raise_exception=True)
SAVE = "save"


@require_safe
@may_define
def manage(request: HttpRequest) -> HttpResponse:
    table = territory_table(
        queries.defined_territories(), caption=_("Territories defined here"), to_revise=True, quiet=True
    )
    return render(request, "territories/manage.html", {"table": table})


@require_http_methods(["GET", "POST"])
@may_define
def define(request: HttpRequest) -> HttpResponse:
    return edit(request, None)


@require_http_methods(["GET", "POST"])
@may_define
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    return edit(request, get_object_or_404(queries.defined_territories(), pk=pk))


@require_http_methods(["GET", "POST"])
@may_define
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    territory = get_object_or_404(queries.defined_territories(), pk=pk)
    if request.method == "POST":
        try:
            actions.remove_territory(territory, by=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("territories:remove", pk=pk)
        messages.success(request, _("“%(name)s” is removed.") % {"name": territory.name})
        return redirect("territories:manage")
    return render(
        request, "territories/remove.html", {"territory": territory, "uses": queries.uses_of(territory)}
    )


def edit(request: HttpRequest, territory: Territory | None) -> HttpResponse:
    """Show the form and the communes chosen so far; save when asked, else only show the page again."""
    selection = selected(request, territory)
    codes = [commune.code for commune in selection.communes]
    if request.method == "GET":
        form = TerritoryForm(
            initial=words_of(territory) if territory else None, codes=codes, territory=territory
        )
    elif request.POST.get("step") == SAVE:
        form = TerritoryForm(request.POST, codes=codes, territory=territory)
        if selection.pasted:
            form.add_error(
                None, _("The pasted list is not settled: correct it below, or choose among its communes.")
            )
        if form.is_valid():
            saved = save(request, form, selection, territory)
            if saved:
                messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
                return redirect("territories:manage")
    else:
        form = TerritoryForm(initial=request.POST.dict(), codes=codes, territory=territory)
    context = {
        "form": form,
        "territory": territory,
        "selection": selection,
        "years": years_in_words(selection.totals.years),
        "map": population_map(selection.communes, title=_("The communes chosen and their inhabitants")),
    }
    return render(request, "territories/choosing.html" if request.htmx else "territories/edit.html", context)


def selected(request: HttpRequest, territory: Territory | None) -> queries.Selection:
    """Return the communes chosen in the page, or at first those of the territory."""
    if request.method == "GET":
        stored = queries.communes_of(territory) if territory else ()
        return queries.select_communes([commune.code for commune in stored])
    return queries.select_communes(
        request.POST.getlist("commune"),
        search=request.POST.get("search", "")[:200],
        pasted=request.POST.get("pasted", ""),
    )


def save(
    request: HttpRequest, form: TerritoryForm, selection: queries.Selection, territory: Territory | None
) -> Territory | None:
    """Define or revise; None when the action refuses, whose reasons are then on the form."""
    answers = form.cleaned_data | {"communes": selection.communes, "by": request.user, "at": timezone.now()}
    try:
        if territory is None:
            return actions.define_territory(**answers)
        return actions.revise_territory(territory, **answers)
    except ValidationError as refusal:
        reasons = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
        for field, errors in reasons.items():
            form.add_error(field if field in form.fields else None, errors)
    return None
