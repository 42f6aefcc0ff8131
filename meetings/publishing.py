"""Publish minutes: one act that freezes a version and lets everybody read."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings.models import Meeting, MeetingState, Minutes, MinutesState, MinutesVersion
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def publish(*, minutes: Minutes, by: Member) -> bool:
    """Publish minutes; False where they are published already."""
    locked = Minutes.objects.select_for_update().unpublished().filter(pk=minutes.pk).first()
    if locked is None:
        return False
    locked.state = MinutesState.PUBLISHED
    locked.published_at = timezone.now()
    locked.save()
    Meeting.objects.filter(pk=locked.meeting_id).update(state=MeetingState.HELD)
    freeze(locked, by=by)
    record(Verb.PUBLISHED, locked, by=by.user)
    return True


def freeze(minutes: Minutes, *, by: Member | None) -> MinutesVersion:
    """Keep the minutes as they stand. Speakers are kept by id, so that a name can come off."""
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=minutes.versions.count() + 1,
        state=minutes.state,
        frozen_by=by.user if by else None,
        content=content(minutes),
    )


def content(minutes: Minutes) -> dict[str, Any]:
    fields = ("id", "order", "agenda_item_id", "heading", "speaker_id", "text")
    return {"entries": list(minutes.entries.values(*fields))}
