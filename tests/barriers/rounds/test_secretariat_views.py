"""Pages on which the secretariat plans a round, opens it, reminds and closes."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from barriers.curation import merging
from barriers.models import (
    Barrier,
    BarrierState,
    PrioritisationRound,
    Voter,
)
from barriers.rounds import opening, prioritisation, reminding
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.barriers.rounds.rounds import DAY, draft, make_late
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
)

VOTERS = ("Odense Kommune", "KAB", "Sekretariatet", "Aarhus Kommune")


def filled_in(form: Any, **changed: Any) -> dict[str, Any]:
    """Return what a browser would send of a form, with some fields changed."""
    data = {name: form[name].value() for name in form.fields}
    for name in ("opens_at", "closes_at"):
        data[name] = f"{data[name]:%Y-%m-%dT%H:%M}"
    return {name: "" if value is None else value for name, value in (data | changed).items()}


def planned(browser: Client, **changed: Any) -> Any:
    """Send the form with some fields changed; return the round, or the page with its errors."""
    form = browser.get("/en/prioritering/ny/").context["form"]
    data = filled_in(form, **({"title": "Autumn"} | changed))
    answer = browser.post("/en/prioritering/ny/", data)
    if answer.status_code != 302:
        return answer
    PrioritisationRound.objects.update(slug="autumn")  # without what is drawn
    return PrioritisationRound.objects.first()


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


# Planning


def test_plan_ticks_all_unresolved_barriers_and_all_who_can_vote(as_secretary, barriers, member):
    Barrier.objects.filter(pk=barriers[0].pk).update(
        state=BarrierState.RESOLVED, resolved_on=timezone.localdate(), answer="Mended"
    )
    Barrier.objects.filter(pk=barriers[1].pk).update(hidden_at=timezone.now())

    voting = planned(as_secretary)

    assert {*voting.barriers.all()} == {*barriers[2:]}
    assert {voter.name for voter in opening.voting_organisations(voting)} == {
        "Odense Kommune",
        "Sekretariatet",
    }
    assert (voting.ballot_size, voting.per, voting.is_draft) == (1, Voter.ORGANISATION, True)
    assert not voting.left_out.exists()


def test_plan_takes_danish_times(as_secretary, barriers):
    voting = planned(
        as_secretary, opens_at="2030-06-30T09:00", closes_at="2030-07-14T12:00", ballot_size=2
    )

    copenhagen = ZoneInfo("Europe/Copenhagen")
    assert voting.opens_at == datetime(2030, 6, 30, 9, tzinfo=copenhagen)
    assert voting.closes_at == datetime(2030, 7, 14, 12, tzinfo=copenhagen)
    assert voting.ballot_size == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"closes_at": "2020-01-01T12:00"}, "closes_at"),
        ({"opens_at": "2031-01-01T12:00", "closes_at": "2030-01-01T12:00"}, "closes_at"),
        ({"opens_at": "soon"}, "opens_at"),
        # This hour does not exist: summer time begins.
        ({"opens_at": "2030-03-31T02:30", "closes_at": "2031-01-01T12:00"}, "opens_at"),
        ({"ballot_size": 3}, "ballot_size"),
        ({"ballot_size": 0}, "ballot_size"),
        ({"ballot_size": "many"}, "ballot_size"),
        ({"listed": []}, "listed"),
        ({"listed": [0]}, "listed"),
        ({"voting": []}, "voting"),
        ({"per": "neither"}, "per"),
        ({"meeting": 0}, "meeting"),
    ],
)
def test_plan_shows_errors_and_what_was_typed(
    as_secretary, barriers, changed: dict[str, Any], field: str
):
    page = planned(as_secretary, **changed)

    assert field in page.context["form"].errors
    assert page.context["form"]["title"].value() == changed.get("title", "Autumn")
    assert not PrioritisationRound.objects.exists()


def test_plan_needs_two_barriers(as_secretary, barriers):
    page = planned(as_secretary, listed=[barriers[0].pk])

    assert "Choose at least two barriers." in page.content.decode()


def test_plan_of_an_invented_secretary_is_for_invented_organisations(log_in, barriers):
    invented = make_organisation("Eksempel", is_example=True)
    make_member()

    voting = planned(log_in(make_secretary(organisation=invented)))

    assert voting.is_example
    assert [*opening.voting_organisations(voting)] == [invented]


def test_draft_is_seen_by_the_secretariat_alone(client, as_member, as_secretary, barriers):
    draft(*barriers)

    for browser in (client, as_member):
        assert browser.get("/prioritering/vote/").status_code == 404
        assert "Vote" not in browser.get("/prioritering/").content.decode()
        assert "Vote" not in browser.get("/min-side/").content.decode()
    assert as_secretary.get("/prioritering/vote/").status_code == 200


# Changing a draft


def test_edit_changes_a_draft_until_it_opens(as_secretary, barriers):
    voting = planned(as_secretary)
    form = as_secretary.get("/en/prioritering/autumn/ret/").context["form"]
    listed = [barrier.pk for barrier in barriers[:3]]
    data = filled_in(form, title="Winter", listed=listed, voting=form["voting"].value()[:1])

    as_secretary.post("/en/prioritering/autumn/ret/", data | {"ballot_size": ""})

    voting.refresh_from_db()
    assert (voting.title, voting.ballot_size, voting.version) == ("Winter", 1, 2)
    assert {*voting.barriers.all()} == {*barriers[:3]}
    opening.open_round(voting_round=voting)
    assert as_secretary.get("/prioritering/autumn/ret/").status_code == 302
    assert as_secretary.post("/prioritering/autumn/ret/", data).status_code == 302
    voting.refresh_from_db()
    assert voting.version == 2


def test_edit_shows_what_somebody_else_saved_first(as_secretary, log_in, barriers):
    planned(as_secretary)
    form = as_secretary.get("/en/prioritering/autumn/ret/").context["form"]
    one = filled_in(form, title="First", listed=[barrier.pk for barrier in barriers[:6]])
    as_secretary.post("/en/prioritering/autumn/ret/", one | {"ballot_size": ""})

    page = as_secretary.post("/en/prioritering/autumn/ret/", filled_in(form, title="Second"))

    theirs = dict(page.context["form"].theirs)
    assert theirs["Title"] == "First"
    assert PrioritisationRound.objects.get().title == "First"


def test_organisation_that_was_left_out_does_not_vote(as_secretary, member, barriers):
    own = [Member.objects.get(role="secretariat").organisation_id]
    voting = planned(as_secretary, voting=own)

    assert [*voting.left_out.all()] == [member.organisation]
    opening.open_round(voting_round=voting)
    assert [voter.organisation_id for voter in voting.voters.all()] == own


def test_discard_deletes_a_draft_and_no_open_round(as_secretary, barriers):
    draft(*barriers)
    running = make_round(*barriers, title="Running")

    as_secretary.post("/prioritering/vote/kasser/")
    as_secretary.post("/prioritering/running/kasser/")

    assert [*PrioritisationRound.objects.all()] == [running]


def test_preview_shows_the_ballot_as_a_voter_will_see_it(as_secretary, as_member, barriers):
    voting = draft(*barriers, ballot_size=2)

    preview = as_secretary.get("/prioritering/vote/stemmeseddel/")
    assert as_member.get("/prioritering/vote/stemmeseddel/").status_code == 403
    opening.open_round(voting_round=voting)
    ballot = as_secretary.get("/prioritering/vote/stem/")

    assert preview.templates[0].name == ballot.templates[0].name
    for shown in ("pool", "places", "filled"):
        assert preview.context[shown] == ballot.context[shown]
    assert as_secretary.get("/prioritering/vote/stemmeseddel/").status_code == 302


def test_plan_says_in_words_that_a_listed_barrier_was_merged(as_secretary, barriers):
    form = as_secretary.get("/prioritering/ny/").context["form"]
    sent = filled_in(form, title="Vote")
    merging.merge(double=barriers[0], into=barriers[1], by=make_secretary())

    page = as_secretary.post("/prioritering/ny/", sent)

    said = page.context["form"].errors["listed"]
    assert len(said) == 1
    assert not any(character.isdigit() for character in said[0])
    assert not PrioritisationRound.objects.exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"closes_at": timezone.now() - timedelta(1), "opens_at": timezone.now() - 2 * DAY},
            "has passed",
        ),
        ({}, "fewer than two"),
    ],
)
def test_open_says_why_a_draft_cannot_open(as_secretary, fields: dict[str, Any], why: str):
    voting = draft(make_barrier(), opened_at=None, **fields)

    page = as_secretary.post("/en/prioritering/vote/aabn/", follow=True).content.decode()

    assert why in page
    voting.refresh_from_db()
    assert voting.is_draft


def test_open_writes_to_the_voters_without_naming_barriers(log_in, mailbox: Mailbox):
    secretary = make_secretary(organisation=make_organisation("Sekretariatet"))
    member = make_member(make_organisation("Odense Kommune"))
    make_member(member.organisation, to_date=timezone.localdate())
    draft(*[make_barrier(f"named {letter}") for letter in "abc"])

    log_in(secretary).post("/prioritering/vote/aabn/")

    voting = PrioritisationRound.objects.get()
    assert voting.is_open(timezone.now())
    assert Activity.objects.filter(verb=Verb.OPENED, actor=secretary.user).count() == 1
    assert {letter["To"] for letter in mailbox.letters} == {
        member.user.email,
        secretary.user.email,
    }
    letter = mailbox.letters[0].get_content()
    assert "/prioritering/vote/stem/" in letter
    assert "named" not in letter


def test_open_refuses_a_round_that_is_open(as_secretary, barriers, member):
    draft(*barriers)

    as_secretary.post("/prioritering/vote/aabn/")
    page = as_secretary.post("/en/prioritering/vote/aabn/", follow=True)

    assert "its list and its voters stand" in page.content.decode()
    assert Activity.objects.filter(verb=Verb.OPENED).count() == 1


def test_schedule_is_set_and_taken_back(as_secretary, barriers, member):
    voting = draft(*barriers)

    as_secretary.post("/prioritering/vote/aabner-selv/")
    voting.refresh_from_db()
    assert voting.opens_by_itself
    as_secretary.post("/prioritering/vote/aabner-ikke-selv/")
    voting.refresh_from_db()
    assert not voting.opens_by_itself


def test_schedule_refuses_a_time_that_is_past(as_secretary, barriers, member):
    make_late(draft(*barriers))

    page = as_secretary.post("/en/prioritering/vote/aabner-selv/", follow=True)

    assert "That time has passed" in page.content.decode()
    assert not PrioritisationRound.objects.get().opens_by_itself


def test_turnout_is_shown_to_the_secretariat_alone(client, log_in, as_secretary, running):
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


def test_turnout_names_members_where_members_vote(as_secretary):
    member = make_member()
    make_round(make_barrier(), title="Vote", per=Voter.MEMBER)

    assert member.user.name in as_secretary.get("/prioritering/vote/").content.decode()


def test_remind_writes_to_those_who_have_not_voted(as_secretary, running, mailbox: Mailbox):
    vote(running, "KAB")

    page = as_secretary.post("/en/prioritering/vote/paamind/", follow=True)

    assert "3 reminders are sent." in page.content.decode()
    asked = [voter.organisation.members.first() for voter in running.voters.without_ballot()]
    assert {letter["To"] for letter in mailbox.letters} == {one.user.email for one in asked}
    assert "/prioritering/vote/stem/" in mailbox.letters[0].get_content()


def test_remind_happens_once_a_day(as_secretary, running, mailbox: Mailbox):
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


def test_remind_says_why_nobody_is_reminded(as_secretary, running, mailbox):
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


def test_close_asks_first_and_names_who_has_not_voted(as_secretary, running):
    vote(running, "KAB")

    page = as_secretary.get("/en/prioritering/vote/luk/")

    assert "cannot be opened again" in page.content.decode()
    assert "Aarhus Kommune" in page.content.decode()
    assert "Fewer than three ballots" in page.content.decode()
    running.refresh_from_db()
    assert running.closed_at is None

    for name in ("Odense Kommune", "Aarhus Kommune"):
        vote(running, name)
    page = as_secretary.get("/en/prioritering/vote/luk/")
    assert "Fewer than three ballots" not in page.content.decode()


def test_close_publishes_the_result(client, as_secretary, running):
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


def test_draft_is_neither_closed_nor_reminded(as_secretary):
    later = timezone.now() + timedelta(days=1)
    coming = make_round(
        make_barrier(), title="Vote", opens_at=later, closes_at=later + timedelta(days=1)
    )

    assert as_secretary.post("/prioritering/vote/luk/").status_code == 404
    assert as_secretary.post("/prioritering/vote/paamind/").status_code == 404
    with pytest.raises(Refused):
        prioritisation.close(voting_round=coming)


@pytest.mark.usefixtures("running")
def test_secretary_votes_like_any_member(as_secretary):
    assert as_secretary.get("/prioritering/vote/stem/").templates[0].name.endswith("vote.html")
