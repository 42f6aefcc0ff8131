"""What the front page and the secretariat's desk show."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from barriers.models import Barrier, PrioritisationRound
from barriers.register import pages as register
from barriers.rounds import pages as round_pages
from calls.catalogue import pages as call_pages
from calls.models import Call
from initiatives.cases import pages as case_pages
from initiatives.models import Case
from initiatives.work import pages as work_pages
from meetings.agenda import pages as agenda_pages
from meetings.browsing import pages as meeting_pages
from meetings.inviting import acts as inviting
from meetings.inviting import pages as inviting_pages
from meetings.models import Meeting
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
        "latest_round": PrioritisationRound.objects.ranked().first(),
        "barrier_total": barriers if barriers <= COUNTED else None,
        "initiatives": work_pages.current(viewer, today, limit=3),
        "calls": [call_pages.ready(row, now) for row in call_pages.rows(calls, viewer)[:3]],
        "cases": [case_pages.ready(row) for row in case_pages.rows(cases)[:2]],
        "meetings": [meeting_pages.ready(row) for row in meeting_pages.rows(held)[:4]],
        "news": NewsItem.objects.visible_to(viewer)[:4],
    }


def desk(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits for the secretariat."""
    return {
        "requests": JoinRequest.objects.visible_to(member.user).waiting(),
        "intakes": [
            intake_pages.ready(row) for row in intake_pages.rows(Intake.objects.not_imported())
        ],
        "meetings": inviting_pages.at_the_desk(),
        "late": inviting.invited_too_early_for(),
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
