"""Indicators that people add: the staff's screens, and the table of each for everyone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.diagnosis import exports
from creasol.diagnosis.actions import own as actions
from creasol.diagnosis.forms.own import NewIndicatorForm, OwnIndicatorForm, TableForm
from creasol.diagnosis.queries.own import own_indicators, table_of, years_of
from creasol.diagnosis.sources.reasons import account, places_of_refusals
from creasol.diagnosis.sources.refusals import BadInputError
from creasol.foundation.spreadsheets import csv_file

may_add = permission_required("diagnosis.add_indicator", raise_exception=True)


@require_safe
@login_not_required
def own_values(request: HttpRequest, key: str) -> HttpResponse:
    """Answer the table of an indicator as a file: every commune and year it tells of."""
    indicator = get_object_or_404(own_indicators(), key=key)
    return csv_file(f"{key}.csv", *exports.own_sheet(indicator, table_of(indicator)))


@require_http_methods(["GET", "HEAD", "POST"])
@may_add
def indicators(request: HttpRequest) -> HttpResponse:
    """List the indicators that people added; POST adds one."""
    form = NewIndicatorForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = actions.add_indicator(
                form.draft(),
                table=form.cleaned_data["table"],
                year=form.cleaned_data["year"],
                by=request.user,
                at=timezone.now(),
            )
        except BadInputError as reason:
            form.add_error("table", str(reason))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The indicator is added: it stands on every diagnosis it speaks of."))
            return redirect("diagnosis:own_indicator", indicator.key)
    return render(request, "diagnosis/own_indicators.html", {"form": form, "indicators": own_indicators()})


@require_http_methods(["GET", "HEAD", "POST"])
@may_add
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """Show an indicator, its years and what became of the rows; POST changes what is said of it."""
    found = get_object_or_404(own_indicators(), key=key)
    form = OwnIndicatorForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.revise_indicator(found, form.draft(), by=request.user, at=timezone.now())
        messages.success(request, _("The indicator is saved."))
        return redirect("diagnosis:own_indicator", key)
    return screen(request, key, form=form)


@require_POST
@may_add
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Bring another table in."""
    found = get_object_or_404(own_indicators(), key=key)
    form = TableForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            report = actions.bring_values(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except BadInputError as reason:
            form.add_error("table", str(reason))
        else:
            words = {"used": report.rows_used, "read": report.rows_read}
            messages.success(request, _("%(used)s rows of %(read)s are in.") % words)
            return redirect("diagnosis:own_indicator", key)
    return screen(request, key, table_form=form)


@require_POST
@may_add
def remove_year(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Remove one year from the table of an indicator."""
    found = get_object_or_404(own_indicators(), key=key)
    try:
        actions.remove_year(found, year=year, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The year %(year)s is removed.") % {"year": year})
    return redirect("diagnosis:own_indicator", key)


@require_POST
@may_add
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Remove an indicator."""
    found = get_object_or_404(own_indicators(), key=key)
    actions.remove_indicator(found, by=request.user, at=timezone.now())
    messages.success(request, _("The indicator “%(name)s” is removed.") % {"name": found.name})
    return redirect("diagnosis:own_indicators")


def screen(request: HttpRequest, key: str, **forms) -> HttpResponse:
    """Show everything that can be done to an indicator, the form that was refused among the others."""
    found = get_object_or_404(own_indicators(), key=key)
    context = {
        "indicator": found,
        "years": years_of(found),
        "lines": account(found.report) if found.report else [],
        "refusals": places_of_refusals(found.report) if found.report else [],
        "form": OwnIndicatorForm(instance=found),
        "table_form": TableForm(),
    }
    return render(request, "diagnosis/own_indicator.html", context | forms)
