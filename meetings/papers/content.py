"""The content of minutes as a document, for one viewer.

Everything comes from the functions that make the meeting's page, so a document shows no draft and
no name that the page would not show.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.browsing import pages, passages
from meetings.browsing.passages import AgendaPart
from meetings.models import ActionPoint, Meeting, Minutes, MinutesEntry, Outcome, OutcomeKind
from meetings.papers.blocks import (
    Block,
    Listing,
    Paragraph,
    Run,
    heading,
    paragraph,
    parse,
)
from taskforce.core.relations import related
from taskforce.core.rich_text import as_html
from taskforce.core.text import clean
from taskforce.members.models import Viewer

AUTHOR = "Buy Social Taskforce Danmark"


@dataclass(frozen=True)
class Paper:
    """A document: its properties, the mark on each page, and its blocks with headings 2 to 5."""

    title: str
    name: str  # of the file, without its ending
    author: str
    mark: str
    made_at: datetime
    page_words: tuple[str, str]  # "page" and "of", for the foot
    contents_title: str
    contents_depth: int
    blocks: list[Block]

    def as_data(self) -> str:
        """Return everything as JSON, as the template of the PDF reads it."""
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, ensure_ascii=False)

    @property
    def fingerprint(self) -> str:
        """Return an entity tag (RFC 9110): the same for the same content."""
        return f'"{hashlib.sha256(self.as_data().encode()).hexdigest()[:32]}"'


def gather(minutes: Minutes, viewer: Viewer) -> Paper:
    """Return the minutes as a document, in Danish also where the page is English."""
    with translation.override("da"):
        meeting = minutes.meeting
        return Paper(
            title=" ".join(clean(str(minutes)).split()),
            name=f"referat-{meeting.number}-moede",
            author=AUTHOR,
            mark="" if minutes.is_published else _("Draft"),
            made_at=minutes.published_at or timezone.now(),
            page_words=(pgettext("foot of a page", "page"), pgettext("foot of a page", "of")),
            contents_title=_("Contents"),
            contents_depth=3,
            blocks=[*_blocks(meeting, minutes, viewer)],
        )


def _blocks(meeting: Meeting, minutes: Minutes, viewer: Viewer) -> Iterator[Block]:
    found = passages.parts(meeting, minutes, viewer)
    yield paragraph(_when(meeting), "meta")
    yield paragraph(_state(minutes), "meta")
    yield from _section(_("Decided"), [_decision(part) for part in passages.decisions(found)])
    points = pages.action_points(meeting, viewer)
    yield from _section(_("Agreed"), [_action_point(point) for point in points])
    if found:
        yield heading(2, _("Agenda and minutes"))
    for part in found:
        yield from _part(part)
    yield from _participants(meeting, viewer)
    barriers = related(meeting, "barriers", viewer).order_by("title")
    yield from _section(_("Barriers raised here"), [_link(barrier) for barrier in barriers])
    materials = related(meeting, "materials", viewer)
    yield from _section(_("Material"), [_link(material) for material in materials])
    corrections = pages.shown_corrections(minutes, viewer)
    yield from _section(_("Corrections"), [_correction(row) for row in corrections])
    address = settings.SITE_URL + meeting.get_absolute_url()
    yield Paragraph([Run(_("On the portal: ")), Run(address, link=address)], "meta")


def _when(meeting: Meeting) -> str:
    hours = _("at %(hours)s") % {"hours": meeting.hours} if meeting.hours else ""
    words = [f"{meeting.when} {hours}".strip()]
    words += [meeting.get_format_display() if meeting.format else "", meeting.place]
    return " · ".join(word for word in words if word)


def _state(minutes: Minutes) -> str:
    if minutes.published_at is None:
        return _("Draft. Not published, and not to be handed on.")
    day = formats.date_format(timezone.localdate(minutes.published_at), "DATE_FORMAT")
    return _("Minutes published %(day)s") % {"day": day}


def _section(title: str, points: list[list[Run]]) -> Iterator[Block]:
    """Yield a heading and a list, or nothing where there is nothing to list."""
    if points:
        yield heading(2, title)
        yield Listing(ordered=False, items=[[Paragraph(runs)] for runs in points])


def _decision(part: AgendaPart) -> list[Run]:
    decision = clean(part.outcome.decision) if part.outcome else ""
    return [Run(decision), Run(f" ({_title(part)})", italic=True)]


def _action_point(point: Any) -> list[Run]:
    return [Run(point.what), Run(f" – {_terms_of(point)}", italic=True)]


def _terms_of(point: ActionPoint) -> str:
    """Return who does it, by when, and whether it is done."""
    words = [point.organisation.name if point.organisation else _("Everybody")]
    words.append(getattr(point, "owner_name", ""))
    if point.due_on:
        words.append(_("by %(day)s") % {"day": _day(point.due_on)})
    if point.done_on:
        words.append(_("done %(day)s") % {"day": _day(point.done_on)})
    return clean(", ".join(word for word in words if word))


def _day(day: Any) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))


def _title(part: AgendaPart) -> str:
    return clean(f"{part.number}. {part.item.title}") if part.item else ""


def _part(part: AgendaPart) -> Iterator[Block]:
    level = 3
    if part.item:
        yield heading(3, _title(part))
        if terms := _terms(part):
            yield paragraph(terms, "meta")
        yield from parse(as_html(part.details), level=4)
        level = 4
    if part.outcome:
        yield _outcome(part.outcome)
    for speaker, entries in part.by_speaker:
        yield from _passages(speaker, entries, level)


def _terms(part: AgendaPart) -> str:
    """Return when an item begins, how long it takes, and who is responsible."""
    item: Any = part.item
    words = [f"{part.begins:%H.%M}" if part.begins else ""]
    if item.minutes:
        words.append(ngettext("%(n)d minute", "%(n)d minutes", item.minutes) % {"n": item.minutes})
    words += [
        ", ".join(word for word in (item.responsible_name, item.responsible_organisation) if word)
    ]
    return " · ".join(word for word in words if word)


def _outcome(outcome: Outcome) -> Paragraph:
    runs = [Run(str(outcome.get_kind_display()), bold=True)]
    if outcome.kind == OutcomeKind.DECIDED:
        runs.append(Run(f": {outcome.decision}"))
    return Paragraph(runs)


def _passages(speaker: str, entries: list[MinutesEntry], level: int) -> Iterator[Block]:
    """Yield passages under the organisation that said them, or each under its own heading."""
    if speaker:
        yield heading(level, speaker)
    for entry in entries:
        title = "" if speaker else entry.heading
        if title:
            yield heading(level, title)
        if name := getattr(entry, "speaker_name", ""):
            yield paragraph(name, "meta")
        yield from parse(entry.text, level=level + 1 if speaker or title else level)


def _participants(meeting: Meeting, viewer: Viewer) -> Iterator[Block]:
    groups = pages.attendance_by_kind(meeting, viewer)
    if groups:
        yield heading(2, _("Participants"))
        yield Listing(ordered=False, items=[[*_kind(kind, people)] for kind, people in groups])


def _kind(kind: str, people: list[Any]) -> Iterator[Block]:
    yield paragraph(kind)
    yield Listing(ordered=False, items=[[paragraph(_person(person))] for person in people])


def _person(person: Any) -> str:
    words = person.organisation_name or _("No organisation")
    words += f", {person.shown_name}" if person.shown_name else ""
    return words if person.status == "present" else f"{words} ({person.get_status_display()})"


def _link(row: Any) -> list[Run]:
    address = row.get_absolute_url()
    whole = settings.SITE_URL + address if address.startswith("/") else address
    return [Run(str(row), link=whole)]


def _correction(correction: Any) -> list[Run]:
    says = correction.says or _("What it says names somebody, so it is not shown.")
    return [Run(f"{_day(correction.corrected_on)}: "), Run(says)]
