"""Publish minutes: one act that freezes a version, lets everybody read, and tells the members."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.checking import doubts as checking
from meetings.inviting.letters import write_to
from meetings.models import (
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    MinutesVersion,
    ProposedChange,
)
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


class NotPublishedError(Exception):
    """Raised where minutes must not be published yet; its text is for the reader."""


def why_not(minutes: Minutes, by: Member) -> str:
    """Return in a sentence what stands before publishing; empty where nothing does.

    Names in the text are looked at once more as the minutes are published, whatever was said of
    them before.
    """
    if ProposedChange.objects.waiting().filter(entry__minutes=minutes).exists():
        return _("Changes that were proposed in the review wait for an answer.")
    if any(not doubt.is_name for doubt in checking.open_doubts(minutes, by.user)):
        return _("Something may be missing. Mend it, or say why it may stand.")
    return ""


@transaction.atomic
def publish(*, minutes: Minutes, by: Member) -> bool:
    """Publish minutes; False where they are published already."""
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.unpublished().filter(pk=minutes.pk).first()
    if locked is None:
        return False
    if why := why_not(locked, by):
        raise NotPublishedError(why)
    locked.state = MinutesState.PUBLISHED
    locked.published_at = timezone.now()
    locked.save()
    Meeting.objects.filter(pk=locked.meeting_id).update(state=MeetingState.HELD)
    freeze(locked, by=by)
    record(Verb.PUBLISHED, locked, by=by.user)
    _tell(locked)
    return True


def _tell(minutes: Minutes) -> None:
    """Tell every member, in the transaction of the publication."""
    for member in Member.objects.current().select_related("user"):
        write_to(member, "minutes_published", minutes=minutes, meeting=minutes.meeting)


def freeze(minutes: Minutes, *, by: Member | None) -> MinutesVersion:
    """Keep the minutes as they stand. People are kept by id, so that a name can come off."""
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        state=minutes.state,
        frozen_by=by.user if by else None,
        content=content(minutes),
    )


# What a version keeps, and the columns of each. Versions from before some were kept lack them.
KEPT = {
    "agenda": ("id", "order", "title", "details", "minutes"),
    "entries": ("id", "order", "agenda_item_id", "heading", "speaker_id", "text"),
    "outcomes": ("id", "agenda_item_id", "kind", "decision"),
    "action_points": ("id", "entry_id", "what", "organisation_id", "owner_id", "due_on"),
    "attendance": ("id", "organisation_name", "status", "online"),
}


def content(minutes: Minutes) -> dict[str, Any]:
    """Return the minutes and what belongs to them as JSON can hold it."""
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
