"""What the code on a ticket leads to."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from creasol.foundation.secret_links import secret_link
from creasol.places.queries.check_in import registration_of_ticket


@require_safe
@login_not_required
@secret_link
def ticket(request, token):
    """Lead the team to the person at the door; tell anybody else, about any code, that it is a ticket."""
    registration = registration_of_ticket(token) if request.user.is_authenticated else None
    if registration and request.user.has_perm("places.manage_occasion", registration.occasion):
        address = reverse("places:check_in", args=[registration.occasion_id])
        return redirect(f"{address}?{urlencode({'billet': token})}")
    return render(request, "places/ticket.html")
