"""Count ballots, and compare with a second, plainer count that shares nothing with the first."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barriers.rounds import counting
from barriers.rounds.counting import Figures, Spread, Vote, VoterGroup
from taskforce.members.models import Kind

however_slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KINDS = ["municipality", "company", "foundation", "network"]


@st.composite
def elections(draw: st.DrawFn) -> tuple[list[Vote], list[int], int]:
    """Draw ballots over a list of barriers, few enough that many tie, and sometimes none."""
    listed = draw(st.lists(st.integers(1, 99), min_size=1, max_size=12, unique=True))
    size = draw(st.integers(1, 7))
    choices = st.lists(st.sampled_from(listed), min_size=1, max_size=size, unique=True)
    vote = st.builds(Vote, st.sampled_from(KINDS), choices.map(tuple))
    return draw(st.lists(vote, max_size=14)), listed, size


def of(**numbers: int) -> list[Vote]:
    return [Vote(kind, (1,)) for kind, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("barriers", "size"), [(0, 1), (1, 1), (5, 1), (6, 2), (8, 2), (20, 6), (21, 7), (300, 7)]
)
def test_ballot_size_is_seven_and_at_most_a_third(barriers: int, size: int):
    assert counting.ballot_size(barriers) == size


def test_count_gives_a_place_on_the_ballot_its_points():
    votes = [Vote("company", (1, 2, 3)), Vote("company", (2,)), Vote("network", (3, 2))]

    found = counting.count(votes, [1, 2, 3, 4], size=3)

    # 1 gets 3 points, 2 gets 2 + 3 + 2, 3 gets 1 + 3.
    assert found == {
        1: Figures(rank=3, points=3, choosers=1),
        2: Figures(rank=1, points=7, choosers=3),
        3: Figures(rank=2, points=4, choosers=2),
        4: Figures(rank=4, points=0, choosers=0),
    }


def test_count_without_votes_ranks_all_first_with_no_points():
    assert counting.count([], [5, 6], size=2) == {5: Figures(1, 0, 0), 6: Figures(1, 0, 0)}


def test_count_of_an_empty_list_is_empty():
    assert counting.count([], [], size=1) == {}


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


@pytest.mark.parametrize(
    ("votes", "groups"),
    [
        # Kinds of three votes are groups; the rest are the others.
        (of(municipality=3, company=4), [("municipality", 3), ("company", 4)]),
        (
            of(municipality=3, company=3, network=2, foundation=1),
            [("municipality", 3), ("company", 3), ("", 3)],
        ),
        # Others of one or two take the next smallest kind; of equal ones the last.
        (of(municipality=5, company=3, network=2), [("municipality", 5), ("", 5)]),
        (of(municipality=4, company=4, network=1), [("municipality", 4), ("", 5)]),
        (
            of(municipality=6, company=4, foundation=3, network=1),
            [("municipality", 6), ("company", 4), ("", 4)],
        ),
        # One group alone is none.
        (of(municipality=3, company=2), []),
        (of(municipality=9), []),
        (of(municipality=2, company=2), []),
        (of(municipality=2), []),
        ([], []),
    ],
)
def test_kinds_with_too_few_votes_are_the_others(votes: list[Vote], groups: list[tuple[str, int]]):
    found = counting.grouped(votes, KINDS)

    assert [(group.kind, len(group.votes)) for group in found] == groups


def test_group_holds_its_kind_and_its_votes_in_their_order():
    first, second = Vote("company", (1,)), Vote("network", (2,))
    votes = [first, second, *[first] * 2, *[second] * 2]

    assert counting.grouped(votes, ["network", "company"]) == [
        VoterGroup("network", ("network",), (second,) * 3),
        VoterGroup("company", ("company",), (first,) * 3),
    ]


def test_others_hold_the_kinds_with_too_few_votes_and_those_with_none():
    votes = of(municipality=3, company=2, network=1)

    assert counting.grouped(votes, KINDS) == [
        VoterGroup("municipality", ("municipality",), tuple(of(municipality=3))),
        VoterGroup("", ("company", "foundation", "network"), tuple(of(company=2, network=1))),
    ]


def test_kind_without_votes_is_in_no_group_where_there_are_no_others():
    votes = of(municipality=3, company=3)

    kinds = [group.kinds for group in counting.grouped(votes, KINDS)]
    assert kinds == [("municipality",), ("company",)]


def test_several_kinds_join_the_others_until_they_are_three():
    # The one vote takes the foundations; together they are four, so the companies stay.
    votes = of(municipality=5, company=4, foundation=3, network=1)

    found = counting.grouped(votes, KINDS)

    assert [(group.kinds, len(group.votes)) for group in found] == [
        (("municipality",), 5),
        (("company",), 4),
        (("foundation", "network"), 4),
    ]


@however_slow
@given(elections())
def test_no_group_and_no_difference_is_of_fewer_than_three(
    election: tuple[list[Vote], list[int], int],
):
    votes, _listed, _size = election
    groups = counting.grouped(votes, KINDS)

    sizes = [len(group.votes) for group in groups]
    assert not sizes or (len(sizes) > 1 and min(sizes) >= 3)
    # Every vote is in one group, so the total less any groups leaves whole groups.
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

    assert counting.spreads([few, many]) == [
        Spread(barrier=1, most=0, least=1, share_of_most=0.75, share_of_least=0.5),
        Spread(barrier=2, most=1, least=0, share_of_most=0.5, share_of_least=0.25),
    ]


def test_disagreement_is_between_the_groups_that_gave_most_and_least():
    low, middle, high = {1: 0, 2: 4}, {1: 1, 2: 3}, {1: 3, 2: 1}

    found = counting.spreads([middle, high, low])

    assert [(one.barrier, one.most, one.least) for one in found] == [(1, 1, 2), (2, 2, 1)]


def test_disagreements_are_sorted_by_width_and_then_by_barrier():
    found = counting.spreads([{7: 2, 5: 2, 3: 6, 1: 0}, {7: 0, 5: 0, 3: 0, 1: 10}])

    assert [one.barrier for one in found] == [1, 3, 5, 7]
    assert [round(one.width, 9) for one in found] == [1.0, 0.6, 0.2, 0.2]


def test_width_is_the_difference_of_the_shares():
    assert Spread(1, 0, 1, share_of_most=0.75, share_of_least=0.25).width == 0.5


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [{1: 3}],
        [{1: 3, 2: 1}, {1: 0, 2: 0}],  # the second gave nothing
        [{1: 0, 2: 0}, {1: 3, 2: 1}],
        [{1: 3}, {1: 9}],  # all of its points either
        [{1: 1, 2: 1}, {1: 3, 2: 3}],
    ],
)
def test_no_disagreement_without_two_groups_that_differ(groups: list[dict[int, int]]):
    assert counting.spreads(groups) == []


def test_kinds_of_these_tests_are_the_portals():
    assert set(KINDS) <= set(Kind.values)
