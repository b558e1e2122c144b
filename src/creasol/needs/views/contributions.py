"""What people said, and what the staff makes of it: a need that is supported or begins, an answer, nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.forms import put_errors
from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file
from creasol.needs import actions
from creasol.needs.enums import ContributionState
from creasol.needs.exports import contribution_header, contribution_rows
from creasol.needs.forms import ContributionForm, FoundForm, SettleForm, SupportForm
from creasol.needs.models import Contribution
from creasol.needs.queries.contributions import (
    ContributionList,
    ContributionPage,
    contribution_list,
    contribution_page,
    places_of,
)

LONGEST_STATEMENT = 200
DECISIONS = {"support_form", "found_form", "settle_form"}

may_note = permission_required("needs.note_contribution", raise_exception=True)
may_settle = permission_required("needs.settle_contribution", raise_exception=True)
may_export_contacts = permission_required("needs.export_contacts", raise_exception=True)


def asked(request, asks) -> ContributionList:
    """Return what ``asks`` (the address or a form) wants of the contributions."""
    return contribution_list(
        request.user,
        territory=asks.get("territoire", ""),
        kind=asks.get("nature", ""),
        state=asks.get("etat", ""),
    )


@never_cache
@require_safe
@may_settle
def contributions(request):
    found = asked(request, request.GET)
    page = page_of(found.contributions, request, size=50)
    address = f"{reverse('needs:contributions_csv')}?{request.GET.urlencode()}".rstrip("?")
    context = {"found": found, "page": page, "downloads": [(_("Without names or contacts (CSV)"), address)]}
    return render(request, "needs/desk/contributions.html", context)


@require_safe
@may_settle
def contributions_csv(request):
    said = list(asked(request, request.GET).contributions)
    return csv_file("contributions.csv", contribution_header(), contribution_rows(said, places_of(said)))


@require_POST
@may_export_contacts
def contacts_csv(request):
    """Answer the names and contacts of one territory's contributions; the journal notes it."""
    found = asked(request, request.POST)
    if found.territory is None:
        raise Http404
    said = list(found.contributions)
    actions.note_contacts_export(found.territory, lines=len(said), by=request.user, at=timezone.now())
    rows = contribution_rows(said, places_of(said), contacts=True)
    return csv_file("contributions-avec-contacts.csv", contribution_header(contacts=True), rows)


@require_http_methods(["GET", "HEAD", "POST"])
@may_note
def note(request):
    form = ContributionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contribution = actions.note_contribution(form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("It is noted."))
            return redirect("needs:desk_contribution", contribution.pk)
    return render(request, "needs/desk/note_contribution.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@may_settle
def contribution(request, pk):
    page = page_or_404(request, pk)
    form = ContributionForm(request.POST or None, instance=page.contribution)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_contribution(page.contribution, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The contribution is saved."))
            return redirect("needs:desk_contribution", pk)
    return screen(request, pk, form=form)


@require_POST
@may_settle
def attach(request, pk):
    said = page_or_404(request, pk).contribution
    form = SupportForm(request.POST, territory=said.territory)
    if form.is_valid():
        need = form.cleaned_data["need"]
        try:
            actions.attach_contribution(said, need=need, by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("It now supports this need: “%(need)s”.") % {"need": need})
            return redirect("needs:desk_contribution", pk)
    return screen(request, pk, support_form=form)


@require_POST
@may_settle
def found(request, pk):
    said = page_or_404(request, pk).contribution
    form = FoundForm(request.POST)
    if form.is_valid():
        try:
            need = actions.found_need(said, form.draft(said), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The need is recorded. Share it when its words are right."))
            return redirect("needs:desk_need", need.slug)
    return screen(request, pk, found_form=form)


@require_POST
@may_settle
def settle(request, pk):
    said = page_or_404(request, pk).contribution
    form = SettleForm(request.POST)
    deeds = {
        ContributionState.FOLLOWED: actions.follow_up,
        ContributionState.SET_ASIDE: actions.set_aside,
        ContributionState.NOTED: actions.take_up_again,
    }
    state = request.POST.get("state", "")
    if state not in deeds:
        raise Http404
    if form.is_valid():
        why = {} if state == ContributionState.NOTED else {"reason": form.cleaned_data["reason"]}
        try:
            deeds[state](said, by=request.user, at=timezone.now(), **why)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(
                request, _("The contribution is now: %(state)s.") % {"state": said.get_state_display()}
            )
            return redirect("needs:desk_contribution", pk)
    return screen(request, pk, settle_form=form)


def page_or_404(request, pk: int) -> ContributionPage:
    try:
        return contribution_page(pk, request.user)
    except Contribution.DoesNotExist as error:
        raise Http404 from error


def screen(request, pk: int, **forms):
    """Show a contribution and everything that can be done about it, the form that was refused among the others."""
    page = page_or_404(request, pk)
    said = page.contribution
    if (
        ContributionState.SUPPORTS not in page.ways
    ):  # settled meanwhile: only what is refused is still to be shown
        for name in DECISIONS & set(forms):
            messages.error(
                request, " ".join(error for errors in forms[name].errors.values() for error in errors)
            )
    beginning = {"statement": said.words} if len(said.words) <= LONGEST_STATEMENT else {}
    context = {
        "page": page,
        "contribution": said,
        "form": ContributionForm(instance=page_or_404(request, pk).contribution),
        "support_form": SupportForm(territory=said.territory),
        "found_form": FoundForm(initial=beginning),
        "settle_form": SettleForm(),
    }
    return render(request, "needs/desk/contribution.html", context | forms)
