"""The history on a barrier's page: what was changed, and names only as people agreed."""

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


def test_history_shows_the_title_before_and_after(client, renamed):
    told = {line.words: (line.before, line.after) for line in lines(client, renamed)}

    assert told == {
        Act.RENAMED.label: ("Old title", "New title"),
        Act.DESCRIBED.label: ("", ""),
    }
    page = client.get(renamed.get_absolute_url()).content.decode()
    assert "<del>Old title</del>" in page
    assert "Odense Kommune" in page


def test_history_leaves_out_what_stayed_the_same(as_member, member, client):
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
def test_history_names_people_as_they_agreed(
    client, as_secretary, log_in, visibility, to_strangers, to_members
):
    by = make_member(user=make_user(name="Kim Berg"), name_visibility=visibility)
    barrier = make_barrier()
    history.write(Act.DESCRIBED, barrier, by=by)

    assert lines(client, barrier)[0].person == to_strangers
    assert lines(log_in(make_member()), barrier)[0].person == to_members
    assert lines(as_secretary, barrier)[0].person == "Kim Berg"


def test_history_withholds_a_title_that_named_somebody(client, as_secretary, as_member):
    make_member(user=make_user(name="Kim Berg"), name_visibility=NameVisibility.NOBODY)
    barrier = make_barrier("Bureaukrati")
    by = make_secretary()
    history.write(Act.RENAMED, barrier, by=by, before="Kim Berg siger nej", after="Bureaukrati")

    for browser in (client, as_member):
        assert lines(browser, barrier)[0].is_withheld
        assert "Kim Berg" not in browser.get(barrier.get_absolute_url()).content.decode()
    assert lines(as_secretary, barrier)[0].before == "Kim Berg siger nej"


def test_history_leaves_out_changes_with_a_hidden_barrier(client, as_secretary):
    barrier, other = make_barrier(), make_barrier("Other", hidden_at=timezone.now())
    history.write(Act.SPLIT, barrier, by=make_secretary(), other=other)

    assert lines(client, barrier) == []
    assert len(lines(as_secretary, barrier)) == 1


def test_history_shows_hiding_to_the_secretariat_alone(client, as_secretary):
    barrier = make_barrier("Udbud")
    as_secretary.post("/barrierer/udbud/skjul/")
    as_secretary.post("/barrierer/udbud/vis/")

    assert lines(client, barrier) == []
    assert len(lines(as_secretary, barrier)) == 2


def test_history_begins_with_the_adding(as_member, client, db):
    from barriers.models import Barrier
    from tests.factories import make_theme

    as_member.post("/barrierer/ny/", {"title": "Udbud", "theme": make_theme().pk})

    (line,) = lines(client, Barrier.objects.get())
    assert (line.organisation, line.person) == ("", "")
