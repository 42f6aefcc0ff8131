"""Kept SQL holds nothing of those for whom it was learned."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from barriers.models import Statement
from meetings.models import Meeting, MinutesEntry, ReviewScope
from taskforce.core.prepared import PrepareError, prepared
from taskforce.members.models import Member, User, Viewer
from tests.factories import (
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_secretary,
    make_statement,
)

STRANGER = AnonymousUser()


@prepared
def statements(viewer: Viewer, barrier: int) -> QuerySet[Statement]:
    return Statement.objects.visible_to(viewer).filter(barrier=barrier)


def test_each_role_reads_what_it_may(db: None):
    hidden = make_barrier(hidden_at=timezone.now())
    said = make_statement(hidden)
    member, secretary = make_member(), make_secretary()

    found = [statements(who, hidden.pk) for who in (secretary.user, member.user, STRANGER)]

    assert found == [[said], [], []]


def test_nobody_reads_what_another_member_may(db: None):
    @prepared
    def read(viewer: Viewer, minutes: int) -> QuerySet[MinutesEntry]:
        return MinutesEntry.objects.visible_to(viewer).filter(minutes=minutes)

    minutes = make_minutes()
    minutes.state, minutes.review_ends_on = "in_review", timezone.localdate()
    minutes.review_scope = ReviewScope.DRAFT
    minutes.save()
    entry = make_entry(minutes)
    was_there, was_not = make_member(), make_member()
    make_attendance(minutes.meeting, member=was_there, status="present")

    found = [read(one.user, minutes.pk) for one in (was_there, was_not, was_there)]

    assert found == [[entry], [], [entry]]


def test_members_and_days_are_filled_in(db: None):
    @prepared
    def later(member: Member, day: date) -> QuerySet[Meeting]:
        return Meeting.objects.filter(date__gt=day, attendances__member=member)

    today = timezone.localdate()
    meeting = make_meeting(date=today)
    invited, other = make_member(), make_member()
    make_attendance(meeting, member=invited)
    before = today - timedelta(days=1)

    assert later(invited, before) == [meeting]
    assert [later(other, before), later(invited, today)] == [[], []]


def test_a_query_of_a_person_is_refused(db: None):
    def named(viewer: User) -> QuerySet[User]:
        return User.objects.filter(name=viewer.name)

    def of_kind(viewer: Viewer) -> QuerySet[Member]:
        member: Any = viewer.member  # type: ignore[union-attr]
        return Member.objects.filter(organisation__kind=member.organisation.kind)

    member = make_member()

    for make in (named, of_kind):
        with pytest.raises(PrepareError, match="asked while a query is made"):
            prepared(make)(member.user)
