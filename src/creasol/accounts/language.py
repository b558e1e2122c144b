"""The cookie that makes the site speak a person's language."""

from django.conf import settings
from django.http import HttpResponse

A_YEAR = 60 * 60 * 24 * 365


def speak(response: HttpResponse, language: str) -> None:
    """Let the pages speak ``language`` from the next one on."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
