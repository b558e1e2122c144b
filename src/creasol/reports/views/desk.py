"""The desk of the authors: reports opened, set, read through, published, corrected."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.foundation.pagination import page_of
from creasol.reports.actions.publications import proofread as record_proofreading
from creasol.reports.actions.publications import publish_report
from creasol.reports.actions.reports import (
    correct_report,
    open_report,
    return_to_drafting,
    revise_report,
    send_to_proofreading,
)
from creasol.reports.forms import (
    CorrectionForm,
    DrafterForm,
    NewSectionForm,
    OpeningForm,
    ProofreadingForm,
    SettingsForm,
)
from creasol.reports.models import Report
from creasol.reports.outline import OUTLINE
from creasol.reports.queries.desk import desk_page, report_to_write
from creasol.reports.queries.documents import document_of_report
from creasol.reports.queries.reports import editions_to_diagnose, possible_references, reports_on_the_desk
from creasol.reports.tables import reading

may_write = permission_required("reports.write_report", raise_exception=True)
may_open = permission_required("reports.open_report", raise_exception=True)


def report_or_404(request: HttpRequest, slug: str) -> Report:
    """Return the report of the address, if the user may work on it."""
    try:
        return report_to_write(request.user, slug)
    except Report.DoesNotExist:
        raise Http404 from None


def report_allowed_or_404(request: HttpRequest, slug: str, permission: str) -> Report:
    """Return the report of the address, if the user holds ``permission`` in its programme, not in another alone."""
    found = report_or_404(request, slug)
    if not request.user.has_perm(permission, found):
        raise Http404
    return found


@require_safe
@may_write
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that one may work on."""
    page = page_of(reports_on_the_desk(request.user), request)
    context = {"page": page, "may_open": request.user.has_perm("reports.open_report")}
    return render(request, "reports/desk/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_open
def open_(request: HttpRequest) -> HttpResponse:
    """Open the diagnosis of a territory."""
    form = OpeningForm(
        request.POST or None,
        editions=editions_to_diagnose(request.user),
        initial={"territory": request.GET.get("territoire"), "edition": request.GET.get("edition")},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            report = open_report(
                title=values["title"],
                territory=values["territory"],
                edition=values["edition"],
                perimeter=PerimeterMode(values["perimeter"]),
                outline=OUTLINE if values["usual"] else (),
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The diagnosis is open: invite those who will write it."))
            return redirect("reports:desk_report", report.slug)
    return render(request, "reports/desk/open.html", {"form": form})


@require_safe
@may_write
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a report as its authors see it."""
    return render(request, "reports/desk/report.html", desk_context(request, report_or_404(request, slug)))


def desk_context(request: HttpRequest, report: Report, **forms) -> dict:
    """Return what the desk of a report shows, with forms that were filled in wrongly."""
    return {
        "page": desk_page(report),
        "report": report,
        "section_form": NewSectionForm(),
        "drafter_form": DrafterForm(),
        "correction_form": CorrectionForm(),
        "may_invite": request.user.has_perm("reports.invite_drafter", report),
        "may_publish": request.user.has_perm("reports.publish_report", report),
        **forms,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@may_open
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a report is about."""
    report = report_allowed_or_404(request, slug, "reports.open_report")
    initial = {
        "title": report.title,
        "edition": report.edition_id,
        "reference": report.reference_id,
        "perimeter": report.perimeter,
        "comparables": ", ".join(report.comparables),
    }
    form = SettingsForm(
        request.POST or None,
        initial=initial,
        editions=editions_to_diagnose(request.user),
        references=possible_references(report),
    )
    if request.method == "POST" and form.is_valid():
        try:
            revise_report(report, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("reports:desk_report", slug)
    return render(request, "reports/desk/settings.html", {"form": form, "report": report})


@require_http_methods(["GET", "HEAD", "POST"])
@may_write
def proofread(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole as it would be published; who reads it says what to think of it."""
    report = report_or_404(request, slug)
    form = ProofreadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_proofreading(report, **form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Thank you: the authors see your opinion."))
            return redirect("reports:desk_report", slug)
    try:
        document = document_of_report(report, at=timezone.now(), language=get_language())
    except ChoiceError as reason:
        messages.error(request, str(reason))
        return redirect("reports:desk_report", slug)
    context = {"report": report, "reading": reading(document), "form": form}
    return render(request, "reports/desk/proofread.html", context)


STEPS = {"submit": send_to_proofreading, "return": return_to_drafting, "publish": publish_report}
PERMISSIONS = {"publish": "reports.publish_report", "correct": "reports.publish_report"}
DONE = {
    "submit": gettext_lazy("The readers have been told by mail."),
    "return": gettext_lazy("Everybody may write again."),
    "publish": gettext_lazy("The diagnosis is published: nothing in it will change any more."),
    "correct": gettext_lazy(
        "The correction is open; the published version stays as it is until the next one."
    ),
}


@require_POST
@may_write
def advance(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a report one step further: to its readers, back, to everyone, or up again for a correction."""
    step = request.POST.get("step", "")
    if step not in DONE:
        return HttpResponseBadRequest()
    report = report_allowed_or_404(request, slug, PERMISSIONS.get(step, "reports.write_report"))
    form = CorrectionForm(request.POST)
    if step == "correct" and not form.is_valid():
        context = desk_context(request, report, correction_form=form)
        return render(request, "reports/desk/report.html", context)
    try:
        if step == "correct":
            correct_report(report, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        else:
            STEPS[step](report, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, str(DONE[step]))
        if step == "publish":
            return redirect("reports:report", slug)
    return redirect("reports:desk_report", slug)
