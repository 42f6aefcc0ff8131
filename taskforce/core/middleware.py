"""What every response has in common: its language, and who may cache it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control

View = Callable[[HttpRequest], HttpResponse]


def language_by_path(get_response: View) -> View:
    """Speak English under /en/ and Danish elsewhere, whatever the browser prefers.

    Django's LocaleMiddleware reads `Accept-Language`, too, and makes every response vary by it:
    a cache could not hold one copy of a page for everybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = "en" if f"{request.path_info}/".startswith("/en/") else "da"
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def cache_headers(get_response: View) -> View:
    """Let caches hold what a stranger sees, and nothing that was made for one person.

    The response to a request without our cookies, which sets none, is the same for everybody.
    """
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            if ours & request.COOKIES.keys() or response.cookies:
                patch_cache_control(response, private=True, no_store=True)
            else:
                patch_cache_control(response, public=True, no_cache=True)
        return response

    return middleware
