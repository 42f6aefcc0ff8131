"""What the front page, a member's page and the secretariat's desk show."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from barriers.models import Barrier, PrioritisationRound
from barriers.register import pages as register
from barriers.rounds import pages as round_pages
from barriers.rounds import voting
from calls import pages as call_pages
from calls.consortia import pages as consortium_pages
from calls.models import Call
from initiatives.cases import pages as case_pages
from initiatives.models import Case
from initiatives.work import pages as work_pages
from meetings.agenda import pages as agenda_pages
from meetings.browsing import pages as meeting_pages
from meetings.inviting import pages as inviting_pages
from meetings.models import ActionPoint, Attendance, Meeting
from meetings.review import pages as review_pages
from taskforce.activity import reading
from taskforce.core.paging import COUNTED, counted
from taskforce.intake.models import Intake
from taskforce.intake.uploading import pages as intake_pages
from taskforce.members.models import JoinRequest, Member, Viewer
from taskforce.news.models import NewsItem


def front(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return the front page: what comes next, what counts most, and what is new."""
    meetings = Meeting.objects.visible_to(viewer)
    calls = Call.objects.visible_to(viewer).open_at(now)
    cases = Case.objects.published()
    held = meetings.filter(state="held")
    today = timezone.localdate(now)
    barriers = counted(Barrier.objects.visible_to(viewer).unmerged())
    return {
        "next_meeting": meetings.coming(today).first(),
        "ranking": register.ranking(viewer, limit=5),
        "latest_round": PrioritisationRound.objects.closed().first(),
        "barrier_total": barriers if barriers <= COUNTED else None,
        "initiatives": work_pages.current(viewer, today, limit=3),
        "calls": [call_pages.ready(row, now) for row in call_pages.rows(calls, viewer)[:3]],
        "cases": [case_pages.ready(row) for row in case_pages.rows(cases)[:2]],
        "meetings": [meeting_pages.ready(row) for row in meeting_pages.rows(held)[:4]],
        "news": NewsItem.objects.visible_to(viewer)[:4],
    }


def mine(member: Member, now: datetime) -> dict[str, Any]:
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


def desk(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits for the secretariat."""
    return {
        "requests": JoinRequest.objects.visible_to(member.user).waiting(),
        "intakes": [
            intake_pages.ready(row) for row in intake_pages.rows(Intake.objects.not_imported())
        ],
        "meetings": inviting_pages.at_the_desk(),
        "not_written_down": inviting_pages.not_written_down(),
        "proposals": agenda_pages.waiting(),
        "drafts": review_pages.at_the_desk(),
        "to_look_at": work_pages.past_review(timezone.localdate(now)),
        "cases": case_pages.at_the_desk(),
        "calls": [
            call_pages.ready(row, now)
            for row in call_pages.rows(Call.objects.open_at(now), member.user)
        ],
        "rounds": round_pages.at_the_desk(),
        "latest": reading.latest(member.user, limit=12),
    }
