"""Publish news at once or at a time, and take it back. Each act locks the item first."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity import taking_back
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core import pictured
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from taskforce.news.models import NewsItem


@transaction.atomic
def publish(*, item: NewsItem, by: Member | None, version: int | None = None) -> NewsItem:
    """Publish a draft or a planned item now; `by` is None for the portal itself.

    Raises Refused where somebody saved another `version` than the one that was read.
    """
    current = _unpublished(item, already=True)
    if version is not None and current.version != version:
        raise Refused(_("The news was changed while you read it. Read it once more."))
    current.published_at, current.publish_at = timezone.now(), None
    current.source_date = current.source_date or timezone.localdate()
    current.version += 1
    current.save()
    record(Verb.PUBLISHED, current, by=by.user if by else None)
    return current


@transaction.atomic
def plan(*, item: NewsItem, at: datetime) -> NewsItem:
    """Have the worker publish an item at a time that is still ahead."""
    current = _unpublished(item)
    if at <= timezone.now():
        raise Refused(
            _("That time has passed. Publish it now, or choose a later time."), field="at"
        )
    return _planned(current, at)


@transaction.atomic
def unplan(*, item: NewsItem) -> NewsItem:
    """Make a planned item a draft again."""
    return _planned(_unpublished(item), None)


def _planned(item: NewsItem, at: datetime | None) -> NewsItem:
    item.publish_at = at
    item.save(update_fields=["publish_at"])
    return item


@transaction.atomic
def take_back(*, item: NewsItem, reason: str, by: Member) -> TakenBack:
    """Make a published item a draft again. At its address the reason stands instead."""
    current = _locked(item)
    if current.published_at is None:
        raise Refused(_("The news has been taken back already."), already=True)
    if current.source_date == timezone.localdate(current.published_at):
        current.source_date = None  # it will be published on another day
    current.published_at = current.edited_at = None
    current.version += 1
    current.save()
    return taking_back.note(current, Verb.PUBLISHED, reason=reason, by=by.user)


@transaction.atomic
def discard(*, item: NewsItem) -> NewsItem:
    """Delete a draft with its picture; return it as it was."""
    current = _unpublished(item)
    pictured.delete_files(current)
    current.delete()
    return current


def _unpublished(item: NewsItem, *, already: bool = False) -> NewsItem:
    current = _locked(item)
    if current.published_at:
        raise Refused(_("The news is published already."), already=already)
    return current


def _locked(item: NewsItem) -> NewsItem:
    current = NewsItem.objects.select_for_update().filter(pk=item.pk).first()
    if current is None:
        raise Refused(_("The news has been deleted in the meantime."))
    return current
