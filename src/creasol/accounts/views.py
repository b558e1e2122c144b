"""A person's own account; and everyone's, for whoever runs the site."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from creasol.foundation.pagination import page_of

from . import actions
from .forms import AccountForm, EraseForm
from .language import speak
from .queries import accounts, export_user, is_last_administrator

may_close = permission_required("accounts.close_account", raise_exception=True)


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


@require_safe
@may_close
def account_list(request):
    text = request.GET.get("q", "")[:200]
    page = page_of(accounts(text), request, size=50)
    return render(request, "accounts/desk/account_list.html", {"page": page, "text": text})


@require_POST
@may_close
def deactivate(request, pk):
    user = get_object_or_404(accounts(), pk=pk)
    try:
        actions.deactivate_user(user, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The account of %(person)s is closed.") % {"person": user})
    return redirect("accounts:account_list")


@require_POST
@may_close
def reactivate(request, pk):
    user = get_object_or_404(accounts(), pk=pk)
    actions.reactivate_user(user, by=request.user, at=timezone.now())
    messages.success(request, _("The account of %(person)s is open again.") % {"person": user})
    return redirect("accounts:account_list")
