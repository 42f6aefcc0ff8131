"""What one reader is told of some happenings, and why: judged at the moment of telling."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from taskforce.activity.taking_back import kept_address
from taskforce.core.models import MailingCopy
from taskforce.following import visits
from taskforce.following.happenings import Happening, Sight, key_of
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Newsletter, NewsletterCopy, Told
from taskforce.following.resolving import Near, Reason, resolve
from taskforce.following.wishes import Reader, Wishes
from taskforce.members.models import User

LONGEST = 600  # characters of the new words
# Why somebody is told: at the end of a letter, and in a digest.
AS_NEWS = (_("You get it as news from the taskforce."), _("News from the taskforce."))
AS_GONE = (_("You get it because you follow it."), _("You follow it."))
BY_WORDS = (
    _("You get it because you follow the search words “%(words)s”."),
    _("You follow the search words “%(words)s”."),
)
BY_THING = (
    _("You get it because you follow “%(title)s”."),
    _("You follow “%(title)s”."),
)


@dataclass(frozen=True)
class Line:
    """One happening as one reader is told of it. What is gone names nothing, and leads nowhere."""

    happening: Happening
    reason: Reason
    follow: Follow | None = None  # what it came through
    is_gone: bool = False

    @property
    def sentence(self) -> str:
        return str(self.happening.event.once_gone) if self.is_gone else self.happening.sentence

    @property
    def words(self) -> str:
        return (
            "" if self.is_gone else Truncator(" ".join(self.happening.words.split())).chars(LONGEST)
        )

    @property
    def url(self) -> str:
        return "" if self.is_gone else str(self.happening.place.get_absolute_url())

    @property
    def heading(self) -> str:
        return str(_("No longer in the portal")) if self.is_gone else str(self.happening.place)

    @property
    def why(self) -> str:
        """Say in a sentence why they get a letter."""
        words, names = self._reason
        return str(words[0]) % names

    @property
    def why_in_short(self) -> str:
        """Say the same below what a digest tells of one thing."""
        words, names = self._reason
        return str(words[1]) % names

    @property
    def _reason(self) -> tuple[tuple[StrOrPromise, StrOrPromise], dict[str, Any]]:
        through = self.reason.through
        if through is None:
            return AS_NEWS, {}
        if self.is_gone:
            return AS_GONE, {}
        if through.kind == Kind.WORDS:
            return BY_WORDS, {"words": through.key}
        rows = (*self.happening.about, *self.happening.themes)
        return BY_THING, {"title": next(row for row in rows if key_of(row) == through.key)}


def judge(
    wishes: Wishes,
    happenings: Sequence[Happening],
    sight: Sight,
    found: dict[int, set[str]],
) -> list[Line]:
    """Return what somebody is told, in order: not what they did, opened since or were told of."""
    lines = [line for one in happenings if (line := _line(wishes, one, sight, found))]
    known = _known(wishes, [line.happening for line in lines])
    return [line for line in lines if line.happening.activity.pk not in known]


def _line(
    wishes: Wishes, happening: Happening, sight: Sight, found: dict[int, set[str]]
) -> Line | None:
    user = wishes.reader if isinstance(wishes.reader, User) else None
    if user and happening.activity.actor_id == user.pk:
        return None
    is_shown = sight.shows(happening)
    if not is_shown and not happening.event.once_gone:
        return None
    near = [one for one in happening.near() if one.key in sight] if is_shown else _place(happening)
    if is_shown:
        near += [Near(one, Kind.WORDS) for one in sorted(found.get(happening.activity.pk, ()))]
    reason = resolve(
        near,
        wishes.said_at(happening.activity.at),
        wishes.choices,
        new=happening.event.new if user and is_shown else None,
        only_asked=wishes.rhythm.only_asked,
    )
    if reason is None:
        return None
    follow = wishes.follows[reason.through.key] if reason.through else None
    return Line(happening, reason, follow, not is_shown)


def _place(happening: Happening) -> list[Near]:
    """Return the place alone, which those who follow it saw when they began to."""
    return [one for one in happening.near() if one.key == key_of(happening.place)]


def _known(wishes: Wishes, happenings: Sequence[Happening]) -> set[int]:
    """Return the records of what somebody was told of, has read, or cannot place; few queries."""
    events, reader = [one.activity.pk for one in happenings], wishes.reader
    if not events:
        return set()
    rows: Any = Told.objects.of(reader).filter(event__in=events)
    known = {*rows.values_list("event", flat=True)}
    known |= _in_newsletters(wishes, events) | _never_knew(reader, happenings)
    if isinstance(reader, User):
        opened = [(one.activity, one.place) for one in happenings if not one.event.once_gone]
        known |= visits.opened_since(reader, opened) | _mailed(reader, happenings)
    return known


def _in_newsletters(wishes: Wishes, events: Collection[int]) -> set[int]:
    """Return the records of what the newsletters told that went to a reader."""
    if (follow := wishes.newsletter) is None:
        return set()
    got = NewsletterCopy.objects.sent().filter(follow=follow).values("newsletter")
    rows = Newsletter.events.through.objects.filter(newsletter__in=got, activity__in=events)
    return {*rows.values_list("activity", flat=True)}


def _never_knew(reader: Reader, happenings: Iterable[Happening]) -> set[int]:
    """Return the records of what undoes something that somebody was not told of."""
    undone = [one for one in happenings if one.event.undoes]
    if not undone:
        return set()
    targets = {one.target.pk for one in undone}
    told: Any = Told.objects.of(reader).filter(event__target_id__in=targets)
    columns = ("event__target_type", "event__target_id", "event__verb")
    knew = {*told.values_list(*columns)}
    return {
        one.activity.pk
        for one in undone
        if not any((*key_of(one.target), verb) in knew for verb in one.event.undoes)
    }


def _mailed(user: User, happenings: Iterable[Happening]) -> set[int]:
    """Return the records of what the act itself has mailed to somebody."""
    by_letter = [one for one in happenings if one.event.mailing]
    if not by_letter:
        return set()
    first = min(one.activity.at for one in by_letter)
    copies = MailingCopy.objects.filter(user=user, mailing__sent_at__gte=first)
    got = {
        (name, kept_address(about))
        for name, about in copies.values_list("mailing__name", "mailing__about")
    }
    return {
        one.activity.pk
        for one in by_letter
        if (one.event.mailing, kept_address(one.place.get_absolute_url())) in got
    }
