"""Texts that the portal writes for an agenda: what happened since last, and what is agreed.

Each higher floor adds its own: `barriers.since_last` and the others register a source when the
portal starts, so that this floor does not import them. The agenda is public, so everything is
read as a stranger would read it.
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
from taskforce.activity.reading import acted_on_since
from taskforce.core.rich_text import as_text
from taskforce.members.models import Organisation

MOST = 25  # lines under a heading; nobody reads out more
MOST_AGREED = 100  # what is agreed is followed up, however much it is


@dataclass(frozen=True)
class SummaryLine:
    """One thing that happened, in words, and the page that has more about it."""

    words: str
    url: str = ""

    @property
    def html(self) -> str:
        if not self.url:
            return escape(self.words)
        return format_html('<a href="{}">{}</a>', self.url, self.words)


@dataclass(frozen=True)
class SummarySection:
    heading: str
    lines: list[SummaryLine]


# A source yields what happened since a moment, as a stranger may read it.
Source = Callable[[datetime], Iterable[SummaryLine]]
_sources: dict[Source, tuple[int, StrOrPromise]] = {}


def summary_source(heading: StrOrPromise, *, place: int) -> Callable[[Source], Source]:
    """Register a function as the source of the section with this heading.

    Sections stand in the order of their places: along the thread, from barriers to deadlines.
    """

    def register(source: Source) -> Source:
        _sources[source] = (place, heading)
        return source

    return register


def last_meeting(meeting: Meeting) -> Meeting | None:
    """Return the meeting before this one: it was held, its day is past, or minutes are begun.

    A meeting in the future does not count, even if somebody began its minutes.
    """
    today = timezone.localdate()
    earlier = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(
        date__lt=meeting.date, number__lt=meeting.number, date__lte=today
    )
    begun = earlier.filter(pk__in=Minutes.objects.values("meeting"))
    held = earlier.filter(state=MeetingState.HELD) | begun
    return (held | earlier.passed(today)).order_by("-date", "-number").first()


def sections(meeting: Meeting, purpose: str) -> list[SummarySection]:
    """Return what the portal writes for an item of this purpose; nothing for most."""
    with translation.override("da"):
        if purpose == Purpose.SINCE_LAST:
            return [*_since(last_meeting(meeting))]
        if purpose == Purpose.FOLLOW_UP:
            return [*_agreed()]
    return []


def _since(last: Meeting | None) -> Iterator[SummarySection]:
    if last is None:
        return
    # If only the month is known, the summary rather tells too much than too little.
    is_day = last.date_precision == Precision.DAY
    since = last.over_at if is_day else timezone.make_aware(datetime.combine(last.date, time()))
    for source, (_place, heading) in sorted(_sources.items(), key=lambda found: found[1][0]):
        if lines := _at_most(MOST, source(since)):
            yield SummarySection(str(heading), lines)


def _at_most(most: int, lines: Iterable[SummaryLine]) -> list[SummaryLine]:
    """Return so many lines, and one more that says how many were left out."""
    found = [*lines]
    if (more := len(found) - most) <= 0:
        return found
    words = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return [*found[:most], SummaryLine(words)]


def _agreed() -> Iterator[SummarySection]:
    """Yield the open action points of published minutes: the organisation, and no person."""
    points = ActionPoint.objects.published().open().select_related("organisation", "meeting")
    lines = (SummaryLine(_in_words(point), point.get_absolute_url()) for point in points)
    if found := _at_most(MOST_AGREED, lines):
        yield SummarySection("", found)


def _in_words(point: ActionPoint) -> str:
    who = point.organisation.name if point.organisation else _("Everybody")
    words = f"{who}: {point.what}"
    if point.due_on is None:
        return words
    day = date_format(point.due_on, "DATE_FORMAT")
    return _("%(what)s (by %(day)s)") % {"what": words, "day": day}


def as_html(found: Iterable[SummarySection]) -> str:
    """Return sections as the HTML of an item's details."""
    return "".join(
        (f"<h4>{escape(section.heading)}</h4>" if section.heading else "")
        + f"<ul>{''.join(f'<li>{line.html}</li>' for line in section.lines)}</ul>"
        for section in found
    )


def missing(item: AgendaItem, text: str) -> list[SummarySection]:
    """Return the lines that the portal would write today and the item's text does not have."""
    written = " ".join(as_text(text).split())
    found = (
        SummarySection(
            section.heading,
            [line for line in section.lines if " ".join(line.words.split()) not in written],
        )
        for section in sections(item.meeting, item.purpose)
    )
    return [section for section in found if section.lines]


@summary_source(gettext_lazy("New in the taskforce"), place=7)
def _joined(since: datetime) -> Iterator[SummaryLine]:
    joined = acted_on_since(Organisation, [Verb.JOINED], since=since, viewer=AnonymousUser())
    for organisation in joined.filter(in_taskforce=True):
        yield SummaryLine(organisation.name, organisation.get_absolute_url())
