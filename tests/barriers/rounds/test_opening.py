"""Planning a round and opening it: by hand, by the worker, and once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from barriers.curation import merging
from barriers.models import (
    Barrier,
    BarrierState,
    Eligible,
    PrioritisationRound,
    RoundBarrier,
    Voter,
)
from barriers.rounds import opening, prioritisation
from barriers.tasks import open_due_rounds
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Kind, Member
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_initiative,
    make_meeting,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
)
from tests.racing import at_once

DAY, NOW = timedelta(days=1), timezone.now()


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(f"Barrier {letter}") for letter in "abcdefg"]


def filled_in(form: Any, **changed: Any) -> dict[str, Any]:
    """Return what a browser would send of a form as it stands, but for what is changed."""
    data = {name: form[name].value() for name in form.fields}
    for name in ("opens_at", "closes_at"):
        data[name] = f"{data[name]:%Y-%m-%dT%H:%M}"
    return {name: "" if value is None else value for name, value in (data | changed).items()}


def planned(browser: Client, **changed: Any) -> Any:
    """Plan a round as its form suggests, and return it, or the page that says why not."""
    form = browser.get("/en/prioritering/ny/").context["form"]
    data = filled_in(form, **({"title": "Autumn"} | changed))
    answer = browser.post("/en/prioritering/ny/", data)
    return PrioritisationRound.objects.first() if answer.status_code == 302 else answer


def draft(*barriers: Barrier, **fields: Any) -> PrioritisationRound:
    later = timezone.now() + DAY
    fields = {"opens_at": later, "closes_at": later + DAY} | fields
    voting: PrioritisationRound = make_round(*barriers, title="Vote", **fields)
    return voting


def make_late(voting: PrioritisationRound, **fields: Any) -> None:
    """Let the time come at which a round opens."""
    past = timezone.now() - timedelta(minutes=1)
    PrioritisationRound.objects.filter(pk=voting.pk).update(opens_at=past, **fields)


# Planning


def test_all_unresolved_barriers_and_all_who_could_vote_are_ticked(as_secretary, barriers, member):
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


def test_times_are_danish(as_secretary, barriers):
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
        # The hour that is left out when summer time begins.
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
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    as_secretary, barriers, changed: dict[str, Any], field: str
):
    page = planned(as_secretary, **changed)

    assert field in page.context["form"].errors
    assert page.context["form"]["title"].value() == changed.get("title", "Autumn")
    assert not PrioritisationRound.objects.exists()


def test_one_barrier_is_no_choice(as_secretary, barriers):
    page = planned(as_secretary, listed=[barriers[0].pk])

    assert "Choose at least two barriers." in page.content.decode()


def test_an_invented_secretary_plans_for_invented_organisations(log_in, barriers):
    invented = make_organisation("Eksempel", is_example=True)
    make_member()

    voting = planned(log_in(make_secretary(organisation=invented)))

    assert voting.is_example
    assert [*opening.voting_organisations(voting)] == [invented]


def test_only_the_secretariat_knows_of_a_draft(client, as_member, as_secretary, barriers):
    draft(*barriers)

    for browser in (client, as_member):
        assert browser.get("/prioritering/vote/").status_code == 404
        assert "Vote" not in browser.get("/prioritering/").content.decode()
        assert "Vote" not in browser.get("/min-side/").content.decode()
    assert as_secretary.get("/prioritering/vote/").status_code == 200


# Changing a draft


def test_draft_is_changed_until_it_opens(as_secretary, barriers):
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


def test_second_of_two_sees_what_the_first_saved(as_secretary, log_in, barriers):
    planned(as_secretary)
    form = as_secretary.get("/en/prioritering/autumn/ret/").context["form"]
    one = filled_in(form, title="First", listed=[barrier.pk for barrier in barriers[:6]])
    as_secretary.post("/en/prioritering/autumn/ret/", one | {"ballot_size": ""})

    page = as_secretary.post("/en/prioritering/autumn/ret/", filled_in(form, title="Second"))

    theirs = dict(page.context["form"].theirs)
    assert theirs["Title"] == "First"
    assert PrioritisationRound.objects.get().title == "First"


def test_what_was_left_out_stays_out(as_secretary, member, barriers):
    own = [Member.objects.get(role="secretariat").organisation_id]
    voting = planned(as_secretary, voting=own)

    assert [*voting.left_out.all()] == [member.organisation]
    opening.open_round(voting_round=voting)
    assert [voter.organisation_id for voter in voting.voters.all()] == own


def test_draft_is_discarded_and_an_open_round_is_not(as_secretary, barriers):
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


# What has changed since the last round


def test_who_plans_sees_what_is_new_what_is_double_and_what_is_begun(as_secretary, barriers):
    last = make_round(*barriers)
    prioritisation.close(voting_round=last)
    new = make_barrier("Udbudsreglerne er alt for svære at forstå")
    double = make_barrier("Udbudsreglerne er for svære at forstå")
    begun = make_initiative("Begun")
    record(Verb.ADDED, begun, by=None)

    page = as_secretary.get("/prioritering/ny/")

    assert {*page.context["new"]} == {new, double}
    assert [(one.newer, one.older_title) for one in page.context["doubles"]] == [
        (double, new.title)
    ]
    merge_url = page.context["doubles"][0].merge_url
    assert as_secretary.get(merge_url).context["into"] == new
    assert [*page.context["begun"]] == [begun]


def test_what_a_merged_double_was_voted_on_for_is_not_new(as_secretary, barriers):
    prioritisation.close(voting_round=make_round(*barriers))
    double, kept = Barrier.objects.get(pk=barriers[0].pk), make_barrier("Kept")
    merging.merge(double=double, into=kept, by=make_secretary())

    assert [*as_secretary.get("/prioritering/ny/").context["new"]] == []


def test_what_was_merged_while_a_list_was_ticked_is_said_in_words(as_secretary, barriers):
    form = as_secretary.get("/prioritering/ny/").context["form"]
    sent = filled_in(form, title="Vote")
    merging.merge(double=barriers[0], into=barriers[1], by=make_secretary())

    page = as_secretary.post("/prioritering/ny/", sent)

    said = page.context["form"].errors["listed"]
    assert len(said) == 1
    assert not any(character.isdigit() for character in said[0])
    assert not PrioritisationRound.objects.exists()


def test_a_new_barrier_is_held_against_those_of_the_last_round_too(as_secretary):
    old = make_barrier("Udbudsreglerne er for svære at forstå")
    prioritisation.close(voting_round=make_round(old))
    new = make_barrier("Udbudsregler er svære at forstå")
    make_barrier("Noget helt andet")

    doubles = as_secretary.get("/prioritering/ny/").context["doubles"]

    assert [(one.newer, one.older_url) for one in doubles] == [(new, old.get_absolute_url())]


# Opening


def test_opening_fixes_list_and_voters_with_names_and_kinds_of_then(barriers, member):
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


def test_members_are_the_voters_where_the_round_says_so(barriers, member):
    colleague = make_member(member.organisation)
    make_member(member.organisation, to_date=timezone.localdate())
    voting = draft(*barriers, per=Voter.MEMBER)

    opening.open_round(voting_round=voting)

    assert {voter.member for voter in voting.voters.all()} == {member, colleague}


def test_what_was_resolved_hidden_or_merged_meanwhile_is_not_voted_on(barriers, member):
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


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"closes_at": timezone.now() - timedelta(1), "opens_at": timezone.now() - 2 * DAY},
            "past",
        ),
        ({}, "fewer than two"),
    ],
)
def test_what_cannot_open_says_why(as_secretary, fields: dict[str, Any], why: str):
    voting = draft(make_barrier(), opened_at=None, **fields)

    page = as_secretary.post("/en/prioritering/vote/aabn/", follow=True).content.decode()

    assert why in page
    voting.refresh_from_db()
    assert voting.is_draft


def test_nobody_to_vote_is_nothing_to_open(barriers):
    voting = draft(*barriers)

    assert opening.why_not(voting) == "Ingen ville kunne stemme."
    with pytest.raises(Refused):
        opening.open_round(voting_round=voting)


def test_secretariat_opens_and_members_get_a_mail_without_more_than_they_need(
    log_in, mailbox: Mailbox
):
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


def test_opening_twice_is_refused_with_a_sentence(as_secretary, barriers, member):
    draft(*barriers)

    as_secretary.post("/prioritering/vote/aabn/")
    page = as_secretary.post("/en/prioritering/vote/aabn/", follow=True)

    assert "its list and its voters stand" in page.content.decode()
    assert Activity.objects.filter(verb=Verb.OPENED).count() == 1


def test_worker_opens_what_is_to_open_by_itself_and_nothing_else(transactional_db):
    make_member()
    barriers = make_barrier("a"), make_barrier("b")
    due, waiting, later = (draft(*barriers) for _ in range(3))
    make_late(due, opens_by_itself=True)
    make_late(waiting)
    opening.schedule(voting_round=later, by_itself=True)
    broken = draft(make_barrier())
    make_late(broken, opens_by_itself=True)

    open_due_rounds(timestamp=0)

    opened = PrioritisationRound.objects.exclude(opened_at=None)
    assert [*opened] == [due]


def test_opening_by_itself_is_planned_and_taken_back(as_secretary, barriers, member):
    voting = draft(*barriers)

    as_secretary.post("/prioritering/vote/aabner-selv/")
    voting.refresh_from_db()
    assert voting.opens_by_itself
    as_secretary.post("/prioritering/vote/aabner-ikke-selv/")
    voting.refresh_from_db()
    assert not voting.opens_by_itself


def test_time_that_is_past_is_no_time_to_open_by_itself(as_secretary, barriers, member):
    make_late(draft(*barriers))

    page = as_secretary.post("/en/prioritering/vote/aabner-selv/", follow=True)

    assert "That time is past" in page.content.decode()
    assert not PrioritisationRound.objects.get().opens_by_itself


def test_round_opens_once_under_a_race(transactional_db, mailbox: Mailbox):
    member = make_member()
    voting = draft(make_barrier(), make_barrier())

    def open_it() -> PrioritisationRound:
        return opening.open_round(voting_round=voting)

    told = at_once(open_it, open_it, open_it, open_it)

    assert [type(answer) for answer in told].count(Refused) == 3
    assert (voting.voters.count(), RoundBarrier.objects.count()) == (1, 2)
    assert [letter["To"] for letter in mailbox.letters] == [member.user.email]


def test_round_of_a_meeting_leads_to_it(client, barriers, member):
    meeting = make_meeting(3)
    opening.open_round(voting_round=draft(*barriers, meeting=meeting))

    assert meeting.get_absolute_url() in client.get("/prioritering/vote/").content.decode()
