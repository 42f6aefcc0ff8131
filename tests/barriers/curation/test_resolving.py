"""End a barrier, change the reason, and open the barrier again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.curation import resolving
from barriers.curation.forms import AnswerForm, DropForm
from barriers.models import Act, Barrier, BarrierState
from taskforce.activity.models import Activity, Verb
from tests.factories import make_barrier, make_secretary
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

YESTERDAY = timezone.localdate() - timedelta(days=1)


def answered(barrier: Barrier, answer: str) -> AnswerForm:
    """Return the form of somebody who opened it now, and typed this answer."""
    found = Barrier.objects.get(pk=barrier.pk)
    form = AnswerForm({"answer": answer, "version": found.version}, instance=found)
    assert form.is_valid()
    return form


@pytest.fixture
def barrier(db: None) -> Barrier:
    return make_barrier("Udbud")


@pytest.fixture
def resolved(db: None) -> Barrier:
    return make_barrier(state=BarrierState.RESOLVED, resolved_on=YESTERDAY, answer="First.")


def test_end_returns_the_resolved_barrier(barrier, secretary):
    found = resolving.end(form=answered(barrier, "The law is new."), by=secretary)

    assert found == barrier
    barrier.refresh_from_db()
    assert (barrier.state, barrier.answer) == (BarrierState.RESOLVED, "The law is new.")
    assert (barrier.resolved_on, barrier.version) == (timezone.localdate(), 2)
    change = barrier.changes.get()
    assert (change.act, change.before, change.after) == (Act.RESOLVED, "", "The law is new.")
    assert Activity.objects.get().verb == Verb.RESOLVED


def test_end_changes_an_answer_and_keeps_its_day(resolved, secretary):
    resolving.end(form=answered(resolved, "Second."), by=secretary)

    resolved.refresh_from_db()
    assert (resolved.answer, resolved.resolved_on) == ("Second.", YESTERDAY)
    change = resolved.changes.get()
    assert (change.act, change.before, change.after) == (Act.ANSWERED, "First.", "Second.")
    assert Activity.objects.get().verb == Verb.CHANGED


def dropped(barrier: Barrier, reason: str) -> DropForm:
    found = Barrier.objects.get(pk=barrier.pk)
    form = DropForm({"answer": reason, "version": found.version}, instance=found)
    assert form.is_valid()
    return form


def test_end_says_that_a_barrier_is_no_longer_relevant(barrier, secretary):
    resolving.end(form=dropped(barrier, "Nobody meets it."), by=secretary)

    barrier.refresh_from_db()
    assert (barrier.state, barrier.answer) == (BarrierState.DROPPED, "Nobody meets it.")
    assert barrier.resolved_on == timezone.localdate()
    assert barrier.changes.get().act == Act.DROPPED
    assert Activity.objects.get().verb == Verb.DROPPED
    assert not Barrier.objects.unresolved().exists()  # so rounds leave it out


def test_end_may_become_another_one_and_bears_a_new_day(resolved, secretary):
    resolving.end(form=dropped(resolved, "Nobody meets it."), by=secretary)

    resolved.refresh_from_db()
    assert (resolved.state, resolved.resolved_on) == (BarrierState.DROPPED, timezone.localdate())
    change = resolved.changes.get()
    assert (change.act, change.before, change.after) == (Act.DROPPED, "First.", "Nobody meets it.")


def test_end_of_two_kinds_at_once_saves_one(transactional_db):
    barrier, by = make_barrier(), make_secretary()
    forms = [answered(barrier, "It is mended."), dropped(barrier, "Nobody meets it.")]

    results = at_once(*(lambda form=form: resolving.end(form=form, by=by) for form in forms))

    assert answers(results) == ["Barrier", "Conflict"]
    assert barrier.changes.count() == 1


def test_end_raises_conflict_where_somebody_saved_first(barrier, secretary):
    form = answered(barrier, "Mine.")
    resolving.end(form=answered(barrier, "Theirs."), by=secretary)

    with conflict(barrier):
        resolving.end(form=form, by=secretary)

    barrier.refresh_from_db()
    assert (barrier.answer, barrier.changes.count()) == ("Theirs.", 1)


def test_end_of_two_at_once_saves_one(transactional_db):
    barrier, by = make_barrier(), make_secretary()
    forms = [answered(barrier, answer) for answer in ("One.", "Other.")]

    results = at_once(*(lambda form=form: resolving.end(form=form, by=by) for form in forms))

    assert answers(results) == ["Barrier", "Conflict"]
    assert barrier.changes.count() == 1


@pytest.mark.parametrize("state", [BarrierState.OPEN, BarrierState.ADDRESSED])
def test_reopen_returns_the_open_barrier(resolved, secretary, state):
    found = resolving.reopen(barrier=resolved, reason="Not here.", state=state, by=secretary)

    assert found == resolved
    resolved.refresh_from_db()
    assert (resolved.state, resolved.resolved_on, resolved.answer) == (state, None, "")
    assert resolved.version == 2
    change = resolved.changes.get()
    assert (change.act, change.before, change.after) == (Act.REOPENED, "First.", "Not here.")
    assert Activity.objects.get().verb == Verb.REOPENED


def test_reopen_refuses_an_open_barrier(barrier, secretary):
    with refused("The barrier is open already."):
        resolving.reopen(barrier=barrier, reason="x", state="open", by=secretary)

    assert not barrier.changes.exists()


def test_reopen_happens_once_in_a_race(transactional_db):
    barrier = make_barrier(state=BarrierState.RESOLVED, resolved_on=timezone.localdate())
    by = make_secretary()

    def reopen() -> Barrier:
        return resolving.reopen(barrier=barrier, reason="x", state="open", by=by)

    results = at_once(reopen, reopen)

    assert answers(results) == ["Barrier", "Refused"]
    assert barrier.changes.count() == 1
