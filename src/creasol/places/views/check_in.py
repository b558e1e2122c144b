"""The door: a page of buttons that works by itself, and what makes a telephone do without network."""

from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.printing import pdf_file
from creasol.foundation.text import french_spaces
from creasol.places import check_in_words, sheet_paper
from creasol.places.actions.check_in import CheckInAnswer, close_attendance, take_in
from creasol.places.enums import CheckInOutcome, Mode, SlotKind
from creasol.places.forms.check_in import CheckInForm, ParcelForm
from creasol.places.models import Occasion, Slot
from creasol.places.queries import check_in as queries
from creasol.places.tickets import token_in

from .participants import managed_occasion

SHOWN = 60
GOOD = {CheckInOutcome.WELCOME, CheckInOutcome.COMPLETED, CheckInOutcome.UNDONE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request, pk):
    occasion = managed_occasion(request, pk)
    if request.method == "POST":
        return note(request, occasion)
    slots = list(occasion.slots.all())
    token = token_in(request.GET.get("billet", ""))
    words = request.GET.get("q", "").strip()
    holder = queries.registration_of_ticket(token, occasion) if token else None
    slot = chosen(slots, request.GET.get("creneau", ""), holder)
    people = []
    if slot and holder:
        people = [person for person in queries.people_at(occasion) if person.registration == holder.pk]
        people = [person for person in people if person.slot == slot.pk]
    elif slot and (words or "tous" in request.GET):
        people = queries.people_called(occasion, slot, words)
    context = {
        "occasion": occasion,
        "slots": slots,
        "slot": slot,
        "counts": [one for one in queries.attendance(occasion) if one.slot == slot],
        "words": words,
        "looked_up": bool(words or token or "tous" in request.GET),
        "people": [line_of(person) for person in people[:SHOWN]],
        "more": len(people) > SHOWN,
        "pattern": {"person": queries.NOBODY, "said": "", "key": ""},
        "key": uuid4(),
        "until": int(queries.ends_on_the_phone(occasion).timestamp() * 1000),
        "over": occasion.ends_at <= timezone.now(),
        "script_words": check_in_words.words(),
    }
    return render(request, "places/desk/check_in.html", context)


def note(request, occasion: Occasion):
    """Note what a button of the page says, and come back to it."""
    form = CheckInForm(request.POST, slots=list(occasion.slots.all()))
    back = {name: request.POST[name] for name in ("creneau", "q") if request.POST.get(name)}
    if form.is_valid():
        answer = take_in(form.draft(by=request.user, received_at=timezone.now()), occasion=occasion)
        tell = messages.success if answer.outcome in GOOD else messages.warning
        tell(request, check_in_words.sentence(answer))
    else:
        messages.error(request, _("This could not be noted. Try again."))
    return redirect(f"{reverse('places:check_in', args=[occasion.pk])}?{urlencode(back)}")


@never_cache
@require_safe
def people(request, pk):
    """Answer what a telephone needs to do without network: first names, no address, no number to call."""
    occasion = managed_occasion(request, pk)
    if occasion.forgotten_at or queries.ends_on_the_phone(occasion) <= timezone.now():
        return JsonResponse({"people": [], "places": {}, "token": get_token(request), "over": True})
    places = {slot.pk: slot.capacity for slot in occasion.slots.all()}
    lines = [
        {
            "registration": person.registration,
            "booking": person.booking,
            "slot": person.slot,
            "name": person.name,
            "size": person.size,
            "organisation": person.organisation,
            "state": person.state,
            "arrived": person.arrived,
            "at": instant(person.at),
            "ticket": person.ticket,
        }
        for person in queries.people_at(occasion)
    ]
    return JsonResponse({"people": lines, "places": places, "token": get_token(request), "over": False})


@require_POST
def receive(request, pk):
    """Take in what a telephone sends, word by word; each has its answer, and may be sent again."""
    occasion = managed_occasion(request, pk)
    parcel = ParcelForm(request.POST)
    if not parcel.is_valid():
        return JsonResponse({"error": parcel.errors}, status=400)
    slots = list(occasion.slots.all())
    answers = []
    for said in parcel.cleaned_data["words"]:
        form = CheckInForm(said, slots=slots)
        if form.is_valid():
            draft = form.draft(
                by=request.user, received_at=timezone.now(), device=parcel.cleaned_data["device"]
            )
            answer = take_in(draft, occasion=occasion)
        else:
            answer = CheckInAnswer(CheckInOutcome.REFUSED)
        booking = answer.booking
        answers.append(
            {
                "key": said.get("key"),
                "outcome": answer.outcome,
                "booking": booking.pk if booking else None,
                "name": booking.registration.first_name if booking else "",
                "size": booking.size if booking else 1,
                "arrived": answer.arrived,
                "at": instant(answer.at),
                "by": answer.by,
                "said": check_in_words.sentence(answer),
            }
        )
    return JsonResponse({"answers": answers})


@never_cache
@require_safe
def counts(request, pk):
    """Answer how many are there, for the pages that show it live."""
    occasion = managed_occasion(request, pk)
    context = {"occasion": occasion, "attendance": queries.attendance(occasion)}
    return render(request, "places/components/attendance.html", context)


@require_POST
def close(request, pk):
    occasion = managed_occasion(request, pk)
    try:
        absent = close_attendance(occasion, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "The list is closed: %(absent)d registration without anyone.",
            "The list is closed: %(absent)d registrations without anyone.",
            absent,
        )
        messages.success(request, french_spaces(said % {"absent": absent}))
    return redirect("places:participants", pk)


@require_safe
def sheet(request, pk):
    occasion = managed_occasion(request, pk)
    slots = list(occasion.slots.all())
    asked = [slot for slot in slots if str(slot.pk) == request.GET.get("creneau", "")]
    content = sheet_paper.sheet(occasion, asked or slots, at=timezone.now())
    return pdf_file(f"emargement-{occasion.pk}.pdf", content)


@never_cache
@require_safe
def worker(request, pk):
    """Answer the script that answers for the site without network, from where it may watch over this page alone."""
    managed_occasion(request, pk)
    script = Path(finders.find("places/check-in-worker.js")).read_bytes()
    return HttpResponse(script, content_type="text/javascript")


def line_of(person: queries.Person) -> dict:
    said = check_in_words.state_of(person.state, at=person.at, arrived=person.arrived, size=person.size)
    return {"person": person, "said": said, "key": uuid4()}


def instant(moment) -> int | None:
    """Return a moment as telephones write it: milliseconds since 1970."""
    return round(moment.timestamp() * 1000) if moment else None


def chosen(slots: list[Slot], asked: str, holder) -> Slot | None:
    """Return the slot whose door it is: the one asked for, else one that the holder of the ticket has a place in."""
    known = [slot for slot in slots if str(slot.pk) == asked]
    held = [slot for slot in slots if holder and queries.booking_at(slot, holder)]
    entries = [slot for slot in slots if slot.kind == SlotKind.ENTRY and slot.mode == Mode.ON_SITE]
    return next(iter([*known, *held, *entries, *slots]), None)
