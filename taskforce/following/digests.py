"""Digests: what happened since the last one, at the hour that its reader chose.

A digest is a row with half-open bounds, and begins where the one before ended. It ends some minutes
ago, so that no change that is still being saved falls between two of them. Whoever has none yet
gets an empty one, which only says where the first begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Activity
from taskforce.core import bounces, jobs, mail
from taskforce.core.rich_text import as_text
from taskforce.following import happenings, standing, wishes
from taskforce.following.happenings import Happening, Sight, gather, key_of
from taskforce.following.judging import Line, judge
from taskforce.following.models import (
    Digest,
    Follow,
    Follower,
    How,
    Newsletter,
    Told,
    sees_as,
    whose,
)
from taskforce.following.newsletter import content
from taskforce.following.outside.links import choices_of
from taskforce.following.stopping import links
from taskforce.following.telling import lock
from taskforce.following.wishes import Reader, Wishes
from taskforce.members.models import User
from taskforce.members.roles import is_member

HERE = ZoneInfo("Europe/Copenhagen")
SETTLED = timedelta(minutes=10)
# What each tells of: what was not told at once, since there was much, comes with the day's.
LEVELS = {How.DAILY: (How.DAILY, How.AT_ONCE), How.WEEKLY: (How.WEEKLY,)}
LENGTH = {How.DAILY: timedelta(days=1), How.WEEKLY: timedelta(days=7)}
WEEKEND = (5, 6)
WITH_NEWS = _("You get this mail with what you follow, and with news from the taskforce.")
OF_FOLLOWED = _("You get this mail with what you follow.")
MOST = 40  # things in one letter; the rest stands in the portal


@dataclass(frozen=True)
class Group:
    """What is told of one thing, in order of time."""

    lines: list[Line]

    @property
    def heading(self) -> str:
        return self.lines[0].heading

    @property
    def title(self) -> str:
        """What happened first, where it names the thing; else the thing."""
        said = self.lines[0].sentence
        return said if self.heading.casefold() in said.casefold() else self.heading

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is told below the title: sentences, none twice in a row, and the new words."""
        before = [self.title, *(line.sentence for line in self.lines)]
        return [
            ("" if line.sentence == last else line.sentence, line.words)
            for line, last in zip(self.lines, before, strict=False)
        ]

    @property
    def url(self) -> str:
        return self.lines[0].url

    @property
    def why(self) -> str:
        return self.lines[0].why_in_short


@dataclass(frozen=True)
class Preview:
    """What the next digest would say if nothing more happened, and when it comes."""

    how: How
    due: datetime
    groups: list[Group]
    introduction: str
    standing: list[standing.Section]


def due_at(wished: Wishes, how: How, now: datetime) -> datetime:
    """Return the latest moment at which a reader's digest was to be sent."""
    day = now.astimezone(HERE).date()
    while not _is_due_on(wished, how, day) or _moment(wished, day) > now:
        day -= timedelta(days=1)
    return _moment(wished, day)


def next_due(wished: Wishes, how: How, now: datetime) -> datetime:
    """Return when the next one is to be sent, after a pause if there is one."""
    day = max(now.astimezone(HERE).date(), wished.rhythm.paused_until or date.min)
    while not _is_due_on(wished, how, day) or _moment(wished, day) <= now:
        day += timedelta(days=1)
    return _moment(wished, day)


def _is_due_on(wished: Wishes, how: How, day: date) -> bool:
    if how == How.WEEKLY:
        return day.weekday() == wished.rhythm.weekday
    return day.weekday() not in WEEKEND


def _moment(wished: Wishes, day: date) -> datetime:
    """Return the reader's hour of a day here. One that the clock skips in spring comes later."""
    return datetime.combine(day, time(wished.rhythm.hour), HERE).astimezone(ZoneInfo("UTC"))


def run(now: datetime) -> int:
    """Send every digest that is due, however long the worker was away; return how many letters.

    What happened is read once for everybody; each reader takes a few queries more. A fault with one
    reader stops no other.
    """
    found = wishes.of(_readers())
    ends = _ends()
    waiting = [(one, how) for one in found for how in LEVELS if _is_waiting(one, how, now, ends)]
    if not waiting:
        return 0
    withheld = bounces.withheld_among({one.reader.email for one, _how in waiting})
    waiting = [(one, how) for one, how in waiting if one.reader.email.lower() not in withheld]
    told = _between(min((_since(one, ends) for one, _how in waiting), default=now), now)
    return jobs.all_of("digests", (partial(_run, one, how, now, told) for one, how in waiting))


def _readers() -> Iterator[Reader]:
    yield from wishes.members().order_by("pk")
    followed = Follow.objects.exclude(target_type=None, words="").values("follower")
    yield from Follower.objects.confirmed().filter(pk__in=followed).order_by("pk")


Ends = dict[tuple[int | None, int | None, str], datetime]


def _ends(**of_one: Reader) -> Ends:
    """Return when the last digest of each reader ended."""
    rows = Digest.objects.filter(**of_one).order_by().values_list("user", "follower", "how")
    return {(user, other, how): end for user, other, how, end in rows.annotate(Max("ends_at"))}


def _last(wished: Wishes, how: How, ends: Ends) -> datetime | None:
    return ends.get((*wishes.name_of(wished.reader), how))


def _since(wished: Wishes, ends: Ends) -> datetime:
    """Return since when there may be something to tell: a level may have changed meanwhile."""
    found = (_last(wished, how, ends) for how in LEVELS)
    return min((end for end in found if end), default=timezone.now())


def _is_waiting(wished: Wishes, how: How, now: datetime, ends: Ends) -> bool:
    """Tell whether a digest is due. One that was due in a pause is not made up for."""
    last, due = _last(wished, how, ends), due_at(wished, how, now)
    if last is None:
        return True
    changed_at = wished.rhythm.changed_at
    is_late_choice = changed_at is not None and due <= changed_at
    is_paused = wished.rhythm.is_paused(due.astimezone(HERE).date())
    return last < due - SETTLED and not is_paused and not is_late_choice


def _between(begins: datetime, now: datetime) -> list[Happening]:
    """Return what happened from a moment until lately, the oldest first."""
    records = Activity.objects.filter(at__gte=begins, at__lt=now - SETTLED)
    return gather(records.order_by("at", "pk"))


@transaction.atomic
def _run(wished: Wishes, how: How, now: datetime, told: Sequence[Happening]) -> bool:
    """Send one reader one digest, if nobody did meanwhile; return whether there was anything."""
    reader = wished.reader
    lock(reader)
    ends = _ends(**whose(reader))
    if not _is_waiting(wished, how, now, ends):
        return False
    if (begins := _last(wished, how, ends)) is None:
        _begin(wished, how, now)
        return False
    lines = _lines(wished, how, _since(wished, ends), told)
    made = Digest.objects.create(
        **whose(reader), how=how, begins_at=begins, ends_at=now - SETTLED, events=len(lines)
    )
    Told.objects.bulk_create(
        Told(**whose(reader), event=line.happening.activity, digest=made) for line in lines
    )
    if lines:
        _send(reader, how, made, lines)
    return bool(lines)


def _begin(wished: Wishes, how: How, now: datetime) -> None:
    """Note where a reader's first digest begins."""
    ends = due_at(wished, how, now) - SETTLED
    bounds = {"begins_at": ends - LENGTH[how], "ends_at": ends}
    Digest.objects.create(**whose(wished.reader), how=how, **bounds)


def _lines(wished: Wishes, how: How, since: datetime, told: Sequence[Happening]) -> list[Line]:
    """Return what a reader's digest says of what happened since a moment."""
    lately = [one for one in told if one.activity.at >= since]
    found = happenings.found_by(wished.words, lately)
    lines = judge(wished, lately, Sight(sees_as(wished.reader), lately), found)
    return [line for line in lines if line.reason.how in LEVELS[how]]


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Return lines by the thing that each shows on, the thing with the newest first."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(key_of(line.happening.place), []).append(line)
    newest = sorted(groups.values(), key=lambda some: some[-1].happening.activity.at, reverse=True)
    return [Group(some) for some in newest]


def _send(reader: Reader, how: How, made: Digest, lines: list[Line]) -> None:
    """Put a digest in the outbox; its subject names the newest thing."""
    groups = grouped(lines)
    mail.send(
        "digest",
        to=reader.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={
            "is_weekly": how == How.WEEKLY,
            "introduction": _introduction(reader, how, made.begins_at, made.ends_at),
            "newest": next((group for group in groups if group.url), None),
            "groups": groups[:MOST],
            "more": len(groups) - MOST,
            "standing": _standing(reader, how, lines),
            "why": WITH_NEWS if isinstance(reader, User) else OF_FOLLOWED,
            "choices": choices_of(reader),
        },
        stop=links.stop_all(reader),
    )


def _without_news(lines: list[Line]) -> list[Line]:
    """Return what the newsletter does not tell."""
    news = {one.activity.pk for one in content.public([line.happening for line in lines])}
    return [line for line in lines if line.happening.activity.pk not in news]


def _introduction(reader: Reader, how: How, begins: datetime, ends: datetime) -> str:
    """Return what the secretariat says first in the newsletter, for a member's weekly digest."""
    if how != How.WEEKLY or not isinstance(reader, User):
        return ""
    letters = Newsletter.objects.introducing(reader, begins, ends)
    return "\n\n".join(as_text(letter.introduction) for letter in letters)


def _standing(reader: Reader, how: How, lines: list[Line]) -> list[standing.Section]:
    """Return what waits for a member, in the language of the letter; once a week."""
    if how != How.WEEKLY or not (isinstance(reader, User) and is_member(reader)):
        return []
    with translation.override("da"):
        return standing.sections(reader, told=[line.happening.target for line in lines])


def preview(user: User, now: datetime) -> list[Preview]:
    """Return what a user's next digests would say now, without those that would say nothing."""
    (wished,) = wishes.of([user])
    ends = _ends(user=user)
    since = _since(wished, ends)
    told = gather(Activity.objects.filter(at__gte=since, at__lt=now).order_by("at", "pk"))
    lines = {how: _lines(wished, how, since, told) for how in LEVELS}
    if wished.newsletter:  # it goes first, and tells of these
        lines[How.WEEKLY] = _without_news(lines[How.WEEKLY])
    return [
        Preview(
            how,
            next_due(wished, how, now),
            grouped(lines[how]),
            _introduction(user, how, _last(wished, how, ends) or now, now),
            _standing(user, how, lines[how]),
        )
        for how in LEVELS
        if lines[how]
    ]
