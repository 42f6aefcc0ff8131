"""Names of countries, those of the EU first."""

from functools import cache
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

EU = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"),
    *("IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
)
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


def names() -> dict[str, str]:
    """Return the names of all countries by code, in the reader's language."""
    return _names(get_language() or "da")


def name(code: str) -> str:
    """Return a country's name; the code itself where it is unknown."""
    return names().get(code.upper(), code)


def choices() -> list[tuple[Any, Any]]:
    """Return the choices of a country: those in the EU first, each group by name."""
    known = names()
    order = sorted(known.items(), key=lambda item: item[1].casefold())
    inside = [(code, words) for code, words in order if code in EU]
    outside = [(code, words) for code, words in order if code not in EU]
    return [("", "–"), (_("In the EU"), inside), (_("Elsewhere"), outside)]
