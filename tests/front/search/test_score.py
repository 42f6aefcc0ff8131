"""Questions to a portal that holds the example: `tests/bench/queries.txt`."""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from taskforce.front.search import portal, words
from tests.bench import search


@pytest.mark.slow
def test_the_hit_is_among_the_first_three(db, settings):
    settings.DEMO = True
    call_command("load_example", activity=True, verbosity=0)
    portal.gather()
    words.gather()

    asked = [*search.questions()]

    assert Counter(question.part for question in asked) == {"before": 30, "after": 30, "later": 50}
    missed = search.missed(AnonymousUser())
    assert len(missed) <= search.MOST_MISSED * len(asked), search.told(AnonymousUser())
