"""The staff's screens of the editions."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.programmes.actions.editions import MOVES, plan_edition, revise_edition
from creasol.programmes.enums import EditionState
from creasol.programmes.forms import EditionForm
from creasol.programmes.models import Edition
from creasol.programmes.queries.editions import all_editions, allowed_states, edition_to_edit
from creasol.programmes.queries.programmes import programmes
from creasol.programmes.queries.proposals import next_edition
from creasol.programmes.queries.rotation import rotation, territories_in_turn

may_plan = permission_required("programmes.plan_edition", raise_exception=True)


@require_safe
@may_plan
def desk_editions(request):
    mine = [
        programme for programme in programmes() if request.user.has_perm("programmes.plan_edition", programme)
    ]
    context = {"editions": all_editions(), "rotations": [rotation(programme) for programme in mine]}
    return render(request, "programmes/desk/editions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def plan(request, slug):
    """Plan the next edition of a programme, on the territory in ``?territory=`` or the next in turn."""
    programme = get_object_or_404(programmes(), slug=slug)
    refuse_unless_coordinating(request, programme)
    wanted = request.GET.get("territory", "").replace("\0", "")  # PostgreSQL takes no NUL in a text
    territory = territories_in_turn(programme).filter(slug=wanted).first()
    proposal = next_edition(programme, on=timezone.localdate(), territory=territory)
    form = EditionForm(request.POST or None, programme=programme, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            edition = plan_edition(form.draft(), programme=programme, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The edition is planned."))
            return redirect("programmes:desk_edition", edition.slug)
    return render(request, "programmes/desk/plan.html", {"form": form, "programme": programme})


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def revise(request, slug):
    edition = edition_for(request, slug)
    form = EditionForm(request.POST or None, programme=edition.programme, edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            revise_edition(edition, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            form.refuse(error)
            edition = edition_for(request, slug)
        else:
            messages.success(request, _("The edition is saved."))
            return redirect("programmes:desk_edition", slug)
    context = {"form": form, "edition": edition, "states": allowed_states(edition)}
    return render(request, "programmes/desk/edition.html", context)


@require_POST
@may_plan
def change_state(request, slug):
    edition = edition_for(request, slug)
    state = request.POST.get("state", "")
    if state not in EditionState.values:
        raise Http404
    try:
        MOVES[EditionState(state)](edition, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The edition is now %(state)s.") % {"state": edition.get_state_display()})
    return redirect("programmes:desk_edition", slug)


def edition_for(request, slug: str) -> Edition:
    try:
        edition = edition_to_edit(slug)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    refuse_unless_coordinating(request, edition)
    return edition


def refuse_unless_coordinating(request, thing) -> None:
    if not request.user.has_perm("programmes.plan_edition", thing):
        raise PermissionDenied
