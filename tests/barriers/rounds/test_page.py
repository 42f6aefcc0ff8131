"""The page of a round for everybody, its result, and the sheet of it."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from barriers.curation import hiding, merging
from barriers.models import Barrier, BarrierState, PrioritisationRound
from barriers.rounds import prioritisation
from taskforce.members.models import Kind, Organisation
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
    make_voter,
)

Ballots = tuple[str, list[int]]


def hold(title: str, barriers: list[Barrier], *ballots: Ballots, **fields: Any) -> Any:
    """Hold a round: each ballot is a kind of organisation, and places in the list of barriers."""
    voting = make_round(*barriers, title=title, **fields)
    for kind, places in ballots:
        voter = make_voter(voting, make_member(make_organisation(kind=kind)))
        choices = [barriers[place] for place in places]
        prioritisation.cast(voting_round=voting, by=voter, choices=choices)
    prioritisation.close(voting_round=voting)
    voting.refresh_from_db()
    return voting


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(title) for title in ("Alpha", "Beta", "Gamma", "Aarhus", "Økonomi")]


MUNICIPALITIES = [(Kind.MUNICIPALITY, [0, 1])] * 3
COMPANIES = [(Kind.COMPANY, [2, 1])] * 3


def test_open_round_shows_its_list_and_no_result(client, as_member, as_secretary):
    a, b = make_barrier("First barrier"), make_barrier("Second barrier")
    voting = make_round(a, b, title="Vote")
    prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[b])

    for browser in (client, as_member, as_secretary):
        page = browser.get("/prioritering/vote/")
        assert page.context["state"] == "open"
        assert "rows" not in page.context
        listed = [barrier.title for barrier in page.context["barriers"]]
        assert listed == ["First barrier", "Second barrier"]
        assert browser.get("/barrierer/").context["rows"][0]["rank"] is None


def test_times_stand_as_danes_write_them(client, db):
    noon = datetime(2040, 12, 10, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    make_round(make_barrier(), title="Vote", closes_at=noon)

    assert "10. december 2040 kl. 12.00" in client.get("/prioritering/vote/").content.decode()
    assert "10 December 2040, 12.00" in client.get("/en/prioritering/vote/").content.decode()


def test_result_shows_after_closing(client, db):
    a, b = make_barrier("a"), make_barrier("b")
    hold("Vote", [a, b], (Kind.COMPANY, [1]), is_example=True)

    page = client.get("/prioritering/vote/")

    shown = [(row.result.title, row.percent) for row in page.context["rows"]]
    assert shown == [("b", 100), ("a", 0)]
    assert "Eksempeltal" in page.content.decode()


def test_it_is_told_how_many_could_vote_voted_abstained_and_did_not(client, barriers):
    for _ in range(3):
        make_member()
    hold("Vote", barriers, (Kind.COMPANY, [0]), (Kind.COMPANY, []))

    page = client.get("/en/prioritering/vote/").content.decode()

    for figure in ("5</b> could vote", "1</b> voted", "1</b> abstained", "3</b> did not vote"):
        assert figure in page


def test_equals_stand_by_choosers_and_then_in_danish_order(client, barriers):
    # Three points each to Alpha (one chooser) and Beta (two); none to the others.
    hold("Vote", barriers, (Kind.COMPANY, [0, 1]), (Kind.COMPANY, [2, 3, 1]))

    rows = client.get("/prioritering/vote/").context["rows"]

    assert [(row.rank, row.result.title) for row in rows] == [
        (1, "Beta"),
        (1, "Alpha"),
        (1, "Gamma"),
        (4, "Aarhus"),
        (5, "Økonomi"),
    ]


def test_hidden_barrier_is_not_named_among_results(client, as_secretary):
    hidden, shown = make_barrier("Taken away"), make_barrier("shown")
    hold("Vote", [hidden, shown], *([(Kind.COMPANY, [0])] * 3), *([(Kind.NETWORK, [1])] * 3))
    Barrier.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())

    for path in ("/prioritering/vote/", "/prioritering/vote/resultat.csv"):
        assert "Taken away" not in client.get(path).content.decode()
        assert "Taken away" in as_secretary.get(path).content.decode()


def test_groups_of_three_are_shown_and_smaller_ones_as_others(client, barriers):
    few = [(Kind.FOUNDATION, [4]), (Kind.NETWORK, [4]), (Kind.HOUSING, [3])]
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES, *few)

    page = client.get("/en/prioritering/vote/")

    parts = page.context["parts"]
    assert [(part.group.kind, part.group.ballots) for part in parts] == [
        (Kind.MUNICIPALITY, 3),
        (Kind.COMPANY, 3),
        ("", 3),
    ]
    first = {part.group.kind: part.rows[0].result.title for part in parts}
    assert first == {Kind.MUNICIPALITY: "Alpha", Kind.COMPANY: "Gamma", "": "Økonomi"}
    assert "Foundation, Network or association, Housing organisation" in page.content.decode()


def test_too_few_ballots_give_totals_only(client, barriers):
    voting = hold("Vote", barriers, *MUNICIPALITIES, (Kind.COMPANY, [2]))

    page = client.get("/en/prioritering/vote/")

    assert page.context["parts"] == []
    assert "Too few ballots to show groups" in page.content.decode()
    assert not voting.groups.exists()


def test_a_ballot_that_abstains_makes_no_group_large_enough(client, barriers):
    blank = [(Kind.COMPANY, [2]), (Kind.COMPANY, [2]), (Kind.COMPANY, [])]
    hold("Vote", barriers, *MUNICIPALITIES, *blank)

    assert client.get("/prioritering/vote/").context["parts"] == []


def test_where_groups_disagree_most_is_told_with_both_shares(client, barriers):
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)

    found = client.get("/prioritering/vote/").context["disagreements"]

    told = [
        (row.result.title, str(row.most.kind), row.percent_of_most, row.percent_of_least)
        for row in found
    ]
    assert told == [("Alpha", Kind.MUNICIPALITY, 60, 0), ("Gamma", Kind.COMPANY, 60, 0)]


def test_result_stands_beside_the_last_round(client, barriers):
    hold("First", barriers[:4], (Kind.COMPANY, [0, 1, 2]))
    hold("Second", barriers, (Kind.COMPANY, [1, 4, 2]))

    rows = client.get("/en/prioritering/second/").context["rows"]

    assert [(row.result.title, row.movement.words) for row in rows] == [
        ("Beta", "1 place up"),
        ("Økonomi", "new"),
        ("Gamma", "unchanged"),
        ("Alpha", "3 places down"),
        ("Aarhus", "unchanged"),
    ]
    first = client.get("/prioritering/first/").context["rows"]
    assert {row.movement for row in first} == {None}


def test_invented_rounds_are_not_what_real_ones_are_compared_with(client, barriers):
    hold("Invented", barriers, (Kind.COMPANY, [0]), is_example=True)
    hold("Real", barriers, (Kind.COMPANY, [1]))

    assert client.get("/prioritering/real/").context["last"] is None


def test_what_was_merged_before_the_round_stands_beside_the_rank_of_its_double(client, barriers):
    alpha, beta, gamma, *_others = barriers
    hold("First", [alpha, gamma], (Kind.COMPANY, [0]))
    merging.merge(double=alpha, into=beta, by=make_secretary())
    gamma.refresh_from_db()
    hold("Second", [beta, gamma], (Kind.COMPANY, [1]), opened_at=timezone.now())

    def told() -> list[tuple[str, str]]:
        rows = client.get("/en/prioritering/second/").context["rows"]
        return [(row.result.title, row.movement.words) for row in rows]

    assert told() == [("Gamma", "1 place up"), ("Beta", "1 place down")]
    # What is merged later changes nothing of a round that was held.
    beta.refresh_from_db()
    gamma.refresh_from_db()
    merging.merge(double=beta, into=gamma, by=make_secretary())
    assert told() == [("Gamma", "1 place up"), ("Beta", "1 place down")]


def test_rounds_stand_with_the_latest_first(client, as_secretary, barriers):
    later = timezone.now() + timedelta(days=30)
    for title in ("First", "Second", "Third"):
        later += timedelta(days=1)
        hold(title, barriers, (Kind.COMPANY, [0]), closes_at=later)
    PrioritisationRound.objects.filter(slug="first").update(is_example=True)  # the row moves

    counted = client.get("/prioritering/").context["rounds"]["counted"]

    assert [str(one) for one in counted] == ["Third", "Second", "First"]


def test_result_stays_whatever_becomes_of_barriers_and_organisations(client, barriers):
    voting = hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)
    # The address and the tick of whoever looks are no part of it.
    before = client.get("/prioritering/vote/resultat.csv").content

    alpha, beta = barriers[:2]
    Barrier.objects.filter(pk=beta.pk).update(title="Renamed", rank=None, points=None)
    Barrier.objects.filter(pk=alpha.pk).update(state=BarrierState.MERGED, merged_into=beta)
    Organisation.objects.update(kind=Kind.OTHER, in_taskforce=False)
    for voter in voting.voters.all():
        voter.organisation.members.update(to_date=timezone.localdate())

    assert client.get("/prioritering/vote/resultat.csv").content == before
    page = client.get("/prioritering/vote/")
    assert page.status_code == 200
    assert "Renamed" not in page.content.decode()


def test_sheet_has_a_mark_semicolons_and_a_column_a_group(client, barriers):
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)

    answer = client.get("/en/prioritering/vote/resultat.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vote.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    lines = [*csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")]
    assert lines[0][:4] == ["Rank", "Barrier", "Points", "Chosen by"]
    assert lines[0][-2:] == ["Municipality (3)", "Private company (3)"]
    assert lines[1] == ["1", "Beta", "12", "6", "", "6", "6"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", " =", "\r"])
def test_no_cell_of_the_sheet_runs_as_a_formula(client, db, start: str):
    barriers = [make_barrier(f"{start}1+1"), make_barrier("b")]
    hold("Vote", barriers, (Kind.COMPANY, [0]))

    text = client.get("/prioritering/vote/resultat.csv").content.decode("utf-8-sig")

    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert f"'{start}1+1" in [cell for line in lines for cell in line]


def test_figures_of_an_invented_round_say_so_in_the_sheet(client, barriers):
    hold("Vote", barriers, (Kind.COMPANY, [0]), is_example=True)

    assert "Eksempeltal" in client.get("/prioritering/vote/resultat.csv").content.decode()


def test_there_is_no_sheet_of_a_round_that_is_not_counted(as_secretary):
    make_round(make_barrier(), title="Vote")

    assert as_secretary.get("/prioritering/vote/resultat.csv").status_code == 404


def test_members_start_an_initiative_from_a_result(client: Client, as_member: Client, barriers):
    hold("Vote", barriers, (Kind.COMPANY, [0]))

    page = as_member.get("/prioritering/vote/").content.decode()

    assert 'href="/indsatser/ny/?barriere=alpha"' in page
    assert "/indsatser/ny/" not in client.get("/prioritering/vote/").content.decode()


def test_initiative_on_a_merged_barrier_starts_on_the_kept_one_where_that_shows(
    as_member: Client, barriers
):
    hold("Vote", barriers[:2], (Kind.COMPANY, [0]))
    alpha, beta = Barrier.objects.get(title="Alpha"), Barrier.objects.get(title="Beta")
    kept = merging.merge(double=alpha, into=beta, by=make_secretary())

    page = as_member.get("/prioritering/vote/").content.decode()
    assert page.count('href="/indsatser/ny/?barriere=beta"') == 2
    assert "?barriere=alpha" not in page

    hiding.hide(barrier=kept, by=make_secretary())
    assert "barriere=beta" not in as_member.get("/prioritering/vote/").content.decode()


def test_list_of_rounds_shows_what_is_open_and_what_is_counted(client, as_secretary, barriers):
    hold("Counted", barriers, (Kind.COMPANY, [0]))
    make_round(*barriers, title="Running")
    tomorrow = timezone.now() + timedelta(days=1)
    make_round(
        *barriers,
        title="Coming",
        opens_at=tomorrow,
        closes_at=tomorrow + timedelta(days=1),
    )

    rounds = client.get("/prioritering/").context["rounds"]
    assert {where: [str(one) for one in found] for where, found in rounds.items()} == {
        "draft": [],
        "open": ["Running"],
        "due": [],
        "counted": ["Counted"],
    }
    drafts = as_secretary.get("/prioritering/").context["rounds"]["draft"]
    assert [str(one) for one in drafts] == ["Coming"]


def test_ballots_missing_shows_in_the_list(as_member, member, barriers):
    voting = make_round(*barriers, title="Running")

    assert as_member.get("/prioritering/").context["waiting"] == {voting.pk}
    prioritisation.cast(voting_round=voting, by=member, choices=[])
    assert as_member.get("/prioritering/").context["waiting"] == set()


def test_time_that_is_up_shows_as_being_counted(client, barriers):
    past = timezone.now() - timedelta(seconds=1)
    make_round(*barriers, title="Vote", closes_at=past)

    page = client.get("/en/prioritering/vote/")

    assert page.context["state"] == "due"
    assert "being counted" in page.content.decode()
    assert PrioritisationRound.objects.closed().count() == 0
