"""The count, against a second one that is written plainly here and shares nothing with it."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barriers.rounds import counting
from barriers.rounds.counting import Vote
from taskforce.members.models import Kind

# How long a draw takes is a matter of what else the machine does.
however_slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

KINDS = ["municipality", "company", "foundation", "network"]


@st.composite
def elections(draw: st.DrawFn) -> tuple[list[Vote], list[int], int]:
    """Draw ballots over a list of barriers: few points, so that many tie, and none at all too."""
    listed = draw(st.lists(st.integers(1, 99), min_size=1, max_size=12, unique=True))
    size = draw(st.integers(1, 7))
    choices = st.lists(st.sampled_from(listed), min_size=1, max_size=size, unique=True)
    vote = st.builds(Vote, st.sampled_from(KINDS), choices.map(tuple))
    return draw(st.lists(vote, max_size=14)), listed, size


@pytest.mark.parametrize(
    ("barriers", "size"), [(0, 1), (1, 1), (5, 1), (6, 2), (8, 2), (20, 6), (21, 7), (300, 7)]
)
def test_ballot_is_seven_but_never_over_a_third(barriers: int, size: int):
    assert counting.ballot_size(barriers) == size


@however_slow
@given(elections())
def test_count_agrees_with_a_second_count(election: tuple[list[Vote], list[int], int]):
    votes, listed, size = election

    found = counting.count(votes, listed, size)

    for barrier in listed:
        worth, chosen = 0, 0
        for vote in votes:
            if barrier in vote.choices:
                worth += [7, 6, 5, 4, 3, 2, 1][7 - size :][vote.choices.index(barrier)]
                chosen += 1
        assert (found[barrier].points, found[barrier].choosers) == (worth, chosen)
    assert set(found) == set(listed)


@however_slow
@given(elections())
def test_ties_share_a_rank_and_the_next_is_left_out(
    election: tuple[list[Vote], list[int], int],
):
    found = sorted(counting.count(*election).values(), key=lambda figures: figures.rank)

    assert found[0].rank == 1
    for place, (one, next_one) in enumerate(pairwise(found), start=1):
        tied = one.points == next_one.points
        assert one.points >= next_one.points
        assert next_one.rank == (one.rank if tied else place + 1)


def of(**numbers: int) -> list[Vote]:
    return [Vote(kind, (1,)) for kind, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("votes", "groups"),
    [
        # Large enough kinds stand alone; the rest are others.
        (of(municipality=3, company=4), [("municipality", 3), ("company", 4)]),
        (
            of(municipality=3, company=3, network=2, foundation=1),
            [("municipality", 3), ("company", 3), ("", 3)],
        ),
        # Others of one or two take the next smallest along; of equals the last in the list.
        (of(municipality=5, company=3, network=2), [("municipality", 5), ("", 5)]),
        (of(municipality=4, company=4, network=1), [("municipality", 4), ("", 5)]),
        (
            of(municipality=6, company=4, foundation=3, network=1),
            [("municipality", 6), ("company", 4), ("", 4)],
        ),
        # Where that leaves all in one, or there was one kind alone, there are totals only.
        (of(municipality=3, company=2), []),
        (of(municipality=9), []),
        (of(municipality=2, company=2), []),
        (of(municipality=2), []),
        ([], []),
    ],
)
def test_groups_of_under_three_are_folded(votes: list[Vote], groups: list[tuple[str, int]]):
    found = counting.grouped(votes, KINDS)

    assert [(group.kind, len(group.votes)) for group in found] == groups


@however_slow
@given(elections())
def test_no_figure_and_no_difference_tells_of_under_three(
    election: tuple[list[Vote], list[int], int],
):
    votes, _listed, _size = election
    groups = counting.grouped(votes, KINDS)

    sizes = [len(group.votes) for group in groups]
    assert not sizes or (len(sizes) > 1 and min(sizes) >= 3)
    # Every vote is in one group: whatever is taken from the total leaves whole groups.
    if groups:
        assert sum(sizes) == len(votes)
        together = [vote for group in groups for vote in group.votes]
        assert sorted(map(repr, together)) == sorted(map(repr, votes))
    kinds = [kind for group in groups for kind in group.kinds]
    assert len(kinds) == len(set(kinds))
    assert not groups or {vote.kind for vote in votes} <= set(kinds)


@however_slow
@given(elections())
def test_groups_add_up_to_the_total(election: tuple[list[Vote], list[int], int]):
    votes, listed, size = election
    total = counting.count(votes, listed, size)
    parts = [counting.count(group.votes, listed, size) for group in counting.grouped(votes, KINDS)]

    for barrier in listed if parts else []:
        assert sum(part[barrier].points for part in parts) == total[barrier].points


def test_groups_disagree_by_shares_of_their_own_points():
    few, many = {1: 3, 2: 1, 3: 0}, {1: 50, 2: 50, 3: 0}

    found = counting.spreads([few, many])

    assert [(one.barrier, one.most, one.least) for one in found] == [(1, 0, 1), (2, 1, 0)]
    assert (found[0].share_of_most, found[0].share_of_least) == (0.75, 0.5)


def test_one_group_or_one_without_points_disagrees_with_nobody():
    assert counting.spreads([{1: 3}]) == []
    assert counting.spreads([{1: 3}, {1: 0}]) == []
    assert counting.spreads([{1: 3}, {1: 9}]) == []


def test_kinds_of_the_tests_are_the_portals():
    assert set(KINDS) <= set(Kind.values)
