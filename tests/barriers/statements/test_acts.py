"""Add a statement by hand and change it."""

import pytest
from django.utils import timezone

from barriers.curation import merging
from barriers.models import Barrier, Statement
from barriers.statements import acts
from barriers.statements.forms import StatementForm
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.factories import (
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_secretary,
    make_statement,
)
from tests.racing import at_once
from tests.refusing import refused


def typed(by: Member, text: str = "Svært.", **more: object) -> StatementForm:
    data = {"text": text, **{key: more.pop(key) for key in ("meeting",) if key in more}}
    form = StatementForm(data, by=by, **more)
    assert form.is_valid()
    return form


@pytest.fixture
def barrier(db: None) -> Barrier:
    return make_barrier("Udbud")


def test_add_statement_returns_what_the_members_organisation_says(barrier, member):
    meeting = make_meeting()

    statement = acts.add_statement(
        barrier=barrier, form=typed(member, meeting=meeting.pk), by=member
    )

    assert (statement.barrier, statement.text) == (barrier, "Svært.")
    assert (statement.organisation, statement.meeting) == (member.organisation, meeting)
    assert (statement.made_on, statement.entry) == (timezone.localdate(), None)
    activity = Activity.objects.get()
    assert (activity.verb, activity.target_id) == (Verb.ADDED, statement.pk)


def test_add_statement_returns_the_first_where_the_form_is_sent_twice(barrier, member):
    first = acts.add_statement(barrier=barrier, form=typed(member), by=member)

    assert acts.add_statement(barrier=barrier, form=typed(member), by=member) == first
    assert Statement.objects.count() == Activity.objects.count() == 1


def test_add_statement_takes_the_same_words_of_others_and_of_minutes(barrier, member):
    make_statement(barrier, "Svært.")
    entry = make_entry(make_minutes(published=True))
    make_statement(barrier, "Svært.", organisation=member.organisation, entry=entry)

    acts.add_statement(barrier=barrier, form=typed(member), by=member)

    assert barrier.statements.count() == 3


def test_add_statement_goes_to_the_kept_barrier(barrier, member):
    kept = make_barrier("Kept")
    merging.merge(double=barrier, into=kept, by=make_secretary())

    assert acts.add_statement(barrier=barrier, form=typed(member), by=member).barrier == kept


def test_add_statement_makes_one_statement_of_several_taps_at_once(transactional_db):
    barrier, member = make_barrier(), make_member()

    def add() -> Statement:
        return acts.add_statement(barrier=barrier, form=typed(member), by=member)

    assert len({*at_once(add, add, add)}) == 1
    assert Statement.objects.count() == 1


def test_change_statement_returns_it_in_other_words(barrier, member):
    statement = make_statement(barrier, organisation=member.organisation)

    changed = acts.change_statement(
        form=typed(member, "Meget svært.", instance=statement), by=member
    )

    assert changed == statement
    statement.refresh_from_db()
    assert statement.text == "Meget svært."
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.CHANGED, member.user)


# Withdrawing


def test_withdrawn_statement_is_gone_and_the_history_says_that_there_was_one(
    as_member, member, client, barrier
):
    said = make_statement(barrier, "Wrong words.", organisation=member.organisation)
    path = f"/en/barrierer/udbud/udsagn/{said.pk}/traek-tilbage/"
    assert path in as_member.get("/en/barrierer/udbud/").content.decode()
    assert "Wrong words." in as_member.get(path).content.decode()

    assert as_member.post(path).url == "/en/barrierer/udbud/"

    page = client.get("/en/barrierer/udbud/").content.decode()
    assert "Wrong words." not in page
    assert "An organisation withdrew its statement" in page
    assert as_member.get(path).status_code == 404


def test_withdraw_statement_refuses_one_that_is_gone(barrier, member):
    said = make_statement(barrier, organisation=member.organisation)
    acts.withdraw_statement(statement=said, by=member)

    with refused("The statement is withdrawn already.", already=True):
        acts.withdraw_statement(statement=said, by=member)


def test_nobody_withdraws_what_others_said_or_what_stands_in_minutes(
    client, as_member, member, as_secretary, barrier
):
    entry = make_entry(make_minutes(published=True))
    of_others = make_statement(barrier)
    in_minutes = make_statement(barrier, organisation=member.organisation, entry=entry)

    for said, browser in ((of_others, as_member), (in_minutes, as_member)):
        path = f"/barrierer/udbud/udsagn/{said.pk}/traek-tilbage/"
        assert browser.post(path).status_code == 404
        assert client.post(path).status_code == 302
    path = f"/barrierer/udbud/udsagn/{in_minutes.pk}/traek-tilbage/"
    assert as_secretary.post(path).status_code == 404
    assert Statement.objects.count() == 2


def test_statement_of_a_barrier_that_was_withdrawn_meanwhile_is_refused(barrier, member):
    form = typed(member)
    Barrier.objects.filter(pk=barrier.pk).update(hidden_at=timezone.now())

    with refused("The barrier is not there any more."):
        acts.add_statement(barrier=barrier, form=form, by=member)
