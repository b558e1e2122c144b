"""What everyone may read: the gatherings to come and past, a month of them, the page of one."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.pagination import page_of
from creasol.foundation.spreadsheets import csv_file
from creasol.gatherings import structured_data
from creasol.gatherings.exports import gathering_header, gathering_rows
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.calendar import month_named, month_of
from creasol.gatherings.queries.forum import programme_of
from creasol.gatherings.queries.gatherings import (
    GatheringList,
    GatheringPage,
    Question,
    gathering_list,
    gathering_page,
    with_hosts,
)
from creasol.gatherings.queries.harvest import harvest_of
from creasol.gatherings.queries.survey import survey_in_short
from creasol.places.queries.venues import access_of_occasion

PAST = "passees"
PAST_SHOWN = 6
PER_PAGE = 24


def asked(request) -> GatheringList:
    """Return what the address asks of the gatherings."""
    question = Question(
        text=request.GET.get("q", ""),
        commune=request.GET.get("commune", ""),
        territory=request.GET.get("territoire", ""),
        theme=request.GET.get("theme", ""),
        kind=request.GET.get("genre", ""),
        since=day_of(request.GET.get("du", "")),
        until=day_of(request.GET.get("au", "")),
        access=tuple(request.GET.getlist("acces")),
    )
    return gathering_list(request.user, question, on=timezone.localdate())


def day_of(text: str) -> date | None:
    """Return the day that an address writes (2011-11-07); None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_safe
@login_not_required
def gatherings(request):
    found = asked(request)
    only_past = request.GET.get("quand") == PAST
    filters = request.GET.copy()
    for name in ("page", "quand"):
        filters.pop(name, None)
    page = page_of(found.past if only_past else found.to_come, request, size=PER_PAGE)
    context = {
        "found": found,
        "only_past": only_past,
        "page": page,
        "past": () if only_past or page.number > 1 else found.past[:PAST_SHOWN],
        "past_count": found.past.count(),
        "filters": filters.urlencode(),
        "downloads": [
            (
                _("These gatherings (CSV)"),
                f"{reverse('gatherings:gatherings_csv')}?{filters.urlencode()}".rstrip("?"),
            ),
            (_("Calendar file (.ics)"), reverse("gatherings:agenda")),
        ],
    }
    return render(request, "gatherings/gathering_list.html", context)


@require_safe
@login_not_required
def gatherings_csv(request):
    found = asked(request)
    rows = [*with_hosts(found.to_come), *with_hosts(found.past)]
    return csv_file("rencontres.csv", gathering_header(), gathering_rows(rows))


@require_safe
@login_not_required
def calendar(request):
    today = timezone.localdate()
    month = month_of(month_named(request.GET.get("mois", ""), on=today), request.user)
    return render(request, "gatherings/calendar.html", {"month": month, "today": today})


@require_safe
@login_not_required
def gathering(request, slug):
    try:
        page = gathering_page(slug, request.user, at=timezone.now())
    except Gathering.DoesNotExist as error:
        raise Http404 from error
    context = {
        "page": page,
        "gathering": page.gathering,
        "occasion": page.occasion,
        "access": None if page.is_past else access_of_occasion(page.occasion),
        "programme": programme_of(page.gathering, at=page.at) if page.has_programme else None,
        "harvest": harvest_of(page.gathering),
        "survey": survey_in_short(page.gathering) if page.is_past else None,
        "may_plan": request.user.has_perm("gatherings.plan_gathering", page.gathering),
        "structured_data": structured_data.as_script(described(page)) if page.gathering.is_public else "",
        "share": settings.SITE_URL + page.occasion.page,
        "breadcrumb": breadcrumb_of(page.gathering),
    }
    return render(request, "gatherings/gathering.html", context)


def described(page: GatheringPage) -> dict:
    """Return a gathering as search engines read it."""
    names = [host.organisation.name for host in page.hosts] or [page.occasion.programme.name]
    return structured_data.event(
        page.gathering,
        attendance=page.attendance,
        previous=[move.previous_starts_at for move in page.moves],
        organizers=names,
        url=settings.SITE_URL + page.occasion.page,
        register_url=settings.SITE_URL + reverse("places:register", args=[page.occasion.pk]),
    )


def breadcrumb_of(gathering: Gathering) -> list[tuple[str, str]]:
    """Return the way from the list to a gathering."""
    address = reverse("gatherings:gathering_list")
    territory = gathering.edition.territory
    return [(_("Gatherings"), address), (territory.name, f"{address}?territoire={territory.slug}")]
