"""What the page of a review shows: passages to read and propose for, and what is proposed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.forms import BaseForm
from django.utils import timezone

from meetings.browsing import pages as meeting_pages
from meetings.browsing import passages
from meetings.models import (
    Attendance,
    ChangeState,
    Minutes,
    MinutesState,
    ProposedChange,
    ReviewScope,
)
from meetings.review.forms import AcceptForm, DaysForm, DeclineForm, ProposeForm
from taskforce.core.differences import Piece, difference
from taskforce.core.prepared import prepared
from taskforce.members.models import Member, Viewer, shown_name
from taskforce.members.roles import is_secretariat

# Forms that were sent and are not valid, by their kind and the key of what they are of.
Sent = dict[tuple[str, int | None], BaseForm]


@dataclass
class Proposed:
    """A change, what it changes, and the forms that answer it."""

    change: Any
    pieces: list[Piece]
    accept: BaseForm
    decline: BaseForm
    is_outdated: bool  # the passage was changed since


def review(minutes: Minutes, viewer: Viewer, sent: Sent | None = None) -> dict[str, Any]:
    """Return everything on the page; `sent` are forms that are not valid."""
    sent = sent or {}
    parts = passages.parts(minutes.meeting, minutes, viewer)
    is_open = minutes.is_open_to_changes
    changes = [*_changes(minutes, viewer)]
    if is_open and isinstance(member := getattr(viewer, "member", None), Member):
        _add_forms(parts, changes, member, sent)
    there = [*_who_was_there(minutes, viewer)]
    waiting = [change for change in changes if change.state == ChangeState.WAITING]
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "parts": parts,
        "action_points": meeting_pages.action_points(minutes.meeting, viewer),
        "delegations": meeting_pages.delegations(there),
        "present": len(there),
        "open": is_open,
        "proposed": [_proposed(change, sent) for change in waiting]
        if is_secretariat(viewer)
        else [],
        "own": [change for change in changes if change.proposed_by == getattr(viewer, "member", 0)],
        "answered": [change for change in changes if change.state != ChangeState.WAITING],
        "extend": sent.get(("extend", None)) or DaysForm(auto_id="forlaeng-%s"),
    }


def _who_was_there(minutes: Minutes, viewer: Viewer) -> QuerySet[Attendance]:
    """Return who was there, for those who may read the draft as a whole."""
    seen = Attendance.objects.visible_to(viewer).present().with_shown_name(viewer)
    is_whole = is_secretariat(viewer) or minutes.review_scope == ReviewScope.DRAFT
    there = seen.filter(meeting=minutes.meeting) if is_whole else seen.none()
    return there.select_related("organisation").order_by("organisation_name", "pk")


def _changes(minutes: Minutes, viewer: Viewer) -> QuerySet[ProposedChange]:
    seen = ProposedChange.objects.visible_to(viewer).filter(entry__minutes=minutes)
    name = shown_name(
        viewer, name="proposed_by__user__name", visibility="proposed_by__name_visibility"
    )
    return seen.annotate(author_name=name).select_related(
        "entry__minutes", "entry__agenda_item", "proposed_by__organisation"
    )


def _add_forms(parts: list[Any], changes: list[Any], member: Member, sent: Sent) -> None:
    """Set on each passage the form that proposes another text; it starts from one's own."""
    own = {
        change.entry_id: change
        for change in changes
        if change.proposed_by_id == member.pk and change.state == ChangeState.WAITING
    }
    for part in parts:
        for entry in part.passages:
            form = sent.get(("propose", entry.pk))
            entry.form = form or ProposeForm(entry=entry, own=own.get(entry.pk))


def _proposed(change: ProposedChange, sent: Sent) -> Proposed:
    return Proposed(
        change=change,
        pieces=difference(change.entry.text, change.new_text),
        accept=sent.get(("accept", change.pk)) or AcceptForm(change=change),
        decline=sent.get(("decline", change.pk)) or DeclineForm(change=change),
        is_outdated=change.entry.text != change.old_text,
    )


def waiting_for(member: Member) -> list[Minutes]:
    """Return the minutes that a member may review now."""
    return _in_review(member.user, timezone.localdate())


@prepared
def _in_review(viewer: Viewer, today: date) -> QuerySet[Minutes]:
    in_review = Minutes.objects.visible_to(viewer).filter(
        state=MinutesState.IN_REVIEW, review_ends_on__gte=today
    )
    return in_review.select_related("meeting")


def at_the_desk() -> QuerySet[Minutes]:
    """Return the minutes that are not published, with how many proposed changes wait."""
    waits = Q(entries__proposed_changes__state=ChangeState.WAITING)
    drafts = Minutes.objects.unpublished().select_related("meeting")
    return drafts.annotate(waiting=Count("entries__proposed_changes", filter=waits)).order_by("pk")
