"""Voting: choosing, saving at each step, sending, changing, and a colleague at the same time."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.curation import resolving
from barriers.curation.forms import AnswerForm
from barriers.models import Ballot, BallotDraft, Barrier, PrioritisationRound, Voter
from barriers.rounds import prioritisation
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    count_with,
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
)

PATH, EN = "/prioritering/vote/stem/", "/en/prioritering/vote/stem/"
BY_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(f"Barrier {letter}") for letter in "abcdefgh"]


@pytest.fixture
def running(member: Member, barriers: list[Barrier]) -> PrioritisationRound:
    """A round in which Odense Kommune votes on up to three barriers."""
    opened: PrioritisationRound = make_round(*barriers, title="Vote")
    return opened


def press(browser: Client, act: str, *choices: Barrier, version: int = 0, **more: Any) -> Any:
    data = {"act": act, "choice": [one.pk for one in choices], "version": version, **more}
    return browser.post(EN, data)


def draft() -> list[int]:
    return BallotDraft.objects.get().choices


def sent() -> list[Barrier]:
    return [line.barrier for line in Ballot.objects.get().lines.all()]


def on_screen(page: Any) -> list[Barrier]:
    return [place.barrier for place in page.context["places"] if place.barrier]


# The order


@pytest.mark.usefixtures("running")
def test_each_member_has_an_order_of_their_own_that_stays(log_in: LogIn, member):
    colleagues = [log_in(make_member(member.organisation)) for _ in range(5)]

    orders = [
        tuple(barrier.pk for barrier, _number in browser.get(PATH).context["pool"])
        for browser in (*colleagues, *colleagues)
    ]

    assert orders[:5] == orders[5:]
    assert len(set(orders)) == 5


# Choosing


@pytest.mark.usefixtures("running")
def test_barrier_that_was_resolved_meanwhile_is_marked(as_member, barriers):
    form = AnswerForm({"answer": "Mended", "version": barriers[0].version}, instance=barriers[0])
    assert form.is_valid()
    resolving.end(form=form, by=make_secretary())

    page = as_member.get("/en/prioritering/vote/stem/")

    assert len(on_screen(page)) == 0
    assert len(page.context["pool"]) == len(barriers)
    assert page.content.decode().count(">Resolved</span>") == 1


@pytest.mark.usefixtures("running")
def test_each_button_saves_what_is_on_the_screen(as_member, barriers):
    a, b, c, _d, *_rest = barriers

    for version, (act, before, after) in enumerate(
        [
            (f"add:{a.pk}", [], [a]),
            (f"add:{b.pk}", [a], [a, b]),
            (f"add:{b.pk}", [a, b], [a, b]),
            (f"add:{c.pk}", [a, b], [a, b, c]),
            (f"up:{c.pk}", [a, b, c], [a, c, b]),
            (f"down:{a.pk}", [a, c, b], [c, a, b]),
            (f"up:{c.pk}", [c, a, b], [c, a, b]),
            (f"down:{b.pk}", [c, a, b], [c, a, b]),
            (f"remove:{a.pk}", [c, a, b], [c, b]),
            (f"remove:{a.pk}", [c, b], [c, b]),
            ("save", [b], [b]),
        ]
    ):
        answer = press(as_member, act, *before, version=version)
        assert answer.status_code == 302
        assert on_screen(as_member.get(PATH)) == after
    assert not Ballot.objects.exists()


@pytest.mark.usefixtures("running")
def test_full_ballot_takes_no_more(as_member, barriers):
    *three, fourth = barriers[:4]

    page = press(as_member, f"add:{fourth.pk}", *three)

    assert "Remove a barrier first" in page.content.decode()
    assert on_screen(page) == three


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    "data",
    [
        {"act": "nonsense"},
        {"act": "add:999999"},
        {"act": "add:" + "9" * 40},
        {"choice": ["999999"]},
        {"choice": ["x"]},
        {"version": "x"},
        {"version": "-1"},
        {"attempted": "1;2"},
    ],
)
def test_nonsense_changes_nothing(as_member, barriers, data: dict[str, Any]):
    kept = {"act": "save", "version": 0, "choice": [barriers[0].pk]}

    assert as_member.post(PATH, kept | data).status_code == 200
    assert as_member.post(PATH, kept | data, headers=BY_SCRIPT).status_code == 422
    assert not BallotDraft.objects.exists()


@pytest.mark.usefixtures("running")
def test_ballot_has_no_more_choices_than_places_and_none_twice(as_member, barriers):
    page = press(as_member, "send", *barriers[:4])
    assert "all are filled" in page.content.decode()
    assert not Ballot.objects.exists()

    press(as_member, "send", barriers[0], barriers[0])
    assert sent() == [barriers[0]]


# Sending


@pytest.mark.usefixtures("running")
def test_draft_counts_for_nothing_until_it_is_sent(as_member, member, barriers, running):
    a, b = barriers[:2]
    press(as_member, f"add:{a.pk}")
    page = as_member.get("/en/prioritering/vote/").content.decode()
    assert "begun, but not sent" in page

    answer = press(as_member, "send", a, b, version=1)

    assert answer.url == "/en/prioritering/vote/"
    assert sent() == [a, b]
    page = as_member.get("/en/prioritering/vote/").content.decode()
    assert "You sent it" in page
    assert "not sent" not in page
    press(as_member, "save", b, version=2)
    assert sent() == [a, b]
    assert "that are not sent" in as_member.get("/en/prioritering/vote/").content.decode()
    count_with(running, a, b)
    assert {result.points for result in running.results.filter(barrier__in=[a, b])} == {12, 8}
    assert not BallotDraft.objects.exists()


@pytest.mark.usefixtures("running")
def test_sent_ballot_can_be_changed_until_closing(as_member, barriers):
    press(as_member, "send", barriers[0])
    press(as_member, "send", barriers[1], version=1)

    assert sent() == [barriers[1]]


@pytest.mark.usefixtures("running")
def test_only_the_button_to_abstain_abstains(as_member, barriers):
    page = press(as_member, "send")
    assert "press “We abstain”" in page.content.decode()
    assert not Ballot.objects.exists()

    press(as_member, "abstain", barriers[0])
    assert Ballot.objects.get().abstains
    assert sent() == []
    assert draft() == []
    press(as_member, "send", barriers[0], version=1)
    assert not Ballot.objects.get().abstains


def test_ballot_after_closing_is_refused_and_shown(as_member, running, barriers, client):
    press(as_member, "send", barriers[0])
    prioritisation.close(voting_round=running)

    for act in ("send", "abstain", "save"):
        page = press(as_member, act, barriers[1], version=1)
        assert page.status_code == 409
        assert "The round is closed" in page.content.decode()
        assert "Barrier b" in page.content.decode()
    assert sent() == [barriers[0]]
    assert as_member.get(PATH).url == "/prioritering/vote/"


def test_script_gets_status_409_after_closing(as_member, running, barriers):
    prioritisation.close(voting_round=running)
    data = {"act": "save", "version": 0, "choice": [barriers[0].pk]}

    answer = as_member.post(EN, data, headers=BY_SCRIPT)

    assert answer.status_code == 409
    assert answer.json() == {
        "said": "The round closed before this reached us, so it was not taken. "
        "What was sent before stands."
    }
    assert not BallotDraft.objects.exists()


def test_ballot_is_refused_when_time_is_up(as_member, running, barriers):
    PrioritisationRound.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert press(as_member, "send", barriers[0]).status_code == 409
    assert not Ballot.objects.exists()


# Who votes


@pytest.mark.usefixtures("running")
def test_organisation_that_does_not_vote_reads_so(log_in: LogIn, barriers):
    newcomer = log_in(make_member())

    page = newcomer.get(EN)
    refused = press(newcomer, "send", barriers[0])

    assert "Your organisation does not vote in this round" in page.content.decode()
    assert refused.status_code == 403
    assert "does not vote" in newcomer.get("/en/prioritering/vote/").content.decode()
    assert newcomer.get("/min-side/").context["rounds"] == []


def test_member_who_came_later_does_not_vote_where_members_vote(log_in, member, barriers):
    make_round(*barriers, title="Vote", per=Voter.MEMBER)
    newcomer = log_in(make_member(member.organisation))

    assert "You do not vote in this round" in newcomer.get(EN).content.decode()


def test_colleagues_do_not_see_each_others_ballots_where_members_vote(log_in, member, barriers):
    colleague = make_member(member.organisation)
    make_round(*barriers, title="Vote", per=Voter.MEMBER)
    press(log_in(member), "send", barriers[0])

    browser = log_in(colleague)

    assert on_screen(browser.get(PATH)) == []
    assert browser.get("/prioritering/vote/").context["sent"] is None
    press(browser, "send", barriers[1])
    assert Ballot.objects.count() == 2


@pytest.mark.usefixtures("running")
def test_stranger_logs_in_first(client):
    assert client.get(PATH).url.startswith("/konto/login/")
    assert client.post(PATH, {"act": "abstain", "version": 0}).status_code == 302
    assert not Ballot.objects.exists()


def test_hidden_barrier_is_not_shown_to_voters(as_member, running, barriers):
    press(as_member, "send", barriers[0])
    Barrier.objects.filter(pk=barriers[0].pk).update(hidden_at=timezone.now())

    for path in (EN, "/en/prioritering/vote/"):
        assert "Barrier a" not in as_member.get(path).content.decode()


# A colleague


@pytest.mark.usefixtures("running")
def test_colleague_changes_the_ballot_and_both_get_a_letter(
    log_in: LogIn, barriers, mailbox: Mailbox
):
    member = Member.objects.get(organisation__name="Odense Kommune")
    colleague = make_member(member.organisation, name_visibility=NameVisibility.MEMBERS)
    make_member(member.organisation)
    press(log_in(member), "send", barriers[0])

    browser = log_in(colleague)
    assert on_screen(browser.get(PATH)) == [barriers[0]]
    press(browser, "send", barriers[1], version=1)

    letters = {letter["To"]: letter.get_content() for letter in mailbox.letters}
    assert set(letters) == {member.user.email, colleague.user.email}
    assert colleague.user.name in letters[member.user.email]
    for letter in letters.values():
        assert "Barrier" not in letter.replace("Hvilke barrierer", "")
    # The same choices again make no letter.
    press(log_in(member), "send", barriers[1], version=2)
    assert len(mailbox.letters) == 2


@pytest.mark.usefixtures("running")
def test_letters_and_pages_leave_out_a_name_that_nobody_may_read(
    log_in, member, barriers, mailbox: Mailbox
):
    hidden = make_member(member.organisation, name_visibility=NameVisibility.NOBODY)
    press(log_in(member), "send", barriers[0])
    press(log_in(hidden), "send", barriers[1], version=1)

    for letter in mailbox.letters:
        if letter["To"] == member.user.email:
            assert hidden.user.name not in letter.get_content()
    for path in (EN, "/en/prioritering/vote/"):
        page = log_in(member).get(path).content.decode()
        assert "A colleague sent it" in page
        assert hidden.user.name not in page


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("act", ["save", "send", "abstain"])
def test_page_shows_both_ballots_where_a_colleague_saved_first(log_in, member, barriers, act):
    a, b, c, *_rest = barriers
    colleague = make_member(member.organisation, name_visibility=NameVisibility.MEMBERS)
    press(log_in(colleague), "save", a, b)

    page = press(log_in(member), act, c)

    assert page.status_code == 409
    assert f"{colleague.user.name} has changed the ballot meanwhile" in page.content.decode()
    assert page.context["theirs"] == ["Barrier a", "Barrier b"]
    assert on_screen(page) == [c]
    assert draft() == [a.pk, b.pk]
    assert not Ballot.objects.exists()
    # The page showed the other ballot, so sending again is deliberate.
    press(log_in(member), act, c, version=page.context["version"])
    assert draft() == ([] if act == "abstain" else [c.pk])


@pytest.mark.usefixtures("running")
def test_same_choices_of_a_colleague_are_no_conflict(log_in, member, barriers):
    press(log_in(make_member(member.organisation)), "send", barriers[0])

    assert press(log_in(member), "send", barriers[0]).status_code == 302


# Saving at each step, by script


@pytest.mark.usefixtures("running")
def test_script_gets_the_new_version(as_member, barriers):
    data = {"act": "save", "version": 0, "choice": [barriers[0].pk]}

    answer = as_member.post(EN, data, headers=BY_SCRIPT)

    assert answer.json()["version"] == 1
    assert "not sent yet" in answer.json()["said"]
    assert draft() == [barriers[0].pk]


@pytest.mark.usefixtures("running")
def test_answer_that_never_came_is_no_conflict_with_oneself(as_member, barriers):
    a, b, c, *_rest = barriers
    press(as_member, "save", a, b)  # saved, but the answer was lost

    tried = press(as_member, "save", b, a, attempted=f"{a.pk},{b.pk}")
    assert tried.status_code == 302
    assert draft() == [b.pk, a.pk]

    press(as_member, "save", version=2)  # an empty ballot, its answer lost too
    assert press(as_member, "save", c, version=2, attempted="-").status_code == 302
    assert press(as_member, "save", a, version=2, attempted="-").status_code == 409


@pytest.mark.usefixtures("running")
def test_script_gets_status_422_where_a_colleague_saved_first(log_in, member, barriers):
    press(log_in(make_member(member.organisation)), "save", barriers[0])
    data = {"act": "save", "version": 0, "choice": [barriers[1].pk]}

    answer = log_in(member).post(EN, data, headers=BY_SCRIPT)

    assert (answer.status_code, answer.json()) == (422, {})


def test_own_ballot_can_be_read_after_closing(as_member, log_in, running, barriers):
    press(as_member, "send", barriers[0])
    prioritisation.close(voting_round=running)

    page = as_member.get("/en/prioritering/vote/")

    assert page.context["sent"].titles == ["Barrier a"]
    assert "Only your organisation sees this." in page.content.decode()
    other = log_in(make_member(make_organisation())).get("/en/prioritering/vote/")
    assert "sent" not in other.context
