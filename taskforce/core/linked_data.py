"""What a page is about, for search engines: words of schema.org in a block of data (JSON-LD).

A browser runs no block of data, so that the policy against inline scripts holds as it is. It holds
what a stranger reads, whoever looks.
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from taskforce.core.text import clean

NAME = "Buy Social Taskforce Danmark"
# What would end the block, or begin a comment in it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Thing = dict[str, Any]


def thing(kind: str, **told: Any) -> Thing:
    """Return a thing of a kind of schema.org, without what nobody told."""
    found = {"@type": kind, **{name: _plain(value) for name, value in told.items()}}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list | bool | int) or value is None:
        return value
    return clean(value.isoformat() if hasattr(value, "isoformat") else str(value))


def portal() -> Thing:
    return thing("Organization", name=NAME, url=f"{settings.SITE_URL}/")


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def block(found: Thing) -> SafeString:
    """Return a thing as the block of data of its page."""
    text = json.dumps({"@context": "https://schema.org", **found}, ensure_ascii=False)
    escaped = text.translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')  # noqa: S308  # escaped above
