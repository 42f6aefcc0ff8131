"""Ask all kinds at once, as the viewer may see them: what fits, the best first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchRank
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    FloatField,
    Func,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Left

from taskforce.core import finding
from taskforce.core.danish import MadeQuery
from taskforce.core.finding import Found
from taskforce.core.rich_text import as_text
from taskforce.front.search.asking import Asked
from taskforce.front.search.holding import holding
from taskforce.front.search.making import Made
from taskforce.members.models import Viewer

# Of each kind the newest are looked at: ranking and counting fifty thousand takes too long.
MOST = 1000
READ = 20_000  # characters of a text, to find the passage that matches
NO_THEMES = Value([], ArrayField(BigIntegerField()))
BY_NUMBER = 3.0  # outweighs any words
SAME_TITLE = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """What was found: how well it fits, and what it can be filtered by."""

    kind: Found
    pk: int
    score: float
    year: int | None
    state: str
    organisation: int | None
    themes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a row."""

    kind: Found
    title: str
    text: str
    place: str
    url: str
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What fits, the best first, and the kinds of which there is more than was looked at."""

    rows: list[Row]
    cut: frozenset[Found] = frozenset()


Part = tuple[Found, QuerySet[Any, Any]]


def search(asked: Asked, made: Made, words: str, viewer: Viewer) -> Rows:
    """Return what fits, in two queries: which kinds have the words, and the rows of these."""
    parts = [*_parts(asked, made, viewer)]
    if not parts:
        return Rows([])
    columns = [_scored(place, part, asked, made, words, viewer) for place, part in enumerate(parts)]
    by_part = defaultdict(list)
    for place, *values in columns[0].union(*columns[1:], all=True):
        by_part[place].append(_row(parts[place][0], *values))
    best: dict[tuple[Found, int], Row] = {}
    for rows in by_part.values():
        for row in sorted(rows, key=lambda row: -row.pk)[:MOST]:
            key = row.kind, row.pk
            best[key] = max(best.get(key, row), row, key=lambda row: row.score)
    cut = frozenset(parts[place][0] for place, rows in by_part.items() if len(rows) > MOST)
    return Rows(sorted(best.values(), key=_order), cut)


def _order(row: Row) -> tuple[float, float, int]:
    return -row.score, -row.kind.counts, -row.pk


def _parts(asked: Asked, made: Made, viewer: Viewer) -> Iterator[Part]:
    """Yield what fits by its words, its number, or its day and the other words; may overlap."""
    kinds = list(asked.only) or finding.kinds_for(viewer)
    with_words = holding(kinds, made.any if asked.span else made.whole)
    for kind in kinds:
        found = kind.matching(viewer, made.query) if kind in with_words else []
        if number := _number(kind, asked):
            found.append(kind.rows(viewer).filter(**{kind.number: number}))
        if asked.span and kind.day:
            of_day = {"of_day__range": (asked.span.first, asked.span.last)}
            for rows in _undated(kind, made, viewer, kind in with_words):
                found.append(rows.alias(of_day=finding.day(kind.day)).filter(**of_day))
        yield from ((kind, rows) for rows in found)


def _undated(kind: Found, made: Made, viewer: Viewer, has_words: bool) -> list[QuerySet[Any, Any]]:
    if not made.undated:
        return [kind.rows(viewer)]
    return kind.matching(viewer, MadeQuery(made.undated)) if has_words else []


def _row(
    kind: Found,
    pk: int,
    score: float,
    day: date | None,
    state: str,
    organisation: int | None,
    themes: Iterable[int],
) -> Row:
    year = day.year if day else None
    return Row(kind, pk, score, year, state, organisation, tuple(themes))


def _scored(
    place: int, part: Part, asked: Asked, made: Made, words: str, viewer: Viewer
) -> QuerySet[Any, Any]:
    """Return what a list of hits needs of the newest rows of a part."""
    kind, rows = part
    columns: QuerySet[Any, Any] = (
        ranked(kind, rows, made.query)
        .alias(called=finding.text(kind.title))
        .annotate(of_day=finding.day(kind.day))
        .order_by("-pk")
        .values_list(
            Value(place),
            "pk",
            Cast(_score(kind, asked, words), FloatField()),
            "of_day",
            finding.text(kind.state) if kind.state else finding.NO_WORDS,
            finding.key(kind.organisation),
            Cast(kind.themes(viewer), NO_THEMES.output_field) if kind.themes else NO_THEMES,
        )
    )
    return columns[: MOST + 1]


def _score(kind: Found, asked: Asked, words: str) -> Any:
    whens = [When(called__iexact=words, then=Value(SAME_TITLE))]
    if number := _number(kind, asked):
        whens.append(When(**{kind.number: number}, then=Value(BY_NUMBER)))
    if asked.span and kind.day and kind.of_day:
        days = asked.span.first, asked.span.last
        whens.append(When(of_day__range=days, then=Value(float(kind.of_day))))
    by_words: Any = F("relevance") * Value(float(kind.counts))
    return sum((Case(when, default=Value(0.0)) for when in whens), by_words)


def ranked(kind: Found, rows: QuerySet[Any, Any], query: MadeQuery) -> QuerySet[Any, Any]:
    """Add `relevance`, and to what has doubles those that were found, as `found_in`."""
    if hasattr(rows, "ranked_by"):
        found: QuerySet[Any, Any] = rows.ranked_by(query)
        return found
    by_words: QuerySet[Any, Any] = rows.annotate(relevance=SearchRank(F(kind.search), query))
    return by_words


def _number(kind: Found, asked: Asked) -> int | None:
    return next((number for of, number in asked.numbers if of is kind), None)


def shown(rows: Sequence[Row], made: Made, viewer: Viewer) -> list[Shown]:
    """Return what a page shows of rows, in their order, in one query."""
    kinds = list(dict.fromkeys(row.kind for row in rows))
    if not kinds:
        return []
    parts = [_columns(place, kind, rows, made, viewer) for place, kind in enumerate(kinds)]
    found = parts[0].union(*parts[1:], all=True)
    by_key = {
        (kinds[place].key, pk): _shown(kinds[place], *columns) for place, pk, *columns in found
    }
    keys = ((row.kind.key, row.pk) for row in rows)
    return [by_key[key] for key in keys if key in by_key]


def _columns(
    place: int, kind: Found, rows: Sequence[Row], made: Made, viewer: Viewer
) -> QuerySet[Any, Any]:
    keys = [row.pk for row in rows if row.kind is kind]
    seen = ranked(kind, kind.rows(viewer).filter(pk__in=keys), made.query)
    doubles = "found_in" in seen.query.annotations
    return seen.order_by().values_list(
        Value(place),
        "pk",
        finding.text(kind.title),
        Left(finding.text(kind.text), READ),
        finding.text(kind.place),
        Func(
            *(finding.text(key) for key in kind.keys),
            template="ARRAY[%(expressions)s]::text[]",
            output_field=ArrayField(TextField()),
        ),
        finding.text(kind.part),
        F("found_in") if doubles else finding.NO_LIST,
    )


def _shown(
    kind: Found,
    title: str,
    text: str,
    place: str,
    keys: list[str],
    part: str,
    found_in: list[str],
) -> Shown:
    return Shown(
        kind,
        kind.named(title, keys),
        as_text(text) if kind.is_html else text,
        kind.placed(place, keys),
        kind.url(keys, part),
        tuple(found_in),
    )
