"""Correct misspelt words, only to words that this viewer may read, and say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q
from rapidfuzz.distance import OSA

from taskforce.core import finding
from taskforce.core.danish import DanishForms, spelling
from taskforce.front.models import KnownWord
from taskforce.front.search import words as known
from taskforce.front.search.asking import Asked, Term
from taskforce.members.models import Viewer

FEW = 3  # hits; where there are fewer, a word may be misspelt
SHORTEST, LONGER = 4, 8  # letters in which one letter may be wrong, and two
MOST = 8  # words that one may mean


@dataclass(frozen=True)
class Correction:
    """A search with other words, and how both are written."""

    asked: Asked
    words: str


def correct(asked: Asked, typed: str, viewer: Viewer) -> Correction | None:
    """Return the search with each word that is nowhere changed to the nearest one that is.

    None where there is nothing to change. Takes two queries.
    """
    doubted = [term for term in asked.terms if _may_be_wrong(term)]
    if not doubted:
        return None
    near = (
        {term.words: _near(term.words, known_words) for term in doubted}
        if (known_words := known.near(spelling(term.words) for term in doubted))
        else {}
    )
    seen = _seen({word for words in near.values() for word in words}, viewer)
    changes = {
        words: next(word for word in others if word in seen)
        for words, others in near.items()
        if words.lower() not in seen and any(word in seen for word in others)
    }
    return _changed(asked, typed, changes) if changes else None


def _may_be_wrong(term: Term) -> bool:
    plain = not (term.is_left_out or term.is_quoted or term.others or " " in term.words)
    return plain and len(term.words) >= SHORTEST and term.words.isalpha()


def _near(word: str, candidates: Sequence[str]) -> list[str]:
    """Return the words that may be meant, the nearest first; the word itself is one of them."""
    spelt = spelling(word)
    most = 2 if len(spelt) >= LONGER else 1
    distances = (
        (OSA.distance(spelt, spelling(other), score_cutoff=most), other) for other in candidates
    )
    found = sorted((distance, other) for distance, other in distances if distance <= most)
    return [other for _distance, other in found][:MOST]


def _seen(words: Iterable[str], viewer: Viewer) -> set[str]:
    """Return those of the words that stand in something that the viewer may read.

    Words such as "noget", which searches pass over, stand anywhere.
    """
    query = SearchQuery(DanishForms(OuterRef("word")), config="danish", search_type="phrase")
    looked_for = SearchQuery(DanishForms("word"), config="danish", search_type="phrase")
    stands = Q(parts=0)
    for kind in finding.kinds_for(viewer):
        if not kind.is_of_people:
            stands |= Q(Exists(kind.rows(viewer).filter(**{kind.search: query})))
    parts = Func(looked_for, function="numnode", output_field=IntegerField())
    rows = KnownWord.objects.filter(word__in=list(words)).annotate(parts=parts).filter(stands)
    return {*rows.values_list("word", flat=True)}


def _changed(asked: Asked, typed: str, changes: dict[str, str]) -> Correction:
    def change(word: str) -> str:
        instead = changes.get(word, word)
        return instead.capitalize() if word[:1].isupper() else instead

    groups = tuple(
        tuple(replace(term, words=change(term.words)) for term in group) for group in asked.groups
    )
    words = " ".join(change(word) for word in typed.split())
    return Correction(replace(asked, groups=groups), words)
