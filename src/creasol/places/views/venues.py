"""The team's screens of the venues, and what is known of access, there and on an occasion."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.forms import put_errors
from creasol.foundation.pagination import page_of
from creasol.places.actions import venues as actions
from creasol.places.forms.venues import AccessForm, RoomFormSet, VenueForm, rooms_told, venue_draft
from creasol.places.models import Venue
from creasol.places.queries import venues as queries

from .participants import managed_occasion

may_manage = permission_required("places.manage_venues", raise_exception=True)


@require_safe
@may_manage
def venues(request):
    return render(
        request, "places/desk/venues.html", {"page": page_of(queries.all_venues(), request, size=25)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
def open_venue(request):
    return written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
def venue(request, pk):
    return written(request, venue_or_404(pk))


def written(request, known: Venue | None):
    """Show the form of a venue, new or known; write it when it is sent."""
    data = request.POST if request.method == "POST" else None
    form = VenueForm(data, initial=VenueForm.told_by(known) if known else None)
    rooms = RoomFormSet(
        data, initial=rooms_told(queries.rooms_of_venue(known)) if known else [], prefix="rooms"
    )
    facts = queries.access_facts(known) if known else {}
    access = AccessForm(data, features=queries.OF_THE_VENUE, known=facts)
    # all three are asked, so that all they have to say is seen at once
    if data is not None and all([form.is_valid(), rooms.is_valid(), access.is_valid()]):
        draft = venue_draft(form, rooms.forms, access)
        try:
            if known:
                actions.revise_venue(known, draft, by=request.user, at=timezone.now())
            else:
                known = actions.open_venue(draft, by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The venue is saved."))
            return redirect("places:venue", known.pk)
    context = {"venue": known, "form": form, "rooms": rooms, "access": access}
    return render(request, "places/desk/venue.html", context)


@require_POST
@may_manage
def remove_venue(request, pk):
    gone = venue_or_404(pk)
    try:
        actions.remove_venue(gone, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("places:venue", pk)
    messages.success(request, _("The venue is removed."))
    return redirect("places:venues")


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_access(request, pk):
    """Show what is known of access on an occasion; POST says what is arranged for it."""
    occasion = managed_occasion(request, pk)
    form = AccessForm(
        request.POST if request.method == "POST" else None,
        features=[*queries.OF_THE_OCCASION, *queries.BROUGHT_ALONG],
        known=queries.access_facts(occasion),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_access_facts(occasion, access=form.access(), by=request.user, at=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("What is arranged is saved; the public page says it."))
            return redirect("places:occasion_access", pk)
    context = {"occasion": occasion, "form": form, "report": queries.access_of_occasion(occasion)}
    return render(request, "places/desk/access.html", context)


def venue_or_404(pk: int) -> Venue:
    try:
        return queries.venue_of(pk)
    except Venue.DoesNotExist as error:
        raise Http404 from error
