"""What a button without a form of its own does: an action, a word on what became of it, the page that follows."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def press(
    request: HttpRequest,
    action: Callable[[], object],
    success: str | Callable[[], str],
    *,
    to: Sequence[object],
) -> HttpResponse:
    """Call ``action`` and lead to the address ``to`` (a name and what it needs), which says what became of it.

    ``success`` is asked after the action when it can be called. A refusal is said in its own words.
    """
    try:
        action()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    except OperationalError:  # too many at once for the database: nothing was written
        messages.error(request, _("The site is busy. Nothing is lost: try again in a moment."))
    else:
        messages.success(request, success() if callable(success) else success)
    return redirect(*to)
