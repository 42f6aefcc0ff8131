"""Introduce, skip and send the newsletter. Each act locks the next one first.

It shares its bounds with the members' weekly digest: both end some minutes ago, and begin where the
last one of theirs ended. The worker sends the newsletter before it looks for digests that are due;
a digest carries the introduction of each newsletter that ended within its own bounds, so that each
member reads it once, whatever day they chose. Whoever gets the newsletter reads what it tells
there, and their digest leaves it out.
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
from taskforce.following.models import Follow, How, Newsletter, NewsletterCopy, Rhythm
from taskforce.following.newsletter import content, due
from taskforce.following.newsletter.forms import IntroductionForm
from taskforce.following.outside.links import choices_of
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
    letter.ends_at, letter.sent_at, letter.day = now - SETTLED, now, now.astimezone(HERE).date()
    letter.save()
    letter.events.set([one.activity for one in news])
    record(Verb.PUBLISHED, letter, by=None)
    NewsletterCopy.objects.bulk_create(
        NewsletterCopy(newsletter=letter, follow=follow) for follow in followers()
    )
    _send_waiting(letter, news, now)
    return letter


@transaction.atomic
def send_late(now: datetime) -> int:
    """Send the latest newsletter to those whose address takes mail again; return to how many.

    It holds what a stranger may still read. An earlier one is no news any more.
    """
    letter = Newsletter.objects.sent().select_for_update().first()
    if letter is None or not letter.letters.waiting().exists():
        return 0
    return _send_waiting(letter, content.told_in(letter), now)


def _send_waiting(letter: Newsletter, news: list[Happening], now: datetime) -> int:
    """Send the copies that wait, but to addresses that take no mail; return how many."""
    told = {follow.pk: follow for follow in followers()}
    waiting = [row for row in letter.letters.waiting().order_by("pk") if row.follow_id in told]
    refusing = bounces.withheld_among({told[row.follow_id].reader.email for row in waiting})
    sent = [row for row in waiting if told[row.follow_id].reader.email.lower() not in refusing]
    sections = content.sections(news)
    for row in sent:
        _send(letter, told[row.follow_id], sections)
    letter.letters.filter(pk__in=[row.pk for row in sent]).update(sent_at=now)
    letter.copies += len(sent)
    letter.save(update_fields=["copies"])
    return len(sent)


def _send(letter: Newsletter, follow: Follow, sections: list[content.Section]) -> None:
    reader = follow.reader
    with override("da"):
        mail.send(
            "newsletter",
            to=reader.email,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={
                "letter": letter,
                "introduction": as_text(letter.introduction),
                "sections": sections,
                "why": _("You get this mail because you follow the newsletter."),
                "choices": choices_of(reader),
            },
            stop=links.stop(reader, follow, None),
        )


def followers() -> list[Follow]:
    """Return who follows the newsletter: members, and strangers with a confirmed address."""
    told = Q(user__in=wishes.members()) & ~_wants_none() | Q(follower__confirmed_at__isnull=False)
    found = Follow.objects.filter(told, **NEWSLETTER).exclude(how=How.NEVER)
    return [*found.select_related("user", "follower").order_by("pk")]


def _wants_none() -> Q:
    """Match who pauses today, or wants nothing but what asks something of them."""
    pausing = Rhythm.objects.filter(paused_until__gt=timezone.localdate())
    rhythms = pausing | Rhythm.objects.filter(only_asked=True)
    return Q(user__in=rhythms.values("user"))
