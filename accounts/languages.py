"""The language of a person: kept on their account, and in a cookie for the pages before signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def speak(request: HttpRequest, language: str) -> None:
    """Go on with this request in `language`, whatever that of the browser is."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def remember_in_browser(response: HttpResponse, language: str) -> HttpResponse:
    """Add the cookie that Django's LocaleMiddleware reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
    return response
