"""Remind those who have not voted."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from barriers.models import PrioritisationRound
from barriers.rounds import prioritisation, reminding
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_barrier, make_member, make_organisation, make_round
from tests.racing import at_once
from tests.refusing import answers, refused

NOT_OPEN = "The round is not open."
TODAY = "They have been reminded today already. Try again tomorrow."


@pytest.fixture
def running(member: Member) -> PrioritisationRound:
    """A round in which the organisation of `member` votes, and another one."""
    make_member(make_organisation("KAB"))
    opened: PrioritisationRound = make_round(make_barrier(), make_barrier())
    return opened


def test_remind_returns_the_members_whose_ballot_is_missing(running, member):
    colleague = make_member(member.organisation)
    other = running.voters.get(name="KAB").organisation.members.get()
    prioritisation.cast(voting_round=running, by=other, choices=[])

    assert {*reminding.remind(voting_round=running)} == {member, colleague}
    assert reminding.is_done(running)


def test_remind_refuses_a_second_time_on_one_day(running):
    reminding.remind(voting_round=running)

    with refused(TODAY):
        reminding.remind(voting_round=running)


def test_remind_happens_again_on_the_next_day(running):
    PrioritisationRound.objects.update(closes_at=timezone.now() + timedelta(days=9))
    reminding.remind(voting_round=running)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert len(reminding.remind(voting_round=running)) == 2


@pytest.mark.parametrize("opens_in", [timedelta(hours=1), None])
def test_remind_refuses_a_round_that_is_not_open(db, opens_in: timedelta | None):
    if opens_in:
        closed = make_round(make_barrier(), opens_at=timezone.now() + opens_in)
    else:
        closed = make_round(make_barrier(), closes_at=timezone.now() - timedelta(seconds=1))

    with refused(NOT_OPEN):
        reminding.remind(voting_round=closed)


def test_remind_refuses_where_everybody_has_voted(running):
    for voter in running.voters.all():
        by = voter.organisation.members.get()
        prioritisation.cast(voting_round=running, by=by, choices=[])

    with refused("Everybody has voted."):
        reminding.remind(voting_round=running)


def test_remind_happens_once_in_a_race(transactional_db, running, mailbox: Mailbox):
    def remind() -> list[Member]:
        return reminding.remind(voting_round=running)

    results = at_once(remind, remind, remind, remind)

    assert answers(results) == ["Refused", "Refused", "Refused", "list"]
    assert len(mailbox.letters) == 2
