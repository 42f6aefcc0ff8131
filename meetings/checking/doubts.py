"""The check before a review: what may be missing in minutes, for a person to fix or to waive."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from meetings.checking import consent, private
from meetings.checking.links import digest, link_key, short_links
from meetings.models import (
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    OutcomeKind,
    Purpose,
    Waiver,
)
from meetings.writing.pages import address_of, anchor_of, is_long
from taskforce.core.relations import visible
from taskforce.members.models import Viewer

# Items in which nothing is said: they need neither text nor outcome.
PAUSE = re.compile(
    r"(?:(?:kaffe|frokost|te|stræk|strække)?pause|frokost|aftensmad|"
    r"kaffe(?:\s+og\s+(?:kage|te|brød))?|"
    r"(?:coffee\s+|lunch\s+)?break|lunch|coffee)(?:\s*\(.*\))?\.?",
    re.IGNORECASE,
)
# Outcomes of items that nobody talked about: they need no text.
SILENT = {OutcomeKind.DEFERRED, OutcomeKind.NOT_DISCUSSED}


@dataclass(frozen=True)
class Doubt:
    """Something that may be missing: its key, a sentence, where to fix it, and its waiver.

    The key stays the same for as long as the doubt lasts, and holds no name of a person.
    """

    key: str
    sentence: str
    url: str
    waived: Waiver | None = None

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the check."""
        return f"tvivl-{self.key.replace(':', '-')}"

    @property
    def is_name(self) -> bool:
        """Whether it is about a name: those are waived one by one."""
        return self.key.startswith("name:")


@dataclass
class Draft:
    """Minutes with all that the check looks at, read once."""

    minutes: Minutes
    viewer: Viewer

    def __post_init__(self) -> None:
        self.meeting = self.minutes.meeting
        self.items = [*self.meeting.agenda.all()]
        entries = self.minutes.entries.select_related("speaker", "agenda_item")
        statements = visible(MinutesEntry, "statements", self.viewer).select_related("barrier")
        self.entries = [*entries.prefetch_related(Prefetch("statements", statements))]
        self.outcomes = {row.agenda_item_id: row for row in self.minutes.outcomes.all()}
        self.points = [*self.meeting.action_points.select_related("entry")]
        self.names = consent.names_in_text(self.minutes, self.viewer)
        self.writing = reverse("meetings:write_minutes", args=[self.meeting.number])

    def at_entry(self, entry: MinutesEntry) -> str:
        return self._at(entry.anchor)

    def at_item(self, item: int | None) -> str:
        return self._at(anchor_of(item))

    def _at(self, anchor: str) -> str:
        has_parts = is_long(len(self.entries), len(self.items))
        return address_of(self.meeting, anchor, has_parts=has_parts)


def doubts(minutes: Minutes, viewer: Viewer) -> list[Doubt]:
    """Return every doubt, also those that are waived."""
    return doubts_in(Draft(minutes, viewer))


def doubts_in(draft: Draft) -> list[Doubt]:
    waivers = {
        waiver.doubt: waiver for waiver in draft.minutes.waivers.select_related("waived_by__user")
    }
    found = (doubt for check in CHECKS for doubt in check(draft))
    # One key, one doubt: the same short link may stand in a passage twice.
    by_key = {key: Doubt(key, sentence, url, waivers.get(key)) for key, sentence, url in found}
    return [*by_key.values()]


def open_doubts(minutes: Minutes, viewer: Viewer) -> list[Doubt]:
    """Return the doubts that nobody has fixed or waived."""
    return [doubt for doubt in doubts(minutes, viewer) if doubt.waived is None]


# The checks: each yields (key, sentence, where to fix it)

Found = Iterator[tuple[str, str, str]]


def _nobody_present(draft: Draft) -> Found:
    if not draft.meeting.attendances.present().exists():
        yield "nobody-present", _("Nobody is ticked as present."), f"{draft.writing}#fremmoede"


def _items(draft: Draft) -> Found:
    written = {entry.agenda_item_id for entry in draft.entries if strip_tags(entry.text).strip()}
    for item in draft.items:
        if PAUSE.fullmatch(item.title.strip()):
            continue
        outcome = draft.outcomes.get(item.pk)
        is_told = outcome and (outcome.kind in SILENT or outcome.decision)
        if item.pk not in written and not is_told:
            sentence = _("Nothing is written under “%(item)s”.") % {"item": item}
            yield f"no-text:{item.pk}", sentence, draft.at_item(item.pk)
        if outcome is None:
            sentence = _("“%(item)s” has no outcome.") % {"item": item}
            yield f"no-outcome:{item.pk}", sentence, draft.at_item(item.pk)


def _action_points(draft: Draft) -> Found:
    for point in draft.points:
        if point.organisation_id is None and point.owner_id is None:
            sentence = _("Nobody is to do “%(what)s”.") % {"what": point}
            url = reverse("meetings:edit_action", args=[draft.meeting.number, point.pk])
            yield f"no-owner:{point.pk}", sentence, url


def _statements(draft: Draft) -> Found:
    """Find statements without an organisation: at the round table, or about a barrier."""
    for entry in draft.entries:
        if entry.speaker and (entry.speaker.organisation_id or entry.speaker.organisation_name):
            continue
        item = entry.agenda_item
        at_table = item is not None and item.purpose == Purpose.ROUND_TABLE
        # A heading may name an organisation that sent its news and nobody to tell them.
        is_said = at_table and not entry.heading and strip_tags(entry.text).strip()
        if entry.statements.all() or is_said or entry.speaker:
            sentence = _("A statement under “%(item)s” has no organisation: %(words)s") % {
                "item": item or _("Other"),
                "words": _words(entry.text),
            }
            yield f"no-organisation:{entry.pk}", sentence, draft.at_entry(entry)


def _short_links(draft: Draft) -> Found:
    sentence = _("%(link)s is a short link. Give the address that it leads to.")
    for kind, pk, text, url in _texts(draft):
        for address in short_links(text):
            key = f"short-link:{kind}-{pk}:{link_key(address)}"
            yield key, sentence % {"link": address}, url


def _private(draft: Draft) -> Found:
    """Find what leads to one person, such as the telephone number below a letter."""
    kinds = (
        (private.cpr_numbers, _("“%(found)s” looks like a CPR number. Take it out.")),
        (
            private.telephone_numbers,
            _("“%(found)s” looks like a telephone number. Is it to be public?"),
        ),
        (private.mail_addresses, _("“%(found)s” is a mail address. Is it to be public?")),
    )
    for find, sentence in kinds:
        for kind, pk, text, url in (*_texts(draft), *_more_texts(draft)):
            for found in find(text):
                yield f"private:{kind}-{pk}:{digest(found)}", sentence % {"found": found}, url


def _names(draft: Draft) -> Found:
    writing = {entry.get_absolute_url(): draft.at_entry(entry) for entry in draft.entries}
    for found in draft.names:
        sentence = _("%(name)s has not agreed to show the name, and it stands in the text.")
        if found.is_alone:
            sentence = _(
                "“%(name)s” stands in the text, and may be %(whose)s, who did not agree to show "
                "the name."
            )
        words = sentence % {"name": found.name, "whose": found.whose}
        url = found.texts[0].url
        yield name_key(found), words, writing.get(url, url)


def name_key(found: consent.HiddenName) -> str:
    """Return the key of a doubt about a name; a name alone is another doubt than one in full."""
    return f"name:{digest(f'{found.name} alone' if found.is_alone else found.name)}"


def _next_meeting(draft: Draft) -> Found:
    later = Meeting.objects.filter(date__gt=draft.meeting.date)
    if not later.exclude(state=MeetingState.CANCELLED).exists():
        yield (
            "no-next-meeting",
            _("The next meeting is not in the portal."),
            reverse("meetings:plan"),
        )


CHECKS: list[Callable[[Draft], Found]] = [
    _nobody_present,
    _items,
    _action_points,
    _statements,
    _short_links,
    _private,
    _names,
    _next_meeting,
]


def _texts(draft: Draft) -> Iterator[tuple[str, int, str, str]]:
    """Yield texts whose short links the check replaces, with kind and key and where to edit."""
    for entry in draft.entries:
        yield "passage", entry.pk, f"{entry.heading} | {entry.text}", draft.at_entry(entry)
    for outcome in draft.outcomes.values():
        item = outcome.agenda_item_id
        yield "outcome", outcome.pk, outcome.decision, draft.at_item(item)
    for point in draft.points:
        url = reverse("meetings:edit_action", args=[draft.meeting.number, point.pk])
        yield "action", point.pk, point.what, url


def _more_texts(draft: Draft) -> Iterator[tuple[str, int, str, str]]:
    """Yield what else is published of the agenda, below action points and about barriers."""
    for item in draft.items:
        url = reverse("meetings:edit_item", args=[draft.meeting.number, item.pk])
        yield "item", item.pk, f"{item.title} | {item.details}", url
    for point in draft.points:
        url = reverse("meetings:edit_action", args=[draft.meeting.number, point.pk])
        yield "note", point.pk, point.note, url
    for entry in draft.entries:
        for statement in entry.statements.all():
            yield "statement", statement.pk, statement.text, statement.get_edit_url()


def _words(html: str) -> str:
    words = strip_tags(html)
    return words if len(words) <= 80 else f"{words[:79]}…"
