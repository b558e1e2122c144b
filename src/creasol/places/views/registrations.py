"""Registering without an account, and the page behind the link of a registration."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.buttons import press
from creasol.foundation.forms import put_errors
from creasol.foundation.secret_links import secret_link
from creasol.places.actions import bookings as places
from creasol.places.actions import registrations as actions
from creasol.places.calendar_file import calendar_answer, calendar_of, own_events
from creasol.places.enums import BookingState
from creasol.places.forms.registrations import ChangeForm, PartsForm, RegistrationForm
from creasol.places.models import Occasion, Registration
from creasol.places.queries.mails import told_to
from creasol.places.queries.questions import questions_of
from creasol.places.queries.registrations import (
    RegistrationPage,
    choices_of,
    is_open,
    occasion_to_register_for,
    parts_open_to,
    registration_page,
    wishes_are_open,
    workshops_are_booked,
)

BUSY = 503


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def register(request, pk):
    occasion = occasion_or_404(pk)
    now, choices = timezone.now(), choices_of(occasion)
    open_now = is_open(occasion, at=now)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        by_wishes=wishes_are_open(occasion, at=now),
        by_places=workshops_are_booked(occasion),
        preselected=request.GET.get("creneau", ""),
        questions=questions_of(occasion),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            registration = actions.register(
                form.registration(language=request.LANGUAGE_CODE),
                occasion=occasion,
                places=form.places(),
                request_key=form.cleaned_data["request_key"],
                at=now,
            )
        except ValidationError as error:
            put_errors(form, error)
        except OperationalError:  # too many at once for the database: nothing was written
            form.add_error(
                None,
                _("Many people are registering right now. Nothing is lost: send the form again in a moment."),
            )
            status = BUSY
        else:
            return redirect("places:registration", registration.code)
    context = {"occasion": occasion, "choices": choices, "form": form, "open": open_now, "now": now}
    return render(request, "places/register.html", context, status=status)


@require_safe
@login_not_required
@secret_link
def registration(request, code):
    return screen(request, page_or_404(code))


@require_safe
@login_not_required
@secret_link
def calendar(request, code):
    """Give the occasion as this person's calendar shows it, with the link to join remotely from the day before."""
    told = told_to(page_or_404(code).registration)
    events = own_events([told], at=timezone.now())
    return calendar_answer(request, calendar_of(events, name=told.occasion.title), name="agenda.ics")


@require_POST
@login_not_required
@secret_link
def cancel(request, code):
    page = page_or_404(code)
    return act(
        request,
        page,
        lambda: actions.cancel_registration(page.registration, at=timezone.now()),
        _("It is cancelled. Thank you for telling us: somebody else can come."),
    )


@require_POST
@login_not_required
@secret_link
def cancel_booking(request, code, pk):
    page = page_or_404(code)
    booking = next((view.booking for view in page.bookings if view.booking.pk == pk), None)
    if booking is None:
        raise Http404
    return act(
        request,
        page,
        lambda: actions.cancel_booking(booking, at=timezone.now()),
        _("“%(what)s” is cancelled.") % {"what": booking.slot},
    )


@require_POST
@login_not_required
@secret_link
def answer_offer(request, code, pk):
    page = page_or_404(code)
    offer = next((view.offer for view in page.offers if view.offer.pk == pk), None)
    if offer is None:
        return act(request, page, offer_is_over, "")
    if request.POST.get("answer") == "accept":
        return act(
            request,
            page,
            lambda: places.accept_offer(offer, at=timezone.now()),
            _("The place is yours: see you there."),
        )
    return act(
        request,
        page,
        lambda: places.decline_offer(offer, at=timezone.now()),
        _("The place goes to the next person. Thank you for telling us."),
    )


@require_POST
@login_not_required
@secret_link
def add(request, code):
    page = page_or_404(code)
    form = PartsForm(request.POST, choices=parts_open_to(page))
    if not form.is_valid():
        return screen(request, page, parts_form=form)
    size = page.entry.booking.size if page.entry else 1
    return act(
        request,
        page,
        lambda: actions.add_bookings(
            page.registration, places=dict.fromkeys(form.cleaned_data["slots"], size), at=timezone.now()
        ),
        _("Your choices are noted."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@secret_link
def change(request, code):
    page = page_or_404(code)
    entry = page.entry.booking if page.entry and page.entry.is_live else None
    editable = entry is not None and entry.state in {BookingState.CONFIRMED, BookingState.WAITING}
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        registration=page.registration,
        size=entry.size if editable else None,
        questions=questions_of(page.occasion),
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft(
            language=page.registration.language,
            notice=page.registration.notice,
            may_split=page.registration.may_split,
        )
        try:
            actions.change_registration(
                page.registration,
                draft,
                entry=entry if editable else None,
                size=form.cleaned_data.get("size"),
                at=timezone.now(),
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Your registration is changed."))
            return redirect("places:registration", code)
    return render(request, "places/change.html", {"page": page, "form": form})


def offer_is_over() -> None:
    raise ValidationError(_("This offer is over: the place went to somebody else, or the delay has passed."))


def act(request, page: RegistrationPage, action, success: str):
    """Do what was asked and come back to the page."""
    return press(request, action, success, to=("places:registration", page.registration.code))


def screen(request, page: RegistrationPage, **forms):
    """Show a registration with everything that can be done about it."""
    parts = parts_open_to(page)
    context = {
        "page": page,
        "registration": page.registration,
        "occasion": page.occasion,
        "open": is_open(page.occasion, at=timezone.now()),
        "over": page.occasion.cancelled_at or page.occasion.ends_at <= timezone.now(),
        "parts_form": PartsForm(choices=parts) if parts else None,
        "remote_link": page.occasion.remote_link
        and told_to(page.registration).remote_link(at=timezone.now()),
    }
    return render(request, "places/registration.html", context | forms)


def occasion_or_404(pk: int) -> Occasion:
    try:
        return occasion_to_register_for(pk)
    except Occasion.DoesNotExist as error:
        raise Http404 from error


def page_or_404(code: str) -> RegistrationPage:
    try:
        return registration_page(code)
    except Registration.DoesNotExist as error:
        raise Http404 from error
