"""What the hits can be narrowed by, counted among what this viewer found."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from barriers.models import Theme
from taskforce.front.search.querying import Row
from taskforce.members.models import Organisation

SHOWN = 8  # values of a facet

Values = Callable[[Row], Iterable[str]]
# By their names in the address: what a row has of each facet.
VALUES: dict[str, Values] = {
    "slags": lambda row: [row.kind.key],
    "tema": lambda row: map(str, row.themes),
    "aar": lambda row: [str(row.year)] if row.year else [],
    "tilstand": lambda row: [row.state] if row.state else [],
    "organisation": lambda row: [str(row.organisation)] if row.organisation else [],
}


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many hits have it, and the address that chooses it, or drops it."""

    label: str
    count: int
    url: str
    is_chosen: bool
    is_written: bool = False  # by people, in Danish


@dataclass(frozen=True)
class Facet:
    name: str
    label: StrOrPromise
    choices: list[Choice]


def narrowed(rows: Sequence[Row], chosen: dict[str, str], *, but: str = "") -> list[Row]:
    """Return the rows that have all that is chosen."""
    asked = [(VALUES[name], value) for name, value in chosen.items() if value and name != but]
    return [row for row in rows if all(value in values(row) for values, value in asked)]


def facets(rows: Sequence[Row], chosen: dict[str, str], query: QueryDict) -> list[Facet]:
    """Return what the hits can be narrowed by; each counts under all that the others narrow to."""
    counts = {
        name: Counter(value for row in narrowed(rows, chosen, but=name) for value in values(row))
        for name, values in VALUES.items()
    }
    labels = _labels(rows, {name: [*counts[name]] for name in counts})
    titles = {
        "slags": _("Kind"),
        "tema": _("Theme"),
        "aar": _("Year"),
        "tilstand": _("State"),
        "organisation": _("Organisation"),
    }
    found = (
        Facet(name, title, _choices(name, counts[name], labels[name], chosen[name], query))
        for name, title in titles.items()
    )
    return [facet for facet in found if len(facet.choices) > 1 or chosen[facet.name]]


def _choices(
    name: str,
    counts: Counter[str],
    labels: dict[str, StrOrPromise],
    chosen: str,
    query: QueryDict,
) -> list[Choice]:
    known = [(value, count) for value, count in counts.items() if value in labels]
    # Years stand in their order, everything else by how much there is of it.
    order: Any = (
        (lambda one: (-int(one[0]),))
        if name == "aar"
        else lambda one: (-one[1], str(labels[one[0]]))
    )
    ordered = sorted(known, key=order)
    kept = [one for place, one in enumerate(ordered) if place < SHOWN or one[0] == chosen]
    return [
        Choice(
            str(labels[value]),
            count,
            _address(query, name, "" if value == chosen else value),
            value == chosen,
            is_written=name in ("tema", "organisation"),
        )
        for value, count in kept
    ]


def _labels(
    rows: Sequence[Row], values: dict[str, list[str]]
) -> dict[str, dict[str, StrOrPromise]]:
    kinds = list(dict.fromkeys(row.kind for row in rows))
    themes = Theme.objects.filter(pk__in=values["tema"]).values_list("pk", "name")
    organisations = Organisation.objects.filter(pk__in=values["organisation"])
    return {
        "slags": {kind.key: kind.many for kind in kinds},
        "tema": {str(pk): name for pk, name in themes},
        "aar": {year: year for year in values["aar"]},
        "tilstand": {str(key): words for kind in kinds for key, words in kind.states.items()},
        "organisation": {str(pk): name for pk, name in organisations.values_list("pk", "name")},
    }


def _address(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("side", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
