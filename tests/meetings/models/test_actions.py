"""Action points: who reads them, who marks them as done, and which wait for whom."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import ActionPoint
from taskforce.members.models import NameVisibility, Viewer
from tests.factories import (
    make_action_point,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.meetings.models.viewers import (
    DRAFT,
    EVERYBODY,
    OWN,
    PUBLISHED,
    STATES,
    WHOLE,
    make_minutes_in,
    make_viewers,
)

READERS = {
    DRAFT: {"secretary"},
    WHOLE: {"secretary", "present"},
    OWN: {"secretary"},
    PUBLISHED: EVERYBODY,
}
DAY = date(2026, 3, 4)


@pytest.mark.parametrize("state", STATES)
def test_who_reads_action_points(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    point = make_action_point(minutes.meeting)

    def sees(viewer: Viewer) -> bool:
        return point in ActionPoint.objects.visible_to(viewer)

    assert viewers.who(sees) == READERS[state]


def test_who_marks_points_as_done(db: None):
    meeting = make_minutes(published=True).meeting
    member, former = make_member(), make_member(to_date=timezone.localdate())
    own = make_action_point(meeting, owner=member, organisation=make_organisation())
    ours = make_action_point(meeting, organisation=member.organisation)
    others = make_action_point(meeting, organisation=former.organisation)
    everybodys = make_action_point(meeting)
    make_action_point(make_minutes().meeting, owner=member)  # of a draft

    def may(viewer: Viewer) -> set[ActionPoint]:
        return {*ActionPoint.objects.finishable_by(viewer)}

    assert may(member.user) == {own, ours}
    assert may(former.user) == set()
    assert may(make_secretary().user) == {own, ours, others, everybodys}


def test_points_that_wait_for_an_organisation(db: None):
    meeting, odense = make_meeting(), make_organisation("Odense")
    own = make_action_point(meeting, organisation=odense)
    everybodys = make_action_point(meeting)
    make_action_point(meeting, organisation=make_organisation())
    make_action_point(meeting, organisation=odense, done_on=DAY)

    assert {*ActionPoint.objects.waiting_for(odense)} == {own, everybodys}


def test_points_are_in_order_of_their_days(db: None):
    meeting = make_meeting()
    days = [None, DAY, DAY - timedelta(days=1), None]
    first, second, third, fourth = (make_action_point(meeting, due_on=day) for day in days)

    assert [*ActionPoint.objects.all()] == [third, second, first, fourth]


@pytest.mark.parametrize(
    ("fields", "is_overdue"),
    [
        ({"due_on": DAY - timedelta(days=1)}, True),
        ({"due_on": DAY}, False),
        ({}, False),
        ({"due_on": DAY - timedelta(days=1), "done_on": DAY}, False),
    ],
)
def test_overdue_is_what_is_open_after_its_day(fields: dict[str, date], is_overdue: bool):
    assert ActionPoint(**fields).is_overdue(DAY) is is_overdue


def test_names_show_as_their_owners_agreed(db: None):
    meeting = make_minutes(published=True).meeting
    hidden = make_member(user=make_user(name="Per Skjult"))
    shown = make_member(user=make_user(name="Ea Åben"), name_visibility=NameVisibility.PUBLIC)
    make_action_point(meeting, owner=shown, done_by=hidden, done_on=DAY)
    viewers = make_viewers(meeting)

    def names(viewer: Viewer) -> tuple[str, str]:
        point = ActionPoint.objects.with_shown_names(viewer).get()
        return point.owner_name, point.done_by_name

    assert names(viewers.stranger) == names(viewers.present) == ("Ea Åben", "")
    assert names(viewers.secretary) == ("Ea Åben", "Per Skjult")


def test_point_leads_to_what_was_agreed_at_its_meeting(db: None):
    point = make_action_point(make_meeting(3), "Skriv et brev")

    assert (str(point), point.get_absolute_url()) == ("Skriv et brev", "/moeder/3/#aftalt")
