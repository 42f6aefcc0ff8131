"""Headers by which mail programs put letters together, filter them, and stop them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

# In the ids of letters, threads and lists.
DOMAIN = urlsplit(settings.SITE_URL).hostname or "localhost"
# No program answers a letter of the portal by itself (RFC 3834).
BY_ITSELF = {"Auto-Submitted": "auto-generated"}
LIST = "Buy Social Taskforce Danmark"


def of_thing(about: models.Model | None) -> str:
    """Return the name that a thing has in ids, such as "barrier-7"; "" where there is none."""
    return f"{about._meta.model_name}-{about.pk}" if about else ""


def thread(about: models.Model | None) -> dict[str, str]:
    """Return what puts all letters about one thing in one heap, by an id that stays the same."""
    if about is None:
        return {}
    steady = f"<{of_thing(about)}@{DOMAIN}>"
    return {"In-Reply-To": steady, "References": steady}


def mailing_list(name: str) -> dict[str, str]:
    """Return what filters know a kind of letters by (RFC 2919); `name` is the kind's."""
    return {"List-ID": f"{LIST} <{name}.{DOMAIN}>"}


def one_click(path: str) -> dict[str, str]:
    """Return how a mail program stops such letters with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
