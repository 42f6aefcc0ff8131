"""Open a review of minutes, extend it, or make the minutes a draft again."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.checking import doubts as checking
from meetings.models import Minutes, MinutesState
from meetings.review import letters, publishing
from meetings.writing.acts import locked_draft
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def locked_in_review(minutes: Minutes) -> Minutes:
    """Lock minutes and return them; refuses where they are not in review."""
    locked = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    found = locked.get(pk=minutes.pk)
    if found.state != MinutesState.IN_REVIEW:
        raise Refused(_("The minutes are not in review."))
    return found


@transaction.atomic
def start(*, minutes: Minutes, days: int, scope: str, by: Member, note: str = "") -> Minutes:
    """Open a review of so many days, keep the version, and notify who was there.

    Refuses while the check has open doubts.
    """
    locked = locked_draft(minutes)
    if not locked.meeting.has_begun:
        raise Refused(_("The meeting is still to come. Its minutes can be reviewed afterwards."))
    if checking.open_doubts(locked, by.user):
        raise Refused(_("Something may be missing. Fix it, or say why it can be skipped."))
    locked.state, locked.review_scope = MinutesState.IN_REVIEW, scope
    locked.review_ends_on = timezone.localdate() + timedelta(days=days)
    locked.save()
    publishing.freeze(locked, by=by)
    record(Verb.OPENED, locked, by=by.user)
    _notify(locked, "review_opened", by=by, note=note)
    return locked


@transaction.atomic
def extend(*, minutes: Minutes, days: int, by: Member) -> Minutes:
    """Let a review last so many days from today, and notify who was there; never shortens it."""
    locked = locked_in_review(minutes)
    ends_on = timezone.localdate() + timedelta(days=days)
    if locked.review_ends_on and ends_on <= locked.review_ends_on:
        raise Refused(_("Choose a later day than the one the review already lasts to."))
    locked.review_ends_on = ends_on
    locked.save()
    record(Verb.CHANGED, locked, by=by.user)
    _notify(locked, "review_extended", by=by)
    return locked


@transaction.atomic
def take_back(*, minutes: Minutes, by: Member) -> Minutes:
    """End a review: the minutes are a draft again. Proposed changes stay and can be answered."""
    locked = locked_in_review(minutes)
    locked.state, locked.review_ends_on = MinutesState.DRAFT, None
    locked.save()
    record(Verb.RETURNED, locked, by=by.user)
    return locked


def _notify(minutes: Minutes, name: str, *, by: Member, note: str = "") -> None:
    """Write to members who were there. The mail holds no word of the draft."""
    present = minutes.meeting.attendances.present()
    there = Member.objects.current().filter(attendances__in=present)
    found = there.select_related("user", "organisation")
    rest = [row for row in present.select_related("member") if row.member not in {*found}]
    letters.about_minutes(name, minutes, found, rest).send(note=note, by=by.user)
