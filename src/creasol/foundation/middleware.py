"""What every answer goes through."""

from django.conf import settings
from django.utils import translation

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response):
    """Let pages load only what this site serves: no inline script or style, no other host."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware


def chosen_language(get_response):
    """Speak the language of the person's cookie, French without one.

    The browser's own preference is not followed: the content is French, half-translated pages serve nobody.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request):
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = language if language in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware
