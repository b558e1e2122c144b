"""A person's own account."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from . import actions
from .forms import AccountForm, EraseForm
from .language import speak
from .queries import export_user, is_last_administrator


@require_http_methods(["GET", "POST"])
@never_cache
def account(request):
    form = AccountForm(request.POST or None, instance=request.user)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/account.html", {"form": form})
    actions.rename_user(request.user, by=request.user, at=timezone.now(), **form.cleaned_data)
    with translation.override(request.user.language):
        messages.success(request, _("Your account has been changed."))
    response = redirect("accounts:account")
    speak(response, request.user.language)
    return response


@require_GET
@never_cache
@reauthentication_required
def export_account(request):
    """Give the person everything we keep, as a file."""
    response = JsonResponse(export_user(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="creation-solidaire.json"'
    return response


@require_http_methods(["GET", "POST"])
@never_cache
@reauthentication_required
def erase_account(request):
    form = EraseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_user(request.user, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            get_adapter().logout(request)
            messages.success(request, _("Your account and your data have been erased."))
            return redirect(settings.LOGOUT_REDIRECT_URL)
    context = {"form": form, "is_last_administrator": is_last_administrator(request.user)}
    return render(request, "accounts/erase.html", context)
