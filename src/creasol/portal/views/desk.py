"""The desk: what waits first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from creasol.portal.queries import desk as queries


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/desk.html", {"desk": queries.desk(request.user, on=timezone.localdate())})
