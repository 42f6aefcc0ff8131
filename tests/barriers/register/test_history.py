"""The history on a barrier's page: what stood there before, and no name against anybody's will."""

import pytest
from django.utils import timezone

from barriers.models import Act
from barriers.register import history
from taskforce.members.models import NameVisibility
from tests.factories import make_barrier, make_member, make_secretary, make_user


@pytest.fixture
def renamed(member, as_member):
    barrier = make_barrier("Old title", raised_by=member.organisation)
    sent = {"title": "New title", "theme": barrier.theme_id, "description": "More.", "version": 1}
    as_member.post(barrier.get_absolute_url() + "ret/", sent)
    barrier.refresh_from_db()
    return barrier


def lines(browser, barrier):
    return browser.get(barrier.get_absolute_url()).context["history"]


def test_title_stands_before_and_after(client, renamed):
    told = {line.words: (line.before, line.after) for line in lines(client, renamed)}

    assert told == {
        Act.RENAMED.label: ("Old title", "New title"),
        Act.DESCRIBED.label: ("", ""),
    }
    page = client.get(renamed.get_absolute_url()).content.decode()
    assert "<del>Old title</del>" in page
    assert "Odense Kommune" in page


def test_what_stays_the_same_is_no_change(as_member, member, client):
    barrier = make_barrier("Same", raised_by=member.organisation)

    sent = {"title": "Same", "theme": barrier.theme_id, "description": "", "version": 1}
    as_member.post("/barrierer/same/ret/", sent)

    assert lines(client, barrier) == []


@pytest.mark.parametrize(
    ("visibility", "to_strangers", "to_members"),
    [
        (NameVisibility.PUBLIC, "Kim Berg", "Kim Berg"),
        (NameVisibility.MEMBERS, "", "Kim Berg"),
        (NameVisibility.NOBODY, "", ""),
    ],
)
def test_who_did_it_shows_as_they_agreed(
    client, as_secretary, log_in, visibility, to_strangers, to_members
):
    by = make_member(user=make_user(name="Kim Berg"), name_visibility=visibility)
    barrier = make_barrier()
    history.write(Act.DESCRIBED, barrier, by=by)

    assert lines(client, barrier)[0].person == to_strangers
    assert lines(log_in(make_member()), barrier)[0].person == to_members
    assert lines(as_secretary, barrier)[0].person == "Kim Berg"


def test_title_that_was_changed_to_take_a_name_out_is_withheld(client, as_secretary, as_member):
    make_member(user=make_user(name="Kim Berg"), name_visibility=NameVisibility.NOBODY)
    barrier = make_barrier("Bureaukrati")
    by = make_secretary()
    history.write(Act.RENAMED, barrier, by=by, before="Kim Berg siger nej", after="Bureaukrati")

    for browser in (client, as_member):
        assert lines(browser, barrier)[0].is_withheld
        assert "Kim Berg" not in browser.get(barrier.get_absolute_url()).content.decode()
    assert lines(as_secretary, barrier)[0].before == "Kim Berg siger nej"


def test_change_with_a_barrier_that_is_hidden_since_is_not_told(client, as_secretary):
    barrier, other = make_barrier(), make_barrier("Other", hidden_at=timezone.now())
    history.write(Act.SPLIT, barrier, by=make_secretary(), other=other)

    assert lines(client, barrier) == []
    assert len(lines(as_secretary, barrier)) == 1


def test_hiding_is_told_to_the_secretariat_only(client, as_secretary):
    barrier = make_barrier("Udbud")
    as_secretary.post("/barrierer/udbud/skjul/")
    as_secretary.post("/barrierer/udbud/vis/")

    assert lines(client, barrier) == []
    assert len(lines(as_secretary, barrier)) == 2


def test_adding_is_where_the_history_begins(as_member, client, db):
    from barriers.models import Barrier
    from tests.factories import make_theme

    as_member.post("/barrierer/ny/", {"title": "Udbud", "theme": make_theme().pk})

    (line,) = lines(client, Barrier.objects.get())
    assert (line.organisation, line.person) == ("", "")
