"""What a newsletter holds: the news of its time that a stranger may read now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.text import Truncator

from taskforce.activity.models import Activity
from taskforce.following.happenings import Happening, Sight, gather
from taskforce.following.kinds import Kind
from taskforce.following.models import Newsletter

LONGEST = 300  # characters of the new words


@dataclass(frozen=True)
class Piece:
    """One piece of news."""

    happening: Happening

    @property
    def sentence(self) -> str:
        return self.happening.sentence

    @property
    def words(self) -> str:
        return Truncator(" ".join(self.happening.words.split())).chars(LONGEST)

    @property
    def url(self) -> str:
        return str(self.happening.place.get_absolute_url())


@dataclass(frozen=True)
class Section:
    """The news of one kind, in order of time."""

    kind: Kind
    pieces: list[Piece]


def happened(begins: datetime, ends: datetime) -> list[Happening]:
    """Return what happened from one moment to before another that a stranger may read now."""
    records = Activity.objects.filter(at__gte=begins, at__lt=ends)
    return public(gather(records.order_by("at", "pk")))


def told_in(letter: Newsletter) -> list[Happening]:
    """Return what a newsletter told that a stranger still may read."""
    return public(gather(letter.events.order_by("at", "pk")))


def public(happenings: Iterable[Happening]) -> list[Happening]:
    """Return the news among them that a stranger may read."""
    news = [one for one in happenings if one.event.new]
    sight = Sight(AnonymousUser(), news)
    return [one for one in news if sight.shows(one)]


def sections(happenings: Iterable[Happening]) -> list[Section]:
    """Return news by its kind, in the order of kinds."""
    by_kind: dict[str, list[Piece]] = defaultdict(list)
    for one in happenings:
        by_kind[str(one.event.new)].append(Piece(one))
    return [Section(kind, by_kind[kind]) for kind in Kind if kind in by_kind]
