"""What every template gets, beside the context of its view."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, object]:
    """Return the page's language and section, and its address in both languages."""
    path = request.path.removeprefix("/en")
    return {
        "LANGUAGE_CODE": get_language(),
        "demo": settings.DEMO,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "site_url": settings.SITE_URL,  # allauth has a `site` of its own
        "section": path.split("/")[1] if path else "",
        "in_danish": path or "/",
        "in_english": f"/en{path}",
        # The other language shows the same filters, and what one was about to follow.
        "with_query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
