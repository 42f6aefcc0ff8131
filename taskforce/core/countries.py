"""Names of countries, those of the North and of the EU first."""

from functools import cache
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taskforce.core.danish import danish_order

NORTH = ("DK", "FI", "FO", "GL", "IS", "NO", "SE", "AX")
EU = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"),
    *("IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
)
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
NOBODY_LIVES_THERE = {"AQ", "BV", "HM", "UM"}


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES | NOBODY_LIVES_THERE
    }


def names() -> dict[str, str]:
    """Return the names of all countries by code, in the reader's language."""
    return _names(get_language() or "da")


def name(code: str) -> str:
    """Return a country's name; the code itself where it is unknown."""
    return names().get(code.upper(), code)


def choices() -> list[tuple[Any, Any]]:
    """Return the choices of a country by name: the North first, then the rest of the EU."""
    order = sorted(names().items(), key=lambda item: danish_order(item[1]))
    north = [(code, words) for code, words in order if code in NORTH]
    union = [(code, words) for code, words in order if code in EU and code not in NORTH]
    others = [(code, words) for code, words in order if code not in NORTH + EU]
    return [
        ("", "–"),
        (_("In the North"), north),
        (_("In the EU"), union),
        (_("Elsewhere"), others),
    ]
