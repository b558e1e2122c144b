"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Return the few facts of this instance that the page frame shows."""
    return {"site_url": settings.SITE_URL, "production": settings.PRODUCTION, "languages": settings.LANGUAGES}
