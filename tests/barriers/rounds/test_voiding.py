"""Too few ballots make no ranking, and a counted round can be declared void."""

import csv
import io
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from barriers import since_last
from barriers.models import Barrier, PrioritisationRound, RoundResult
from barriers.rounds import opening, prioritisation, voiding
from taskforce.activity.models import Activity, TakenBack, Verb
from taskforce.members.models import Kind
from tests.barriers.rounds.rounds import draft, hold, three
from tests.factories import (
    count_with,
    make_barrier,
    make_member,
    make_round,
    make_secretary,
    make_voter,
)
from tests.outbox import sent_to
from tests.racing import at_once
from tests.refusing import answers, refused

FEW = "Too few ballots chose something, so no ranking is made."


def ranks() -> list[tuple[str, int | None, int | None]]:
    return [*Barrier.objects.order_by("title").values_list("title", "rank", "points")]


def void(voting: PrioritisationRound, reason: str = "The wrong list.") -> PrioritisationRound:
    return voiding.declare_void(voting_round=voting, reason=reason, by=make_secretary())


@pytest.fixture
def pair(db: None) -> list[Barrier]:
    return [make_barrier("a"), make_barrier("b")]


@pytest.fixture
def first(pair) -> PrioritisationRound:
    return count_with(make_round(*pair, title="First", ballot_size=1), pair[1])


# Too few ballots


@pytest.mark.parametrize("choosing", [0, 1, 2])
def test_close_makes_no_result_of_fewer_than_three_ballots_that_choose(first, pair, choosing: int):
    voting = make_round(*pair, title="Second")
    for number in range(5):
        chosen = pair[:1] if number < choosing else []
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=chosen)

    closed = prioritisation.close(voting_round=voting)

    assert (closed.voted, closed.abstained) == (choosing, 5 - choosing)
    assert not closed.results.exists()
    assert ranks() == [("a", None, None), ("b", 1, 3)]  # as in the round before
    assert PrioritisationRound.objects.ranked().get() == first


def test_pages_say_that_no_ranking_was_made(client, first, pair):
    blank = make_round(*pair, title="Blank")
    prioritisation.cast(voting_round=blank, by=make_voter(blank), choices=[])
    prioritisation.close(voting_round=blank)

    page = client.get("/en/prioritering/blank/")
    assert FEW in page.content.decode()
    assert page.context["rows"] == []
    assert "Too few ballots, no ranking" in client.get("/en/prioritering/").content.decode()
    assert client.get("/en/prioritering/blank/resultat.csv").url == "/en/prioritering/blank/"
    front = client.get("/en/")
    assert front.context["latest_round"] == first
    assert [row["title"] for row in front.context["ranking"]] == ["b"]
    barrier = client.get("/en/barrierer/b/")
    assert [step.round for step in barrier.context["steps"]] == [first]
    with translation.override("en"):
        since = [line.words for line in since_last.closed_rounds(first.opens_at)]
    assert since == ["First", "Blank (too few ballots, no ranking)"]


def test_front_page_ranks_nothing_where_the_only_round_has_too_few(client, pair):
    prioritisation.close(voting_round=make_round(*pair))

    page = client.get("/en/")

    assert {row["title"] for row in page.context["newest"]} == {"a", "b"}
    assert "ranking" not in page.context
    assert "The first barriers" in page.content.decode()
    assert "0 points" not in page.content.decode()


def test_barrier_that_nobody_chose_has_no_rank_anywhere(client, pair):
    hold("Vote", pair, *three(Kind.COMPANY, [1]))

    assert ranks() == [("a", None, None), ("b", 1, 9)]
    page = client.get("/en/prioritering/vote/")
    assert [row.result.title for row in page.context["rows"]] == ["b"]
    assert [(row.result.title, row.rank) for row in page.context["unchosen"]] == [("a", None)]
    text = client.get("/en/prioritering/vote/resultat.csv").content.decode("utf-8-sig")
    lines = [*csv.reader(io.StringIO(text), delimiter=";")]
    assert [line[:3] for line in lines[1:]] == [["1", "b", "9"], ["", "a", "0"]]
    assert client.get("/barrierer/a/").context["steps"] == []


def test_result_of_nothing_but_zeros_from_before_ranks_nothing(client, first, pair):
    old = prioritisation.close(voting_round=make_round(*pair, title="Old"))
    for barrier in pair:
        RoundResult.objects.create(
            round=old, barrier=barrier, title=str(barrier), rank=1, points=0, choosers=0
        )

    assert PrioritisationRound.objects.ranked().get() == first
    assert FEW in client.get("/en/prioritering/old/").content.decode()


def test_migration_ranks_by_the_last_round_in_which_somebody_chose(first, pair):
    Barrier.objects.update(rank=1, points=0)
    migration = import_module("barriers.migrations.0004_no_points_no_rank")

    with connection.cursor() as cursor:
        cursor.execute(migration.NO_RANK)

    assert ranks() == [("a", None, None), ("b", 1, 3)]


# Void


def test_void_gives_barriers_the_ranks_of_the_round_before(first, pair):
    second = count_with(make_round(*pair, ballot_size=1), pair[0])
    assert ranks() == [("a", 1, 3), ("b", None, None)]

    assert void(second) == second

    assert ranks() == [("a", None, None), ("b", 1, 3)]
    second.refresh_from_db()
    assert second.voided_at is not None
    assert second.results.count() == 2


def test_void_of_an_earlier_round_leaves_the_ranks(first, pair):
    count_with(make_round(*pair, ballot_size=1), pair[0])

    void(first)

    assert ranks() == [("a", 1, 3), ("b", None, None)]


def test_void_of_the_only_round_takes_all_ranks(first):
    void(first)

    assert ranks() == [("a", None, None), ("b", None, None)]


def test_void_gives_the_kept_barrier_the_rank_of_its_double(first, pair):
    second = count_with(make_round(*pair, ballot_size=1), pair[0])
    kept = make_barrier("c")
    Barrier.objects.filter(title="b").update(state="merged", merged_into=kept, rank=None)

    void(second)

    assert ranks() == [("a", None, None), ("b", None, None), ("c", 1, 3)]


def test_void_leaves_a_note_and_writes_to_everybody_who_could_vote(pair):
    voter = make_member()
    closed = count_with(make_round(*pair), *pair)
    expected = {eligible.organisation_id for eligible in closed.voters.all()}
    sent_to()

    void(closed)

    told = sent_to()
    assert voter.user.email in told
    assert len(told) == len(expected) == TakenBack.objects.get().told
    note = TakenBack.objects.get()
    assert (note.verb, note.reason) == (Verb.CLOSED, "The wrong list.")
    assert Activity.objects.filter(verb=Verb.TAKEN_BACK, target_id=closed.pk).count() == 1


def test_void_refuses_what_is_not_counted_and_what_is_void(first, pair):
    with refused("The round is not counted yet."):
        void(make_round(*pair))
    void(first)
    with refused("The round is declared void.", already=True):
        void(first)


def test_void_happens_once_in_a_race(transactional_db):
    barrier = make_barrier()
    counted = count_with(make_round(barrier), barrier)
    by = make_secretary()

    def once() -> PrioritisationRound:
        return voiding.declare_void(voting_round=counted, reason="Wrong.", by=by)

    assert answers(at_once(once, once, once)) == ["PrioritisationRound", "Refused", "Refused"]
    assert TakenBack.objects.count() == 1


def test_void_and_closing_in_one_moment_leave_the_ranks_of_the_round_that_holds(transactional_db):
    by = make_secretary()
    for _ in range(3):
        one, other = make_barrier(), make_barrier()
        wrong = count_with(make_round(one, other), one)
        running = make_round(one, other)
        for _ in range(3):
            prioritisation.cast(voting_round=running, by=make_voter(running), choices=[other])

        at_once(
            lambda: voiding.declare_void(voting_round=wrong, reason="Wrong.", by=by),  # noqa: B023
            lambda: prioritisation.close(voting_round=running),  # noqa: B023
        )

        assert [*Barrier.objects.exclude(rank=None)] == [other]


def test_pages_mark_a_void_round_and_keep_its_result(client, first, pair):
    void(first)

    page = client.get("/en/prioritering/first/")
    text = page.content.decode()
    assert "Declared void" in text
    assert "The wrong list." in text
    assert [row.result.title for row in page.context["rows"]] == ["b"]
    assert "Declared void" in client.get("/en/prioritering/").content.decode()
    sheet = client.get("/en/prioritering/first/resultat.csv").content.decode()
    assert "Rank (Declared void)" in sheet
    assert client.get("/barrierer/b/").context["steps"] == []
    front = client.get("/")
    assert [row["title"] for row in front.context["newest"]] == ["b", "a"]
    assert "latest_round" not in front.context
    with translation.override("en"):
        since = [line.words for line in since_last.closed_rounds(first.opens_at)]
    assert since == ["First (declared void)"]


def test_void_page_asks_for_the_reason(as_secretary, first):
    path = "/en/prioritering/first/ugyldig/"

    assert "Declare the round void?" in as_secretary.get(path).content.decode()
    assert as_secretary.post(path, {"reason": " "}).context["form"].errors == {
        "reason": ["Skriv begrundelsen."]
    }
    assert as_secretary.post(path, {"reason": "Slip."}).url == "/en/prioritering/first/"
    assert as_secretary.get(path).url == "/en/prioritering/first/"


def test_void_page_is_for_counted_rounds_and_the_secretariat(
    as_secretary: Client, as_member: Client, client: Client, first, pair
):
    make_round(*pair, title="Running")

    assert as_secretary.get("/prioritering/running/ugyldig/").status_code == 404
    assert as_member.post("/prioritering/first/ugyldig/", {"reason": "x"}).status_code == 403
    assert client.post("/prioritering/first/ugyldig/", {"reason": "x"}).status_code == 302
    first.refresh_from_db()
    assert first.voided_at is None


# One open round at a time


def test_second_round_does_not_open_beside_an_open_one(as_secretary, pair):
    running = make_round(*pair, title="Running")
    coming = draft(*pair, title="Coming")

    with translation.override("en"):
        why = opening.why_not(coming)
    assert why.startswith("One round is open at a time: “Running” closes ")
    with refused(why):
        opening.open_round(voting_round=coming)
    assert why in as_secretary.get("/en/prioritering/coming/").content.decode()
    prioritisation.close(voting_round=running)
    assert opening.why_not(coming) == ""


def test_round_can_be_scheduled_for_when_the_open_one_has_closed(pair):
    make_member()
    running = make_round(*pair)
    coming = draft(*pair)  # opens when the other one closes
    assert running.closes_at <= coming.opens_at

    assert opening.schedule(voting_round=coming, by_itself=True).opens_by_itself


def test_invented_round_and_a_real_one_are_open_side_by_side(pair):
    make_member()
    make_round(*pair, is_example=True)

    assert opening.why_not(draft(*pair)) == ""


def test_one_of_two_rounds_opens_in_a_race(transactional_db):
    rows = [make_barrier(), make_barrier()]
    make_member()
    one, other = draft(*rows), draft(*rows)

    results = at_once(
        lambda: opening.open_round(voting_round=one),
        lambda: opening.open_round(voting_round=other),
    )

    assert answers(results) == ["PrioritisationRound", "Refused"]
