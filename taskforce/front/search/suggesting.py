"""What somebody may mean while they type: what they may see whose title has the words."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField, Value

from taskforce.core import finding
from taskforce.core.danish import MadeQuery, spelling
from taskforce.core.finding import Found
from taskforce.front.search.asking import read
from taskforce.front.search.holding import holding
from taskforce.front.search.making import in_titles, make
from taskforce.members.models import Viewer

FEWEST = 2  # letters
LOOKED_AT = 20  # of each kind
SHOWN = 8


def suggestions(typed: str, viewer: Viewer) -> list[dict[str, str]]:
    """Return what the words may mean, the likeliest first. Takes three queries."""
    asked = read(typed, []).with_last_unfinished()
    if asked.is_empty or len(typed.strip()) < FEWEST:
        return []
    query = MadeQuery(in_titles(make(asked).whole))
    if not query.text:
        return []
    kinds = [*holding([kind for kind in finding.kinds_for(viewer) if kind.suggests], query.text)]
    parts = [_titles(place, kind, query, viewer) for place, kind in enumerate(kinds)]
    found = parts[0].union(*parts[1:], all=True) if parts else []
    named = [
        (kinds[place], kinds[place].named(title, keys), keys, part)
        for place, title, keys, part in found
    ]
    return [
        {"title": title, "kind": str(kind.one), "url": kind.url(keys, part)}
        for kind, title, keys, part in sorted(named, key=lambda one: _order(typed, one[0], one[1]))
    ][:SHOWN]


def _titles(place: int, kind: Found, query: MadeQuery, viewer: Viewer) -> Any:
    rows = (
        kind.matching(viewer, query)[0]
        .order_by()
        .values_list(
            Value(place),
            finding.text(kind.title),
            Func(
                *(finding.text(key) for key in kind.keys),
                template="ARRAY[%(expressions)s]::text[]",
                output_field=ArrayField(TextField()),
            ),
            finding.text(kind.part),
        )
    )
    return rows[:LOOKED_AT]


def _order(typed: str, kind: Found, title: str) -> tuple[bool, float, int, str]:
    """Put first what begins as was typed, then the kinds that weigh most, then short titles."""
    return not spelling(title).startswith(spelling(typed)), -kind.counts, len(title), title
