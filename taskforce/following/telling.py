"""Tell at once of what happened, some minutes later: by then a slip is put right and mails nobody.

Whoever gets many letters in an hour gets the rest with the day's digest.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from taskforce.activity.models import Activity, Verb
from taskforce.core import bounces, jobs, mail
from taskforce.core.models import MailChoice
from taskforce.following import happenings, wishes
from taskforce.following.happenings import Happening, Sight, gather, is_told
from taskforce.following.judging import Line, judge
from taskforce.following.kinds import DEFAULT
from taskforce.following.models import (
    Digest,
    Follow,
    Follower,
    How,
    NewsletterCopy,
    Told,
    sees_as,
    whose,
)
from taskforce.following.outside.links import choices_of
from taskforce.following.stopping import links
from taskforce.following.wishes import Reader, Wishes

LATER = timedelta(minutes=5)
LONG_AGO = timedelta(days=1)  # what is recorded of an earlier day, such as an example, is no news
AN_HOUR = timedelta(hours=1)
KEPT = timedelta(days=400)
MOST = 3  # letters an hour to one reader


def is_news(record: Activity) -> bool:
    """Tell whether what is recorded is to be told: it is an event, and not of an earlier day."""
    return is_told(record) and record.at > timezone.now() - LONG_AGO


def tell(event: Activity) -> int:
    """Write to everybody who wants to hear of an event at once; return to how many.

    What a worker that was long away finds too late comes with the next digest.
    """
    found = gather([event]) if is_news(event) else []
    letters = (partial(_tell, one, reader) for one in found for reader in _readers(one))
    return jobs.all_of("letters of an event", letters)


def _readers(happening: Happening) -> Iterator[Reader]:
    """Yield who may want to hear of it at once: followers of anything near, or of such news."""
    users, strangers = wishes.who_follow(one.key for one in happening.near())
    yield from wishes.members().filter(Q(pk__in=users) | _want(happening)).order_by("pk")
    yield from Follower.objects.confirmed().filter(pk__in=strangers).order_by("pk")


def _want(happening: Happening) -> Q:
    if (kind := happening.event.new) is None:
        return Q(pk=None)
    chosen = MailChoice.objects.filter(kind=kind)
    wanted = Q(pk__in=chosen.filter(how=How.AT_ONCE).values("user"))
    return wanted | ~Q(pk__in=chosen.values("user")) if DEFAULT[kind] == How.AT_ONCE else wanted


@transaction.atomic
def _tell(happening: Happening, reader: Reader) -> bool:
    """Write to one reader, once; return whether a letter went out."""
    lock(reader)
    (wished,) = wishes.of([reader])
    line = _line(wished, happening)
    if line is None or line.reason.how != How.AT_ONCE:
        return False
    if _waits(wished):
        return False  # the next digest has it
    Told.objects.create(**whose(reader), event=happening.activity)
    send(reader, line)
    return True


def _waits(wished: Wishes) -> bool:
    is_paused = wished.rhythm.is_paused(timezone.localdate())
    return is_paused or bounces.withheld(wished.reader.email) or _has_many(wished.reader)


def told_of(target: models.Model, verb: Verb) -> Iterator[str]:
    """Yield the addresses of those who were told that something was done to a row."""
    kind = ContentType.objects.get_for_model(target)
    done = Activity.objects.filter(target_type=kind, target_id=target.pk, verb=verb)
    told = Told.objects.filter(event__in=done)
    yield from wishes.members().filter(pk__in=told.values("user")).values_list("email", flat=True)
    strangers = Follower.objects.confirmed().filter(pk__in=told.values("follower"))
    yield from strangers.values_list("email", flat=True)


def forget() -> None:
    """Forget what was told long ago, and follows of what is no longer there."""
    long_ago = timezone.now() - KEPT
    Told.objects.filter(at__lt=long_ago).delete()
    newer = Digest.objects.filter(how=OuterRef("how"), begins_at__gt=OuterRef("begins_at")).filter(
        Q(user=OuterRef("user")) | Q(follower=OuterRef("follower"))
    )
    Digest.objects.filter(Exists(newer), ends_at__lt=long_ago).delete()
    NewsletterCopy.objects.filter(newsletter__sent_at__lt=long_ago).delete()
    for kind in ContentType.objects.filter(pk__in=Follow.objects.values("target_type")):
        there: Any = kind.model_class()
        of_kind = Follow.objects.filter(target_type=kind)
        of_kind.exclude(target_id__in=there._base_manager.values("pk")).delete()


def lock(reader: Reader) -> None:
    """Let one worker at a time tell a reader anything."""
    rows: Any = type(reader)._default_manager.select_for_update(no_key=True, of=("self",))
    rows.get(pk=reader.pk)


def _line(wished: Wishes, happening: Happening) -> Line | None:
    found = happenings.found_by(wished.words, [happening])
    sight = Sight(sees_as(wished.reader), [happening])
    return next(iter(judge(wished, [happening], sight, found)), None)


def _has_many(reader: Reader) -> bool:
    lately = Told.objects.of(reader).filter(digest=None, at__gt=timezone.now() - AN_HOUR)
    return lately.count() >= MOST


def send(reader: Reader, line: Line) -> None:
    """Put the letter about one event in the outbox. Its subject is the same for one thing."""
    with override("da"):
        mail.send(
            "event",
            to=reader.email,
            about=line.happening.place,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"line": line, "why": line.why, "choices": choices_of(reader)},
            stop=links.stop(reader, line.follow, line.happening.event.new),
            quotes=None if line.is_gone else line.happening.target,
        )
