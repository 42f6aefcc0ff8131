"""Find barriers that are likely the same as one that somebody wants to add."""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from barriers.models import Barrier
from barriers.register import pages as register
from taskforce.core.danish import DanishForms, search_query
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
    """Return barriers that may be alike, by themselves or by a double that was merged into them.

    The likeness is that of the likest of them.
    """
    doubles = _alike(Barrier.objects.shown().exclude(merged_into=None), words)
    of_one = doubles.filter(merged_into=OuterRef("pk")).order_by("-alone").values("alone")
    own = _alike(barriers, words)
    found = barriers.filter(Q(pk__in=own.values("pk")) | Q(pk__in=doubles.values("merged_into")))
    best = Greatest(_likeness(words), Coalesce(Subquery(of_one[:1]), 0.0))
    return found.alias(likeness=best)


def _alike(barriers: QuerySet[Barrier], words: str) -> Any:
    """Return barriers that may be alike by themselves; an index serves either condition."""
    alike = Q(search=_any_word(words)) | Q(title_forms__trigram_similar=DanishForms(Value(words)))
    return barriers.filter(alike).annotate(alone=_likeness(words))


def _likeness(words: str) -> Any:
    """Return how alike a barrier is, from 0 (not at all) to 1 (the same words).

    Half of it is how many of the words, in any form, the barrier has. The other half compares the
    titles letter by letter, which also finds misspelt and unfinished words.
    """
    common = Least(SearchRank(F("search"), _any_word(words)) / ONCE, 1.0, output_field=FloatField())
    asked: Any = DanishForms(Value(words))
    return (common + TrigramSimilarity("title_forms", asked)) / 2.0


def _any_word(words: str) -> SearchQuery:
    return search_query(" or ".join(re.findall(r"\w+", words)))


def candidates(words: str, viewer: Viewer, *, besides: Barrier) -> list[dict[str, Any]]:
    """Return the barriers that share any word with these, which a barrier may be a double of."""
    return to(words, viewer, at_least=0, besides=besides)
