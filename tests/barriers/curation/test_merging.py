"""Merge doubles: what moves, what stays, and why not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from barriers.curation import merging
from barriers.models import (
    Act,
    Barrier,
    BarrierState,
    Change,
    PrioritisationRound,
    RoundBarrier,
    RoundResult,
    Support,
)
from barriers.rounds import opening, prioritisation
from barriers.statements import acts as statements
from barriers.statements import supporting
from barriers.statements.forms import StatementForm
from meetings.models import MeetingState
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.core.relations import pointing_at
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
    make_secretary,
    make_statement,
    make_support,
    make_voter,
)
from tests.racing import at_once
from tests.refusing import answers, refused


def merge(double: Barrier, into: Barrier, by=None) -> Barrier:
    return merging.merge(double=double, into=into, by=by or make_secretary())


def test_merge_moves_statements_support_and_links(db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    both = make_organisation()
    make_statement(double, "Of the double")
    make_statement(kept, "Of the kept")
    for barrier in (double, kept):
        make_support(barrier, both)
    mover = make_support(double).organisation
    initiative, case, call = make_initiative(), make_case(), make_call()
    for row in (initiative, case, call):
        row.barriers.add(double)
    case.barriers.add(kept)  # tied to both

    merge(double, kept)

    kept.refresh_from_db()
    assert {row.text for row in kept.statements.all()} == {"Of the double", "Of the kept"}
    backers = {row.organisation for row in kept.supports.all()}
    assert backers == {both, mover, double.raised_by}
    assert kept.support_count == 4  # they and who raised it
    for row in (initiative, case, call):
        assert [*row.barriers.all()] == [kept]
    double.refresh_from_db()
    assert (double.state, double.merged_into) == (BarrierState.MERGED, kept)
    assert Activity.objects.get(verb=Verb.MERGED).target_id == double.pk


def test_every_foreign_key_to_a_barrier_moves_or_stays_on_purpose(db):
    """Whoever adds a model with such a key decides here whether it moves."""
    moving = {(model._meta.label, field) for model, field in merging._what_moves()}
    staying = {(model._meta.label, field) for model, field in pointing_at(Barrier)} - moving

    assert moving == {
        ("barriers.Statement", "barrier"),
        ("barriers.Support", "barrier"),
        ("initiatives.Initiative_barriers", "barrier"),
        ("initiatives.Case_barriers", "barrier"),
        ("calls.Call_barriers", "barrier"),
    }
    assert all(label.startswith("barriers.") for label, _field in staying)


def test_merge_counts_the_organisation_that_raised_the_kept_one_once(db):
    home = make_organisation()
    double, kept = make_barrier(), make_barrier(raised_by=home)
    make_support(double, home)

    merge(double, kept)

    assert [row.organisation for row in Support.objects.all()] == [double.raised_by]
    kept.refresh_from_db()
    assert kept.support_count == 2


def test_merge_lets_old_addresses_lead_to_the_last_of_a_chain(client, db):
    first, second, third = (make_barrier(name) for name in ("First", "Second", "Third"))

    merge(first, second)
    second.refresh_from_db()
    merge(second, third)

    for name in ("first", "second"):
        assert client.get(f"/barrierer/{name}/").url == "/barrierer/third/"
    assert {*Barrier.objects.get(slug="third").merged.all()} == {first, second}


def test_merge_keeps_past_results_and_shows_them_with_the_kept_one(client, db):
    double, kept, other = make_barrier("Double"), make_barrier("Kept"), make_barrier("Other")
    old = make_round(double, other, title="Old", ballot_size=1)
    count_with(old, double)
    double.refresh_from_db()
    kept.refresh_from_db()
    results = [*RoundResult.objects.order_by("pk").values()]

    merge(double, kept)

    assert [*RoundResult.objects.order_by("pk").values()] == results
    assert "Double" in client.get(old.get_absolute_url()).content.decode()
    page = client.get("/barrierer/kept/")
    assert [(step.title, step.rank) for step in page.context["steps"]] == [("Double", 1)]
    kept.refresh_from_db()
    assert (kept.rank, kept.points) == (1, 3)  # a priority is not lost by tidying up


def test_merge_keeps_the_better_rank_of_one_round(client, db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    both = make_round(double, kept, ballot_size=1)
    count_with(both, kept)
    for barrier in (double, kept):
        barrier.refresh_from_db()

    merge(double, kept)

    page = client.get("/barrierer/kept/")
    assert [(step.title, step.rank) for step in page.context["steps"]] == [("Kept", 1)]
    kept.refresh_from_db()
    assert kept.rank == 1


def test_merge_is_done_while_an_open_round_lists_only_the_kept_one(db):
    double, kept = make_barrier(), make_barrier()
    make_round(kept)

    merge(double, kept)

    assert Barrier.objects.get(pk=double.pk).merged_into == kept


def test_merge_puts_the_kept_one_on_the_lists_of_drafts(db):
    double, kept, only = make_barrier(), make_barrier(), make_barrier()
    ahead = {"opens_at": timezone.now() + timedelta(days=1)}
    closes_at = timezone.now() + timedelta(days=2)
    with_both = make_round(double, kept, only, closes_at=closes_at, **ahead)
    with_one = make_round(double, only, closes_at=closes_at, **ahead)

    merge(double, kept)

    assert {*with_both.barriers.all()} == {*with_one.barriers.all()} == {kept, only}
    assert RoundBarrier.objects.count() == 4


def test_merge_refuses_what_not_everybody_sees(db):
    meeting = make_meeting()
    make_minutes(meeting)  # a draft
    shown = make_barrier("Shown")
    hidden = make_barrier("Hidden", hidden_at=timezone.now())
    untold = make_barrier("Untold", raised_at=meeting)

    for unseen in (hidden, untold):
        for double, into in ((unseen, shown), (shown, unseen)):
            with refused(f"Not everybody sees “{unseen.title}” yet, so it cannot be merged."):
                merge(double, into)


def test_merge_refuses_to_merge_a_barrier_into_itself(db):
    kept = make_barrier()

    with refused("A barrier cannot be merged into itself."):
        merge(kept, kept)


def test_merge_refuses_what_is_merged(db):
    kept, other = make_barrier("Kept"), make_barrier("Other")
    gone = make_barrier("Gone", state=BarrierState.MERGED, merged_into=kept)

    for double, into in ((gone, other), (other, gone)):
        with refused("“Gone” is merged into another one already."):
            merge(double, into)


@pytest.mark.parametrize("changed", ["Double", "Kept"])
def test_merge_refuses_where_somebody_changed_one_meanwhile(db, changed: str):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    Barrier.objects.filter(title=changed).update(version=2)

    with refused("Somebody else changed one of them meanwhile. Look at both again."):
        merge(double, kept)

    assert not Barrier.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize(
    ("lists_kept", "why"),
    [
        (True, "Members vote on both of them in “Autumn”. "),
        (False, "Members vote on it in “Autumn”, where the other one is not on the list. "),
    ],
)
def test_merge_refuses_while_an_open_round_lists_the_double(db, lists_kept: bool, why: str):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    noon = datetime(2040, 12, 10, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    listed = [double, kept] if lists_kept else [double]
    make_round(*listed, title="Autumn", closes_at=noon)

    with refused(f"{why}Merge them when it has closed, 10 December 2040, 12.00."):
        merge(double, kept)


def test_merge_is_done_once_the_round_is_counted(db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    prioritisation.close(voting_round=make_round(double, kept))
    for barrier in (double, kept):
        barrier.refresh_from_db()

    assert merge(double, kept) == kept


@pytest.mark.parametrize(
    ("of_double", "of_kept", "after"),
    [
        ((1, 9), (2, 5), (1, 9)),
        ((2, 5), (1, 9), (1, 9)),
        ((1, 9), None, (1, 9)),
        (None, (2, 5), (2, 5)),
    ],
)
def test_merge_keeps_the_better_rank_with_its_points(db, of_double, of_kept, after):
    rank = {"double": of_double or (None, None), "kept": of_kept or (None, None)}
    double, kept = (
        make_barrier(title, rank=place, points=points) for title, (place, points) in rank.items()
    )

    merge(double, kept)

    kept.refresh_from_db()
    double.refresh_from_db()
    assert (kept.rank, kept.points) == after
    assert (double.rank, double.points) == (None, None)


@pytest.mark.parametrize(
    ("of_double", "of_kept", "after"),
    [
        (BarrierState.ADDRESSED, BarrierState.OPEN, BarrierState.ADDRESSED),
        (BarrierState.OPEN, BarrierState.ADDRESSED, BarrierState.ADDRESSED),
        (BarrierState.OPEN, BarrierState.OPEN, BarrierState.OPEN),
        (BarrierState.RESOLVED, BarrierState.OPEN, BarrierState.OPEN),
        (BarrierState.ADDRESSED, BarrierState.RESOLVED, BarrierState.RESOLVED),
    ],
)
def test_merge_addresses_the_kept_one_where_the_double_was(db, of_double, of_kept, after):
    today = timezone.localdate()
    double, kept = (
        make_barrier(state=state, resolved_on=today if state == BarrierState.RESOLVED else None)
        for state in (of_double, of_kept)
    )

    merge(double, kept)

    kept.refresh_from_db()
    double.refresh_from_db()
    assert (kept.state, double.state) == (after, BarrierState.MERGED)
    assert (double.resolved_on, double.answer) == (None, "")
    assert (kept.version, double.version) == (2, 2)


def test_merge_is_in_the_history_of_the_kept_one(db, secretary):
    double, kept = make_barrier("Double"), make_barrier("Kept")

    assert merge(double, kept, secretary) == kept

    change = Change.objects.get()
    assert (change.barrier, change.act, change.by) == (kept, Act.MERGED, secretary.user)
    assert (change.before, change.other) == ("Double", double)


def test_preview_counts_what_moves_and_what_the_kept_one_has_already(db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    both = make_organisation()
    for barrier in (double, kept):
        make_support(barrier, both)
    make_support(double)
    make_statement(double)
    case = make_case()
    case.barriers.set([double, kept])

    with translation.override("en"):
        found = [(row.kind, row.number, row.there) for row in merging.preview(double, kept)]

    assert sorted(found) == [("cases", 1, 1), ("statements", 1, 0), ("supporters", 2, 1)]


def test_merge_moves_a_statement_of_draft_minutes_and_does_not_show_it(client, db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    make_statement(double, "not yet", entry=make_entry(make_minutes()))

    merge(double, kept)

    assert "not yet" not in client.get("/barrierer/kept/").content.decode()
    assert kept.statements.count() == 1


# Races


def test_merge_happens_once_in_a_race(transactional_db):
    double, kept, other = make_barrier(), make_barrier(), make_barrier()
    by = make_secretary()

    results = at_once(lambda: merge(double, kept, by), lambda: merge(double, other, by))

    assert answers(results) == ["Barrier", "Refused"]
    assert Change.objects.count() == Barrier.objects.exclude(merged_into=None).count() == 1


def test_merge_there_and_back_happens_one_way_in_a_race(transactional_db):
    for _ in range(5):
        one, two = make_barrier(), make_barrier()
        by = make_secretary()

        results = at_once(lambda: merge(one, two, by), lambda: merge(two, one, by))  # noqa: B023

        assert answers(results) == ["Barrier", "Refused"]
        pair = Barrier.objects.filter(pk__in=[one.pk, two.pk])
        assert pair.unmerged().count() == 1


def test_merge_takes_statements_and_support_of_the_same_moment_along(transactional_db):
    for _ in range(5):
        double, kept, member = make_barrier(), make_barrier(), make_member()
        by = make_secretary()
        form = StatementForm({"text": "Also us."}, by=member)
        assert form.is_valid()

        results = at_once(
            lambda: merge(double, kept, by),  # noqa: B023
            lambda: statements.add_statement(barrier=double, form=form, by=member),  # noqa: B023
            lambda: supporting.support(barrier=double, by=member),  # noqa: B023
        )

        assert not [one for one in results if isinstance(one, Exception)]
        assert kept.statements.count() == 1
        assert {row.organisation for row in kept.supports.all()} == {
            member.organisation,
            double.raised_by,
        }
        kept.refresh_from_db()
        assert kept.support_count == 3


def test_merge_waits_for_a_round_that_closes(transactional_db):
    for _ in range(5):
        rows = [make_barrier() for _ in range(6)]
        double, kept = rows[4], rows[1]
        voting = make_round(*rows)
        for _ in range(3):
            prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=rows[:2])
        by = make_secretary()

        results = at_once(
            lambda: prioritisation.close(voting_round=voting),  # noqa: B023
            lambda: merge(double, kept, by),  # noqa: B023
        )

        assert isinstance(results[0], PrioritisationRound)
        # Before the closing it was refused by its round, after it by the new rank or not at all.
        assert isinstance(results[1], Barrier | Refused)
        assert RoundResult.objects.filter(round=voting).count() == 6


def test_merge_races_an_opening_and_one_of_them_wins(transactional_db):
    make_member(make_organisation())
    for _ in range(5):
        double, kept, *_others = rows = [make_barrier() for _ in range(4)]
        coming = make_round(*rows, opened_at=None)
        by = make_secretary()

        opened, merged = at_once(
            lambda: opening.open_round(voting_round=coming),  # noqa: B023
            lambda: merge(double, kept, by),  # noqa: B023
        )

        assert not isinstance(opened, Exception)
        on_the_list = {*coming.barriers.values_list("pk", flat=True)}
        assert kept.pk in on_the_list
        assert (double.pk in on_the_list) is isinstance(merged, Refused)
        assert not coming.barriers.filter(state=BarrierState.MERGED).exists()
        prioritisation.close(voting_round=coming)


def test_merge_keeps_the_meeting_at_which_the_double_was_raised(client, db):
    meeting = make_meeting(3, state=MeetingState.HELD)
    double, kept = make_barrier("Double", raised_at=meeting), make_barrier("Kept")

    merge(double, kept)

    assert meeting.get_absolute_url() in client.get("/barrierer/kept/").content.decode()
