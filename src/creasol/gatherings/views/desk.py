"""The team's screens of the gatherings."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.pagination import page_of
from creasol.gatherings.actions import planning, series, states
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.forms.gatherings import (
    CancelForm,
    ConfirmForm,
    GatheringForm,
    HoldForm,
    LeaveOutForm,
    MoveForm,
    SeriesForm,
    dates_of,
    refuse,
    said_by,
)
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.desk import DeskPage, desk_gathering, desk_gatherings
from creasol.gatherings.recurrence import in_words
from creasol.places.enums import AnnouncementKind
from creasol.places.queries.announcements import untold
from creasol.places.queries.dates import alerts_of
from creasol.programmes.models import Programme

may_plan = permission_required("gatherings.plan_gathering", raise_exception=True)
FORMS = {
    GatheringState.CONFIRMED: ("confirm_form", ConfirmForm),
    GatheringState.HELD: ("hold_form", HoldForm),
    GatheringState.CANCELLED: ("cancel_form", CancelForm),
}
"""The states that ask something of the one who brings a gathering there."""


@require_safe
@may_plan
def gatherings(request):
    found = desk_gatherings(request.user, at=timezone.now())
    context = {"found": found, "page": page_of(found.over, request, size=25)}
    return render(request, "gatherings/desk/gatherings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def plan(request):
    initial = {"met_in": request.GET.get("dans", ""), "on_site": True}
    form = GatheringForm(request.POST or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        require_staff(request, draft.edition.programme)
        try:
            gathering = planning.plan_gathering(draft, by=request.user, at=timezone.now())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                request, _("The gathering is planned as a draft. Propose or confirm it when it is ready.")
            )
            return redirect("gatherings:desk_gathering", gathering.slug)
    return render(request, "gatherings/desk/plan.html", {"form": form, "occasion": None, "alerts": None})


def require_staff(request, programme: Programme) -> None:
    """Refuse who plans for a programme of others."""
    if not request.user.has_perm("gatherings.plan_gathering", programme):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def gathering(request, slug):
    desk = desk_or_404(request, slug)
    form = GatheringForm(
        request.POST or None, initial=said_by(desk.gathering), user=request.user, gathering=desk.gathering
    )
    if request.method == "POST" and form.is_valid():
        try:
            planning.revise_gathering(desk.gathering, form.draft(), by=request.user, at=timezone.now())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The gathering is saved."))
            return redirect("gatherings:desk_gathering", slug)
    return screen(request, slug, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def move(request, slug):
    desk = desk_or_404(request, slug)
    form = MoveForm(request.POST or None, initial=dates_of(desk.gathering.occasion))
    if request.method == "POST" and form.is_valid():
        try:
            states.move_gathering(desk.gathering, **form.dates(), by=request.user, at=timezone.now())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The gathering has its new date."))
            return to_mail_or_desk(request, desk.gathering)
    desk = desk_or_404(request, slug)
    context = {
        "desk": desk,
        "gathering": desk.gathering,
        "occasion": desk.page.occasion,
        "alerts": None,
        "form": form,
    }
    return render(request, "gatherings/desk/move.html", context)


@require_POST
@may_plan
def bring(request, slug):
    """Bring a gathering into the state that the button names."""
    subject = desk_or_404(request, slug).gathering
    name = request.POST.get("state", "")
    if name not in GatheringState.values:
        raise Http404
    key, form_class = FORMS.get(name, ("", None))
    form = form_class(request.POST) if form_class else None
    if form and not form.is_valid():
        return screen(request, slug, **{key: form})
    said = {"by": request.user, "at": timezone.now()} | (form.cleaned_data if form else {})
    try:
        still_there = act(subject, GatheringState(name), said)
    except ValidationError as error:
        if form and hasattr(error, "error_dict"):
            refuse(form, error)
            return screen(request, slug, **{key: form})
        messages.error(request, " ".join(error.messages))
        return redirect("gatherings:desk_gathering", slug)
    if not still_there:
        messages.success(request, _("The draft is deleted."))
        return redirect("gatherings:desk_gatherings")
    messages.success(request, _("The gathering is now: %(state)s.") % {"state": subject.get_state_display()})
    return to_mail_or_desk(request, subject)


def to_mail_or_desk(request, subject: Gathering):
    """Lead to the mail that people wait for after a change, if they do; else back to the gathering."""
    mail = untold(subject.occasion, at=timezone.now())
    if mail is None:
        return redirect("gatherings:desk_gathering", subject.slug)
    if mail.kind == AnnouncementKind.SURVEY:
        said = ngettext(
            "%(people)d person who came can be asked two questions: read the mail, then send it.",
            "%(people)d people who came can be asked two questions: read the mail, then send it.",
            mail.people,
        )
    else:
        said = ngettext(
            "%(people)d person registered has not been told: read the mail, then send it.",
            "%(people)d people registered have not been told: read the mail, then send it.",
            mail.people,
        )
    messages.warning(request, said % {"people": mail.people})
    return redirect("places:announcement", subject.occasion_id, mail.kind)


def act(subject: Gathering, state: GatheringState, said: dict) -> bool:
    """Call the action that leads to a state; tell whether the gathering is still there. 404 for a date: it is typed."""
    if state == GatheringState.CANCELLED:
        return states.cancel_gathering(subject, **said)
    actions = {
        GatheringState.PROPOSED: states.propose_gathering,
        GatheringState.DRAFT: states.withdraw_gathering,
        GatheringState.CONFIRMED: states.confirm_gathering,
        GatheringState.HELD: states.hold_gathering,
    }
    if state not in actions:
        raise Http404
    actions[state](subject, **said)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def repeat(request, slug):
    """Make a gathering the first of a series, or show the series that it is of."""
    desk = desk_or_404(request, slug)
    subject = desk.gathering
    form = SeriesForm(request.POST or None, initial={"name": subject.occasion.title, "rhythm": "monthly"})
    if request.method == "POST" and form.is_valid():
        starts_on = timezone.localtime(subject.occasion.starts_at).date()
        try:
            series.plan_series(
                subject,
                name=form.cleaned_data["name"],
                rule=form.rule(starts_on),
                exceptions=form.cleaned_data["exceptions"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The series is planned: each date can be changed alone."))
            return redirect("gatherings:series", slug)
        desk = desk_or_404(request, slug)
    context = {
        "desk": desk,
        "gathering": desk.gathering,
        "occasion": desk.page.occasion,
        "form": form,
        "rhythm": in_words(desk.gathering.series.rule) if desk.gathering.series else "",
        "left_out": [date.fromisoformat(day) for day in desk.gathering.series.exceptions]
        if desk.gathering.series
        else (),
    }
    return render(request, "gatherings/desk/series.html", context)


@require_POST
@may_plan
def leave_out(request, slug):
    """Leave a day out of the series that a gathering is of."""
    subject = desk_or_404(request, slug).gathering
    form = LeaveOutForm(request.POST)
    if subject.series is None or not form.is_valid():
        raise Http404
    day = form.cleaned_data["day"]
    own_day = timezone.localtime(subject.occasion.starts_at).date() == day
    try:
        gone = series.leave_out(subject.series, day=day, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("gatherings:series", slug)
    if gone:
        messages.success(request, _("The day is left out of the series, its draft is deleted."))
    else:
        messages.info(
            request,
            _(
                "The day is left out of the series. Its gathering was changed since: it stays, cancel it if it is off."
            ),
        )
    if gone and own_day:
        return redirect("gatherings:desk_gatherings")
    return redirect("gatherings:series", slug)


def desk_or_404(request, slug: str) -> DeskPage:
    try:
        return desk_gathering(slug, request.user, at=timezone.now())
    except Gathering.DoesNotExist as error:
        raise Http404 from error


def screen(request, slug: str, **forms):
    """Show everything that can be done to a gathering, the form that was refused among the others."""
    desk = desk_or_404(request, slug)
    subject = desk.gathering
    context = {
        "desk": desk,
        "page": desk.page,
        "gathering": subject,
        "occasion": desk.page.occasion,
        "alerts": alerts_of(desk.page.occasion, today=timezone.localdate()),
        "untold": untold(desk.page.occasion, at=timezone.now()),
        "form": GatheringForm(initial=said_by(subject), user=request.user, gathering=subject),
        "confirm_form": ConfirmForm(),
        "hold_form": HoldForm(initial={"came": subject.came}),
        "cancel_form": CancelForm(),
    }
    return render(request, "gatherings/desk/gathering.html", context | forms)
