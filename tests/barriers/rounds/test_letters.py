"""Letters of a round: to whom they go, and whom they name."""

import pytest
from django.utils import timezone

from barriers.models import PrioritisationRound, Voter
from barriers.rounds import letters, prioritisation
from taskforce.members.models import Member, NameVisibility
from tests.conftest import Mailbox
from tests.factories import make_barrier, make_member, make_round, make_user


@pytest.fixture
def running(member: Member) -> PrioritisationRound:
    opened: PrioritisationRound = make_round(make_barrier(), title="Autumn")
    return opened


def test_all_members_of_today_of_an_organisation_vote_for_it(running, member):
    colleague = make_member(member.organisation)
    make_member(member.organisation, to_date=timezone.localdate())
    make_member()  # of another organisation, which does not vote

    assert {*letters.members_of(running.voters.all())} == {member, colleague}


def test_each_member_votes_alone_where_members_vote(member):
    each = make_round(make_barrier(), per=Voter.MEMBER)
    make_member(member.organisation)  # came later

    assert [*letters.members_of(each.voters.all())] == [member]


def test_announce_writes_to_everybody_who_votes(running, member, mailbox: Mailbox):
    assert letters.announce(running) == [member]

    (letter,) = mailbox.letters
    assert letter["To"] == member.user.email
    assert "/prioritering/autumn/stem/" in letter.get_content()


def test_remind_writes_to_those_whose_ballot_is_missing(running, member, mailbox: Mailbox):
    other = make_member()
    running.voters.create(organisation=other.organisation, name="Other", kind="company")
    prioritisation.cast(voting_round=running, by=member, choices=[])

    assert letters.remind(running) == [other]
    assert [letter["To"] for letter in mailbox.letters] == [other.user.email]


@pytest.mark.parametrize(
    ("visibility", "is_named"),
    [
        (NameVisibility.PUBLIC, True),
        (NameVisibility.MEMBERS, True),
        (NameVisibility.NOBODY, False),
    ],
)
def test_changed_ballot_names_the_colleague_as_agreed(
    running, member, mailbox: Mailbox, visibility: NameVisibility, is_named: bool
):
    by = make_member(
        member.organisation, user=make_user(name="Kim Berg"), name_visibility=visibility
    )
    make_member(member.organisation)  # has nothing to do with it

    letters.ballot_changed(running.voters.get(), sent_by=member.user, by=by)

    texts = {letter["To"]: letter.get_content() for letter in mailbox.letters}
    assert texts.keys() == {member.user.email, by.user.email}
    assert ("Kim Berg" in texts[member.user.email]) is is_named
