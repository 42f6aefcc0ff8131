"""Ask all kinds at once, as the viewer may see them: what fits, and what a page shows of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchRank
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    FloatField,
    Func,
    Q,
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


def search(asked: Asked, made: Made, words: str, viewer: Viewer) -> list[Row]:
    """Return what fits, the best first, at most `MOST` of each kind, in one query."""
    kinds = list(asked.only) or finding.kinds()
    parts = [
        _ranked(kind, asked, made, words, viewer).values_list(
            Value(place),
            "pk",
            "score",
            finding.day(kind.day),
            finding.text(kind.state) if kind.state else finding.NO_WORDS,
            finding.key(kind.organisation),
            Cast(kind.themes(viewer), NO_THEMES.output_field) if kind.themes else NO_THEMES,
        )
        for place, kind in enumerate(kinds)
    ]
    found = parts[0].union(*parts[1:], all=True)
    rows = [_row(kinds, *columns) for columns in found]
    return sorted(rows, key=lambda row: (-row.score, -row.kind.counts, -row.pk))


def _row(
    kinds: Sequence[Found],
    place: int,
    pk: int,
    score: float,
    day: date | None,
    state: str,
    organisation: int | None,
    themes: Iterable[int],
) -> Row:
    year = day.year if day else None
    return Row(kinds[place], pk, score, year, state, organisation, tuple(themes))


def _ranked(
    kind: Found, asked: Asked, made: Made, words: str, viewer: Viewer
) -> QuerySet[Any, Any]:
    matching = _matching(kind, asked, made, viewer).order_by("-pk").values("pk")[:MOST]
    rows = ranked(kind, kind.model._default_manager.filter(pk__in=matching), made.query)
    is_named = When(called__iexact=words, then=Value(SAME_TITLE))
    score: Any = F("relevance") * Value(float(kind.counts)) + Case(is_named, default=Value(0.0))
    if number := _number(kind, asked):
        is_it = When(**{kind.number: number}, then=Value(BY_NUMBER))
        score += Case(is_it, default=Value(0.0))
    if asked.span and kind.day and kind.of_day:
        is_of_day = When(
            day__range=(asked.span.first, asked.span.last), then=Value(float(kind.of_day))
        )
        score += Case(is_of_day, default=Value(0.0))
        rows = rows.alias(day=finding.day(kind.day))
    called = finding.text(kind.title)
    scored: QuerySet[Any, Any] = rows.alias(called=called).annotate(score=Cast(score, FloatField()))
    return scored.order_by()


def ranked(kind: Found, rows: QuerySet[Any, Any], query: MadeQuery) -> QuerySet[Any, Any]:
    """Add `relevance`, and to what has doubles those that were found, as `found_in`."""
    if hasattr(rows, "ranked_by"):
        found: QuerySet[Any, Any] = rows.ranked_by(query)
        return found
    by_words: QuerySet[Any, Any] = rows.annotate(relevance=SearchRank(F(kind.search), query))
    return by_words


def _matching(kind: Found, asked: Asked, made: Made, viewer: Viewer) -> QuerySet[Any, Any]:
    """Return what fits by its words, its number, or its day and the other words."""
    by_words = kind.matching(viewer, made.query)
    rows = kind.rows(viewer)
    others: list[Any] = []
    if number := _number(kind, asked):
        others.append(rows.filter(**{kind.number: number}))
    if asked.span and kind.day:
        left = kind.matching(viewer, MadeQuery(made.undated)) if made.undated else rows
        of_day = Q(day__range=(asked.span.first, asked.span.last))
        others.append(left.alias(day=finding.day(kind.day)).filter(of_day))
    if not others:
        return by_words
    either = [Q(pk__in=found.order_by().values("pk")) for found in (by_words, *others)]
    return rows.filter(reduce(or_, either))


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
            template="ARRAY[%(expressions)s]",
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
