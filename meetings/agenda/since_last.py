"""Texts that the portal writes for an agenda: what happened since last, and what is agreed.

Each floor tells its own: `barriers.since_last` and the others register when the portal starts, so
that this floor knows nothing of them. The agenda is public, so everything is read as a stranger.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Meeting,
    MeetingState,
    Minutes,
    Precision,
    Purpose,
)
from taskforce.activity.models import Verb
from taskforce.activity.reading import told_of
from taskforce.core.rich_text import as_text
from taskforce.members.models import Organisation

MOST = 25  # lines under a heading; nobody reads out more
MOST_AGREED = 100  # what is agreed is followed up, however much it is


@dataclass(frozen=True)
class Line:
    """One thing to tell: its words, and where one reads on."""

    words: str
    url: str = ""

    @property
    def html(self) -> str:
        if not self.url:
            return escape(self.words)
        return format_html('<a href="{}">{}</a>', self.url, self.words)


@dataclass(frozen=True)
class Chapter:
    heading: str
    lines: list[Line]


Source = Callable[[datetime], Iterable[Line]]  # since when → what to tell, as strangers may read it
_sources: dict[Source, tuple[int, StrOrPromise]] = {}


def told_under(heading: StrOrPromise, *, place: int) -> Callable[[Source], Source]:
    """Register a function that tells, under a heading, what happened since a moment.

    Headings stand in the order of their places: along the thread, from barriers to deadlines.
    """

    def register(source: Source) -> Source:
        _sources[source] = (place, heading)
        return source

    return register


def last_meeting(meeting: Meeting) -> Meeting | None:
    """Return the meeting before this one: it was held, its day is past, or minutes are begun.

    A meeting that is still ahead is none, though its minutes may be prepared.
    """
    today = timezone.localdate()
    earlier = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(
        date__lt=meeting.date, number__lt=meeting.number, date__lte=today
    )
    begun = earlier.filter(pk__in=Minutes.objects.values("meeting"))
    held = earlier.filter(state=MeetingState.HELD) | begun
    return (held | earlier.passed(today)).order_by("-date", "-number").first()


def chapters(meeting: Meeting, purpose: str) -> list[Chapter]:
    """Return what the portal has to tell under an item of a purpose; nothing for most."""
    with translation.override("da"):
        if purpose == Purpose.SINCE_LAST:
            return [*_since(last_meeting(meeting))]
        if purpose == Purpose.FOLLOW_UP:
            return [*_agreed()]
    return []


def _since(last: Meeting | None) -> Iterator[Chapter]:
    if last is None:
        return
    # Where only the month is known, too much is told rather than too little.
    is_day = last.date_precision == Precision.DAY
    since = last.over_at if is_day else timezone.make_aware(datetime.combine(last.date, time()))
    for source, (_place, heading) in sorted(_sources.items(), key=lambda found: found[1][0]):
        if lines := _at_most(MOST, source(since)):
            yield Chapter(str(heading), lines)


def _at_most(most: int, lines: Iterable[Line]) -> list[Line]:
    """Return so many lines, and one that tells how many more there are."""
    found = [*lines]
    if (more := len(found) - most) <= 0:
        return found
    told = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return [*found[:most], Line(told)]


def _agreed() -> Iterator[Chapter]:
    """Yield what is agreed in published minutes and not done: by organisation, no person named."""
    points = ActionPoint.objects.published().open().select_related("organisation", "meeting")
    lines = (Line(_in_words(point), point.get_absolute_url()) for point in points)
    if told := _at_most(MOST_AGREED, lines):
        yield Chapter("", told)


def _in_words(point: ActionPoint) -> str:
    who = point.organisation.name if point.organisation else _("Everybody")
    words = f"{who}: {point.what}"
    if point.due_on is None:
        return words
    day = date_format(point.due_on, "DATE_FORMAT")
    return _("%(what)s (by %(day)s)") % {"what": words, "day": day}


def written(found: Iterable[Chapter]) -> str:
    """Return chapters as the HTML of an item's details."""
    return "".join(
        (f"<h4>{escape(chapter.heading)}</h4>" if chapter.heading else "")
        + f"<ul>{''.join(f'<li>{line.html}</li>' for line in chapter.lines)}</ul>"
        for chapter in found
    )


def unwritten(item: AgendaItem, text: str) -> list[Chapter]:
    """Return what the portal has to tell and an item's text does not say yet."""
    said = " ".join(as_text(text).split())
    found = (
        Chapter(
            chapter.heading,
            [line for line in chapter.lines if " ".join(line.words.split()) not in said],
        )
        for chapter in chapters(item.meeting, item.purpose)
    )
    return [chapter for chapter in found if chapter.lines]


@told_under(gettext_lazy("New in the taskforce"), place=7)
def _joined(since: datetime) -> Iterator[Line]:
    joined = told_of(Organisation, [Verb.JOINED], since=since, viewer=AnonymousUser())
    for organisation in joined.filter(in_taskforce=True):
        yield Line(organisation.name, organisation.get_absolute_url())


def day_in_words(moment: datetime) -> str:
    return str(date_format(timezone.localdate(moment), "DATE_FORMAT"))
