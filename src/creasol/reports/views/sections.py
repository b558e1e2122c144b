"""The parts of a report: written, looked at while one writes, moved, taken out; their history."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.diagnosis.figures import Diagnosis
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.reports import differences
from creasol.reports.actions.sections import (
    WrittenMeanwhileError,
    add_section,
    move_section,
    remove_section,
    restore_section,
    write_section,
)
from creasol.reports.document.composing import figure_of
from creasol.reports.document.schema import Section as WrittenSection
from creasol.reports.enums import ReportState
from creasol.reports.forms import NewSectionForm, SectionForm
from creasol.reports.models import Report, Section
from creasol.reports.outline import SectionDraft
from creasol.reports.queries.desk import choosable, diagnosis_of, section_to_write
from creasol.reports.queries.sections import history as history_of
from creasol.reports.tables import Chapter, chapter

from .desk import desk_context, may_write, report_or_404


def section_or_404(request: HttpRequest, slug: str, pk: int) -> Section:
    """Return the section of the address, if the user may work on it."""
    try:
        return section_to_write(request.user, slug, pk)
    except (Report.DoesNotExist, Section.DoesNotExist):
        raise Http404 from None


@require_POST
@may_write
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a part at the end, and go and write it."""
    report = report_or_404(request, slug)
    form = NewSectionForm(request.POST)
    if form.is_valid():
        try:
            draft = SectionDraft(title=form.cleaned_data["title"])
            section = add_section(report, draft, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("reports:section", slug, section.pk)
    return render(request, "reports/desk/report.html", desk_context(request, report, section_form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@may_write
def write(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write a part; when somebody else wrote meanwhile, both texts are shown, and nothing is lost."""
    section = section_or_404(request, slug, pk)
    found = figures_or_none(section.report)
    form = section_form(request, section, found)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            write_section(section, form.draft(), seen=seen, by=request.user, at=timezone.now())
        except WrittenMeanwhileError as error:
            meanwhile = error.latest
            form.data = {**form.data.dict(), "seen": meanwhile.number}
            form.data["indicators"] = request.POST.getlist("indicators")
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            if request.POST.get("then") == "stay":
                return redirect("reports:section", slug, pk)
            return redirect("reports:desk_report", slug)
    return write_page(request, section, found, form, meanwhile=meanwhile)


@require_POST
@may_write
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what is being written as readers will see it: htmx takes the preview alone. Nothing is saved."""
    section = section_or_404(request, slug, pk)
    found = figures_or_none(section.report)
    form = section_form(request, section, found)
    if request.htmx:
        return render(request, "reports/desk/preview.html", {"chapter": chapter_of(form, found)})
    return write_page(request, section, found, form)


@require_safe
@may_write
def history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show who wrote what in a part, the latest first."""
    section = section_or_404(request, slug, pk)
    found = figures_or_none(section.report)
    names = {} if found is None else {figure.key: figure.label for figure in found.figures}
    changes = history_of(section)
    context = {
        "report": section.report,
        "section": section,
        "changes": [
            (
                change,
                [names.get(key, key) for key in change.added],
                [names.get(key, key) for key in change.removed],
            )
            for change in changes
        ],
    }
    return render(request, "reports/desk/history.html", context)


MOVES = {
    "up": lambda section, **who: move_section(section, up=True, **who),
    "down": lambda section, **who: move_section(section, up=False, **who),
    "remove": remove_section,
    "restore": restore_section,
}


@require_POST
@may_write
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a part, take it out, or put it back."""
    section = section_or_404(request, slug, pk)
    wanted = MOVES.get(request.POST.get("change", ""))
    if wanted is None:
        return HttpResponseBadRequest()
    try:
        wanted(section, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("reports:desk_report", slug)


def figures_or_none(report: Report) -> Diagnosis | None:
    """Return the figures of a report's territory, None when it has no commune any more."""
    try:
        return diagnosis_of(report)
    except ChoiceError:
        return None


def section_form(request: HttpRequest, section: Section, found: Diagnosis | None) -> SectionForm:
    """Return the form of a part with what is sent, or with what it says now."""
    initial = {
        "title": section.title,
        "text": section.text,
        "indicators": section.indicators,
        "seen": section.edits,
    }
    blocks = () if found is None else choosable(found)
    return SectionForm(request.POST or None, initial=initial, blocks=blocks)


def written(form: SectionForm) -> tuple[str, str, list[str]]:
    """Return the title, the text and the figures of a form, sent or not, valid or not."""
    chosen = form["indicators"].value()
    return form["title"].value() or "", form["text"].value() or "", chosen if isinstance(chosen, list) else []


def chapter_of(form: SectionForm, found: Diagnosis | None) -> Chapter:
    """Return a part as readers will see it."""
    title, text, keys = written(form)
    known = {} if found is None else {figure.key: figure for figure in found.figures if figure.key in keys}
    figures = [figure_of(known[key]) for key in keys if key in known]
    reference = "" if found is None or found.reference is None else found.reference.name
    return chapter(WrittenSection(title=title, text=text), figures, reference=reference, place="preview")


def write_page(
    request: HttpRequest, section: Section, found: Diagnosis | None, form: SectionForm, *, meanwhile=None
) -> HttpResponse:
    """Show the form of a part, the preview beside it, and what somebody else wrote meanwhile."""
    _title, text, keys = written(form)
    context = {
        "report": section.report,
        "section": section,
        "is_open": section.report.state == ReportState.DRAFTING,
        "form": form,
        "blocks": [] if found is None else choosable(found, keys),
        "keys": keys,
        "chapter": chapter_of(form, found),
        "meanwhile": meanwhile,
        "differences": ()
        if meanwhile is None
        else differences.pieces(meanwhile.text, text.replace("\r\n", "\n")),
    }
    return render(request, "reports/desk/section.html", context, status=409 if meanwhile else 200)
