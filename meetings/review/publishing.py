"""Publish minutes: freeze a version, let everybody read it, and notify the members."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.checking import doubts as checking
from meetings.models import (
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    MinutesVersion,
    ProposedChange,
)
from meetings.review import letters
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def why_not(minutes: Minutes, by: Member) -> str:
    """Return why the minutes cannot be published yet, in a sentence; empty where they can.

    Doubts about names do not count: whoever publishes looks at the names once more in any case.
    """
    if not minutes.meeting.has_begun:
        return _("The meeting is still to come. Its minutes can be published once it is held.")
    if ProposedChange.objects.waiting().filter(entry__minutes=minutes).exists():
        return _("Changes that were proposed in the review wait for an answer.")
    if any(not doubt.is_name for doubt in checking.open_doubts(minutes, by.user)):
        return _("Something may be missing. Fix it, or say why it can be skipped.")
    return ""


@transaction.atomic
def publish(*, minutes: Minutes, by: Member, note: str = "") -> Minutes:
    """Publish minutes, once; refuses while a proposed change waits or the check has doubts."""
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.unpublished().filter(pk=minutes.pk).first()
    if locked is None:
        raise Refused(_("The minutes are published. Everybody can read them."), already=True)
    if why := why_not(locked, by):
        raise Refused(why)
    locked.state = MinutesState.PUBLISHED
    locked.published_at = timezone.now()
    locked.save()
    Meeting.objects.filter(pk=locked.meeting_id).update(state=MeetingState.HELD)
    freeze(locked, by=by)
    record(Verb.PUBLISHED, locked, by=by.user)
    members = Member.objects.current().select_related("user", "organisation")
    letters.about_minutes("minutes_published", locked, members).send(note=note, by=by.user)
    return locked


def freeze(minutes: Minutes, *, by: Member | None, at: datetime | None = None) -> MinutesVersion:
    """Keep a version of the minutes, of now or of the moment they were published elsewhere.

    It names people by key, so that a name can be taken off.
    """
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        state=minutes.state,
        frozen_at=at or timezone.now(),
        frozen_by=by.user if by else None,
        content=content(minutes),
    )


# What a version keeps, and the columns of each. Early versions lack some of it.
KEPT = {
    "agenda": ("id", "order", "title", "details", "minutes"),
    "entries": ("id", "order", "agenda_item_id", "heading", "speaker_id", "text"),
    "outcomes": ("id", "agenda_item_id", "kind", "decision"),
    "action_points": ("id", "entry_id", "what", "organisation_id", "owner_id", "due_on"),
    "attendance": ("id", "organisation_name", "status", "online"),
}


def content(minutes: Minutes) -> dict[str, Any]:
    """Return the minutes and what belongs to them, ready for JSON."""
    meeting = minutes.meeting
    rows: dict[str, Any] = {
        "agenda": meeting.agenda.order_by("order"),
        "entries": minutes.entries.order_by("order"),
        "outcomes": minutes.outcomes.order_by("pk"),
        "action_points": meeting.action_points.order_by("pk"),
        "attendance": meeting.attendances.order_by("pk"),
    }
    found = {name: [*rows[name].values(*columns)] for name, columns in KEPT.items()}
    for point in found["action_points"]:
        point["due_on"] = point["due_on"].isoformat() if point["due_on"] else None
    return found
