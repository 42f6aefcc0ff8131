"""What tests of the review, of publishing and of corrections share."""

from datetime import date
from typing import Any

from django.utils import timezone

from meetings.checking.doubts import open_doubts
from meetings.models import Minutes, MinutesState, ReviewScope, Waiver
from taskforce.members.models import Member
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_secretary,
)

LAST_DAY = date(2099, 12, 31)


def let_everything_stand(minutes: Minutes, by: Member | None = None) -> Minutes:
    """Wave every doubt of a draft through, so that a test is about something else."""
    by = by or make_secretary(organisation=make_organisation())
    Waiver.objects.bulk_create(
        Waiver(minutes=minutes, doubt=doubt.key, reason="Til en prøve.", waived_by=by)
        for doubt in open_doubts(minutes, by.user)
    )
    return minutes


def make_ready(number: int = 3, text: str = "<p>Vi mødtes.</p>", **fields: Any) -> Minutes:
    """Make a draft with one item, its passage and outcome, in which nothing is missing."""
    minutes = make_minutes(make_meeting(number, **fields))
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_entry(minutes, text, agenda_item=item)
    make_outcome(item)
    make_attendance(minutes.meeting, name_visibility="public")
    return let_everything_stand(minutes)


def make_in_review(number: int = 3, scope: str = ReviewScope.DRAFT, **fields: Any) -> Minutes:
    """Make minutes that are in review for a long time."""
    minutes = make_ready(number, **fields)
    minutes.state, minutes.review_ends_on = MinutesState.IN_REVIEW, LAST_DAY
    minutes.review_scope = scope
    minutes.save()
    return minutes


def attend(minutes: Minutes, member: Member | None = None) -> Member:
    """Let a member have been at the meeting."""
    member = member or make_member()
    make_attendance(
        minutes.meeting,
        member=member,
        name=member.user.name,
        organisation=member.organisation,
        organisation_name=member.organisation.name,
    )
    return member


def publish(minutes: Minutes, by: Member | None = None) -> Minutes:
    """Publish minutes as they stand, past everything that would refuse it."""
    from meetings.review import publishing

    minutes.state, minutes.published_at = MinutesState.PUBLISHED, timezone.now()
    minutes.save()
    publishing.freeze(minutes, by=by)
    return minutes
