"""Give barriers another theme."""

from barriers.curation import retheming
from barriers.models import Act, BarrierState
from taskforce.activity.models import Activity, Verb
from tests.factories import make_barrier, make_secretary, make_theme
from tests.racing import at_once


def test_retheme_returns_the_barriers_that_had_another_theme(secretary):
    law, capital = make_theme("Lov"), make_theme("Kapital")
    first, there, second = (make_barrier(theme=theme) for theme in (law, capital, law))

    changed = retheming.retheme(barriers=[first, there, second], theme=capital, by=secretary)

    assert changed == [first, second]
    assert {*capital.barriers.all()} == {first, there, second}
    assert [barrier.version for barrier in capital.barriers.order_by("pk")] == [2, 1, 2]
    change = first.changes.get()
    assert (change.act, change.before, change.after) == (Act.RETHEMED, "Lov", "Kapital")
    assert not there.changes.exists()
    assert [row.verb for row in Activity.objects.all()] == [Verb.CHANGED] * 2


def test_retheme_leaves_out_what_was_merged_meanwhile(secretary):
    gone = make_barrier(state=BarrierState.MERGED, merged_into=make_barrier())

    assert retheming.retheme(barriers=[gone], theme=make_theme(), by=secretary) == []
    assert not gone.changes.exists()


def test_retheme_changes_each_barrier_once_in_a_race(transactional_db):
    barriers = [make_barrier() for _ in range(6)]
    theme, by = make_theme(), make_secretary()

    changed = at_once(
        lambda: retheming.retheme(barriers=barriers, theme=theme, by=by),
        lambda: retheming.retheme(barriers=barriers[::-1], theme=theme, by=by),
    )

    assert sorted(map(len, changed)) == [0, 6]
