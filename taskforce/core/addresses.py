"""Addresses of rows: `reverse` costs more than the rest of a list's row, and differs by its end."""

from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

# Stand for a key while an address is looked up; no address has them in it.
STANDS_FOR = {str: "stands-for-a-key", int: 987654321}


def address_of(name: str, key: str | int) -> str:
    """Return the address of that name for one key, a slug or a number."""
    kind = int if isinstance(key, int) else str
    before, after = _around(name, kind, get_language())
    return f"{before}{key}{after}"


@cache
def _around(name: str, kind: type[str | int], _language: str | None) -> tuple[str, str]:
    stands_for = STANDS_FOR[kind]
    before, _key, after = reverse(name, args=[stands_for]).partition(str(stands_for))
    return before, after
