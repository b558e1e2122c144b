"""What everyone may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creasol.foundation.spreadsheets import csv_file
from creasol.programmes.exports import rotation_header, rotation_rows
from creasol.programmes.models import Edition, Programme
from creasol.programmes.queries.editions import edition_page, running_editions
from creasol.programmes.queries.programmes import programme_page, programmes
from creasol.programmes.queries.rotation import rotation
from creasol.programmes.rotation_map import rotation_map
from creasol.programmes.signals import edition_page as edition_page_made
from creasol.territories.sections import page_sections


@require_safe
@login_not_required
def programme_list(request):
    context = {"programmes": programmes(), "running": running_editions(on=timezone.localdate())}
    return render(request, "programmes/programme_list.html", context)


@require_safe
@login_not_required
def programme(request, slug):
    try:
        page = programme_page(slug)
    except Programme.DoesNotExist as error:
        raise Http404 from error
    context = {"page": page, "programme": page.programme, "rotation": rotation(page.programme)}
    return render(request, "programmes/programme.html", context)


@require_safe
@login_not_required
def programme_rotation(request, slug):
    whole = rotation(get_object_or_404(programmes(), slug=slug))
    context = {
        "programme": whole.programme,
        "rotation": whole,
        "map": rotation_map(whole),
        "downloads": [(_("The rotation (CSV)"), reverse("programmes:rotation_csv", args=[slug]))],
    }
    return render(request, "programmes/rotation.html", context)


@require_safe
@login_not_required
def rotation_csv(request, slug):
    whole = rotation(get_object_or_404(programmes(), slug=slug))
    return csv_file(f"rotation-{slug}.csv", rotation_header(), rotation_rows(whole))


@require_safe
@login_not_required
def edition(request, slug):
    try:
        page = edition_page(slug, on=timezone.localdate())
    except Edition.DoesNotExist as error:
        raise Http404 from error
    sections = page_sections(edition_page_made, request, edition=page.edition)
    context = {"page": page, "edition": page.edition, "sections": sections}
    return render(request, "programmes/edition.html", context)
