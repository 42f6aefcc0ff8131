"""Kept pages are strangers' pages: whoever reads before them, and whatever others vote."""

import pytest
import time_machine
from django.utils import timezone

from taskforce.front.page_cache import middleware
from tests.barriers.rounds.test_secrecy import let_others_vote, read_by
from tests.test_privacy import READS, everything_read_by, words_in
from tests.world import World

pytestmark = pytest.mark.slow


def test_strangers_read_what_is_theirs_after_the_secretariat_has_read(committed: World):
    everything_read_by(committed, "secretary")
    assert middleware.store.size == 0

    for _turn in range(2):
        assert words_in(everything_read_by(committed, "stranger")) == READS["stranger"]
    assert middleware.store.size > 0


def test_kept_pages_are_the_same_whatever_others_vote(committed: World):
    with time_machine.travel(timezone.now(), tick=False):
        read_by(committed, "stranger")  # brings the book of open data up to date
        let_others_vote(committed, first=2)
        before = read_by(committed, "stranger")
        kept = middleware.store.size
        let_others_vote(committed, first=6)
        after = read_by(committed, "stranger")

    assert kept > 0
    assert after == before
