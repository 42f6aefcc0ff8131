"""What barriers and rounds add to the agenda: what is new since the last meeting."""

from datetime import timedelta

from django.utils import timezone

from barriers import since_last
from barriers.models import BarrierState
from meetings.agenda.since_last import SummaryLine
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from tests.factories import count_with, make_barrier, make_round

AN_HOUR_AGO = timezone.now() - timedelta(hours=1)


def test_new_barriers_are_those_added_since_that_everybody_sees(db):
    first, second = make_barrier("First"), make_barrier("Second")
    hidden = make_barrier(hidden_at=timezone.now())
    merged = make_barrier(state=BarrierState.MERGED, merged_into=first)
    old = make_barrier("Old")
    for barrier in (second, first, hidden, merged, old):
        record(Verb.ADDED, barrier, by=None)
    Activity.objects.filter(target_id=old.pk).update(at=AN_HOUR_AGO - timedelta(hours=1))
    record(Verb.CHANGED, make_barrier(), by=None)

    assert [*since_last.new_barriers(AN_HOUR_AGO)] == [
        SummaryLine("First", "/barrierer/first/"),
        SummaryLine("Second", "/barrierer/second/"),
    ]


def test_closed_rounds_are_those_counted_since(db):
    barrier = make_barrier()
    for title in ("Autumn", "Winter"):
        count_with(make_round(barrier, title=title), barrier)
    make_round(barrier, title="Running")
    old = count_with(make_round(barrier, title="Old"), barrier)
    Activity.objects.filter(target_id=old.pk).update(at=AN_HOUR_AGO - timedelta(hours=1))

    assert [*since_last.closed_rounds(AN_HOUR_AGO)] == [
        SummaryLine("Autumn", "/prioritering/autumn/"),
        SummaryLine("Winter", "/prioritering/winter/"),
    ]
