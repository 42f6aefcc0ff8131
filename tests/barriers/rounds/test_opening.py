"""Plan a round, change the draft, schedule it, and open it once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from barriers.models import (
    Barrier,
    BarrierState,
    Eligible,
    PrioritisationRound,
    RoundBarrier,
    Voter,
)
from barriers.rounds import opening
from barriers.rounds.forms import RoundForm
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Kind
from tests.barriers.rounds.rounds import DAY, draft, make_late
from tests.conftest import Mailbox
from tests.factories import make_barrier, make_member, make_organisation, make_round, make_secretary
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

OPENED = "The round is opened, so its list and its voters stand."
CLOSED = "The closing time has passed."
TOO_FEW = "There are fewer than two unresolved barriers on the list."
NOBODY = "Nobody could vote."


def filled_in(planned: PrioritisationRound | None = None, **changed: Any) -> RoundForm:
    """Return the form of somebody who opened it now, and typed what is changed."""
    found = planned and PrioritisationRound.objects.get(pk=planned.pk)
    empty = RoundForm(instance=found, is_example=False)
    data = {name: empty[name].value() for name in empty.fields} | changed
    filled = {name: "" if value is None else value for name, value in data.items()}
    form = RoundForm(filled, instance=found, is_example=False)
    assert form.is_valid(), form.errors
    return form


@pytest.fixture
def planned(barriers: list[Barrier], member: Any) -> PrioritisationRound:
    """A draft that can open: `member` would vote."""
    return draft(*barriers, ballot_size=1)


# Planning


def test_plan_returns_a_draft_with_its_lists(barriers, member, secretary):
    listed = [barrier.pk for barrier in barriers[:3]]
    form = filled_in(title="Autumn", listed=listed, voting=[member.organisation_id])

    made = opening.plan(form=form, by=secretary)

    assert (made.title, made.is_draft, made.is_example) == ("Autumn", True, False)
    assert {*made.barriers.all()} == {*barriers[:3]}
    assert [*made.left_out.all()] == [secretary.organisation]
    assert not made.voters.exists()
    assert not Activity.objects.exists()


def test_plan_of_an_invented_secretary_is_an_example(barriers):
    invented = make_secretary(organisation=make_organisation(is_example=True))
    make_member()

    assert opening.plan(form=filled_in(title="Autumn"), by=invented).is_example


def test_change_returns_the_draft_with_its_new_lists(planned, barriers):
    listed = [barrier.pk for barrier in barriers[3:]]

    changed = opening.change(form=filled_in(planned, title="Winter", listed=listed))

    assert (changed, changed.title, changed.version) == (planned, "Winter", 2)
    assert {*planned.barriers.all()} == {*barriers[3:]}


def test_change_raises_conflict_where_somebody_saved_first(planned, barriers):
    form = filled_in(planned, title="Mine", listed=[barrier.pk for barrier in barriers[3:]])
    opening.change(form=filled_in(planned, title="Theirs"))

    with conflict(planned):
        opening.change(form=form)

    planned.refresh_from_db()
    assert (planned.title, planned.barriers.count()) == ("Theirs", len(barriers))


def test_change_refuses_a_round_that_was_opened_meanwhile(planned):
    form = filled_in(planned, title="Mine")
    opening.open_round(voting_round=planned)

    with refused(OPENED):
        opening.change(form=form)


def test_change_of_two_at_once_saves_one(transactional_db):
    make_member()
    planned = draft(*[make_barrier() for _ in range(3)], ballot_size=1)
    forms = [filled_in(planned, title=title) for title in ("One", "Other")]

    results = at_once(*(lambda form=form: opening.change(form=form) for form in forms))

    assert answers(results) == ["Conflict", "PrioritisationRound"]
    assert RoundBarrier.objects.count() == 3


# Opening by itself


def test_schedule_returns_a_draft_that_opens_by_itself(planned):
    scheduled = opening.schedule(voting_round=planned, by_itself=True)

    assert (scheduled, scheduled.opens_by_itself) == (planned, True)
    planned.refresh_from_db()
    assert planned.opens_by_itself


def test_schedule_is_taken_back_even_where_the_time_is_past(planned):
    make_late(planned, opens_by_itself=True)

    assert not opening.schedule(voting_round=planned, by_itself=False).opens_by_itself


def test_schedule_refuses_a_time_that_is_past(planned):
    make_late(planned)

    with refused("That time has passed. Open it now, or change when it opens."):
        opening.schedule(voting_round=planned, by_itself=True)


def test_schedule_refuses_a_draft_that_could_not_open(barriers):
    with refused(NOBODY):
        opening.schedule(voting_round=draft(*barriers), by_itself=True)


@pytest.mark.parametrize("by_itself", [True, False])
def test_schedule_refuses_a_round_that_is_open(barriers, by_itself: bool):
    with refused(OPENED):
        opening.schedule(voting_round=make_round(*barriers), by_itself=by_itself)


# Discarding


def test_discard_deletes_a_draft(planned):
    assert opening.discard(voting_round=planned).title == "Vote"
    assert not PrioritisationRound.objects.exists()


def test_discard_refuses_a_round_that_is_open(barriers):
    running = make_round(*barriers)

    with refused(OPENED):
        opening.discard(voting_round=running)

    assert PrioritisationRound.objects.get() == running


# Opening


def test_open_returns_the_open_round(planned, secretary):
    opened = opening.open_round(voting_round=planned, by=secretary.user)

    assert opened == planned
    planned.refresh_from_db()
    assert planned.is_open(timezone.now())
    assert planned.opens_at == planned.opened_at == opened.opened_at
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.OPENED, secretary.user)


def test_open_keeps_the_time_at_which_it_was_to_open(planned):
    make_late(planned, opens_by_itself=True)
    planned.refresh_from_db()

    opened = opening.open_round(voting_round=planned)

    assert opened.opens_at == planned.opens_at < opened.opened_at
    assert not opened.opens_by_itself


def test_open_fixes_list_and_voters_with_names_and_kinds(barriers, member):
    voting = draft(*barriers)
    home = member.organisation
    opening.open_round(voting_round=voting)

    home.name, home.kind = "New name", Kind.OTHER
    home.save()
    make_member()
    make_barrier("Later")

    voter = Eligible.objects.get(round=voting)
    assert (voter.name, voter.kind, voter.member) == ("Odense Kommune", Kind.MUNICIPALITY, None)
    assert {*voting.barriers.all()} == {*barriers}


def test_open_makes_members_the_voters_where_members_vote(barriers, member):
    colleague = make_member(member.organisation)
    make_member(member.organisation, to_date=timezone.localdate())
    voting = draft(*barriers, per=Voter.MEMBER)

    opening.open_round(voting_round=voting)

    assert {voter.member for voter in voting.voters.all()} == {member, colleague}


def test_open_leaves_out_what_was_resolved_hidden_or_merged_meanwhile(barriers, member):
    voting = draft(*barriers[:6], ballot_size=2)
    resolved, hidden, merged, kept = barriers[0], barriers[1], barriers[2], barriers[6]
    Barrier.objects.filter(pk=resolved.pk).update(
        state=BarrierState.RESOLVED, resolved_on=timezone.localdate(), answer="Mended"
    )
    Barrier.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Barrier.objects.filter(pk=merged.pk).update(state=BarrierState.MERGED, merged_into=kept)

    opening.open_round(voting_round=voting)

    voting.refresh_from_db()
    assert {*voting.barriers.all()} == {*barriers[3:6], kept}
    assert voting.ballot_size == 1  # a third of four


def test_open_refuses_a_round_that_is_open(barriers, member):
    with refused(OPENED):
        opening.open_round(voting_round=make_round(*barriers))


def test_open_refuses_where_its_closing_is_past(barriers, member):
    past = timezone.now() - DAY
    late = draft(*barriers, opens_at=past - DAY, closes_at=past, opened_at=None)

    with refused(CLOSED):
        opening.open_round(voting_round=late)


def test_open_refuses_a_list_of_fewer_than_two(member):
    first, second = make_barrier(), make_barrier()
    Barrier.objects.filter(pk=second.pk).update(state=BarrierState.MERGED, merged_into=first)

    with refused(TOO_FEW):
        opening.open_round(voting_round=draft(first, second))


def test_open_refuses_where_nobody_could_vote(barriers):
    voting = draft(*barriers)

    with refused(NOBODY):
        opening.open_round(voting_round=voting)

    voting.refresh_from_db()
    assert voting.is_draft
    assert not voting.voters.exists()


def test_draft_that_can_open_has_no_reason_against_it(planned):
    assert opening.why_not(planned) == ""


def test_draft_that_cannot_open_says_why(barriers):
    with translation.override("en"):
        assert opening.why_not(draft(*barriers)) == NOBODY


def test_open_writes_to_the_voters(planned, member, mailbox: Mailbox):
    opening.open_round(voting_round=planned)

    assert [letter["To"] for letter in mailbox.letters] == [member.user.email]


def test_open_without_letters_opens_and_writes_to_nobody(planned, mailbox: Mailbox):
    opened = opening.open_without_letters(voting_round=planned)

    assert opened.is_open(timezone.now() + timedelta(seconds=1))
    assert mailbox.letters == []


def test_open_happens_once_in_a_race(transactional_db, mailbox: Mailbox):
    member = make_member()
    voting = draft(make_barrier(), make_barrier())

    def open_it() -> PrioritisationRound:
        return opening.open_round(voting_round=voting)

    results = at_once(open_it, open_it, open_it, open_it)

    assert answers(results) == ["PrioritisationRound", *["Refused"] * 3]
    assert (voting.voters.count(), RoundBarrier.objects.count()) == (1, 2)
    assert [letter["To"] for letter in mailbox.letters] == [member.user.email]
