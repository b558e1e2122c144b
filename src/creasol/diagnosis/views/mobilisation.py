"""The staff's lists of whom to invite to the first meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.diagnosis.actions.mobilisation import (
    ask_mobilisation,
    carry_out_mobilisation,
    note_export,
    revise_lines,
)
from creasol.diagnosis.forms.mobilisation import LinesForm, MobilisationForm
from creasol.diagnosis.invitations import invitation_sheets
from creasol.diagnosis.queries.choices import Choice, ChoiceError, choose
from creasol.diagnosis.queries.mobilisation import (
    doubts_among,
    editions_of,
    lines_of_mobilisation,
    lines_with_contacts,
    mobilisations,
    outlook,
)
from creasol.diagnosis.tasks import mobilise as mobilise_later
from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file, ods_file

may_mobilise = permission_required("diagnosis.mobilise", raise_exception=True)
may_see = permission_required("diagnosis.see_mobilisation", raise_exception=True)
may_export = permission_required("network.see_contacts", raise_exception=True)
PAGE_SIZE = 50
AT_ONCE = 300  # establishments: more are brought in by a job
LONGEST_QUESTION = 200


@require_safe
@may_see
def mobilisation_list(request: HttpRequest) -> HttpResponse:
    """List the lists, the latest first."""
    return render(
        request, "diagnosis/mobilisations.html", {"page": page_of(mobilisations(), request, size=50)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_mobilise
def mobilise(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the act would do; POST does it: at once, or by a job when there are many."""
    choice = choice_or_404(request, slug)
    form = MobilisationForm(request.POST or None, editions=editions_of(choice.territory))
    coming = outlook(choice)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            with transaction.atomic():
                mobilisation = ask_mobilisation(choice, **form.cleaned_data, by=request.user, at=now)
                if mobilisation.total > AT_ONCE:
                    mobilise_later.enqueue(mobilisation.pk)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if mobilisation.total <= AT_ONCE:
                carry_out_mobilisation(mobilisation, at=now)
                messages.success(request, _("The list is ready."))
            return redirect("diagnosis:mobilisation", mobilisation.pk)
    return render(request, "diagnosis/mobilise.html", {"choice": choice, "form": form, "outlook": coming})


@require_http_methods(["GET", "HEAD", "POST"])
@may_see
def mobilisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list page by page; POST notes whom to invite. While it is being filled, htmx asks how far it is."""
    found = get_object_or_404(mobilisations(), pk=pk)
    if found.finished_at is None:
        template = (
            "diagnosis/components/mobilisation_state.html" if request.htmx else "diagnosis/mobilising.html"
        )
        return render(request, template, {"mobilisation": found})
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    text, which = request.GET.get("q", "")[:LONGEST_QUESTION], request.GET.get("voir", "")
    page = page_of(lines_of_mobilisation(found, text=text, which=which), request, size=PAGE_SIZE)
    form = LinesForm(page.object_list, request.POST or None)
    if request.method == "POST" and form.is_valid():
        revise_lines(found, **form.wish(), by=request.user, at=timezone.now())
        messages.success(request, _("The list is saved."))
        return redirect(request.get_full_path())
    context = {
        "mobilisation": found,
        "page": page,
        "form": form,
        "text": text,
        "which": which,
        "doubts": doubts_among(page.object_list),
    }
    return render(request, "diagnosis/mobilisation.html", context)


@require_POST
@may_export
def export_invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the invited with their contacts as a file; the journal notes it."""
    found = get_object_or_404(mobilisations(), pk=pk)
    sheets = invitation_sheets(lines_with_contacts(found, on=timezone.localdate()))
    kind = "ods" if request.POST.get("format") == "ods" else "csv"
    note_export(found, kind=kind, lines=len(sheets[0].rows), by=request.user, at=timezone.now())
    name = f"invitations-{found.territory.slug}.{kind}"
    if kind == "ods":
        return ods_file(name, sheets)
    return csv_file(name, sheets[0].header, sheets[0].rows)


def choice_or_404(request: HttpRequest, slug: str) -> Choice:
    """Return the territory asked for, under its perimeter."""
    try:
        return choose(slug=slug, perimeter=request.GET.get("perimeter", ""))
    except ChoiceError as reason:
        raise Http404(str(reason)) from reason
