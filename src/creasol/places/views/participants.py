"""The team's screens of an occasion: who comes, who waits, how many places there are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.buttons import press
from creasol.foundation.forms import put_errors
from creasol.foundation.pagination import page_of
from creasol.places.actions import bookings as places
from creasol.places.actions import registrations as actions
from creasol.places.actions.occasions import set_waiting_rules
from creasol.places.enums import Origin
from creasol.places.forms.registrations import (
    CapacityForm,
    PriorityForm,
    ReasonForm,
    StaffRegistrationForm,
    WaitingRulesForm,
)
from creasol.places.models import Occasion, Registration
from creasol.places.queries import registrations as queries
from creasol.places.queries.figures import attendance_figures
from creasol.places.queries.questions import questions_of


@never_cache
@require_safe
def participants(request, pk):
    occasion = managed_occasion(request, pk)
    context = {
        "occasion": occasion,
        "slots": queries.filling(occasion),
        "page": page_of(queries.participants(occasion), request, size=100),
        "figures": attendance_figures(occasion) if occasion.ends_at <= timezone.now() else None,
    }
    return render(request, "places/desk/participants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    occasion = managed_occasion(request, pk)
    form = StaffRegistrationForm(
        request.POST if request.method == "POST" else None,
        choices=queries.choices_of(occasion),
        by_wishes=False,
        by_places=True,
        questions=questions_of(occasion),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.register(
                form.registration(language=request.LANGUAGE_CODE),
                occasion=occasion,
                places=form.places(),
                request_key=form.cleaned_data["request_key"],
                origin=Origin.STAFF,
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The registration is noted."))
            return redirect("places:participants", pk)
    return render(request, "places/desk/add_participant.html", {"occasion": occasion, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_list(request, pk):
    occasion = managed_occasion(request, pk)
    rules = {name: getattr(occasion, name) for name in WaitingRulesForm.base_fields}
    form = WaitingRulesForm(request.POST if request.method == "POST" else None, initial=rules)
    if request.method == "POST" and form.is_valid():
        set_waiting_rules(occasion, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The rules of the list are changed."))
        return redirect("places:waiting_list", pk)
    context = {
        "occasion": occasion,
        "form": form,
        "queues": queries.queues(occasion),
        "offers": queries.offers_of(occasion),
        "reason_form": ReasonForm(),
    }
    return render(request, "places/desk/waiting_list.html", context)


@require_POST
def let_in(request, pk, booking):
    """Let somebody who waits in, beyond the capacity if need be; or give a priority."""
    occasion = managed_occasion(request, pk)
    waiting = get_object_or_404(queries.bookings_of(occasion), pk=booking)
    if "priority" in request.POST:
        form = PriorityForm(request.POST)
        return settle(
            request,
            form,
            lambda: places.set_priority(
                waiting, priority=form.cleaned_data["priority"], by=request.user, at=timezone.now()
            ),
            _("The order is changed."),
            to=("places:waiting_list", pk),
        )
    form = ReasonForm(request.POST)
    return settle(
        request,
        form,
        lambda: places.let_in(
            waiting, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        _("This person has a place; the reason is kept."),
        to=("places:waiting_list", pk),
    )


@require_POST
def refuse(request, pk, registration):
    occasion = managed_occasion(request, pk)
    try:
        refused = queries.registration_of(occasion, registration)
    except Registration.DoesNotExist as error:
        raise Http404 from error
    form = ReasonForm(request.POST)
    return settle(
        request,
        form,
        lambda: actions.refuse_registration(
            refused, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        _("The registration is cancelled, and the person told why."),
        to=("places:participants", pk),
    )


@require_POST
def resize(request, pk, slot):
    occasion = managed_occasion(request, pk)
    changed = get_object_or_404(occasion.slots, pk=slot)
    form = CapacityForm(request.POST)
    return settle(
        request,
        form,
        lambda: places.set_capacity(
            changed, capacity=form.cleaned_data["capacity"], by=request.user, at=timezone.now()
        ),
        _("The number of places is changed."),
        to=("places:participants", pk),
    )


def settle(request, form, action, success: str, *, to: tuple[str, int]):
    """Do what a one-field form asks and come back; say why when it cannot be done."""

    def checked() -> None:
        if form.errors:
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        action()

    return press(request, checked, success, to=to)


def managed_occasion(request, pk: int) -> Occasion:
    """Return an occasion that the visitor may manage; 404 when there is none, 403 for others."""
    if not request.user.has_perm("places.manage_occasion"):
        raise PermissionDenied
    try:
        occasion = queries.occasion_to_manage(pk)
    except Occasion.DoesNotExist as error:
        raise Http404 from error
    if not request.user.has_perm("places.manage_occasion", occasion):
        raise Http404
    return occasion
