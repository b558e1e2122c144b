"""What the members of an organisation do with its page."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creasol.network.actions.organisations import revise_organisation
from creasol.network.drafts import draft_of
from creasol.network.forms import OwnOrganisationForm
from creasol.network.queries.mandates import organisations_of


@require_safe
def own_organisations(request):
    mine = list(organisations_of(request.user, on=timezone.localdate()))
    if len(mine) == 1:
        return redirect("network:own_organisation", mine[0].slug)
    return render(request, "network/own_organisations.html", {"organisations": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def own_organisation(request, slug):
    organisation = get_object_or_404(organisations_of(request.user, on=timezone.localdate()), slug=slug)
    draft = draft_of(organisation)
    form = OwnOrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            draft = replace(draft, **form.cleaned_data)
            revise_organisation(organisation, draft, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The page of your organisation is saved."))
            return redirect("network:organisation", slug)
    return render(request, "network/own_organisation.html", {"form": form, "name": draft.name, "slug": slug})
