"""What the front page, a member's page and the secretariat's desk show."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from barriers import register
from barriers.models import Ballot, Barrier, PrioritisationRound
from calls import pages as call_pages
from calls.models import Call
from initiatives.cases import pages as case_pages
from initiatives.models import Case
from meetings import ahead
from meetings import pages as meeting_pages
from meetings.agenda import pages as agenda_pages
from meetings.models import ActionPoint, Attendance, Meeting
from meetings.review import pages as review_pages
from taskforce.activity import reading
from taskforce.intake import pages as intake_pages
from taskforce.intake.models import Intake
from taskforce.members.models import JoinRequest, Member, Viewer
from taskforce.news.models import NewsItem
from taskforce.paging import COUNTED, counted


def front(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return the front page: what comes next, what counts most, and what is new."""
    meetings = Meeting.objects.visible_to(viewer)
    calls = Call.objects.visible_to(viewer).open_at(now)
    cases = Case.objects.published()
    held = meetings.filter(state="held")
    barriers = counted(Barrier.objects.visible_to(viewer).unmerged())
    return {
        "next_meeting": meetings.coming(timezone.localdate(now)).first(),
        "ranking": register.ranking(viewer, limit=5),
        "latest_round": PrioritisationRound.objects.closed().first(),
        "barrier_total": barriers if barriers <= COUNTED else None,
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
    waiting = ActionPoint.objects.visible_to(viewer).waiting_for(own)
    points = [*waiting.select_related("meeting", "organisation")]
    return {
        "member": member,
        "meeting": meeting,
        "answer": Attendance.objects.filter(meeting=meeting, member=member).first(),
        **ahead.waiting_for(member),
        "to_review": review_pages.waiting_for(member),
        "rounds": rounds_to_vote_in(member, now),
        "action_points": [(point, point.is_overdue(today)) for point in points],
        "overdue": sum(point.is_overdue(today) for point in points),
        "cases": case_pages.under_way(viewer),
        "latest": reading.latest(viewer, limit=12),
    }


def rounds_to_vote_in(member: Member, now: datetime) -> list[tuple[PrioritisationRound, bool]]:
    """Return the open rounds, each with whether the member's ballot is cast."""
    rounds = [*PrioritisationRound.objects.open_at(now)]
    own = Q(member=None, organisation=member.organisation_id) | Q(member=member)
    cast = set(Ballot.objects.filter(own, round__in=rounds).values_list("round", flat=True))
    return [(found, found.pk in cast) for found in rounds]


def desk(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits for the secretariat."""
    return {
        "requests": JoinRequest.objects.visible_to(member.user).waiting(),
        "intakes": [
            intake_pages.ready(row) for row in intake_pages.rows(Intake.objects.not_taken())
        ],
        "meetings": ahead.at_the_desk(),
        "proposals": agenda_pages.waiting(),
        "drafts": review_pages.at_the_desk(),
        "cases": case_pages.at_the_desk(),
        "calls": [
            call_pages.ready(row, now)
            for row in call_pages.rows(Call.objects.open_at(now), member.user)
        ],
        "rounds": PrioritisationRound.objects.open_at(now),
        "latest": reading.latest(member.user, limit=12),
    }
