"""A ballot as its voter sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.models import BallotDraft, Barrier, Eligible, PrioritisationRound, Voter
from barriers.rounds import prioritisation, voting
from barriers.rounds.voting import BallotSlot, OwnBallot
from taskforce.members.models import Member, NameVisibility
from tests.factories import make_barrier, make_member, make_round, make_user


@pytest.fixture
def running(member: Member, barriers: list[Barrier]) -> PrioritisationRound:
    """A round in which the organisation of `member` votes on up to three barriers."""
    opened: PrioritisationRound = make_round(*barriers)
    return opened


def voter_of(running: PrioritisationRound, member: Member) -> Eligible:
    found = voting.voter_of(running, member)
    assert found is not None
    return found


def keys(*barriers: Barrier) -> list[int]:
    return [barrier.pk for barrier in barriers]


def test_colleagues_vote_for_one_voter_and_others_for_none(running, member):
    colleague = make_member(member.organisation)

    assert voter_of(running, member) == voter_of(running, colleague) == running.voters.get()
    assert voting.voter_of(running, make_member()) is None


def test_order_differs_between_rounds_and_members(running, member, barriers):
    other_round, other_member = make_round(*barriers), make_member()

    orders = [
        voting.in_own_order(barriers, held, who)
        for held, who in ((running, member), (other_round, member), (running, other_member))
    ]

    assert len({tuple(order) for order in map(tuple, orders)}) == 3
    assert [{*order} for order in orders] == [{*barriers}] * 3


def test_order_stays_and_depends_on_the_secret_key(running, member, barriers, settings):
    first = voting.in_own_order(barriers, running, member)
    assert voting.in_own_order(barriers[::-1], running, member) == first

    settings.SECRET_KEY = "another" * 10
    assert voting.in_own_order(barriers, running, member) != first


def test_layout_numbers_what_is_chosen_and_leaves_the_other_slots_empty(running, barriers):
    a, b, c, *_rest = barriers

    found = voting.layout(running, [a, b, c], keys(c, a))

    assert found == {
        "round": running,
        "pool": [(a, 2), (b, None), (c, 1)],
        "places": [BallotSlot(1, c, False), BallotSlot(2, a, True), BallotSlot(3, None, False)],
        "filled": 2,
    }


def test_layout_leaves_out_what_is_not_on_the_list_or_has_no_slot(running, barriers):
    found = voting.layout(running, barriers, [0, *keys(*barriers[:4])])

    assert [slot.barrier for slot in found["places"]] == barriers[:3]


def test_saved_is_empty_before_the_first_draft(running, member):
    assert voting.saved(voter_of(running, member)) == ([], 0)


def test_saved_returns_choices_and_version(running, member, barriers):
    chosen = keys(*barriers[:2])
    prioritisation.save_draft(voting_round=running, by=member, choices=chosen, version=0)

    assert voting.saved(voter_of(running, member)) == (chosen, 1)


def test_sent_is_nothing_before_the_ballot(running, member):
    assert voting.sent(voter_of(running, member), member) is None


def test_sent_shows_the_ballot_to_the_voters_own_people(running, member, barriers):
    colleague = make_member(member.organisation)
    ballot = prioritisation.cast(voting_round=running, by=member, choices=barriers[:2])

    own = voting.sent(voter_of(running, member), member)
    theirs = voting.sent(voter_of(running, colleague), colleague)

    assert own is not None
    assert theirs is not None
    assert (own.ballot, own.is_own, theirs.is_own) == (ballot, True, False)
    assert own.titles == theirs.titles == ["Barrier a", "Barrier b"]


def test_sent_leaves_out_a_barrier_that_was_hidden_since(running, member, barriers):
    prioritisation.cast(voting_round=running, by=member, choices=barriers[:2])
    Barrier.objects.filter(pk=barriers[0].pk).update(hidden_at=timezone.now())

    found = voting.sent(voter_of(running, member), member)

    assert found is not None
    assert found.titles == ["Barrier b"]


@pytest.mark.parametrize(
    ("cast", "saved", "is_unsent"),
    [
        (None, None, False),
        (None, [], False),
        (None, [0], True),
        ([0], None, False),
        ([0, 1], [1, 0], True),
        ([0], [], True),
        ([], [], False),
    ],
)
def test_ballot_is_unsent_where_the_draft_differs(
    running, member, barriers, cast, saved, is_unsent
):
    if cast is not None:
        choices = [barriers[place] for place in cast]
        prioritisation.cast(voting_round=running, by=member, choices=choices, version=0)
    if saved is not None:
        prioritisation.save_draft(
            voting_round=running,
            by=member,
            choices=keys(*(barriers[place] for place in saved)),
            version=0 if cast is None else 1,
        )

    assert voting.is_unsent(voter_of(running, member)) is is_unsent


@pytest.mark.parametrize(
    ("visibility", "name"),
    [
        (NameVisibility.PUBLIC, "Kim Berg"),
        (NameVisibility.MEMBERS, "Kim Berg"),
        (NameVisibility.NOBODY, ""),
    ],
)
def test_name_is_shown_to_members_as_agreed(member, visibility: NameVisibility, name: str):
    kim = make_member(user=make_user(name="Kim Berg"), name_visibility=visibility)

    assert voting.name_shown_to(member, kim.user) == name


def test_name_of_a_former_member_and_of_nobody_is_not_shown(member):
    former = make_member(to_date=timezone.localdate(), name_visibility=NameVisibility.PUBLIC)

    assert voting.name_shown_to(member, former.user) == ""
    assert voting.name_shown_to(member, None) == ""


def test_own_ballot_shows_what_was_saved_last(running, member, barriers):
    chosen = keys(barriers[1])
    prioritisation.save_draft(voting_round=running, by=member, choices=chosen, version=0)

    ballot = OwnBallot(voter_of(running, member), member)
    page = ballot.current_page()

    assert ballot.barriers == voting.in_own_order(barriers, running, member)
    assert (page["voter"], page["version"], page["filled"]) == (ballot.voter, 1, 1)
    assert (page["sent"], page["is_unsent"]) == (None, True)
    assert page["places"][0] == BallotSlot(1, barriers[1], True)


def test_own_ballot_leaves_out_hidden_barriers(running, member, barriers):
    Barrier.objects.filter(pk=barriers[0].pk).update(hidden_at=timezone.now())

    assert {*OwnBallot(voter_of(running, member), member).barriers} == {*barriers[1:]}


def test_own_ballot_shows_both_choices_in_a_conflict(running, member, barriers):
    kim = make_member(
        member.organisation,
        user=make_user(name="Kim Berg"),
        name_visibility=NameVisibility.MEMBERS,
    )
    a, b, *_rest = barriers
    draft = prioritisation.save_draft(voting_round=running, by=kim, choices=keys(a, b), version=0)

    page = OwnBallot(voter_of(running, member), member).conflict_page(keys(b), draft)

    assert (page["conflict"], page["by"], page["version"]) == (True, "Kim Berg", 1)
    assert page["theirs"] == ["Barrier a", "Barrier b"]
    assert page["places"][0] == BallotSlot(1, b, True)


def test_own_ballot_shows_an_empty_draft_in_a_conflict(running, member):
    ballot = OwnBallot(voter_of(running, member), member)

    page = ballot.conflict_page([], BallotDraft(voter=ballot.voter, version=0))

    assert (page["by"], page["theirs"], page["version"]) == ("", [], 0)


def test_outstanding_rounds_are_open_and_of_the_member(member):
    barrier, now = make_barrier(), timezone.now()
    later = make_round(barrier, closes_at=now + timedelta(days=2))
    sooner = make_round(barrier, per=Voter.MEMBER)
    prioritisation.cast(voting_round=sooner, by=member, choices=[])
    make_round(barrier, opens_at=now + timedelta(hours=1))  # a draft
    make_round(barrier, closes_at=now - timedelta(seconds=1))
    prioritisation.close(voting_round=make_round(barrier))

    assert voting.outstanding(member) == [(sooner, True), (later, False)]
    assert voting.outstanding(make_member()) == []
