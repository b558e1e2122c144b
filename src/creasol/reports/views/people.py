"""Who writes: invited, let go."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from creasol.reports.actions.drafters import invite_drafter, remove_drafter
from creasol.reports.forms import DrafterForm
from creasol.reports.queries.reports import drafters_of

from .desk import desk_context, report_allowed_or_404

may_invite = permission_required("reports.invite_drafter", raise_exception=True)


@require_POST
@may_invite
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody to write; what was refused is shown again on the desk of the report."""
    report = report_allowed_or_404(request, slug, "reports.invite_drafter")
    form = DrafterForm(request.POST)
    if form.is_valid():
        try:
            drafter = invite_drafter(report, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, _("%(person)s is invited, and told by mail.") % {"person": drafter.user}
            )
            return redirect("reports:desk_report", slug)
    return render(request, "reports/desk/report.html", desk_context(request, report, drafter_form=form))


@require_POST
@may_invite
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody write no more."""
    report = report_allowed_or_404(request, slug, "reports.invite_drafter")
    drafter = get_object_or_404(drafters_of(report), pk=pk)
    person = str(drafter.user)
    remove_drafter(drafter, by=request.user, at=timezone.now())
    messages.success(request, _("%(person)s writes no more; what was written stays.") % {"person": person})
    return redirect("reports:desk_report", slug)
