"""The team's screen of the calendars that dates are held against: those of partners, days of elections."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creasol.foundation.forms import put_errors
from creasol.places.actions import calendars as actions
from creasol.places.forms.calendars import CalendarForm, ElectionForm
from creasol.places.queries import calendars as queries

ELECTION = "election"
may_manage = permission_required("places.manage_venues", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
def calendars(request):
    """Show partners' calendars and days of elections; POST imports a calendar."""
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            imported = actions.import_calendar(form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, said_of(imported))
            return redirect("places:calendars")
    return screen(request, form=form)


def said_of(imported: actions.Imported) -> str:
    if imported.is_same:
        return _("This calendar holds nothing new: everything was here already.")
    words = _("The calendar is imported. New events: %(added)d. Events that are gone: %(removed)d.")
    return words % {"added": imported.added, "removed": imported.removed}


@require_POST
@may_manage
def remove_calendar(request, pk):
    calendar = get_object_or_404(queries.partner_calendars(), pk=pk)
    actions.remove_calendar(calendar, by=request.user, at=timezone.now())
    messages.success(request, _("The calendar is removed, with all its events."))
    return redirect("places:calendars")


@require_POST
@may_manage
def add_election(request):
    form = ElectionForm(request.POST, prefix=ELECTION)
    if form.is_valid():
        try:
            actions.add_election_day(
                form.cleaned_data["name"], day=form.cleaned_data["day"], by=request.user, at=timezone.now()
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The election day is in the list."))
            return redirect("places:calendars")
    return screen(request, election_form=form)


@require_POST
@may_manage
def remove_election(request, pk):
    election = get_object_or_404(queries.all_election_days(), pk=pk)
    actions.remove_election_day(election, by=request.user, at=timezone.now())
    messages.success(request, _("The day is not in the list any more."))
    return redirect("places:calendars")


def screen(request, *, form: CalendarForm | None = None, election_form: ElectionForm | None = None):
    today = timezone.localdate()
    context = {
        "form": form or CalendarForm(),
        "election_form": election_form or ElectionForm(prefix=ELECTION),
        "calendars": queries.partner_calendars(),
        "elections": queries.election_days_from(today),
        "past_elections": queries.election_days_before(today),
    }
    return render(request, "places/desk/calendars.html", context)
