"""Texts that the portal writes for an agenda: what happened since last, and what is agreed.

Each floor tells its own: `barriers.since_last` and the others register when the portal starts, so
that this floor knows nothing of them. The agenda is public, so everything is read as a stranger.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from meetings.models import ActionPoint, AgendaItem, Meeting, MeetingState, Minutes, Purpose
from taskforce.activity.models import Verb
from taskforce.activity.reading import told_of
from taskforce.members.models import Organisation
from taskforce.rich_text import as_text

MOST = 25  # lines under a heading; nobody reads out more


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
_sources: list[tuple[StrOrPromise, Source]] = []


def told_under(heading: StrOrPromise) -> Callable[[Source], Source]:
    """Register a function that tells, under a heading, what happened since a moment."""

    def register(source: Source) -> Source:
        if (heading, source) not in _sources:
            _sources.append((heading, source))
        return source

    return register


def last_meeting(meeting: Meeting) -> Meeting | None:
    """Return the meeting before this one: it was held, or minutes of it are begun."""
    earlier = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(
        date__lt=meeting.date, number__lt=meeting.number
    )
    begun = Minutes.objects.values("meeting")
    held = earlier.filter(state=MeetingState.HELD) | earlier.filter(pk__in=begun)
    return held.order_by("-date", "-number").first()


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
    for heading, source in _sources:
        if lines := [*source(last.over_at)][:MOST]:
            yield Chapter(str(heading), lines)


def _agreed() -> Iterator[Chapter]:
    """Yield what is agreed in published minutes and not done: by organisation, no person named."""
    points = ActionPoint.objects.published().open().select_related("organisation", "meeting")
    if lines := [Line(_in_words(point), point.get_absolute_url()) for point in points[:MOST]]:
        yield Chapter("", lines)


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


@told_under(gettext_lazy("New in the taskforce"))
def _joined(since: datetime) -> Iterator[Line]:
    joined = told_of(Organisation, [Verb.JOINED], since=since, viewer=AnonymousUser())
    for organisation in joined.filter(in_taskforce=True):
        yield Line(organisation.name, organisation.get_absolute_url())


def day_in_words(moment: datetime) -> str:
    return str(date_format(timezone.localdate(moment), "DATE_FORMAT"))
