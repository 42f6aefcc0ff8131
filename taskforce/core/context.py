"""What every template knows beside what its view gives it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from taskforce.members.roles import is_member, is_secretariat


def page(request: HttpRequest) -> dict[str, object]:
    """Return the page's language, its address in both languages, and who is looking."""
    path = request.path.removeprefix("/en")
    return {
        "LANGUAGE_CODE": get_language(),
        "demo": settings.DEMO,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "section": path.split("/")[1] if path else "",
        "in_danish": path or "/",
        "in_english": f"/en{path}",
        "by_member": SimpleLazyObject(lambda: is_member(request.user)),
        "by_secretariat": SimpleLazyObject(lambda: is_secretariat(request.user)),
    }
