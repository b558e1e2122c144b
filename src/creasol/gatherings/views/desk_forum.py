"""The team's screens of a forum day: axes and themes, workshops, wishes, volunteer shifts."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.buttons import press
from creasol.foundation.forms import put_errors
from creasol.foundation.printing import pdf_file
from creasol.gatherings.actions import shifts as shift_actions
from creasol.gatherings.actions import strands as strand_actions
from creasol.gatherings.actions import workshops as workshop_actions
from creasol.gatherings.forms.forum import ShiftForm, StrandForm, WishesForm, WorkshopForm
from creasol.gatherings.models import Gathering
from creasol.gatherings.programme_paper import rooms_on_pages
from creasol.gatherings.queries.desk import gatherings_to_manage
from creasol.gatherings.queries.forum import (
    clashes,
    programme_of,
    shift_slots,
    shifts_of,
    strands_of,
    workshops_of,
)
from creasol.places.actions import wishes as wish_actions
from creasol.places.queries.wishes import wish_plan

may_plan = permission_required("gatherings.plan_gathering", raise_exception=True)


def planned_or_404(request, slug: str) -> Gathering:
    """Return the gathering of the address, if it is of a programme whose staff the visitor is."""
    try:
        return gatherings_to_manage(request.user).get(slug=slug)
    except Gathering.DoesNotExist as error:
        raise Http404 from error


def tried(form, act: Callable[[], object]) -> bool:
    """Act upon a valid form; what is refused is said in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        put_errors(form, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def workshops(request, slug):
    gathering = planned_or_404(request, slug)
    form = WorkshopForm(request.POST if request.method == "POST" else None, gathering=gathering)
    if request.method == "POST" and tried(
        form,
        lambda: workshop_actions.add_workshop(
            form.draft(), gathering=gathering, by=request.user, at=timezone.now()
        ),
    ):
        messages.success(request, _("“%(name)s” is in the programme.") % {"name": form.cleaned_data["name"]})
        return redirect("gatherings:desk_workshops", slug)
    return programme_screen(request, gathering, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def workshop(request, slug, pk):
    gathering = planned_or_404(request, slug)
    found = get_object_or_404(workshops_of(gathering), pk=pk)
    title = found.slot.name
    form = WorkshopForm(
        request.POST if request.method == "POST" else None, gathering=gathering, workshop=found
    )
    told = []
    if request.method == "POST" and tried(
        form,
        lambda: told.append(
            workshop_actions.revise_workshop(found, form.draft(), by=request.user, at=timezone.now())
        ),
    ):
        messages.success(request, _("“%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
        if told[0]:
            messages.warning(request, to_be_told(told[0]))
        return redirect("gatherings:desk_workshops", slug)
    context = {"gathering": gathering, "occasion": gathering.occasion, "title": title, "form": form, "pk": pk}
    return render(request, "gatherings/desk/workshop.html", context)


def to_be_told(number: int) -> str:
    return ngettext(
        "%(number)d registration was made for other hours or another room: tell them, by the screen of the mails.",
        "%(number)d registrations were made for other hours or another room: tell them, by the screen of the mails.",
        number,
    ) % {"number": number}


@require_POST
@may_plan
def remove_workshop(request, slug, pk):
    found = get_object_or_404(workshops_of(planned_or_404(request, slug)), pk=pk)
    return press(
        request,
        lambda: workshop_actions.remove_workshop(found, by=request.user, at=timezone.now()),
        _("“%(name)s” is not in the programme any more.") % {"name": found},
        to=("gatherings:desk_workshops", slug),
    )


@require_POST
@may_plan
def add_strand(request, slug):
    gathering = planned_or_404(request, slug)
    form = StrandForm(request.POST, prefix="strand")
    if tried(
        form,
        lambda: strand_actions.add_strand(
            form.draft(), gathering=gathering, by=request.user, at=timezone.now()
        ),
    ):
        messages.success(request, _("It is added."))
        return redirect("gatherings:desk_workshops", slug)
    return programme_screen(request, gathering, strand_form=form)


@require_POST
@may_plan
def revise_strand(request, slug, pk):
    gathering = planned_or_404(request, slug)
    strand = get_object_or_404(strands_of(gathering), pk=pk)
    form = StrandForm(request.POST, instance=strand, prefix=f"strand-{pk}")
    if tried(
        form,
        lambda: strand_actions.revise_strand(
            get_object_or_404(strands_of(gathering), pk=pk), form.draft(), by=request.user, at=timezone.now()
        ),
    ):
        messages.success(request, _("It is saved."))
        return redirect("gatherings:desk_workshops", slug)
    return programme_screen(request, gathering, refused=form)


@require_POST
@may_plan
def raise_strand(request, slug, pk):
    strand = get_object_or_404(strands_of(planned_or_404(request, slug)), pk=pk)
    strand_actions.raise_strand(strand, by=request.user, at=timezone.now())
    return redirect("gatherings:desk_workshops", slug)


@require_POST
@may_plan
def remove_strand(request, slug, pk):
    strand = get_object_or_404(strands_of(planned_or_404(request, slug)), pk=pk)
    strand_actions.remove_strand(strand, by=request.user, at=timezone.now())
    messages.success(request, _("It is taken away; its workshops stay in the programme."))
    return redirect("gatherings:desk_workshops", slug)


def programme_screen(request, gathering: Gathering, *, form=None, strand_form=None, refused=None):
    """Show the programme and all that can be done to it, the form that was refused among the others."""
    programme = programme_of(gathering, at=timezone.now())
    forms = [StrandForm(instance=strand, prefix=f"strand-{strand.pk}") for strand in strands_of(gathering)]
    context = {
        "gathering": gathering,
        "occasion": gathering.occasion,
        "programme": programme,
        "clashes": clashes(programme),
        "form": form or WorkshopForm(gathering=gathering),
        "strand_form": strand_form or StrandForm(prefix="strand"),
        "strand_forms": [refused if refused and refused.prefix == each.prefix else each for each in forms],
        "downloads": [
            (_("On one page (PDF)"), reverse("gatherings:programme_pdf", args=[gathering.slug])),
            (_("A page for each room (PDF)"), reverse("gatherings:rooms_pdf", args=[gathering.slug])),
        ],
    }
    return render(request, "gatherings/desk/workshops.html", context)


@require_safe
@may_plan
def rooms_pdf(request, slug):
    programme = programme_of(planned_or_404(request, slug), at=timezone.now())
    return pdf_file(f"{slug}-salles.pdf", rooms_on_pages(programme, language=get_language()))


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def wishes(request, slug):
    gathering = planned_or_404(request, slug)
    occasion = gathering.occasion
    if request.method == "POST":
        given = []
        return press(
            request,
            lambda: given.append(wish_actions.assign_wishes(occasion, by=request.user, at=timezone.now())),
            lambda: told_of(given[0]),
            to=("gatherings:desk_wishes", slug),
        )
    return wishes_screen(request, gathering)


@require_POST
@may_plan
def ask_for_wishes(request, slug):
    gathering = planned_or_404(request, slug)
    form = WishesForm(request.POST)
    if tried(
        form,
        lambda: wish_actions.ask_for_wishes(
            gathering.occasion, until=form.cleaned_data["until"], by=request.user, at=timezone.now()
        ),
    ):
        messages.success(request, _("It is saved."))
        return redirect("gatherings:desk_wishes", slug)
    return wishes_screen(request, gathering, form=form)


def wishes_screen(request, gathering: Gathering, *, form=None):
    """Show what people wish for, what could be given, and until when they may wish."""
    occasion = gathering.occasion
    context = {
        "gathering": gathering,
        "occasion": occasion,
        "plan": wish_plan(occasion),
        "still_open": bool(occasion.wishes_until and timezone.now() < occasion.wishes_until),
        "form": form or WishesForm(initial={"until": occasion.wishes_until}),
    }
    return render(request, "gatherings/desk/wishes.html", context)


def told_of(found) -> str:
    """Return what an assignment gave, in a sentence."""
    number = found.wished.value
    if not number:
        return _("There was nothing to give.")
    first, second, third = found.met
    met = ngettext(
        "%(number)d wish is met: %(first)d first, %(second)d second, %(third)d third.",
        "%(number)d wishes are met: %(first)d first, %(second)d second, %(third)d third.",
        number,
    ) % {"number": number, "first": first, "second": second, "third": third}
    if found.is_optimal:
        proof = _("It is proven that nothing better is possible.")
    else:
        proof = _("It is proven that no more than %(most)d can be met.") % {"most": found.wished.bound}
    return f"{met} {proof}"


@require_http_methods(["GET", "HEAD", "POST"])
@may_plan
def shifts(request, slug):
    gathering = planned_or_404(request, slug)
    form = ShiftForm(request.POST if request.method == "POST" else None, gathering=gathering)
    if request.method == "POST" and tried(
        form,
        lambda: shift_actions.add_shift(
            form.draft(), gathering=gathering, by=request.user, at=timezone.now()
        ),
    ):
        messages.success(
            request, _("The shift is added: people can take it as soon as registration is open.")
        )
        return redirect("gatherings:desk_shifts", slug)
    return shifts_screen(request, gathering, form=form)


@require_POST
@may_plan
def revise_shift(request, slug, pk):
    gathering = planned_or_404(request, slug)
    slot = get_object_or_404(shift_slots(gathering), pk=pk)
    form = ShiftForm(request.POST, gathering=gathering, slot=slot, prefix=f"shift-{pk}")
    if tried(
        form, lambda: shift_actions.revise_shift(slot, form.draft(), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The shift is saved."))
        return redirect("gatherings:desk_shifts", slug)
    return shifts_screen(request, gathering, refused=form)


@require_POST
@may_plan
def remove_shift(request, slug, pk):
    slot = get_object_or_404(shift_slots(planned_or_404(request, slug)), pk=pk)
    return press(
        request,
        lambda: shift_actions.remove_shift(slot, by=request.user, at=timezone.now()),
        _("The shift is taken away."),
        to=("gatherings:desk_shifts", slug),
    )


def shifts_screen(request, gathering: Gathering, *, form=None, refused=None):
    """Show the shifts and what can be done to them, the form that was refused among the others."""
    shifts = shifts_of(gathering)
    forms = [
        ShiftForm(gathering=gathering, slot=shift.slot, prefix=f"shift-{shift.slot.pk}")
        for shift in shifts.rows
    ]
    shown = [refused if refused and refused.prefix == each.prefix else each for each in forms]
    context = {
        "gathering": gathering,
        "occasion": gathering.occasion,
        "shifts": shifts,
        "rows": list(zip(shifts.rows, shown, strict=True)),
        "form": form or ShiftForm(gathering=gathering),
    }
    return render(request, "gatherings/desk/shifts.html", context)
