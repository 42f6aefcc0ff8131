"""What somebody does with their own words: edit, delete, withdraw."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.dialogue.models import Contribution, EditedText
from taskforce.dialogue.talk import contributing
from taskforce.dialogue.talk.locking import is_own, lock, lock_open, lock_spoken
from taskforce.following.models import Follow
from taskforce.following.things import named
from taskforce.members.models import Member

UNSEEN = timedelta(minutes=15)  # within which a mistake is put right without a trace


@transaction.atomic
def edit(
    *, contribution: Contribution, text: str, version: int, by: Member, for_all: bool = False
) -> Contribution:
    """Change the words; after 15 minutes the day and the earlier text show.

    `version` is the one that the member read. `for_all` is what they were told: that everybody can
    read it; words edited for members alone are never everybody's again. Raises Conflict where it
    was saved since, and Refused where the talk is closed, or where the words stand no more.
    """
    found = must_be_editable(contribution=contribution, by=by)
    if found.version != version:
        raise Conflict(found)
    if found.text == text:
        return found
    now = timezone.now()
    if now >= found.written_at + UNSEEN:
        EditedText.objects.create(contribution=found, text=found.text, until=now)
        found.edited_at = now
    found.text, found.version = text, found.version + 1
    found.is_public = for_all and is_read_by_all(found)
    found.save(update_fields=["text", "version", "edited_at", "is_public"])
    record(Verb.CHANGED, found, by=by.user)
    return found


def is_read_by_all(contribution: Contribution) -> bool:
    """Tell whether everybody can read what somebody makes of their words now."""
    return contribution.is_public and contributing.is_read_by_all(contribution.target)


def can_be_deleted(contribution: Contribution) -> bool:
    """Tell whether nobody replied, and the log of what was hidden does not name it."""
    return not (contribution.replies.exists() or contribution.hidings.exists())


@transaction.atomic
def take_away(*, contribution: Contribution, by: Member) -> Contribution:
    """Delete it where nobody replied; otherwise withdraw the words: place and day stay.

    Raises Refused where it is not the member's own, or withdrawn already (`already`).
    """
    found = must_be_own(contribution=lock(contribution), by=by)
    if found.withdrawn_at:
        raise Refused(_("The contribution is withdrawn already."), already=True)
    record(Verb.WITHDRAWN, found, by=by.user)
    if can_be_deleted(found):
        Follow.objects.filter(**named(found)).delete()
        found.delete()
        return found
    let_words_go(found)
    return found


def let_words_go(contribution: Contribution) -> None:
    """Keep its place, day and organisation alone."""
    contribution.earlier.all().delete()
    contribution.mentions.all().delete()
    contribution.text, contribution.withdrawn_at = "", timezone.now()
    contribution.version += 1
    contribution.save(update_fields=["text", "withdrawn_at", "version"])


@transaction.atomic
def must_be_editable(*, contribution: Contribution, by: Member) -> Contribution:
    """Lock a contribution, and return it as it is; raises Refused where `edit` would."""
    lock_open(contribution.target)
    return must_be_own(contribution=lock_spoken(contribution), by=by)


def must_be_own(*, contribution: Contribution, by: Member) -> Contribution:
    if not is_own(contribution, by):
        raise Refused(_("Only the one who wrote it can do that."))
    return contribution
