"""Viewers of every kind, for tests of who reads what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from meetings.models import (
    AttendanceStatus,
    Meeting,
    Minutes,
    MinutesState,
    ReviewScope,
)
from taskforce.members.models import Viewer
from tests.factories import make_attendance, make_meeting, make_member, make_minutes, make_secretary

# States of minutes as people know them: the review has two scopes.
DRAFT, WHOLE, OWN, PUBLISHED = "draft", "review of the draft", "review of one's own", "published"
STATES = [DRAFT, WHOLE, OWN, PUBLISHED]


@dataclass(frozen=True)
class Viewers:
    """One of each: who was at the meeting, who was not, and who was invited and stayed away."""

    stranger: Viewer
    elsewhere: Viewer  # a member who was at another meeting
    invited: Viewer
    former: Viewer  # was there, and is no member any more
    present: Viewer
    secretary: Viewer

    def who(self, sees: Callable[[Viewer], bool]) -> set[str]:
        """Return the names of those viewers who see it."""
        return {name for name, viewer in vars(self).items() if sees(viewer)}


EVERYBODY = {"stranger", "elsewhere", "invited", "former", "present", "secretary"}


def make_viewers(meeting: Meeting) -> Viewers:
    elsewhere, invited, former, present = (make_member() for _ in range(4))
    make_attendance(make_meeting(), member=elsewhere)
    make_attendance(meeting, member=invited, status=AttendanceStatus.COMING)
    for member in (former, present):
        make_attendance(meeting, member=member)
    former.to_date = timezone.localdate()
    former.save()
    people = (elsewhere, invited, former, present, make_secretary())
    return Viewers(AnonymousUser(), *(member.user for member in people))


def make_minutes_in(state: str, meeting: Meeting | None = None) -> Minutes:
    minutes = make_minutes(meeting, published=state == PUBLISHED)
    if state in (WHOLE, OWN):
        minutes.state, minutes.review_ends_on = MinutesState.IN_REVIEW, timezone.localdate()
        minutes.review_scope = ReviewScope.DRAFT if state == WHOLE else ReviewScope.OWN
        minutes.save()
    return minutes
