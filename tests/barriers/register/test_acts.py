"""Add a barrier and change it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.curation import hiding, merging
from barriers.models import Act, Barrier, BarrierState
from barriers.register import acts
from barriers.register.forms import BarrierForm, NewBarrierForm
from barriers.statements import supporting
from taskforce.activity.models import Activity, Verb
from taskforce.core import danish
from taskforce.members.models import Member
from tests.factories import (
    make_barrier,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
    make_theme,
)
from tests.racing import at_once
from tests.refusing import answers, conflict


def new(by: Member, title: str = "Udbud", **fields: object) -> NewBarrierForm:
    data = {"title": title, "description": "", **fields}
    data.setdefault("theme", make_theme().pk)
    form = NewBarrierForm(data, by=by)
    assert form.is_valid()
    return form


def edited(barrier: Barrier, **fields: object) -> BarrierForm:
    """Return the form of somebody who opened it now, and typed these fields."""
    found = Barrier.objects.get(pk=barrier.pk)
    typed = {"title": found.title, "theme": found.theme_id, "description": found.description}
    form = BarrierForm({**typed, "version": found.version, **fields}, instance=found)
    assert form.is_valid()
    return form


@pytest.fixture
def barrier(member: Member) -> Barrier:
    return make_barrier("Udbud", raised_by=member.organisation, description="De vokser.")


def test_add_returns_a_barrier_of_the_members_organisation(member):
    barrier = acts.add(form=new(member), by=member)

    assert (barrier.title, barrier.raised_by) == ("Udbud", member.organisation)
    assert (barrier.state, barrier.raised_on) == (BarrierState.OPEN, timezone.localdate())
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor, activity.target_id) == (
        Verb.ADDED,
        member.user,
        barrier.pk,
    )


def test_add_by_the_secretariat_names_any_organisation(secretary):
    theirs = make_organisation("Theirs")

    barrier = acts.add(form=new(secretary, raised_by=theirs.pk), by=secretary)

    assert barrier.raised_by == theirs
    assert Activity.objects.get().actor == secretary.user


def test_add_by_the_secretariat_twice_at_once_adds_one(transactional_db):
    by, theme, theirs = make_secretary(), make_theme(), make_organisation("Theirs")

    def add() -> Barrier:
        return acts.add(form=new(by, theme=theme.pk, raised_by=theirs.pk), by=by)

    added = at_once(add, add)

    assert added[0] == added[1]
    assert Barrier.objects.count() == 1


HIDDEN = {"hidden_at": timezone.now()}


@pytest.mark.parametrize("unseen", [None, HIDDEN, "in draft minutes"])
def test_address_depends_on_no_barrier_that_its_author_cannot_see(member, monkeypatch, unseen):
    monkeypatch.setattr(danish, "get_random_string", lambda length, letters: "kx4m")
    if unseen == "in draft minutes":
        make_barrier("Udbud", raised_at=make_minutes().meeting)
    elif unseen:
        make_barrier("Udbud", **unseen)

    assert acts.add(form=new(member), by=member).slug == "udbud-kx4m"


def test_add_does_not_lead_to_a_barrier_that_was_hidden_today(member):
    hidden = make_barrier("Udbud", raised_by=member.organisation, **HIDDEN)

    assert acts.add(form=new(member), by=member) != hidden


def test_add_returns_the_first_barrier_where_the_form_is_sent_twice(member):
    first = acts.add(form=new(member), by=member)

    assert acts.add(form=new(member), by=member) == first
    assert Barrier.objects.count() == Activity.objects.count() == 1


def test_add_takes_the_same_title_on_another_day(member, barrier):
    Barrier.objects.update(raised_on=timezone.localdate() - timedelta(days=1))

    assert acts.add(form=new(member), by=member) != barrier


def test_add_takes_the_title_of_a_merged_barrier(member, barrier):
    Barrier.objects.filter(pk=barrier.pk).update(
        state=BarrierState.MERGED, merged_into=make_barrier()
    )

    assert acts.add(form=new(member), by=member) != barrier


def test_add_makes_one_barrier_of_several_taps_at_once(transactional_db):
    member, theme = make_member(), make_theme()

    added = at_once(*[lambda: acts.add(form=new(member, theme=theme.pk), by=member)] * 3)

    assert len({barrier.pk for barrier in added}) == Barrier.objects.count() == 1


def test_add_lets_two_organisations_raise_the_same(db):
    theme = make_theme()

    people = [make_member(), make_member()]
    added = [acts.add(form=new(by, theme=theme.pk), by=by) for by in people]

    assert [*Barrier.objects.order_by("pk")] == added


def test_change_returns_the_barrier_and_writes_its_history(member, barrier):
    before, after = barrier.theme, make_theme("Kapital")
    form = edited(barrier, title="Store udbud", theme=after.pk, description="De er store.")

    changed = acts.change(form=form, by=member)

    assert (changed, changed.title, changed.version) == (barrier, "Store udbud", 2)
    assert [(row.act, row.before, row.after) for row in barrier.changes.order_by("pk")] == [
        (Act.RENAMED, "Udbud", "Store udbud"),
        (Act.RETHEMED, before.name, "Kapital"),
        (Act.DESCRIBED, "", ""),
    ]
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.CHANGED, member.user)


def test_change_writes_no_history_where_nothing_changed(member, barrier):
    acts.change(form=edited(barrier), by=member)

    assert not barrier.changes.exists()


def test_change_raises_conflict_where_somebody_saved_first(member, barrier):
    form = edited(barrier, title="Mine")
    acts.change(form=edited(barrier, title="Theirs"), by=member)

    with conflict(barrier):
        acts.change(form=form, by=member)

    barrier.refresh_from_db()
    assert (barrier.title, barrier.version, barrier.changes.count()) == ("Theirs", 2, 1)


def test_change_raises_conflict_where_the_barrier_was_merged_meanwhile(member, barrier):
    form = edited(barrier, title="Mine")
    merging.merge(double=barrier, into=make_barrier(), by=make_secretary())

    with conflict(barrier):
        acts.change(form=form, by=member)


def test_change_of_two_at_once_saves_one(transactional_db):
    member = make_member()
    barrier = make_barrier("Udbud", raised_by=member.organisation)
    forms = [edited(barrier, title=title) for title in ("One", "Other")]

    results = at_once(*(lambda form=form: acts.change(form=form, by=member) for form in forms))

    assert answers(results) == ["Barrier", "Conflict"]
    assert barrier.changes.count() == 1


def test_change_keeps_what_others_wrote_meanwhile(member, barrier):
    """A form saves the whole row."""
    form = edited(barrier, title="Nyt")
    supporting.support(barrier=barrier, by=make_member())
    hiding.hide(barrier=barrier, by=make_secretary())
    Barrier.objects.filter(pk=barrier.pk).update(rank=1, points=9)

    acts.change(form=form, by=member)

    barrier.refresh_from_db()
    assert (barrier.title, barrier.support_count) == ("Nyt", 2)
    assert (barrier.rank, barrier.points) == (1, 9)
    assert barrier.hidden_at is not None
