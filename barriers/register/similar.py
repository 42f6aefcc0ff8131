"""Find barriers that are likely the same as one that somebody is about to add."""

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
FEWEST_LETTERS = 4  # of a title, before anything is looked for
# Postgres' rank of a word that stands once in a title: a title with every word comes to 1 by it.
ONCE = 0.6079
# Tried with the titles in tests/barriers/register/test_similar.py.
ALIKE = 0.34  # worth a look while one types
LIKELY = 0.42  # worth stopping at


def to(
    words: str, viewer: Viewer, *, at_least: float = ALIKE, besides: Barrier | None = None
) -> list[dict[str, Any]]:
    """Return the barriers most like a title that the viewer may see, ready for a template."""
    if len(words.strip()) < FEWEST_LETTERS:
        return []
    seen = Barrier.objects.visible_to(viewer).unmerged()
    if besides:
        seen = seen.exclude(pk=besides.pk)
    found = _scored(seen, words).filter(likeness__gte=at_least).order_by("-likeness", "pk")
    return [register.ready(row) for row in register.rows(found, viewer)[:MOST]]


def _scored(barriers: QuerySet[Barrier], words: str) -> Any:
    """Annotate what may be alike with its likeness, from 0 for nothing to 1 for the same words.

    Half of it is how many of the words, in any form, stand in the barrier; half how alike the
    titles are letter by letter, which finds also what is misspelt or not written out yet.
    """
    asked: Any = DanishForms(Value(words))
    any_word = DanishForms(Value(" or ".join(re.findall(r"\w+", words))))
    query = SearchQuery(any_word, config="danish", search_type="websearch")
    common = Least(SearchRank(F("search"), query) / ONCE, 1.0, output_field=FloatField())
    # Both are found by an index.
    found = barriers.filter(Q(search=query) | Q(title_forms__trigram_similar=asked))
    return found.alias(likeness=(common + TrigramSimilarity("title_forms", asked)) / 2.0)


def candidates(words: str, viewer: Viewer, *, besides: Barrier) -> list[dict[str, Any]]:
    """Return what a barrier could be the double of: whatever has to do with the words at all."""
    return to(words, viewer, at_least=0, besides=besides)
