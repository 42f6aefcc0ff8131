"""What a member's own page shows."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from barriers.rounds import voting
from calls.consortia import pages as consortium_pages
from initiatives.cases import pages as case_pages
from initiatives.work import pages as work_pages
from meetings.inviting import pages as inviting_pages
from meetings.models import ActionPoint, Attendance, Meeting
from meetings.review import pages as review_pages
from taskforce.activity import reading
from taskforce.members.models import Member


def my_page(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits for a member, and what happened lately."""
    own = member.organisation
    viewer = member.user
    today = timezone.localdate(now)
    meeting = Meeting.objects.coming(today).first()
    waiting = ActionPoint.objects.published().waiting_for(own)
    points = [*waiting.select_related("meeting", "organisation")]
    return {
        "member": member,
        "meeting": meeting,
        "answer": Attendance.objects.filter(meeting=meeting, member=member).first(),
        **inviting_pages.waiting_for(member),
        "to_review": review_pages.waiting_for(member),
        "rounds": voting.outstanding(member),
        "action_points": [(point, point.is_overdue(today)) for point in points],
        "overdue": sum(point.is_overdue(today) for point in points),
        "initiatives": work_pages.of_organisation(own, viewer, today),
        **consortium_pages.waiting_for(member),
        "cases": case_pages.under_way(viewer),
        "latest": reading.latest(viewer, limit=12),
    }
