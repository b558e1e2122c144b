"""What everyone reads of a forum day: its programme, on screen and on paper, and where hands are missing."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.printing import pdf_file
from creasol.gatherings.models import Gathering
from creasol.gatherings.programme_paper import day_on_a_page
from creasol.gatherings.queries.forum import programme_of, shifts_of
from creasol.gatherings.queries.gatherings import gatherings_visible_to


@require_safe
@login_not_required
def programme(request, slug):
    gathering = gathering_or_404(request, slug)
    downloads = [(_("On one page (PDF)"), reverse("gatherings:programme_pdf", args=[slug]))]
    found = programme_of(gathering, at=timezone.now())
    context = {"programme": found, "downloads": downloads if found else []}
    return render(request, "gatherings/programme.html", context | around(gathering))


@require_safe
@login_not_required
def programme_pdf(request, slug):
    gathering = gathering_or_404(request, slug)
    found = programme_of(gathering, at=timezone.now())
    address = request.build_absolute_uri(reverse("gatherings:programme", args=[slug]))
    content = day_on_a_page(found, address=address, language=get_language())
    return pdf_file(f"{slug}-programme.pdf", content)


@require_safe
@login_not_required
def volunteers(request, slug):
    gathering = gathering_or_404(request, slug)
    programme = programme_of(gathering, at=timezone.now())
    context = {"shifts": shifts_of(gathering), "takes_registrations": programme.takes_registrations}
    return render(request, "gatherings/volunteers.html", context | around(gathering))


def gathering_or_404(request, slug: str) -> Gathering:
    try:
        return gatherings_visible_to(request.user).get(slug=slug)
    except Gathering.DoesNotExist as error:
        raise Http404 from error


def around(gathering: Gathering) -> dict:
    """Return what every page about a part of a gathering shows around it."""
    breadcrumb = [
        (_("Gatherings"), reverse("gatherings:gathering_list")),
        (gathering.occasion.title, reverse("gatherings:gathering", args=[gathering.slug])),
    ]
    return {"gathering": gathering, "occasion": gathering.occasion, "breadcrumb": breadcrumb}
