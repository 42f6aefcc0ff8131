"""Say something about a thing, or reply to what somebody said."""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.limits import Limit
from taskforce.core.prepared import prepared
from taskforce.dialogue.models import Contribution, PublicTalk
from taskforce.dialogue.talk import mentioning
from taskforce.dialogue.talk.locking import lock_open, lock_shown, lock_spoken
from taskforce.following.acts import follow
from taskforce.following.things import named
from taskforce.members.models import Member

HOURLY = Limit("contribution", 20, timedelta(hours=1))
TOO_MANY = _(
    "You have written 20 contributions within an hour. "
    "What you wrote stands here: wait a little, and send it then."
)
SENT_AGAIN = timedelta(hours=1)  # who sends the same words within it sends them once


@transaction.atomic
def contribute(
    *,
    about: models.Model,
    kind: str,
    text: str,
    by: Member,
    for_all: bool = False,
    asked: Collection[str] = (),
) -> Contribution:
    """Say something about a thing on behalf of the member's organisation.

    `for_all` is what its writer was told: that everybody can read it. `asked` are the keys of
    those whom it mentions. Raises Refused where the talk is closed, where the member has written
    too much within an hour, and where somebody mentioned cannot read it.
    """
    thing = lock_open(about)
    return _write(Contribution(kind=kind, text=text), thing, by, for_all, asked)


@transaction.atomic
def reply(
    *,
    to: Contribution,
    text: str,
    by: Member,
    for_all: bool = False,
    asked: Collection[str] = (),
) -> Contribution:
    """Reply to a contribution; a reply to a reply stands under the same contribution.

    Raises Refused as `contribute` does, and where the words that it replies to stand no more.
    """
    thing = lock_open(to.target)
    found = lock_spoken(to)
    first = found if found.parent is None else lock_shown(found.parent)
    return _write(Contribution(parent=first, text=text), thing, by, for_all, asked)


def _write(
    made: Contribution, thing: models.Model, by: Member, for_all: bool, asked: Collection[str]
) -> Contribution:
    made.target_type, made.target_id = ContentType.objects.get_for_model(thing), thing.pk
    made.written_by, made.organisation = by.user, by.organisation
    if same := _same(made):
        return same
    HOURLY.count(str(by.user_id), TOO_MANY)
    made.organisation_name = by.organisation.name
    made.is_public = (
        for_all and is_read_by_all(thing) and (made.parent is None or made.parent.is_public)
    )
    made.save()
    follow(reader=by.user, **named(made.parent or made))
    told = record(Verb.ADDED, made, by=by.user)
    mentioning.mention(made, asked, thing=thing, told=told)
    return made


def _same(made: Contribution) -> Contribution | None:
    """Return what the member said in the same words a moment ago: they pressed the button twice."""
    said = Contribution.objects.spoken().filter(
        target_type=made.target_type,
        target_id=made.target_id,
        parent=made.parent,
        kind=made.kind,
        text=made.text,
        written_by=made.written_by,
        written_at__gt=timezone.now() - SENT_AGAIN,
    )
    return said.first()


def is_read_by_all(thing: models.Model) -> bool:
    """Tell whether everybody can read what is written about a thing from now on."""
    return bool(_public_talk(ContentType.objects.get_for_model(thing).pk, thing.pk))


@prepared
def _public_talk(kind: int, key: int) -> QuerySet[PublicTalk]:
    return PublicTalk.objects.filter(target_type=kind, target_id=key)
