"""What a ticket holds: a signed word that means nothing to anyone but this site, and its drawing as a QR code.

It tells neither who comes nor to what. Another word given to the registration makes the printed ticket worthless.
"""

import hashlib

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "creasol.places.ticket"
SEPARATOR = "."  # what neither half contains, and addresses keep as it is
LONGEST = 120
FINGERPRINT = 24  # hexadecimal digits: enough to tell the tickets of the world apart


def token_of(ticket: str) -> str:
    """Return the signed token of ``ticket``, the secret word of a registration."""
    return signer().sign(ticket)


def ticket_of(token: str) -> str | None:
    """Return the secret word of a token that this site signed; None for any other."""
    if len(token) > LONGEST:
        return None
    try:
        return signer().unsign(token)
    except signing.BadSignature:
        return None


def token_in(text: str) -> str:
    """Return the token of what a camera or a person read: the address of a ticket, or the token alone."""
    return text.strip().rstrip("/").rpartition("/")[2]


def address_of(ticket: str) -> str:
    """Return the address that the QR code of ``ticket`` leads to."""
    return settings.SITE_URL + reverse("places:ticket", args=[token_of(ticket)])


def fingerprint_of(ticket: str) -> str:
    """Return what a telephone keeps to recognise a token without network, and cannot make a token of."""
    return hashlib.sha256(token_of(ticket).encode()).hexdigest()[:FINGERPRINT]


def drawing_of(ticket: str, *, label: str) -> str:
    """Return the QR code as SVG, dark on white in any scheme, called ``label``."""
    # any mask can be read; looking for the best of the eight takes six times as long
    code = segno.make_qr(address_of(ticket), error="m", mask=0)
    return code.svg_inline(
        title=label,
        border=3,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="ticket-code",
        lineclass=None,
    )


def signer() -> signing.Signer:
    """Return what signs tickets and nothing else."""
    return signing.Signer(salt=SALT, sep=SEPARATOR)
