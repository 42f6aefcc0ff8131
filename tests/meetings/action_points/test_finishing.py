"""Acts that mark an action point as done or open it again."""

from functools import partial

import pytest
from django.utils import timezone

from meetings.action_points import finishing
from meetings.models import ActionPoint
from taskforce.activity.models import Activity
from taskforce.core.acts import Refused
from tests.factories import make_action_point, make_meeting, make_member, make_minutes
from tests.racing import at_once


def test_of_two_who_finish_at_once_one_is_first(transactional_db):
    member = make_member()
    meeting = make_minutes(make_meeting(3), published=True).meeting
    point = make_action_point(meeting, organisation=member.organisation)

    finish = partial(finishing.finish, point=point, by=member)

    found = at_once(*(partial(finish, note=f"note {number}") for number in range(4)))

    assert sorted(map(type, found), key=str) == [ActionPoint, Refused, Refused, Refused]
    (done,) = (answer for answer in found if isinstance(answer, ActionPoint))
    point.refresh_from_db()
    assert point.note == done.note
    assert Activity.objects.count() == 1


def test_finish_marks_the_point_as_done_today(point, member):
    done = finishing.finish(point=point, note="Sendt.", by=member)

    point.refresh_from_db()
    assert done == point
    assert (point.done_on, point.done_by, point.note) == (timezone.localdate(), member, "Sendt.")
    assert [(act.verb, act.target_id) for act in Activity.objects.all()] == [("closed", point.pk)]


def test_finish_refuses_a_point_that_is_done(point, member):
    finishing.finish(point=point, note="Først.", by=member)

    with pytest.raises(Refused) as refused:
        finishing.finish(point=point, note="Siden.", by=member)

    expected = "En anden har allerede markeret den som udført. Din bemærkning er ikke gemt."
    assert str(refused.value) == expected
    point.refresh_from_db()
    assert point.note == "Først."


def test_reopen_keeps_the_note(point, member):
    finishing.finish(point=point, note="Sendt.", by=member)

    opened = finishing.reopen(point=point, by=member)

    point.refresh_from_db()
    assert opened == point
    assert (point.done_on, point.done_by, point.note) == (None, None, "Sendt.")
    assert [act.verb for act in Activity.objects.order_by("pk")] == ["closed", "opened"]


def test_reopen_refuses_an_open_point(point, member):
    with pytest.raises(Refused) as refused:
        finishing.reopen(point=point, by=member)

    assert (str(refused.value), refused.value.already) == ("Aftalen er allerede åben.", False)
    assert not Activity.objects.exists()


def test_of_two_who_reopen_at_once_one_is_first(transactional_db):
    member = make_member()
    point = make_action_point(
        make_minutes(make_meeting(3), published=True).meeting, done_on=timezone.localdate()
    )

    found = at_once(*[partial(finishing.reopen, point=point, by=member)] * 2)

    assert sorted(map(type, found), key=str) == [ActionPoint, Refused]
    assert Activity.objects.count() == 1
