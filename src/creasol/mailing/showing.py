"""A mail shown in a page as mail programs show it, shut off from the site."""

from django.http import HttpResponse

MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; sandbox allow-popups"
)


def mail_shown(html: str) -> HttpResponse:
    """Answer the HTML of a mail: nothing in it runs, loads or sends anything; pages of the site may frame it."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
