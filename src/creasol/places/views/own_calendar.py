"""A person's own calendar, behind a secret address that can be renewed or closed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from creasol.foundation.secret_links import secret_link
from creasol.places.actions.calendar_keys import renew_calendar_key, revoke_calendar_key
from creasol.places.calendar_file import calendar_answer, calendar_of, own_events
from creasol.places.models import CalendarKey
from creasol.places.queries.own_calendar import calendar_key_of, owner_of_calendar, told_to_owner


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request):
    """Show the secret address of the visitor's own calendar; make it, make another, or close it."""
    if request.method == "POST":
        if "close" in request.POST:
            revoke_calendar_key(request.user, at=timezone.now())
            messages.success(request, _("The address is closed: it opens nothing any more."))
        else:
            renew_calendar_key(request.user, at=timezone.now())
            messages.success(request, _("Here is the address of your calendar."))
        return redirect("places:my_calendar")
    key = calendar_key_of(request.user)
    address = settings.SITE_URL + reverse("places:own_calendar", args=[key.key]) if key else ""
    events = own_events(told_to_owner(request.user), at=timezone.now())
    ahead = [event for event in events if event.ends_at > timezone.now()]
    return render(request, "places/my_calendar.html", {"key": key, "address": address, "events": ahead})


@require_safe
@login_not_required
@secret_link
def own_calendar(request, key):
    """Give a person's own calendar to the calendar program that knows its address."""
    try:
        user = owner_of_calendar(key)
    except CalendarKey.DoesNotExist as error:
        raise Http404 from error
    with translation.override(user.language):
        name = _("My dates at Création solidaire")
        content = calendar_of(own_events(told_to_owner(user), at=timezone.now()), name=name)
    return calendar_answer(request, content, name="agenda.ics")
