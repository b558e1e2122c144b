"""The mails to everyone registered: looked at, worded, held back, sent."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creasol.foundation.buttons import press
from creasol.foundation.text import french_spaces
from creasol.mailing.notifications import Mail
from creasol.mailing.showing import mail_shown
from creasol.places.actions import announcements as actions
from creasol.places.enums import AnnouncementKind
from creasol.places.forms.announcements import WordsForm
from creasol.places.models import Occasion
from creasol.places.notifications import announcement_mail, key_patterns
from creasol.places.queries import announcements as queries
from creasol.places.queries.mails import told_to

from .participants import managed_occasion

LANGUAGES = dict(settings.LANGUAGES)


@never_cache
@require_safe
def announcements(request, pk):
    occasion = managed_occasion(request, pk)
    states = queries.states_of(occasion, key_patterns(occasion), at=timezone.now())
    return render(request, "places/desk/mails.html", {"occasion": occasion, "states": states})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request, pk, kind):
    """Show a mail to everyone as it would leave now, and take the organiser's words."""
    occasion, state = occasion_and_state(request, pk, kind)
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"words": state.words})
    if request.method == "POST" and form.is_valid():
        return settle(
            request,
            occasion,
            kind,
            lambda: actions.word_announcement(
                occasion, kind=kind, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
            ),
            _("Your words are kept. Read the mail again before it leaves."),
        )
    language = request.GET.get("langue", settings.LANGUAGE_CODE)
    language = language if language in LANGUAGES else settings.LANGUAGE_CODE
    context = {
        "occasion": occasion,
        "state": state,
        "recipients": queries.recipients_of(occasion, kind),
        "form": form,
        "mail": mail_to_nobody(occasion, state, language=language),
        "language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "places/desk/mail.html", context)


@never_cache
@require_safe
def as_designed(request, pk, kind, language):
    """Show the mail as mail programs do."""
    occasion, state = occasion_and_state(request, pk, kind)
    mail = mail_to_nobody(occasion, state, language=language) if language in LANGUAGES else None
    if mail is None:
        raise Http404
    return mail_shown(mail.html)


@require_POST
def send(request, pk, kind):
    occasion, state = occasion_and_state(request, pk, kind)
    said = ngettext(
        "The mail leaves for %(people)d person.", "The mail leaves for %(people)d people.", state.recipients
    )
    return settle(
        request,
        occasion,
        kind,
        lambda: actions.send_announcement(occasion, kind=kind, by=request.user, at=timezone.now()),
        french_spaces(said % {"people": state.recipients}),
    )


@require_POST
def hold_back(request, pk, kind):
    occasion, _state = occasion_and_state(request, pk, kind)
    held = request.POST.get("held") == "yes"
    return settle(
        request,
        occasion,
        kind,
        lambda: actions.hold_back(occasion, kind=kind, held=held, by=request.user, at=timezone.now()),
        _("This reminder does not leave.") if held else _("This reminder leaves at its hour."),
    )


def occasion_and_state(request, pk: int, kind: str) -> tuple[Occasion, queries.State]:
    """Return an occasion that the visitor may manage, and the state of one kind of mail; 404 for an unknown kind."""
    occasion = managed_occasion(request, pk)
    if kind not in AnnouncementKind.values:
        raise Http404
    states = queries.states_of(occasion, key_patterns(occasion), at=timezone.now(), kinds=[kind])
    return occasion, states[0]


def mail_to_nobody(occasion: Occasion, state: queries.State, *, language: str) -> Mail | None:
    """Return the mail as somebody who does not exist would get it; None for a new date that there is not."""
    moves = list(occasion.moves.all())
    if state.kind == AnnouncementKind.MOVED and not moves:
        return None
    registration, bookings = queries.sample_registration(occasion, language=language)
    notification = announcement_mail(
        state.kind,
        registration=registration,
        words=state.words,
        before=moves[-1] if moves else None,
        path=queries.survey_path(registration) or "/",
        at=timezone.now(),
        told=told_to(registration, bookings=bookings),
    )
    return notification.render()


def settle(request, occasion: Occasion, kind: str, action, success: str):
    """Do what a button asks and come back to the mail."""
    return press(request, action, success, to=("places:announcement", occasion.pk, kind))
