"""What is said at a gathering: noted by the team on the spot, or by the people themselves from a secret address."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creasol.foundation.forms import put_errors
from creasol.foundation.pagination import page_of
from creasol.foundation.printing import pdf_file
from creasol.foundation.secret_links import secret_link
from creasol.gatherings.actions.harvest import note_at
from creasol.gatherings.forms.harvest import HarvestForm, SayForm
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.harvest import (
    Door,
    door_of,
    gathering_to_note,
    gathering_with_key,
    noted_at,
    said_without_account,
)
from creasol.gatherings.say_sheet import PAPERS, address_to_say, code_of, say_sheet

SAID = "said_at"  # in the session: when this visitor said something
HOUR = timedelta(hours=1)
MOST_BY_ONE, MOST_BY_ALL = 20, 600
CLOSED, TOO_MANY = 403, 429

may_note = permission_required("needs.note_contribution", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_note
def harvest(request, slug):
    gathering = gathering_of_staff(request, slug)
    form = HarvestForm(
        request.POST if request.method == "POST" else None,
        gathering=gathering,
        workshop=request.GET.get("atelier", ""),
    )
    if request.method == "POST" and form.is_valid() and noted(form, by=request.user, at=timezone.now()):
        messages.success(request, _("It is noted."))
        workshop = form.cleaned_data.get("workshop")
        here = reverse("gatherings:harvest", args=[slug])
        return redirect(f"{here}?atelier={workshop.pk}" if workshop else here)
    address = address_to_say(gathering)
    context = {
        "gathering": gathering,
        "occasion": gathering.occasion,
        "form": form,
        "page": page_of(noted_at(gathering), request, size=50),
        "door": door_of(gathering, at=timezone.now()),
        "address": address,
        "code": code_of(address),
    }
    return render(request, "gatherings/desk/harvest.html", context)


@require_safe
@may_note
def sheet(request, slug):
    """Answer the sheet for the room: ?format=a5 for the tables."""
    gathering = gathering_of_staff(request, slug)
    paper = request.GET.get("format", PAPERS[0])
    if paper not in PAPERS:
        raise Http404
    return pdf_file(f"a-vous-la-parole-{paper}.pdf", say_sheet(gathering, paper=paper))


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@secret_link
def say(request, slug, key):
    gathering = gathering_or_404(slug, key)
    now = timezone.now()
    door = door_of(gathering, at=now)
    if door != Door.OPEN:
        return render(
            request, "gatherings/say_closed.html", {"gathering": gathering, "door": door}, status=CLOSED
        )
    form = SayForm(request.POST if request.method == "POST" else None, gathering=gathering)
    status = 200
    if request.method == "POST" and form.is_valid():
        refusal = too_many(request, gathering, at=now)
        if refusal:
            form.add_error(None, refusal)
            status = TOO_MANY
        elif noted(form, by=None, at=now):
            request.session[SAID] = [*lately(request, at=now), now.timestamp()]
            return redirect("gatherings:said", slug, key)
    context = {"gathering": gathering, "occasion": gathering.occasion, "form": form}
    return render(request, "gatherings/say.html", context, status=status)


@require_safe
@login_not_required
@secret_link
def said(request, slug, key):
    gathering = gathering_or_404(slug, key)
    door = door_of(gathering, at=timezone.now())
    if door == Door.SHUT:
        return redirect("gatherings:say", slug, key)
    context = {"gathering": gathering, "occasion": gathering.occasion, "open": door == Door.OPEN}
    return render(request, "gatherings/said.html", context)


def noted(form: HarvestForm, *, by, at: datetime) -> bool:
    """Note what a form says; tell whether it was, the refusal being in the form otherwise."""
    try:
        note_at(
            form.gathering,
            form.draft(),
            workshop=form.cleaned_data.get("workshop"),
            by=by,
            at=at,
            request_key=form.cleaned_data["request_key"].hex,
        )
    except ValidationError as error:
        put_errors(form, error)
        return False
    return True


def too_many(request, gathering: Gathering, *, at: datetime) -> str:
    """Return in words why nothing more is taken now; nothing when it is."""
    if len(lately(request, at=at)) >= MOST_BY_ONE:
        return _(
            "You have said %(most)d things within an hour. Thank you! Come back a little later for the next one."
        ) % {"most": MOST_BY_ONE}
    if said_without_account(gathering, since=at - HOUR) >= MOST_BY_ALL:
        return _(
            "So many people are writing that we cannot keep up. Your words are still here: send them in an hour."
        )
    return ""


def lately(request, *, at: datetime) -> list[float]:
    """Return when this visitor said something within the hour."""
    return [moment for moment in request.session.get(SAID, []) if moment > (at - HOUR).timestamp()]


def gathering_of_staff(request, slug: str) -> Gathering:
    """Return a gathering whose contributions the visitor may note; 404 for those of other programmes too."""
    try:
        gathering = gathering_to_note(slug)
    except Gathering.DoesNotExist as error:
        raise Http404 from error
    if not request.user.has_perm("needs.note_contribution", gathering):
        raise Http404
    return gathering


def gathering_or_404(slug: str, key: str) -> Gathering:
    try:
        return gathering_with_key(slug, key)
    except Gathering.DoesNotExist as error:
        raise Http404 from error
