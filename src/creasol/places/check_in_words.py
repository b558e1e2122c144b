"""What is said to the team at the door, in the language of the page: by the site, or by a telephone without network."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from creasol.foundation import dates
from creasol.foundation.text import french_spaces
from creasol.places.actions.check_in import CheckInAnswer
from creasol.places.enums import BookingState, CheckInOutcome


def answers() -> dict[str, str]:
    """Return what is said of each outcome, with places for the name, the hour and the numbers."""
    return {
        CheckInOutcome.WELCOME: _("Welcome {name}"),
        CheckInOutcome.COMPLETED: _("{name}: {arrived} of {size} are there"),
        CheckInOutcome.ALREADY: _("{name}: already came at {time}"),
        CheckInOutcome.UNDONE: _("{name}: not there, it is noted"),
        CheckInOutcome.WAITING: _("{name} is on the waiting list"),
        CheckInOutcome.CANCELLED: _("{name}: the registration is cancelled"),
        CheckInOutcome.ELSEWHERE: _("This person is not registered for this"),
        CheckInOutcome.UNKNOWN: _("Unknown ticket"),
        CheckInOutcome.REFUSED: _("{name}: this could not be noted"),
    }


def states() -> dict[str, str]:
    """Return what stands beside a name in each state, with places for the hour and the numbers."""
    return {
        BookingState.CONFIRMED: _("not there yet"),
        BookingState.ABSENT: _("noted as absent"),
        BookingState.PRESENT: _("came at {time}"),
        BookingState.WAITING: _("on the waiting list"),
        BookingState.OFFERED: _("a place is offered, no answer yet"),
        BookingState.CANCELLED: pgettext("person", "cancelled"),
        BookingState.REFUSED: _("cancelled by the organisers"),
        BookingState.DECLINED: _("gave up the place"),
        BookingState.EXPIRED: _("did not answer the offer"),
        "elsewhere": _("registered, but not for this"),
    }


def words() -> dict:
    """Return all that a telephone says, for its script."""
    return {
        "answers": {str(key): french_spaces(text) for key, text in answers().items()},
        "states": {str(key): text for key, text in states().items()},
        "group": _("{arrived} of {size} came"),
        "many": _("× {size}"),
        "ask": french_spaces(_("{name}: how many are there?")),
        "unchecked": _(
            "This telephone does not know this ticket. It will be looked up when the network is back."
        ),
        "waiting": {
            "one": ngettext("{count} word to send", "{count} words to send", 1),
            "other": ngettext("{count} word to send", "{count} words to send", 2),
        },
        "offline": _("No network: go on, everything is kept on this telephone."),
        "signed_out": _("You are signed out. Nothing is lost: sign in again, and what you noted is sent."),
        "trouble": _(
            "The site does not answer as it should. Nothing is lost: it is tried again in a moment."
        ),
        "send_first": _("Some arrivals are not sent yet: find the network first."),
        "no_camera": _("The camera cannot be used: look for the name."),
        "more": _("Type a name to see the others."),
        "nobody": _("Nobody by that name. Is it somebody who did not register?"),
    }


def sentence(answer: CheckInAnswer) -> str:
    """Return an answer in words."""
    booking = answer.booking
    said = answers()[answer.outcome].format(
        name=booking.registration.first_name if booking else _("This person"),
        time=dates.clock(answer.at) if answer.at else "",
        arrived=answer.arrived,
        size=booking.size if booking else 1,
    )
    by = f" ({answer.by})" if answer.by and answer.outcome == CheckInOutcome.ALREADY else ""
    return french_spaces(said + by)


def state_of(state: str, *, at: object, arrived: int, size: int) -> str:
    """Return in words what became of somebody; of a group also how many came."""
    said = states()[state].format(time=dates.clock(at) if at else "")
    group = _("{arrived} of {size} came").format(arrived=arrived, size=size)
    return f"{said}, {group}" if state == BookingState.PRESENT and size > 1 else said
