"""The staff's screens of the directory."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.pagination import page_of
from creasol.network.actions.mandates import appoint, end_mandate
from creasol.network.actions.organisations import register_organisation, revise_organisation
from creasol.network.actions.origins import verify_organisation
from creasol.network.forms import MandateForm, OrganisationForm
from creasol.network.queries.duplicates import merges_of
from creasol.network.queries.mandates import mandates_of, mandates_to_end
from creasol.network.queries.organisations import address_today, all_organisations, fresh_organisation
from creasol.network.queries.origins import field_lines

OTHERS = 8

may_register = permission_required("network.register_organisation", raise_exception=True)
may_give = permission_required("network.give_mandate", raise_exception=True)


@require_safe
@may_register
def organisations(request):
    text = request.GET.get("q", "")[:200]
    found = all_organisations(text).with_freshness(timezone.localdate())
    page = page_of(found, request, size=50)
    return render(request, "network/desk/organisations.html", {"page": page, "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
@may_register
def register(request):
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = register_organisation(form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The organisation is in the directory."))
            return redirect("network:desk_organisation", organisation.slug)
    return render(request, "network/desk/register.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@may_register
def revise(request, slug):
    """Show an organisation and revise it; the screen of a merged entry is that of the one kept."""
    if merged_into := address_today(slug):
        return redirect("network:desk_organisation", merged_into)
    organisation = get_object_or_404(all_organisations(), slug=slug)
    name = organisation.name
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            revise_organisation(organisation, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The organisation is saved."))
            return redirect("network:desk_organisation", slug)
    return organisation_screen(request, organisation, name, form=form, mandate_form=MandateForm())


@require_POST
@may_register
def verify(request, slug):
    """Hold for true today what the entry says."""
    organisation = get_object_or_404(all_organisations(), slug=slug)
    verify_organisation(organisation, by=request.user, at=timezone.now())
    messages.success(request, _("The entry is verified as of today."))
    return redirect("network:desk_organisation", slug)


@require_POST
@may_give
def give(request, slug):
    """Give a mandate; what was refused is shown again on the organisation's screen."""
    organisation = get_object_or_404(all_organisations(), slug=slug)
    mandate_form = MandateForm(request.POST)
    if mandate_form.is_valid():
        try:
            mandate = appoint(organisation, by=request.user, at=timezone.now(), **mandate_form.cleaned_data)
        except ValidationError as error:
            mandate_form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(mandate)s: the mandate is given.") % {"mandate": mandate})
            return redirect("network:desk_organisation", slug)
    form = OrganisationForm(instance=organisation)
    return organisation_screen(request, organisation, organisation.name, form=form, mandate_form=mandate_form)


@require_POST
@may_give
def end(request, pk):
    mandate = get_object_or_404(mandates_to_end(), pk=pk)
    slug, label = mandate.organisation.slug, str(mandate)
    end_mandate(mandate, on=timezone.localdate(), by=request.user, at=timezone.now())
    messages.success(request, _("%(mandate)s: the mandate is ended.") % {"mandate": label})
    return redirect("network:desk_organisation", slug)


def organisation_screen(request, organisation, name, *, form, mandate_form):
    text = request.GET.get("avec", "")[:200]
    today = timezone.localdate()
    fresh = fresh_organisation(organisation, on=today)
    context = {
        "organisation": organisation,
        "name": name,
        "form": form,
        "mandate_form": mandate_form,
        "mandates": mandates_of(organisation),
        "fresh": fresh,
        "lines": field_lines(fresh, on=today),
        "merges": merges_of(organisation),
        "text": text,
        "others": all_organisations(text).exclude(pk=organisation.pk)[:OTHERS] if text else (),
    }
    return render(request, "network/desk/organisation.html", context)
