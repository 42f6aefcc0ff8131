"""Introduce, skip and send the newsletter. Each act locks the next one first.

It shares its bounds with the members' weekly digest: both end some minutes ago, and begin where the
last one of theirs ended. The worker sends the newsletter before it looks for digests that are due;
a digest carries the introduction of each newsletter that ended within its own bounds, so that each
member reads it once, whatever day they chose.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import bounces, mail
from taskforce.core.acts import Conflict, Refused
from taskforce.core.rich_text import as_text
from taskforce.following import wishes
from taskforce.following.digests import HERE, SETTLED
from taskforce.following.happenings import Happening
from taskforce.following.models import Follow, Newsletter, Rhythm
from taskforce.following.newsletter import content, due
from taskforce.following.newsletter.forms import IntroductionForm
from taskforce.following.stopping import links
from taskforce.following.things import NEWSLETTER


def upcoming(now: datetime) -> Newsletter:
    """Return the next newsletter, which may not be saved yet."""
    return Newsletter.objects.waiting().first() or Newsletter(begins_at=_begins(now))


def _begins(now: datetime) -> datetime:
    """Return where the next one begins: where the last one ended, or at the latest Tuesday."""
    last = Newsletter.objects.sent().first()
    return last.ends_at if last and last.ends_at else due.moment(due.latest(now)) - SETTLED


def _locked(now: datetime) -> Newsletter:
    Newsletter.objects.get_or_create(sent_at=None, defaults={"begins_at": _begins(now)})
    return Newsletter.objects.waiting().select_for_update().get()


@transaction.atomic
def introduce(*, form: IntroductionForm) -> Newsletter:
    """Save what stands first in the next newsletter; raises Conflict if somebody saved first."""
    letter = _locked(timezone.now())
    if letter.version != form.cleaned_data["version"]:
        raise Conflict(letter)
    letter.introduction = form.cleaned_data["introduction"]
    letter.version += 1
    letter.save(update_fields=["introduction", "version"])
    return letter


@transaction.atomic
def skip(*, day: str) -> Newsletter:
    """Let no newsletter go on a day; the next one covers both weeks.

    Raises Refused where it does not go on that day, since somebody skipped it already.
    """
    now = timezone.now()
    letter = _locked(now)
    goes_on = due.goes_on(letter, now)
    if goes_on.isoformat() != day:
        raise Refused(_("The newsletter does not go on that day any more."), already=True)
    letter.not_before = goes_on + due.WEEK
    letter.save(update_fields=["not_before"])
    return letter


@transaction.atomic
def skip_no_more() -> Newsletter:
    """Let the newsletter go on the next Tuesday after all."""
    letter = _locked(timezone.now())
    letter.not_before = None
    letter.save(update_fields=["not_before"])
    return letter


@transaction.atomic
def send_due(now: datetime) -> Newsletter | None:
    """Send the newsletter if its hour has come, once.

    With neither news nor an introduction nothing goes, and the next one begins where this one did.
    """
    letter = _locked(now)
    if not due.is_due(letter, now):
        return None
    news = content.happened(letter.begins_at, now - SETTLED)
    if not news and not letter.introduction:
        letter.not_before = due.latest(now) + due.WEEK
        letter.save(update_fields=["not_before"])
        return None
    return _send_to(_follows(), letter, news, now)


def _send_to(
    follows: list[Follow], letter: Newsletter, news: list[Happening], now: datetime
) -> Newsletter:
    letter.ends_at, letter.sent_at, letter.day = now - SETTLED, now, now.astimezone(HERE).date()
    letter.copies = len(follows)
    letter.save()
    letter.events.set([one.activity for one in news])
    record(Verb.PUBLISHED, letter, by=None)
    with override("da"):
        context = {
            "letter": letter,
            "introduction": as_text(letter.introduction),
            "sections": content.sections(news),
            "why": _("You get this mail because you follow the newsletter."),
        }
        for follow in follows:
            reader = follow.reader
            mail.send(
                "newsletter",
                to=reader.email,
                reply_to=settings.SECRETARIAT_EMAIL,
                context=context,
                stop=links.stop(reader, follow, None),
            )
    return letter


def followers() -> list[Follow]:
    """Return who follows the newsletter: members, and strangers with a confirmed address."""
    told = Q(user__in=wishes.members()) & ~_wants_none() | Q(follower__confirmed_at__isnull=False)
    found = Follow.objects.filter(told, **NEWSLETTER)
    return [*found.select_related("user", "follower").order_by("pk")]


def _wants_none() -> Q:
    """Match who pauses today, or wants nothing but what asks something of them."""
    pausing = Rhythm.objects.filter(paused_until__gt=timezone.localdate())
    rhythms = pausing | Rhythm.objects.filter(only_asked=True)
    return Q(user__in=rhythms.values("user"))


def _follows() -> list[Follow]:
    """Return the followers whose address takes mail."""
    found = followers()
    withheld = bounces.withheld_among({follow.reader.email for follow in found})
    return [follow for follow in found if follow.reader.email.lower() not in withheld]
