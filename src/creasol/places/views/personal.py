"""By the link of a registration, without an account: see what is kept, take it along, erase it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from creasol.foundation.secret_links import secret_link
from creasol.places.actions.forgetting import erase_registration
from creasol.places.disclosure import registration_data
from creasol.places.models import Registration
from creasol.places.queries.personal import Kept, kept_about
from creasol.places.queries.registrations import registration_by_code
from creasol.places.signals import personal_page
from creasol.territories.sections import page_sections


@require_safe
@login_not_required
@secret_link
def personal_data(request, code):
    kept = kept_or_404(code)
    context = {
        "kept": kept,
        "registration": kept.registration,
        "sections": page_sections(personal_page, request, registration=kept.registration),
    }
    return render(request, "places/personal.html", context)


@require_safe
@login_not_required
@secret_link
def personal_file(request, code):
    data = registration_data(kept_or_404(code))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="creation-solidaire-inscription.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@secret_link
def erase(request, code):
    kept = kept_or_404(code)
    error = None
    if request.method == "POST":
        try:
            erase_registration(kept.registration, at=timezone.now())
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            return redirect("places:erased")  # the address of before leads nowhere any more
    context = {"kept": kept, "registration": kept.registration, "error": error}
    return render(request, "places/erase.html", context)


@require_safe
@login_not_required
def erased(request):
    return render(request, "places/erased.html")


def kept_or_404(code: str) -> Kept:
    try:
        return kept_about(registration_by_code(code), at=timezone.now())
    except Registration.DoesNotExist as error:
        raise Http404 from error
