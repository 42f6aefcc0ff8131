"""Danish municipalities and regions by their official codes, and what lies within what.

Codes of municipalities and regions are those of Statistics Denmark, as they stood in 2026.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import danish_order

ALL = "DK"
REGIONS = {
    "1084": _("The Capital Region"),
    "1085": _("Region Zealand"),
    "1083": _("The Region of Southern Denmark"),
    "1082": _("The Central Denmark Region"),
    "1081": _("The North Denmark Region"),
}
MUNICIPALITIES = {
    "1084": """101 København|147 Frederiksberg|151 Ballerup|153 Brøndby|155 Dragør|157 Gentofte
159 Gladsaxe|161 Glostrup|163 Herlev|165 Albertslund|167 Hvidovre|169 Høje-Taastrup
173 Lyngby-Taarbæk|175 Rødovre|183 Ishøj|185 Tårnby|187 Vallensbæk|190 Furesø|201 Allerød
210 Fredensborg|217 Helsingør|219 Hillerød|223 Hørsholm|230 Rudersdal|240 Egedal
250 Frederikssund|260 Halsnæs|270 Gribskov|400 Bornholm""",
    "1085": """253 Greve|259 Køge|265 Roskilde|269 Solrød|306 Odsherred|316 Holbæk|320 Faxe
326 Kalundborg|329 Ringsted|330 Slagelse|336 Stevns|340 Sorø|350 Lejre|360 Lolland|370 Næstved
376 Guldborgsund|390 Vordingborg""",
    "1083": """410 Middelfart|420 Assens|430 Faaborg-Midtfyn|440 Kerteminde|450 Nyborg|461 Odense
479 Svendborg|480 Nordfyn|482 Langeland|492 Ærø|510 Haderslev|530 Billund|540 Sønderborg
550 Tønder|561 Esbjerg|563 Fanø|573 Varde|575 Vejen|580 Aabenraa|607 Fredericia|621 Kolding
630 Vejle""",
    "1082": """615 Horsens|657 Herning|661 Holstebro|665 Lemvig|671 Struer|706 Syddjurs
707 Norddjurs|710 Favrskov|727 Odder|730 Randers|740 Silkeborg|741 Samsø|746 Skanderborg
751 Aarhus|756 Ikast-Brande|760 Ringkøbing-Skjern|766 Hedensted|779 Skive|791 Viborg""",
    "1081": """773 Morsø|787 Thisted|810 Brønderslev|813 Frederikshavn|820 Vesthimmerland
825 Læsø|840 Rebild|846 Mariagerfjord|849 Jammerbugt|851 Aalborg|860 Hjørring""",
}


@cache
def _read() -> dict[str, tuple[str, str]]:
    """Return name and region of each municipality by its code, in Danish order of the names."""
    found = {
        line[:3]: (line[4:], region)
        for region, lines in MUNICIPALITIES.items()
        for row in lines.split("\n")
        for line in row.split("|")
    }
    return dict(sorted(found.items(), key=lambda item: danish_order(item[1][0])))


def municipalities() -> list[tuple[str, str]]:
    """Return the choices of a municipality."""
    return [(code, name) for code, (name, _region) in _read().items()]


def areas() -> list[tuple[Any, Any]]:
    """Return the choices of where somebody delivers: all of it, a region, a municipality."""
    return [(ALL, _("All of Denmark")), *REGIONS.items(), *municipalities()]


def name(code: str) -> str:
    """Return what a code is called; "" for none, and the code itself where it is unknown."""
    if code == ALL:
        return str(_("All of Denmark"))
    if code in REGIONS:
        return str(REGIONS[code])
    return _read()[code][0] if code in _read() else code


@cache
def within(code: str) -> frozenset[str]:
    """Return the places that lie in an area, and itself."""
    if code == ALL:
        return frozenset({ALL, *REGIONS, *_read()})
    return frozenset({code, *(each for each, (_name, region) in _read().items() if region == code)})


def around(code: str) -> list[str]:
    """Return the areas that hold an area, itself first: who delivers there delivers here."""
    if code in _read():
        return [code, _read()[code][1], ALL]
    return [*dict.fromkeys([code, ALL])]
