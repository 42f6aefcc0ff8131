"""Follow and follow no longer, and choose how often to be told; one act changes one setting."""

from datetime import date
from typing import Any, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import unasked
from taskforce.core.acts import Refused
from taskforce.core.models import How, MailChoice
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Follower, Rhythm, whose
from taskforce.following.things import Named
from taskforce.members.models import User


def follow(*, reader: User | Follower, **what: Unpack[Named]) -> Follow:
    """Let somebody follow a thing, search words or the newsletter; once, however often asked."""
    row, _is_new = Follow.objects.get_or_create(**whose(reader), **what)
    return row


def unfollow(*, reader: User | Follower, **what: Unpack[Named]) -> None:
    """Let somebody follow something no longer."""
    for row in Follow.objects.of(reader).filter(**what):
        end(follow=row)


@transaction.atomic
def end(*, follow: Follow) -> Follow:
    """End a follow. A stranger's address is kept no longer than the last thing they follow."""
    if follow.follower_id:
        Follower.objects.select_for_update().filter(pk=follow.follower_id).first()
    Follow.objects.filter(pk=follow.pk).delete()
    if follow.follower_id and not Follow.objects.filter(follower=follow.follower_id).exists():
        Follower.objects.filter(pk=follow.follower_id).delete()
    return follow


def set_how(*, follow: Follow, how: How | None) -> Follow:
    """Say how often to be told of what is followed; None leaves it to its theme and its kind."""
    Follow.objects.filter(pk=follow.pk).update(how=how or "")
    follow.how = how or ""
    return follow


def choose(*, user: User, kind: Kind | unasked.Kind, how: How) -> MailChoice:
    """Say how often to be told of a kind of event, or to get a kind of letter: at once or never."""
    return unasked.choose(user=user.pk, kind=kind, how=how)


def set_rhythm(*, user: User, weekday: int, hour: int) -> Rhythm:
    """Say on which weekday and at which hour digests come."""
    return _set(user, weekday=weekday, hour=hour)


def pause(*, user: User, until: date | None) -> Rhythm:
    """Send nothing before a day; None ends the pause. Refused for a day that has come."""
    if until and until <= timezone.localdate():
        raise Refused(_("Choose a day that is still to come."), field="paused_until")
    return _set(user, paused_until=until)


def only_asked(*, user: User, is_wanted: bool) -> Rhythm:
    """Send only what asks something of them, or what they chose again."""
    return _set(user, only_asked=is_wanted)


def stop_all(*, reader: unasked.Reader, **signal: Any) -> None:
    """Tell somebody who stopped all mail nothing that happens, and forget a stranger."""
    if reader.user:
        only_asked(user=User.objects.get(pk=reader.user), is_wanted=True)
    else:
        Follower.objects.filter(email=reader.address).delete()


@transaction.atomic
def _set(user: User, **fields: Any) -> Rhythm:
    return Rhythm.objects.update_or_create(user=user, defaults=fields)[0]
