"""Make what Postgres looks for of what somebody asked: once a search, in one query."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import connection

from taskforce.core.danish import MadeQuery
from taskforce.front.search.asking import Asked, Term

LEXEME = re.compile(r"'((?:[^']|'')*)'(:\*)?")


class Piece(NamedTuple):
    """SQL of a tsquery, and the words in it."""

    sql: str
    words: list[Any]


# What has both halves of a word, wherever it is cut. A half such as "for" asks for nothing.
HALVES = """(
    SELECT coalesce(string_agg(format('(%%s) & (%%s)', first, last), ' | '), '')::tsquery
    FROM unnest(%s::text[], %s::text[]) AS halves (front, tail), LATERAL (
        SELECT phraseto_tsquery('danish', danish_forms(front)) AS first,
               phraseto_tsquery('danish', danish_forms(tail)) AS last
    ) AS made
    WHERE numnode(first) > 0 AND numnode(last) > 0
)"""
NOTHING = Piece("''::tsquery", [])


@dataclass(frozen=True)
class Made:
    """Queries, as text: for all that is asked, for any of it, and for all but its day.

    `marks` are the stems to mark in what is found, and whether each is the beginning of a word.
    """

    whole: str
    any: str
    undated: str
    marks: tuple[tuple[str, bool], ...]

    @property
    def query(self) -> MadeQuery:
        return MadeQuery(self.whole)

    def of_any(self) -> "Made":
        """Return the same for what has any of the words."""
        return replace(self, whole=self.any)


def make(asked: Asked) -> Made:
    """Return the queries for what is asked; words such as "og" ask for nothing."""
    wanted = [_joined("||", _wanted(group)) for group in asked.groups if any(_wanted(group))]
    day = [_term(Term(asked.span.words, is_quoted=True))] if asked.span else []
    against = [_term(term, "!!") for term in asked.terms if term.is_left_out]
    positive = _joined("||", [*wanted, *day])
    pieces = (
        _joined("&&", [*wanted, *day, *against]),
        _joined("&&", [positive, *against]),
        _joined("&&", [*wanted, *against]) if wanted else NOTHING,
        positive,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(f'({piece.sql})::text' for piece in pieces)}",
            [word for piece in pieces for word in piece.words],
        )
        whole, anything, undated, positives = cursor.fetchone()
    return Made(whole, anything, undated, marks(positives))


def marks(query: str) -> tuple[tuple[str, bool], ...]:
    """Return the stems in a query, the longest first."""
    found = {(stem.replace("''", "'"), bool(star)) for stem, star in LEXEME.findall(query)}
    return tuple(sorted(found, key=lambda mark: (-len(mark[0]), mark)))


def in_titles(query: str) -> str:
    """Return a query for what stands in titles."""
    return LEXEME.sub(lambda found: f"'{found[1]}':{'*' if found[2] else ''}A", query)


def _wanted(group: tuple[Term, ...]) -> list[Piece]:
    return [_with_others(term) for term in group if not term.is_left_out]


def _with_others(term: Term) -> Piece:
    others = (_term(Term(words, is_quoted=True)) for words in term.others)
    halves = [_halves(term)] if term.halves else []
    return _joined("||", [_term(term), *others, *halves])


def _halves(term: Term) -> Piece:
    firsts, lasts = zip(*term.halves, strict=True)
    return Piece(HALVES, [[*firsts], [*lasts]])


def _term(term: Term, before: str = "") -> Piece:
    if term.is_prefix:
        *first, last = re.findall(r"\w+", term.words)
        pieces = [_term(Term(word, is_quoted=True)) for word in first]
        beginning = Piece("to_tsquery('danish', danish_forms(%s))", [f"'{last}':*"])
        return _joined("&&", [*pieces, beginning])
    # What is one word to who types it, such as an identifier, stands together.
    apart = not term.is_quoted and " " in term.words
    function = "plainto_tsquery" if apart else "phraseto_tsquery"
    return Piece(f"{before}{function}('danish', danish_forms(%s))", [term.words])


def _joined(by: str, pieces: Iterable[Piece]) -> Piece:
    listed = [*pieces]
    if not listed:
        return NOTHING
    words = [word for piece in listed for word in piece.words]
    return Piece(f"({f' {by} '.join(piece.sql for piece in listed)})", words)
