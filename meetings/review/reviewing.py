"""Open a review of minutes, make it longer, take the minutes back to a draft."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.checking import doubts as checking
from meetings.inviting.letters import write_to
from meetings.models import Minutes, MinutesState
from meetings.review import publishing
from meetings.writing.acts import locked_draft
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


class NotReviewedError(Exception):
    """Raised where a review cannot go on so; its text is for the reader."""


def locked_in_review(minutes: Minutes) -> Minutes:
    """Lock minutes that are in review, or say that they are not."""
    locked = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    found = locked.get(pk=minutes.pk)
    if found.state != MinutesState.IN_REVIEW:
        raise NotReviewedError(_("The minutes are not in review."))
    return found


@transaction.atomic
def start(*, minutes: Minutes, days: int, scope: str, by: Member) -> None:
    """Open a review of so many days after today, keep the version, and write to who was there."""
    locked = locked_draft(minutes)
    if checking.open_doubts(locked, by.user):
        raise NotReviewedError(_("Something may be missing. Mend it, or say why it may stand."))
    locked.state, locked.review_scope = MinutesState.IN_REVIEW, scope
    locked.review_ends_on = timezone.localdate() + timedelta(days=days)
    locked.save()
    publishing.freeze(locked, by=by)
    record(Verb.OPENED, locked, by=by.user)
    _tell(locked, "review_opened")


@transaction.atomic
def extend(*, minutes: Minutes, days: int, by: Member) -> None:
    """Let a review last so many days from today, and tell who was there."""
    locked = locked_in_review(minutes)
    ends_on = timezone.localdate() + timedelta(days=days)
    if locked.review_ends_on and ends_on <= locked.review_ends_on:
        raise NotReviewedError(_("That is no longer than it lasts already."))
    locked.review_ends_on = ends_on
    locked.save()
    record(Verb.CHANGED, locked, by=by.user)
    _tell(locked, "review_extended")


@transaction.atomic
def take_back(*, minutes: Minutes, by: Member) -> None:
    """End a review: the minutes are a draft again. What is proposed stays and can be answered."""
    locked = locked_in_review(minutes)
    locked.state, locked.review_ends_on = MinutesState.DRAFT, None
    locked.save()
    record(Verb.RETURNED, locked, by=by.user)


def _tell(minutes: Minutes, name: str) -> None:
    """Write to members who were there. No word of the draft is in the mail."""
    there = Member.objects.current().filter(attendances__in=minutes.meeting.attendances.present())
    for member in there.select_related("user"):
        write_to(member, name, minutes=minutes, meeting=minutes.meeting)
