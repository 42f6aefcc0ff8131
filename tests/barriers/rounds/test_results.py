"""The result of a round."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from barriers.curation import hiding, merging
from barriers.models import Barrier, BarrierState
from barriers.rounds import results
from barriers.rounds.results import Movement
from taskforce.members.models import Kind, Organisation
from tests.barriers.rounds.rounds import COMPANIES, MUNICIPALITIES, hold, three
from tests.factories import (
    make_barrier,
    make_round,
    make_secretary,
)


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(title) for title in ("Alpha", "Beta", "Gamma", "Aarhus", "Økonomi")]


def test_equal_ranks_are_sorted_by_choosers_and_then_in_danish_order(client, barriers):
    # Three points each to Alpha (one chooser) and Beta (two); none to the others.
    hold("Vote", barriers, *three(Kind.COMPANY, [0, 1]), *three(Kind.COMPANY, [2, 3, 1]))

    rows = client.get("/prioritering/vote/").context["rows"]

    assert [(row.rank, row.result.title) for row in rows] == [
        (1, "Beta"),
        (1, "Alpha"),
        (1, "Gamma"),
        (4, "Aarhus"),
    ]


def test_result_of_a_hidden_barrier_is_for_the_secretariat_alone(client, as_secretary):
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


def test_few_ballots_have_no_groups(client, barriers):
    voting = hold("Vote", barriers, *MUNICIPALITIES, (Kind.COMPANY, [2]))

    page = client.get("/en/prioritering/vote/")

    assert page.context["parts"] == []
    assert "Too few ballots to show groups" in page.content.decode()
    assert not voting.groups.exists()


def test_ballot_that_abstains_counts_for_no_group(client, barriers):
    blank = [(Kind.COMPANY, [2]), (Kind.COMPANY, [2]), (Kind.COMPANY, [])]
    hold("Vote", barriers, *MUNICIPALITIES, *blank)

    assert client.get("/prioritering/vote/").context["parts"] == []


def test_disagreements_have_both_shares(client, barriers):
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)

    found = client.get("/prioritering/vote/").context["disagreements"]

    told = [
        (row.result.title, str(row.most.kind), row.percent_of_most, row.percent_of_least)
        for row in found
    ]
    assert told == [("Alpha", Kind.MUNICIPALITY, 60, 0), ("Gamma", Kind.COMPANY, 60, 0)]


def test_result_is_compared_with_the_last_round(client, barriers):
    hold("First", barriers[:4], *three(Kind.COMPANY, [0, 1, 2]))
    hold("Second", barriers, *three(Kind.COMPANY, [1, 4, 2]))

    rows = client.get("/en/prioritering/second/").context["rows"]

    assert [(row.result.title, row.movement.words) for row in rows] == [
        ("Beta", "1 place up"),
        ("Økonomi", "new"),
        ("Gamma", "unchanged"),
    ]
    first = client.get("/prioritering/first/").context["rows"]
    assert {row.movement for row in first} == {None}


def test_real_round_is_not_compared_with_an_invented_one(client, barriers):
    hold("Invented", barriers, *three(Kind.COMPANY, [0]), is_example=True)
    hold("Real", barriers, *three(Kind.COMPANY, [1]))

    assert client.get("/prioritering/real/").context["last"] is None


def test_kept_barrier_is_compared_with_the_rank_of_its_double(client, barriers):
    alpha, beta, gamma, *_others = barriers
    hold("First", [alpha, gamma], *three(Kind.COMPANY, [0, 1]))
    merging.merge(double=alpha, into=beta, by=make_secretary())
    gamma.refresh_from_db()
    hold("Second", [beta, gamma], *three(Kind.COMPANY, [1, 0]), opened_at=timezone.now())

    def told() -> list[tuple[str, str]]:
        rows = client.get("/en/prioritering/second/").context["rows"]
        return [(row.result.title, row.movement.words) for row in rows]

    assert told() == [("Gamma", "1 place up"), ("Beta", "1 place down")]
    # A later merge changes nothing of a round that was held.
    beta.refresh_from_db()
    gamma.refresh_from_db()
    merging.merge(double=beta, into=gamma, by=make_secretary())
    assert told() == [("Gamma", "1 place up"), ("Beta", "1 place down")]


def test_result_stays_when_barriers_and_organisations_change(client, barriers):
    voting = hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)
    # The sheet leaves out what differs between visitors.
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


def test_members_start_an_initiative_from_a_result(client: Client, as_member: Client, barriers):
    hold("Vote", barriers, *three(Kind.COMPANY, [0]))

    page = as_member.get("/prioritering/vote/").content.decode()

    assert 'href="/indsatser/ny/?barriere=alpha"' in page
    assert "/indsatser/ny/" not in client.get("/prioritering/vote/").content.decode()


def test_initiative_on_a_merged_barrier_starts_on_the_kept_one(as_member: Client, barriers):
    hold("Vote", barriers[:2], *three(Kind.COMPANY, [0, 1]))
    alpha, beta = Barrier.objects.get(title="Alpha"), Barrier.objects.get(title="Beta")
    kept = merging.merge(double=alpha, into=beta, by=make_secretary())

    page = as_member.get("/prioritering/vote/").content.decode()
    assert page.count('href="/indsatser/ny/?barriere=beta"') == 2
    assert "?barriere=alpha" not in page

    hiding.hide(barrier=kept, by=make_secretary())
    assert "barriere=beta" not in as_member.get("/prioritering/vote/").content.decode()


@pytest.mark.parametrize(
    ("rank", "before", "movement"),
    [
        (3, None, Movement("✳", "new")),
        (3, 3, Movement("=", "unchanged")),
        (3, 4, Movement("▲", "1 place up")),
        (1, 4, Movement("▲", "3 places up")),
        (4, 3, Movement("▼", "1 place down")),
        (4, 1, Movement("▼", "3 places down")),
    ],
)
def test_movement_is_a_sign_and_words(rank: int, before: int | None, movement: Movement):
    with translation.override("en"):
        assert results.moved(rank, before) == movement


def test_rank_before_is_the_better_one_of_a_barrier_and_its_doubles(barriers):
    alpha, beta, gamma, aarhus, _rest = barriers
    first = hold("First", barriers[:3], *three(Kind.COMPANY, [1, 0, 2]))
    # Alpha (2) takes Beta (1) in, Gamma (3) takes in one that was on no list.
    for barrier in barriers:
        barrier.refresh_from_db()
    merging.merge(double=beta, into=alpha, by=make_secretary())
    merging.merge(double=aarhus, into=gamma, by=make_secretary())
    second = make_round(alpha, gamma, opened_at=timezone.now())

    ranks = results.ranks_before(second, first)

    assert (ranks[alpha.pk], ranks[gamma.pk]) == (1, 3)


def test_bar_is_as_long_as_the_share_of_the_first_ones_points(client, barriers):
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)  # Beta 12, Alpha 9, Gamma 9

    page = client.get("/prioritering/vote/")

    shown = {row.result.title: row.percent for row in page.context["rows"]}
    assert shown == {"Beta": 100, "Alpha": 75, "Gamma": 75}
    municipalities = {row.result.title: row.percent for row in page.context["parts"][0].rows}
    assert municipalities == {"Alpha": 100, "Beta": 67, "Gamma": 0, "Aarhus": 0, "Økonomi": 0}
