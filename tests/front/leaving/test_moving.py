"""Another organisation: a new membership, or a correction of the one there is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Attendance, MeetingState
from taskforce.following.models import Follow
from taskforce.front.leaving import moving
from taskforce.members.models import Member, NameVisibility
from taskforce.members.people import inviting
from tests.calls.following import moving as following
from tests.factories import (
    make_action_point,
    make_attendance,
    make_call,
    make_meeting,
    make_member,
    make_organisation,
)
from tests.members.people.people_forms import standing_secretary
from tests.members.people.test_last_secretary import LAST
from tests.refusing import refused


@pytest.fixture
def ea(db: None) -> Member:
    return make_member(
        make_organisation("Odense"),
        name_visibility=NameVisibility.MEMBERS,
        from_date=timezone.localdate() - timedelta(days=9),
    )


def move(member: Member, *, was_wrong: bool = False) -> Member:
    to = make_organisation("Nyborg")
    by = make_member().user
    return moving.move(member=member, to=to, title="Chef", was_wrong=was_wrong, by=by)


def test_change_of_jobs_begins_a_new_membership_and_keeps_the_one_before(ea: Member):
    now = move(ea)

    ea.refresh_from_db()
    assert (ea.organisation.name, ea.to_date) == ("Odense", timezone.localdate())
    assert (now.organisation.name, now.title, now.user) == ("Nyborg", "Chef", ea.user)
    assert (now.from_date, now.to_date) == (timezone.localdate(), None)
    assert now.name_visibility == NameVisibility.MEMBERS


def test_follows_meetings_and_the_invitation_come_along_and_work_stays(ea: Member):
    following.follow(followed=make_call(), member=ea)
    inviting.invite(member=ea, by=ea.user)
    ahead = timezone.localdate() + timedelta(days=9)
    coming = make_meeting(date=ahead, state=MeetingState.PLANNED)
    make_attendance(coming, member=ea, organisation=ea.organisation)
    past = make_attendance(make_meeting(), member=ea, organisation=ea.organisation)
    point = make_action_point(make_meeting(), owner=ea, organisation=ea.organisation)

    now = move(ea)

    point.refresh_from_db()
    past.refresh_from_db()
    place = Attendance.objects.get(meeting=coming)
    assert (place.member, place.organisation_name) == (now, "Nyborg")
    assert (past.member, past.organisation.name) == (ea, "Odense")
    assert (point.owner, point.organisation.name) == (None, "Odense")
    assert (Follow.objects.get().user, now.invitation.member) == (now.user, now)


def test_correction_changes_the_membership_itself(ea: Member):
    point = make_action_point(make_meeting(), owner=ea)

    now = move(ea, was_wrong=True)

    point.refresh_from_db()
    assert (now, now.organisation.name, point.owner) == (ea, "Nyborg", ea)
    assert ea.user.memberships.count() == 1


def test_last_secretary_does_not_change_jobs_and_can_be_corrected(db: None):
    last = standing_secretary()

    with refused(LAST):
        move(last)
    moving.move(member=last, to=make_organisation("Fyn"), title="", was_wrong=True, by=last.user)


def test_same_organisation_and_who_left_are_refused(ea: Member):
    same = {"to": ea.organisation, "title": "", "was_wrong": False, "by": ea.user}

    with refused("This is the organisation already.", field="to"):
        moving.move(member=ea, **same)
    Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())
    with refused("This person is no member any more.", already=True):
        moving.move(member=ea, **same)
