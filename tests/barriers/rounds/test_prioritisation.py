"""Save drafts of ballots, cast ballots, and count a round once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from barriers.models import (
    Ballot,
    BallotDraft,
    Barrier,
    PrioritisationRound,
    ResultGroup,
    RoundResult,
    Voter,
)
from barriers.rounds import prioritisation
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Conflict
from taskforce.members.models import Kind, Member
from tests.conftest import Mailbox
from tests.factories import (
    count_with,
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_voter,
)
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

CLOSED = (
    "The round closed before this reached us, so it was not taken. What was sent before stands."
)


@pytest.fixture
def running(member: Member, barriers: list[Barrier]) -> PrioritisationRound:
    """A round in which the organisation of `member` votes on up to three barriers."""
    opened: PrioritisationRound = make_round(*barriers)
    return opened


@pytest.fixture
def colleague(member: Member) -> Member:
    return make_member(member.organisation)


def not_open(*barriers: Barrier) -> list[PrioritisationRound]:
    """Return rounds that take no ballot: a draft, one whose time is up, and a counted one."""
    now = timezone.now()
    counted = make_round(*barriers)
    prioritisation.close(voting_round=counted)
    return [
        make_round(*barriers, opens_at=now + timedelta(hours=1)),
        make_round(*barriers, closes_at=now - timedelta(seconds=1)),
        counted,
    ]


def keys(*barriers: Barrier) -> list[int]:
    return [barrier.pk for barrier in barriers]


def places(found: PrioritisationRound) -> list[tuple[int, str, int]]:
    return [(result.rank, result.title, result.points) for result in found.results.all()]


# Drafts


def test_save_draft_returns_the_choices_in_their_order(running, member, barriers):
    a, b, *_rest = barriers

    draft = prioritisation.save_draft(
        voting_round=running, by=member, choices=keys(b, a), version=0
    )

    assert (draft.choices, draft.version) == (keys(b, a), 1)
    assert (draft.saved_by, draft.voter) == (member.user, running.voters.get())
    assert not Ballot.objects.exists()


def test_save_draft_replaces_the_draft_of_a_colleague(running, member, colleague, barriers):
    a, b, *_rest = barriers
    save = prioritisation.save_draft
    first = save(voting_round=running, by=colleague, choices=keys(a), version=0)

    draft = save(voting_round=running, by=member, choices=keys(b), version=first.version)

    assert BallotDraft.objects.get() == draft
    assert (draft.choices, draft.version, draft.saved_by) == (keys(b), 2, member.user)


def test_save_draft_refuses_a_round_that_is_not_open(barriers, member):
    for voting in not_open(*barriers):
        with refused(CLOSED):
            prioritisation.save_draft(voting_round=voting, by=member, choices=[], version=0)
    assert not BallotDraft.objects.exists()


def test_save_draft_refuses_who_does_not_vote(running):
    with refused("You do not vote in this round."):
        prioritisation.save_draft(voting_round=running, by=make_member(), choices=[], version=0)


def test_save_draft_raises_conflict_where_a_colleague_saved_first(
    running, member, colleague, barriers
):
    a, b, *_rest = barriers
    save = prioritisation.save_draft
    theirs = save(voting_round=running, by=colleague, choices=keys(a), version=0)

    with conflict(theirs):
        save(voting_round=running, by=member, choices=keys(b), version=0)

    assert BallotDraft.objects.get().choices == keys(a)


def test_save_draft_raises_conflict_where_there_is_no_draft_any_more(running, member):
    with pytest.raises(Conflict) as raised:
        prioritisation.save_draft(voting_round=running, by=member, choices=[1], version=3)

    current = raised.value.current
    assert (current.pk, current.choices, current.version) == (None, [], 0)


def test_save_draft_takes_an_old_version_with_the_same_choices(
    running, member, colleague, barriers
):
    same = keys(*barriers[:2])
    save = prioritisation.save_draft
    save(voting_round=running, by=colleague, choices=same, version=0)

    assert save(voting_round=running, by=member, choices=same, version=0).version == 2


def test_save_draft_takes_an_old_version_where_its_own_answer_never_came(running, member, barriers):
    a, b, c, *_rest = barriers
    attempted = [keys(a), keys(a, c)]
    save = prioritisation.save_draft
    save(voting_round=running, by=member, choices=keys(a), version=0)

    again = save(voting_round=running, by=member, choices=keys(b), version=0, attempted=attempted)

    assert (again.choices, again.version) == (keys(b), 2)


def test_save_draft_takes_an_empty_attempt_for_an_attempt(running, member, barriers):
    a, b, *_rest = barriers
    save = prioritisation.save_draft
    save(voting_round=running, by=member, choices=[], version=0)

    again = save(voting_round=running, by=member, choices=keys(a), version=0, attempted=[[]])
    assert again.choices == keys(a)

    with pytest.raises(Conflict):
        save(voting_round=running, by=member, choices=keys(b), version=0, attempted=[[]])


def test_save_draft_of_two_colleagues_at_once_saves_one(transactional_db):
    home = make_organisation()
    colleagues = [make_member(home), make_member(home)]
    a, b = make_barrier(), make_barrier()
    running = make_round(a, b)

    results = at_once(
        *(
            lambda by=by, choice=choice: prioritisation.save_draft(
                voting_round=running, by=by, choices=keys(choice), version=0
            )
            for by, choice in zip(colleagues, (a, b), strict=True)
        )
    )

    assert answers(results) == ["BallotDraft", "Conflict"]


# Ballots


def test_cast_returns_the_ballot_with_its_lines(running, member, barriers):
    a, b, *_rest = barriers

    ballot = prioritisation.cast(voting_round=running, by=member, choices=[b, a], version=0)

    assert ballot.voter == running.voters.get()
    assert (ballot.abstains, ballot.cast_by) == (False, member.user)
    assert [(line.rank, line.barrier) for line in ballot.lines.all()] == [(1, b), (2, a)]
    draft = BallotDraft.objects.get()
    assert (draft.choices, draft.version) == (keys(b, a), 1)


def test_cast_refuses_who_does_not_vote(running):
    with refused("You do not vote in this round."):
        prioritisation.cast(voting_round=running, by=make_member(), choices=[])

    assert not Ballot.objects.exists()


def test_cast_raises_conflict_where_a_colleague_saved_first(running, member, colleague, barriers):
    a, b, *_rest = barriers
    theirs = prioritisation.save_draft(
        voting_round=running, by=colleague, choices=keys(a), version=0
    )

    with conflict(theirs):
        prioritisation.cast(voting_round=running, by=member, choices=[b], version=0)

    assert not Ballot.objects.exists()


def test_cast_takes_an_old_version_with_the_same_choices(running, member, colleague, barriers):
    a, *_rest = barriers
    prioritisation.cast(voting_round=running, by=colleague, choices=[a], version=0)

    ballot = prioritisation.cast(voting_round=running, by=member, choices=[a], version=0)

    assert ballot.cast_by == member.user


def test_cast_takes_a_full_ballot(running, member, barriers):
    ballot = prioritisation.cast(voting_round=running, by=member, choices=barriers[:3])

    assert [line.barrier for line in ballot.lines.all()] == barriers[:3]


def test_cast_moves_the_time_of_a_ballot_that_is_replaced(running, member, barriers):
    first = prioritisation.cast(voting_round=running, by=member, choices=[barriers[0]])

    second = prioritisation.cast(voting_round=running, by=member, choices=[])

    assert (second, second.abstains) == (first, True)
    assert second.cast_at > first.cast_at
    assert not second.lines.exists()


def test_cast_writes_to_both_where_it_changes_a_colleagues_ballot(
    running, member, colleague, barriers, mailbox: Mailbox
):
    a, b, *_rest = barriers
    prioritisation.cast(voting_round=running, by=colleague, choices=[a])
    assert mailbox.letters == []

    prioritisation.cast(voting_round=running, by=member, choices=[b])

    assert {letter["To"] for letter in mailbox.letters} == {
        member.user.email,
        colleague.user.email,
    }


def test_cast_writes_to_nobody_where_nothing_of_a_colleague_changes(
    running, member, colleague, barriers, mailbox: Mailbox
):
    a, b, *_rest = barriers
    for by, choice in ((member, a), (member, b), (colleague, b)):
        prioritisation.cast(voting_round=running, by=by, choices=[choice])
    Ballot.objects.update(cast_by=None)  # who sent it has left
    prioritisation.cast(voting_round=running, by=member, choices=[a])

    assert mailbox.letters == []


# Counting


def test_close_returns_the_counted_round(running, barriers, secretary):
    chooser, blank = make_voter(running), make_voter(running)
    prioritisation.cast(voting_round=running, by=chooser, choices=barriers[:1])
    prioritisation.cast(voting_round=running, by=blank, choices=[])

    closed = prioritisation.close(voting_round=running, by=secretary.user)

    assert closed == running
    running.refresh_from_db()
    assert running.closed_at == closed.closed_at < running.closes_at
    assert (running.eligible, running.voted, running.abstained) == (3, 1, 1)
    assert running.not_voted == 1
    assert not BallotDraft.objects.exists()
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.CLOSED, secretary.user)


def test_close_is_dated_at_its_time_where_it_is_late(barriers):
    time = timezone.now() - timedelta(minutes=5)

    closed = prioritisation.close(voting_round=make_round(*barriers, closes_at=time))

    assert closed.closed_at == time


def test_close_refuses_a_draft(barriers):
    later = timezone.now() + timedelta(hours=1)

    with refused("The round is not open."):
        prioritisation.close(voting_round=make_round(*barriers, opens_at=later))


def test_close_refuses_a_counted_round(running):
    prioritisation.close(voting_round=running)

    with refused("The round was counted already."):
        prioritisation.close(voting_round=running)

    assert Activity.objects.count() == 1


def test_close_saves_points_choosers_and_the_results_of_groups(running, barriers):
    a, b, c, *_rest = barriers
    ballots = [(Kind.COMPANY, [a, b])] * 3 + [(Kind.FOUNDATION, [b])] * 2 + [(Kind.NETWORK, [c])]
    for kind, choices in ballots:
        voter = make_voter(running, make_member(make_organisation(kind=kind)))
        prioritisation.cast(voting_round=running, by=voter, choices=choices)

    prioritisation.close(voting_round=running)

    def figures(results: Any) -> list[tuple[Any, ...]]:
        return [(row.rank, row.points, row.choosers) for row in results[:4]]

    assert places(running)[:4] == [
        (1, "Barrier b", 12),
        (2, "Barrier a", 9),
        (3, "Barrier c", 3),
        (4, "Barrier d", 0),
    ]
    assert figures(running.results.all()) == [(1, 12, 5), (2, 9, 3), (3, 3, 1), (4, 0, 0)]
    companies, others = running.groups.all()
    assert (companies.kind, companies.kinds, companies.ballots) == (
        Kind.COMPANY,
        [Kind.COMPANY],
        3,
    )
    # The kind of `member`, of whom no ballot came, is among the others too.
    assert (others.kind, others.ballots) == ("", 3)
    assert {*others.kinds} == {Kind.MUNICIPALITY, Kind.FOUNDATION, Kind.NETWORK}
    assert figures(companies.results.all()) == [(1, 9, 3), (2, 6, 3), (3, 0, 0), (3, 0, 0)]
    assert figures(others.results.all()) == [(1, 6, 2), (2, 3, 1), (3, 0, 0), (3, 0, 0)]
    assert {row.result.barrier_id for row in others.results.all()} == {*keys(*barriers)}


def test_close_saves_no_group_where_there_are_too_few_ballots(running, barriers):
    count_with(running, *barriers[:1])

    assert not ResultGroup.objects.exists()


def test_close_takes_the_rank_from_barriers_that_were_not_on_the_list(barriers):
    a, b, *_rest = barriers
    Barrier.objects.filter(pk=b.pk).update(rank=1, points=9)

    count_with(make_round(a), a)

    ranks = Barrier.objects.filter(pk__in=keys(a, b)).order_by("pk").values_list("rank", "points")
    assert [*ranks] == [(1, 9), (None, None)]


def test_close_gives_the_first_choice_most_and_lets_ties_share_a_rank(db):
    a, b, c, d = (make_barrier(title) for title in "abcd")
    voting = make_round(a, b, c, d, ballot_size=2)
    for choices in ([a, b], [a, c], [a]):
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=choices)

    prioritisation.close(voting_round=voting)

    assert places(voting) == [(1, "a", 6), (2, "b", 1), (2, "c", 1), (4, "d", 0)]


def test_cast_replaces_the_ballot_of_a_colleague(db):
    a, b = make_barrier("a"), make_barrier("b")
    home = make_organisation()
    one, other = make_member(home), make_member(home)
    voting = make_round(a, b)

    prioritisation.cast(voting_round=voting, by=one, choices=[a, b])
    prioritisation.cast(voting_round=voting, by=other, choices=[b])

    ballot = Ballot.objects.get()
    assert ballot.cast_by == other.user
    assert [(line.rank, line.barrier) for line in ballot.lines.all()] == [(1, b)]


def test_cast_takes_a_ballot_of_each_member_where_members_vote(db):
    a, home = make_barrier(), make_organisation()
    colleagues = make_member(home), make_member(home)
    voting = make_round(a, per=Voter.MEMBER)

    for member in colleagues:
        prioritisation.cast(voting_round=voting, by=member, choices=[a])

    assert Ballot.objects.count() == 2


def test_cast_without_choices_abstains(db):
    make_member()
    voting = make_round(make_barrier())
    prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[])

    prioritisation.close(voting_round=voting)

    voting.refresh_from_db()
    assert (voting.eligible, voting.voted, voting.abstained) == (2, 0, 1)


def test_cast_takes_no_ballot_outside_the_rules(db):
    a, b, foreign = make_barrier(), make_barrier(), make_barrier()
    voting = make_round(a, b, ballot_size=1)

    for choices in ([a, b], [a, a], [foreign]):
        with pytest.raises(ValueError, match="not a ballot of this round"):
            prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=choices)
    assert not Ballot.objects.exists()


def test_cast_refuses_a_round_that_is_not_open(db):
    a = make_barrier()

    for voting in not_open(a):
        with refused(CLOSED):
            prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[a])


def test_close_ranks_the_register_by_the_latest_round(db):
    a, b = make_barrier("a"), make_barrier("b")
    for favourite in (a, b):
        count_with(make_round(a, b, ballot_size=1), favourite)

    a.refresh_from_db()
    b.refresh_from_db()
    assert [(a.rank, a.points), (b.rank, b.points)] == [(None, None), (1, 3)]


def test_result_keeps_its_title_when_a_barrier_is_renamed(db):
    a = make_barrier("Old")
    voting = count_with(make_round(a), a)

    a.title = "New"
    a.save()

    assert voting.results.get().title == "Old"


def test_close_counts_once_in_a_race(transactional_db):
    barrier = make_barrier()
    voting = make_round(barrier)
    for _ in range(3):
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[barrier])

    def close() -> PrioritisationRound:
        return prioritisation.close(voting_round=voting)

    results = at_once(close, close, close, close)

    assert sorted(map(str, results)) == sorted([str(voting), *["Runden var allerede talt op."] * 3])
    assert RoundResult.objects.count() == 1
