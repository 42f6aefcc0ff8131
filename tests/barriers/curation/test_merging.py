"""Doubles become one: what moves, what stays, where the old address leads, and when not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.curation import merging
from barriers.models import (
    Barrier,
    BarrierState,
    Change,
    PrioritisationRound,
    RoundBarrier,
    RoundResult,
    Statement,
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


def merge(double: Barrier, into: Barrier, by=None) -> Barrier:
    return merging.merge(double=double, into=into, by=by or make_secretary())


def test_statements_support_and_links_move(db):
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


def test_everything_that_points_at_a_barrier_moves_or_stays_on_purpose(db):
    """A model that somebody adds tomorrow must be thought of here."""
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


def test_who_raised_the_kept_one_is_no_supporter_beside(db):
    home = make_organisation()
    double, kept = make_barrier(), make_barrier(raised_by=home)
    make_support(double, home)

    merge(double, kept)

    assert [row.organisation for row in Support.objects.all()] == [double.raised_by]
    kept.refresh_from_db()
    assert kept.support_count == 2


def test_old_addresses_lead_to_the_last_of_a_chain(client, db):
    first, second, third = (make_barrier(name) for name in ("First", "Second", "Third"))

    merge(first, second)
    second.refresh_from_db()
    merge(second, third)

    for name in ("first", "second"):
        assert client.get(f"/barrierer/{name}/").url == "/barrierer/third/"
    assert {*Barrier.objects.get(slug="third").merged.all()} == {first, second}


def test_past_rounds_stay_and_show_on_the_kept_ones_page(client, db):
    double, kept, other = make_barrier("Double"), make_barrier("Kept"), make_barrier("Other")
    old = make_round(double, other, title="Old", ballot_size=1)
    prioritisation.cast(voting_round=old, by=make_voter(old), choices=[double])
    prioritisation.close(voting_round=old)
    double.refresh_from_db()
    kept.refresh_from_db()
    results = [*RoundResult.objects.order_by("pk").values()]

    merge(double, kept)

    assert [*RoundResult.objects.order_by("pk").values()] == results
    assert "Double" in client.get(old.get_absolute_url()).content.decode()
    page = client.get("/barrierer/kept/")
    assert [(step.title, step.rank) for step in page.context["steps"]] == [("Double", 1)]
    kept.refresh_from_db()
    assert (kept.rank, kept.points) == (1, 1)  # a priority is not lost by tidying up


def test_better_rank_of_two_in_one_round_counts(client, db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    both = make_round(double, kept, ballot_size=1)
    prioritisation.cast(voting_round=both, by=make_voter(both), choices=[kept])
    prioritisation.close(voting_round=both)
    for barrier in (double, kept):
        barrier.refresh_from_db()

    merge(double, kept)

    page = client.get("/barrierer/kept/")
    assert [(step.title, step.rank) for step in page.context["steps"]] == [("Kept", 1)]
    kept.refresh_from_db()
    assert kept.rank == 1


@pytest.mark.parametrize("has_kept", [True, False])
def test_refused_while_an_open_round_holds_the_double(as_secretary, has_kept: bool):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    voting = make_round(*([double, kept] if has_kept else [double]), title="Efterår")
    make_statement(double)

    page = as_secretary.get("/barrierer/double/laeg-sammen/?ind-i=kept")
    assert "Efterår" in page.context["why_not"]
    assert '<form method="post"' not in page.content.decode().partition("Efterår")[2]
    sent = {"into": "kept", "version": 1, "into_version": 1}
    answer = as_secretary.post("/barrierer/double/laeg-sammen/", sent)

    assert answer.status_code == 409
    assert "Efterår" in answer.context["refused"]
    assert Statement.objects.get().barrier == double
    assert voting.barriers.filter(pk=double.pk).exists()


def test_open_round_that_holds_only_the_kept_one_is_no_hindrance(db):
    double, kept = make_barrier(), make_barrier()
    make_round(kept)

    merge(double, kept)

    assert Barrier.objects.get(pk=double.pk).merged_into == kept


def test_round_to_come_lists_the_kept_one_instead(db):
    double, kept, only = make_barrier(), make_barrier(), make_barrier()
    ahead = {"opens_at": timezone.now() + timedelta(days=1)}
    closes_at = timezone.now() + timedelta(days=2)
    with_both = make_round(double, kept, only, closes_at=closes_at, **ahead)
    with_one = make_round(double, only, closes_at=closes_at, **ahead)

    merge(double, kept)

    assert {*with_both.barriers.all()} == {*with_one.barriers.all()} == {kept, only}
    assert RoundBarrier.objects.count() == 4


def test_what_not_everybody_sees_is_not_merged(db):
    meeting = make_meeting()
    make_minutes(meeting)  # a draft
    shown = make_barrier("Shown")
    hidden, untold = make_barrier(hidden_at=timezone.now()), make_barrier(raised_at=meeting)

    for unseen in (hidden, untold):
        for double, into in ((unseen, shown), (shown, unseen)):
            with pytest.raises(Refused, match=unseen.title):
                merge(double, into)


def test_itself_and_what_is_gone_is_refused(db):
    kept, other = make_barrier("Kept"), make_barrier("Other")
    gone = make_barrier("Gone", state=BarrierState.MERGED, merged_into=kept)

    for double, into in ((kept, kept), (gone, other), (other, gone)):
        with pytest.raises(Refused):
            merge(double, into)


def test_refused_where_somebody_changed_one_meanwhile(as_secretary):
    make_barrier("Double")
    kept = make_barrier("Kept")
    page = as_secretary.get("/barrierer/double/laeg-sammen/?ind-i=kept").content.decode()
    assert 'name="into_version" value="1"' in page
    Barrier.objects.filter(pk=kept.pk).update(version=2)

    sent = {"into": "kept", "version": 1, "into_version": 1}
    again = as_secretary.post("/barrierer/double/laeg-sammen/", sent)

    assert again.status_code == 409
    assert 'name="into_version" value="2"' in again.content.decode()  # to look at and send anew
    assert not Barrier.objects.exclude(merged_into=None).exists()


def test_page_leads_from_the_double_to_the_preview_to_the_kept_one(as_secretary, client):
    double = make_barrier("Udbud er for store", description="Hele teksten.")
    make_barrier("Store udbud", description="Den anden.")
    make_barrier("Noget helt andet")
    make_statement(double)
    make_initiative().barriers.add(double)

    search = as_secretary.get("/barrierer/udbud-er-for-store/laeg-sammen/")
    assert [row["title"] for row in search.context["rows"]] == ["Store udbud"]
    assert 'href="?ind-i=store-udbud"' in search.content.decode()
    preview = as_secretary.get("/barrierer/udbud-er-for-store/laeg-sammen/?ind-i=store-udbud")
    assert [(kind.number, kind.there) for kind in preview.context["moving"]] == [(1, 0), (1, 0)]
    sent = {"into": "store-udbud", "version": 1, "into_version": 1}
    done = as_secretary.post("/barrierer/udbud-er-for-store/laeg-sammen/", sent)

    assert done.url == "/barrierer/store-udbud/"
    page = client.get("/barrierer/store-udbud/")
    assert page.context["merged"] == [double]
    assert "Hele teksten." in page.content.decode()  # nobody's words are lost
    assert page.context["history"][0].other == double


@pytest.mark.parametrize(
    "sent", [{}, {"into": "nothing"}, {"into": "kept"}, {"into": "kept", "version": "x"}]
)
def test_nonsense_merges_nothing(as_secretary, sent: dict[str, str]):
    make_barrier("Double")
    make_barrier("Kept")

    assert as_secretary.post("/barrierer/double/laeg-sammen/", sent).status_code == 200
    assert not Barrier.objects.exclude(merged_into=None).exists()


def test_statement_of_a_draft_moves_and_stays_secret(client, db):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    make_statement(double, "not yet", entry=make_entry(make_minutes()))

    merge(double, kept)

    assert "not yet" not in client.get("/barrierer/kept/").content.decode()
    assert kept.statements.count() == 1


# What somebody else does at the same time


def test_two_merges_at_once_are_one(transactional_db):
    double, kept, other = make_barrier(), make_barrier(), make_barrier()
    by = make_secretary()

    told = at_once(lambda: merge(double, kept, by), lambda: merge(double, other, by))

    assert [type(answer) for answer in told].count(Refused) == 1
    assert Change.objects.count() == Barrier.objects.exclude(merged_into=None).count() == 1


def test_there_and_back_at_once_is_one_of_them(transactional_db):
    for _ in range(5):
        one, two = make_barrier(), make_barrier()
        by = make_secretary()

        told = at_once(lambda: merge(one, two, by), lambda: merge(two, one, by))  # noqa: B023

        assert sorted(type(answer).__name__ for answer in told) == ["Barrier", "Refused"]
        pair = Barrier.objects.filter(pk__in=[one.pk, two.pk])
        assert pair.unmerged().count() == 1


def test_statement_and_support_that_come_meanwhile_go_along(transactional_db):
    for _ in range(5):
        double, kept, member = make_barrier(), make_barrier(), make_member()
        by = make_secretary()
        form = StatementForm({"text": "Also us."}, by=member)
        assert form.is_valid()

        told = at_once(
            lambda: merge(double, kept, by),  # noqa: B023
            lambda: statements.add_statement(barrier=double, form=form, by=member),  # noqa: B023
            lambda: supporting.support(barrier=double, by=member),  # noqa: B023
        )

        assert not [answer for answer in told if isinstance(answer, Exception)]
        assert kept.statements.count() == 1
        assert {row.organisation for row in kept.supports.all()} == {
            member.organisation,
            double.raised_by,
        }
        kept.refresh_from_db()
        assert kept.support_count == 3


def test_merging_while_a_round_closes_waits_for_it(transactional_db):
    for _ in range(5):
        rows = [make_barrier() for _ in range(6)]
        double, kept = rows[4], rows[1]
        voting = make_round(*rows)
        by = make_secretary()

        told = at_once(
            lambda: prioritisation.close(voting_round=voting),  # noqa: B023
            lambda: merge(double, kept, by),  # noqa: B023
        )

        assert isinstance(told[0], PrioritisationRound)
        # Before the closing it was refused by its round, after it by the new rank or not at all.
        assert isinstance(told[1], Barrier | Refused)
        assert RoundResult.objects.filter(round=voting).count() == 6


def test_round_that_opens_during_a_merge_lists_the_kept_one_or_forbids_the_merge(transactional_db):
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


# What was typed for a barrier that is no more


def test_statement_written_meanwhile_lands_at_the_kept_one(as_member):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    merge(double, kept)

    answer = as_member.post("/barrierer/double/udsagn/", {"text": "Svært for os."})

    assert answer.url == f"/barrierer/kept/#udsagn-{Statement.objects.get().pk}"


def test_edit_written_meanwhile_stays_in_sight(as_member, member):
    double = make_barrier("Double", raised_by=member.organisation)
    merge(double, make_barrier("Kept"))

    typed = {"title": "Double", "description": "En lang tekst", "theme": "1", "version": 1}
    answer = as_member.post("/barrierer/double/ret/", typed)

    assert answer.status_code == 409
    assert "En lang tekst" in answer.content.decode()
    assert as_member.get("/barrierer/double/ret/").url == "/barrierer/kept/"


def test_moved_statement_is_put_in_other_words_under_its_old_address(as_member, member):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    statement = make_statement(double, organisation=member.organisation)
    merge(double, kept)

    as_member.post(f"/barrierer/double/udsagn/{statement.pk}/ret/", {"text": "Andre ord"})

    statement.refresh_from_db()
    assert (statement.text, statement.barrier) == ("Andre ord", kept)


def test_meeting_where_the_double_was_raised_still_leads_on(client, db):
    meeting = make_meeting(3, state=MeetingState.HELD)
    double, kept = make_barrier("Double", raised_at=meeting), make_barrier("Kept")

    merge(double, kept)

    assert meeting.get_absolute_url() in client.get("/barrierer/kept/").content.decode()
