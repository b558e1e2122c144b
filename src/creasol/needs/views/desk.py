"""The staff's screens of the needs."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.pagination import page_of
from creasol.needs import actions
from creasol.needs.enums import NeedState
from creasol.needs.forms import AuthorForm, EvidenceForm, MoveForm, NeedForm, RecordForm
from creasol.needs.models import Need
from creasol.needs.queries.needs import NeedPage, allowed_states, need_list, need_page

may_record = permission_required("needs.record_need", raise_exception=True)
may_revise = permission_required("needs.revise_need", raise_exception=True)


@require_safe
@may_record
def needs(request):
    found = need_list(
        request.user, territory=request.GET.get("territoire", ""), state=request.GET.get("etat", "")
    )
    context = {"found": found, "page": page_of(found.needs, request, size=50)}
    return render(request, "needs/desk/needs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_record
def record(request):
    initial = {"name": request.user.name, "met_in": request.GET.get("dans", "")}
    form = RecordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            need = actions.record_need(
                form.draft(),
                organisation=form.cleaned_data["organisation"],
                name=form.cleaned_data["name"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The need is recorded. Share it when its words are right."))
            return redirect("needs:desk_need", need.slug)
    return render(request, "needs/desk/record.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@may_revise
def revise(request, slug):
    page = page_or_404(request, slug)
    form = NeedForm(request.POST or None, instance=page.need)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_need(page.need, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The need is saved."))
            return redirect("needs:desk_need", slug)
    return screen(request, slug, form=form)


@require_POST
@may_revise
def move(request, slug):
    need = page_or_404(request, slug).need
    form, state = MoveForm(request.POST), request.POST.get("state", "")
    if state not in NeedState.values:
        raise Http404
    if form.is_valid():
        try:
            actions.move_need(
                need,
                to=NeedState(state),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            messages.success(request, _("The need is now: %(state)s.") % {"state": need.get_state_display()})
            return redirect("needs:desk_need", slug)
    return screen(request, slug, move_form=form)


@require_POST
@may_revise
def add_author(request, slug):
    need = page_or_404(request, slug).need
    form = AuthorForm(request.POST)
    if form.is_valid():
        try:
            actions.add_author(need, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The author is named."))
            return redirect("needs:desk_need", slug)
    return screen(request, slug, author_form=form)


@require_POST
@may_revise
def remove_author(request, slug, pk):
    author = get_object_or_404(page_or_404(request, slug).need.authors, pk=pk)
    actions.remove_author(author, by=request.user, at=timezone.now())
    messages.success(request, _("The author is not named any more."))
    return redirect("needs:desk_need", slug)


@require_POST
@may_revise
def add_evidence(request, slug):
    need = page_or_404(request, slug).need
    form = EvidenceForm(request.POST)
    if form.is_valid():
        try:
            actions.add_evidence(need, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The figure is attached."))
            return redirect("needs:desk_need", slug)
    return screen(request, slug, evidence_form=form)


@require_POST
@may_revise
def remove_evidence(request, slug, pk):
    evidence = get_object_or_404(page_or_404(request, slug).need.evidence, pk=pk)
    actions.remove_evidence(evidence, by=request.user, at=timezone.now())
    messages.success(request, _("The figure is not attached any more."))
    return redirect("needs:desk_need", slug)


def page_or_404(request, slug: str) -> NeedPage:
    try:
        return need_page(slug, request.user)
    except Need.DoesNotExist as error:
        raise Http404 from error


def screen(request, slug: str, **forms):
    """Show everything that can be done to a need, the form that was refused among the others."""
    page = page_or_404(request, slug)
    context = {
        "page": page,
        "need": page.need,
        "states": allowed_states(page.need),
        "form": NeedForm(instance=page_or_404(request, slug).need),
        "move_form": MoveForm(),
        "author_form": AuthorForm(),
        "evidence_form": EvidenceForm(),
    }
    return render(request, "needs/desk/need.html", context | forms)
