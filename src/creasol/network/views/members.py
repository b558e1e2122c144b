"""What the members of an organisation do with its page."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.network.actions.organisations import revise_organisation
from creasol.network.actions.origins import verify_organisation
from creasol.network.drafts import draft_of
from creasol.network.enums import OriginKind
from creasol.network.forms import OwnOrganisationForm
from creasol.network.queries.mandates import organisations_of
from creasol.network.queries.organisations import address_today, fresh_organisation


@require_safe
def own_organisations(request):
    mine = list(organisations_of(request.user, on=timezone.localdate()))
    if len(mine) == 1:
        return redirect("network:own_organisation", mine[0].slug)
    return render(request, "network/own_organisations.html", {"organisations": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def own_organisation(request, slug):
    """Show the page of one's own organisation and revise it; that of a merged entry is that of the one kept."""
    if merged_into := address_today(slug):
        return redirect("network:own_organisation", merged_into)
    organisation = get_object_or_404(organisations_of(request.user, on=timezone.localdate()), slug=slug)
    draft = draft_of(organisation)
    form = OwnOrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            draft = replace(draft, **form.cleaned_data)
            revise_organisation(
                organisation, draft, by=request.user, at=timezone.now(), kind=OriginKind.MEMBER
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The page of your organisation is saved."))
            return redirect("network:organisation", slug)
    context = {
        "form": form,
        "name": draft.name,
        "slug": slug,
        "organisation": fresh_organisation(organisation, on=timezone.localdate()),
    }
    return render(request, "network/own_organisation.html", context)


@require_POST
def verify(request, slug):
    """Hold for true today what the page of one's own organisation says."""
    organisation = get_object_or_404(organisations_of(request.user, on=timezone.localdate()), slug=slug)
    verify_organisation(organisation, by=request.user, at=timezone.now(), kind=OriginKind.MEMBER)
    messages.success(request, _("Thank you: the page is verified as of today."))
    return redirect("network:own_organisation", slug)
