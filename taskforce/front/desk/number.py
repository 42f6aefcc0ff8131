"""How many things wait for the secretariat, as the menu of every page shows it.

The desk counts exactly, and so does the worker every minute; other pages read what was kept, which
is one query. Where nobody has counted for a while, the menu shows no number rather than an old one.
"""

from datetime import timedelta

from django.core.cache import cache

KEY = "things_waiting"
KEPT = timedelta(minutes=5)


def keep(number: int) -> None:
    """Keep the number that was just counted."""
    cache.set(KEY, number, int(KEPT.total_seconds()))


def kept() -> int | None:
    """Return the number, None where nobody has counted lately."""
    found: int | None = cache.get(KEY)
    return found
