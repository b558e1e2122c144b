"""The sheet for the room: what to do, and the QR code of the page where people say things."""

from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creasol.foundation import dates
from creasol.foundation.printing import pdf_of
from creasol.foundation.text import french_spaces

from .models import Gathering

TEMPLATE = "gatherings/typst/say_sheet.typ"
PAPERS = ("a4", "a5")


def address_to_say(gathering: Gathering) -> str:
    """Return the whole address where people say what they have to say at a gathering."""
    return settings.SITE_URL + reverse("gatherings:say", args=[gathering.slug, gathering.say_key])


def code_of(address: str) -> str:
    """Return the QR code of an address as SVG, dark on white in any scheme."""
    drawing = BytesIO()
    segno.make_qr(address, error="m").save(
        drawing,
        kind="svg",
        title=_("QR code of this address"),
        border=3,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="say-code",
        lineclass=None,
        xmldecl=False,
        nl=False,
    )
    return drawing.getvalue().decode()


def say_sheet(gathering: Gathering, *, paper: str) -> bytes:
    """Return the PDF to hang in the room or lay on the tables, on ``paper`` (a4 or a5)."""
    occasion, address = gathering.occasion, address_to_say(gathering)
    data = {
        "language": get_language(),
        "paper": paper,
        "title": _("What would you like to say?"),
        "gathering": french_spaces(occasion.title),
        "moment": dates.moment(occasion.starts_at, occasion.ends_at),
        "lede": _(
            "Something is lacking, you have an idea, time to give, a good practice to tell: write it here."
        ),
        "how": _("Point the camera of your telephone at the code, or write this address:"),
        "consent": _("No account, no name needed. You decide whether your words are shown."),
        "after": _("Open until two weeks after. The page of the gathering then tells what became of it."),
        "address": address,
        "code": code_of(address),
        "alternative": _("QR code that leads to %(address)s") % {"address": address},
    }
    return pdf_of(TEMPLATE, data, at=occasion.starts_at)
