"""The gatherings as calendars to subscribe to (RFC 5545) and as news (Atom)."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.dates import moment
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.gatherings import gathering_page, gatherings_to_subscribe, upcoming_gatherings
from creasol.places.calendar_file import Event, EventStatus, calendar_answer, calendar_of, event_of
from creasol.programmes.models import Programme, Theme
from creasol.territories.models import Territory

KEPT = timedelta(days=365)
NEWS = 40


@require_safe
@login_not_required
def agenda(request):
    """Answer the gatherings of the past year and those to come, of a programme, a territory or a theme if asked."""
    try:
        found = gatherings_to_subscribe(
            since=timezone.localdate() - KEPT,
            programme=request.GET.get("programme", ""),
            territory=request.GET.get("territoire", ""),
            theme=request.GET.get("theme", ""),
        )
    except (Programme.DoesNotExist, Territory.DoesNotExist, Theme.DoesNotExist) as error:
        raise Http404 from error
    content = calendar_of(map(event_about, found), name=_("Gatherings"))
    return calendar_answer(request, content, name="rencontres.ics")


@require_safe
@login_not_required
def gathering_agenda(request, slug):
    try:
        gathering = gathering_page(slug, None, at=timezone.now()).gathering
    except Gathering.DoesNotExist as error:
        raise Http404 from error
    content = calendar_of([event_about(gathering)], name=gathering.occasion.title)
    return calendar_answer(request, content, name=f"{slug}.ics")


def event_about(gathering: Gathering) -> Event:
    """Return a gathering as calendars know it; a proposed one is tentative too."""
    occasion = gathering.occasion
    said = "\n\n".join(filter(None, (gathering.summary, occasion.practical)))
    event = event_of(occasion, description=said)
    if gathering.state == GatheringState.PROPOSED:
        return replace(event, status=EventStatus.TENTATIVE)
    return event


@require_safe
@login_not_required
def atom(request):
    address = settings.SITE_URL + reverse("gatherings:gathering_list")
    feed = Atom1Feed(
        title=_("Gatherings"),
        link=address,
        description=_("The gatherings to come."),
        language="fr",
        feed_url=settings.SITE_URL + request.path,
    )
    for gathering in upcoming_gatherings(on=timezone.localdate())[:NEWS]:
        occasion = gathering.occasion
        place = f", {occasion.room.venue.commune}" if occasion.room else ""
        tentative = f" ({_('date to be confirmed')})" if occasion.is_tentative else ""
        when = moment(occasion.starts_at, occasion.ends_at)
        feed.add_item(
            title=occasion.title,
            link=settings.SITE_URL + occasion.page,
            description=f"{when}{place}{tentative}. {gathering.summary}".strip(),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
