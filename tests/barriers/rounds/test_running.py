"""What the secretariat does with an open round: see who is missing, remind, close."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from barriers.models import PrioritisationRound, Voter
from barriers.rounds import prioritisation, reminding
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
)
from tests.racing import at_once

VOTERS = ("Odense Kommune", "KAB", "Sekretariatet", "Aarhus Kommune")


@pytest.fixture
def running(secretary: Member) -> PrioritisationRound:
    """A round in which three organisations vote, and the secretariat's own."""
    for name in ("Odense Kommune", "Aarhus Kommune", "KAB"):
        make_member(make_organisation(name))
    opened: PrioritisationRound = make_round(make_barrier(), make_barrier(), title="Vote")
    return opened


def vote(running: PrioritisationRound, name: str) -> None:
    voter = running.voters.get(name=name)
    prioritisation.cast(voting_round=running, by=voter.organisation.members.first(), choices=[])


def test_secretariat_sees_who_has_not_voted_and_others_do_not(
    client, log_in, as_secretary, running
):
    vote(running, "KAB")

    page = as_secretary.get("/en/prioritering/vote/")
    missing = [voter.name for voter in page.context["missing"]]
    assert missing == ["Odense Kommune", "Sekretariatet", "Aarhus Kommune"]
    assert "1 of 4 have voted or abstained" in page.content.decode()
    assert "1 of 4 have voted" in as_secretary.get("/en/sekretariat/").content.decode()
    member = log_in(running.voters.get(name="KAB").organisation.members.first())
    for browser in (client, member):
        text = browser.get("/en/prioritering/vote/").content.decode()
        assert "of 4" not in text
        assert "Aarhus" not in text


def test_members_who_are_missing_are_named_where_members_vote(as_secretary):
    member = make_member()
    make_round(make_barrier(), title="Vote", per=Voter.MEMBER)

    assert member.user.name in as_secretary.get("/prioritering/vote/").content.decode()


def test_only_those_who_have_not_voted_are_reminded(as_secretary, running, mailbox: Mailbox):
    vote(running, "KAB")

    page = as_secretary.post("/en/prioritering/vote/paamind/", follow=True)

    assert "3 reminders are sent." in page.content.decode()
    asked = [voter.organisation.members.first() for voter in running.voters.without_ballot()]
    assert {letter["To"] for letter in mailbox.letters} == {one.user.email for one in asked}
    assert "/prioritering/vote/stem/" in mailbox.letters[0].get_content()


def test_once_a_day_at_most(as_secretary, running, mailbox: Mailbox):
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon, tick=False):
        running.closes_at = noon + timedelta(days=9)
        running.save()
        reminding.remind(voting_round=running)
        page = as_secretary.post("/en/prioritering/vote/paamind/", follow=True).content.decode()
        assert "reminded today already" in page
        assert "You can remind them again tomorrow" in page
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        reminding.remind(voting_round=running)
    assert len(mailbox.letters) == 8


def test_two_at_once_remind_once(transactional_db, running, mailbox: Mailbox):
    def remind() -> list[Member]:
        return reminding.remind(voting_round=running)

    told = at_once(remind, remind, remind, remind)

    sent, *refused = sorted(told, key=lambda answer: isinstance(answer, Refused))
    assert len(sent) == 4
    assert [type(answer) for answer in refused] == [Refused] * 3
    assert len(mailbox.letters) == 4


def test_nobody_is_reminded_where_all_have_voted_or_it_is_over(as_secretary, running, mailbox):
    for name in VOTERS:
        vote(running, name)
    answer = as_secretary.post("/en/prioritering/vote/paamind/", follow=True)
    assert "Everybody has voted." in answer.content.decode()

    over = make_round(make_barrier(), title="Over")
    make_member()
    prioritisation.close(voting_round=over)
    answer = as_secretary.post("/en/prioritering/over/paamind/", follow=True)
    assert "The round is not open." in answer.content.decode()
    assert mailbox.letters == []


def test_closing_by_hand_asks_first_and_names_who_is_missing(as_secretary, running):
    vote(running, "KAB")

    page = as_secretary.get("/en/prioritering/vote/luk/")

    assert "cannot be undone" in page.content.decode()
    assert "Aarhus Kommune" in page.content.decode()
    assert "Fewer than three ballots" in page.content.decode()
    running.refresh_from_db()
    assert running.closed_at is None

    for name in ("Odense Kommune", "Aarhus Kommune"):
        vote(running, name)
    page = as_secretary.get("/en/prioritering/vote/luk/")
    assert "Fewer than three ballots" not in page.content.decode()


def test_secretariat_closes_and_everybody_reads_the_result(client, as_secretary, running):
    vote(running, "KAB")

    as_secretary.post("/prioritering/vote/luk/")

    running.refresh_from_db()
    assert (running.eligible, running.voted, running.abstained) == (4, 0, 1)
    assert running.closed_at < running.closes_at
    assert Activity.objects.filter(verb=Verb.CLOSED).count() == 1
    assert "rows" in client.get("/prioritering/vote/").context
    again = as_secretary.post("/en/prioritering/vote/luk/", follow=True)
    assert "counted already" in again.content.decode()
    assert as_secretary.get("/prioritering/vote/luk/").url == "/prioritering/vote/"


def test_draft_is_neither_closed_nor_counted(as_secretary):
    later = timezone.now() + timedelta(days=1)
    coming = make_round(
        make_barrier(), title="Vote", opens_at=later, closes_at=later + timedelta(days=1)
    )

    assert as_secretary.post("/prioritering/vote/luk/").status_code == 404
    assert as_secretary.post("/prioritering/vote/paamind/").status_code == 404
    with pytest.raises(Refused):
        prioritisation.close(voting_round=coming)


@pytest.mark.usefixtures("running")
def test_secretary_votes_as_any_member_does(as_secretary):
    assert as_secretary.get("/prioritering/vote/stem/").templates[0].name.endswith("vote.html")
