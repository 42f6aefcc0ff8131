"""Take published minutes back: for a day, and until somebody built on them."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting, Minutes, MinutesEntry, MinutesState, MinutesVersion
from taskforce.activity import taking_back
from taskforce.activity.models import Verb
from taskforce.core.acts import Refused
from taskforce.core.relations import pointing_at
from taskforce.members.models import Member


def why_not(minutes: Minutes) -> str:
    """Return why published minutes cannot be taken back any more; empty where they can."""
    return taking_back.why_not(minutes.published_at, built_on(minutes))


@transaction.atomic
def take_back(*, minutes: Minutes, reason: str, by: Member) -> Minutes:
    """Make published minutes what they were before, and write to everybody who was told.

    In review again, where they came from one; else a draft. Versions stay, for the secretariat.
    """
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.get(pk=minutes.pk)
    if not locked.is_published:
        raise Refused(_("The minutes are taken back. Only a draft is left."), already=True)
    if why := why_not(locked):
        raise Refused(why)
    told = _told(locked)
    was_in_review = locked.review_ends_on is not None
    locked.state = MinutesState.IN_REVIEW if was_in_review else MinutesState.DRAFT
    locked.published_at = None
    locked.version += 1
    locked.save()
    taking_back.note(locked, Verb.PUBLISHED, reason=reason, by=by.user, told=told)
    return locked


def _told(minutes: Minutes) -> list[str]:
    """Return the addresses that were written to when the minutes were published."""
    assert minutes.published_at is not None  # noqa: S101  # they are published
    day = timezone.localdate(minutes.published_at)
    members = Member.objects.current().filter(from_date__lte=day)
    return [*members.values_list("user__email", flat=True)]


def built_on(minutes: Minutes) -> str:
    """Return what somebody built on the minutes since they were published; empty for nothing."""
    since = minutes.published_at
    if since is None:
        return ""
    if taking_back.touched_since(since, Minutes.objects.filter(pk=minutes.pk), verb=Verb.CORRECTED):
        return _("The minutes are corrected since, so they stay. Correct them once more instead.")
    entries = MinutesEntry.objects.filter(minutes=minutes)
    meeting = Meeting.objects.filter(pk=minutes.meeting_id)
    if any(taking_back.touched_since(since, rows) for rows in _hanging_on(entries, meeting)):
        return _("Somebody built on the minutes since, so they stay. Correct them instead.")
    return ""


def _hanging_on(*bases: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    """Yield the rows that point at these, and what points at those, such as a round's barrier."""
    for base in bases:
        for model, field in pointing_at(base.model):
            if model in (Minutes, MinutesEntry, MinutesVersion):
                continue
            rows: QuerySet[Any] = model._base_manager.filter(**{f"{field}__in": base})
            yield rows
