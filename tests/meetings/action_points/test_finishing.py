"""Acts that mark an action point as done or open it again."""

from functools import partial

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
