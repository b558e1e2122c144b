"""Date alerts: while the date is typed, and those of a saved one, with what was set aside and why."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.forms import put_errors
from creasol.places.actions import dismissals as actions
from creasol.places.forms.dates import DateForm, DismissalForm
from creasol.places.queries.dates import alerts_asked, alerts_of, dismissals_of

from .participants import managed_occasion


@require_safe
@permission_required("places.manage_occasion", raise_exception=True)
def date_alerts(request):
    """Answer what speaks against the date being typed; nothing while it is none."""
    form = DateForm(request.GET, user=request.user)
    found = alerts_asked(form.asked(), today=timezone.localdate()) if form.is_valid() else None
    return render(request, "places/components/date_alerts.html", {"alerts": found})


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_date(request, pk):
    """Show the alerts of an occasion's date; POST sets one aside."""
    occasion = managed_occasion(request, pk)
    form = DismissalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss_alert(occasion, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The alert is set aside; the reason is kept."))
            return redirect("places:occasion_date", pk)
    alerts = alerts_of(occasion, today=timezone.localdate())
    return render(request, "places/desk/date.html", {"occasion": occasion, "alerts": alerts, "form": form})


@require_POST
def take_up_alert(request, pk, dismissal):
    occasion = managed_occasion(request, pk)
    set_aside = get_object_or_404(dismissals_of(occasion), pk=dismissal)
    actions.take_up_alert(set_aside, by=request.user, at=timezone.now())
    messages.success(request, _("The alert is back."))
    return redirect("places:occasion_date", pk)
