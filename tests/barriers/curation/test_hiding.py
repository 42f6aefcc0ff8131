"""Hide a barrier and show it again."""

from django.utils import timezone

from barriers.curation import hiding
from taskforce.activity.models import Activity, Verb
from tests.factories import make_barrier


def test_hide_returns_the_hidden_barrier(secretary):
    barrier = make_barrier()

    hidden = hiding.hide(barrier=barrier, by=secretary)

    assert hidden == barrier
    barrier.refresh_from_db()
    assert barrier.hidden_at is not None
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.HIDDEN, secretary.user)


def test_show_returns_the_barrier_that_everybody_sees(secretary):
    barrier = make_barrier(hidden_at=timezone.now())

    shown = hiding.show(barrier=barrier, by=secretary)

    assert shown == barrier
    barrier.refresh_from_db()
    assert barrier.hidden_at is None
    assert Activity.objects.get().verb == Verb.SHOWN
