"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from .navigation import ZONES, links


def site(request: HttpRequest) -> dict:
    """Return the facts of this instance that the page frames show, and the navigation (computed if shown)."""
    return {
        "site_url": settings.SITE_URL,
        "languages": settings.LANGUAGES,
        "home_url": resolve_url(settings.LOGOUT_REDIRECT_URL),
        "sign_in_url": resolve_url(settings.LOGIN_URL),
        "own_space_url": resolve_url(settings.LOGIN_REDIRECT_URL),
    } | {f"{zone}_navigation": navigation(zone, request) for zone in ZONES}


def navigation(zone: str, request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: links(zone, request))
