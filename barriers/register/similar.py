"""Find barriers that are likely the same as one that somebody wants to add."""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Least

from barriers.models import Barrier
from barriers.register import pages as register
from taskforce.core.danish import DanishForms
from taskforce.members.models import Viewer

MOST = 5
FEWEST_LETTERS = 4  # of a title; nothing is like a shorter one
# Postgres' rank of a title that has every word once; dividing by it gives 1.
ONCE = 0.6079
# Tried with the titles in tests/barriers/register/test_similar.py.
ALIKE = 0.34  # worth a look while one types
LIKELY = 0.42  # worth stopping at


def to(
    words: str, viewer: Viewer, *, at_least: float = ALIKE, besides: Barrier | None = None
) -> list[dict[str, Any]]:
    """Return the barriers most like a title, as far as the viewer may see them, as list rows."""
    if len(words.strip()) < FEWEST_LETTERS:
        return []
    seen = Barrier.objects.visible_to(viewer).unmerged()
    if besides:
        seen = seen.exclude(pk=besides.pk)
    found = _scored(seen, words).filter(likeness__gte=at_least).order_by("-likeness", "pk")
    return [register.ready(row) for row in register.rows(found, viewer)[:MOST]]


def _scored(barriers: QuerySet[Barrier], words: str) -> Any:
    """Return barriers that may be alike with their likeness, from 0 (none) to 1 (the same words).

    Half of the likeness is how many of the words, in any form, the barrier has. The other half
    compares the titles letter by letter, which also finds misspelt and unfinished words.
    """
    asked: Any = DanishForms(Value(words))
    any_word = DanishForms(Value(" or ".join(re.findall(r"\w+", words))))
    query = SearchQuery(any_word, config="danish", search_type="websearch")
    common = Least(SearchRank(F("search"), query) / ONCE, 1.0, output_field=FloatField())
    # An index serves either condition.
    found = barriers.filter(Q(search=query) | Q(title_forms__trigram_similar=asked))
    return found.alias(likeness=(common + TrigramSimilarity("title_forms", asked)) / 2.0)


def candidates(words: str, viewer: Viewer, *, besides: Barrier) -> list[dict[str, Any]]:
    """Return the barriers that share any word with these, which a barrier may be a double of."""
    return to(words, viewer, at_least=0, besides=besides)
