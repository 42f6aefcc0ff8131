"""Check before review: what may be missing in minutes, for a person to mend or to let stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from meetings.checking import consent
from meetings.models import (
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    OutcomeKind,
    Purpose,
    Waiver,
)
from meetings.writing.acts import locked_draft
from meetings.writing.pages import anchor_of
from taskforce.members.models import Member, Viewer

# Hosts whose addresses hide where they lead, and stop leading there one day.
SHORT = {
    "bit.ly",
    "bitly.com",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "kortlink.dk",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
}
ADDRESS = re.compile(r"(?:https?://|\b(?=[\w.-]{1,60}\.\w{2,6}/))[^\s<>\"'()]+", re.IGNORECASE)
# What came of an item that nobody talked about needs no text.
SILENT = {OutcomeKind.DEFERRED, OutcomeKind.NOT_DISCUSSED}


@dataclass(frozen=True)
class Doubt:
    """Something that may be missing: its key, a sentence, where it is mended, and why it may stand.

    The key names the doubt for as long as it lasts, and holds no name of a person.
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
        """Whether it is of a name, which nobody waves through together with the rest."""
        return self.key.startswith("name:")


@dataclass
class Draft:
    """Minutes with all that the check looks at, asked for once."""

    minutes: Minutes
    viewer: Viewer

    def __post_init__(self) -> None:
        self.meeting = self.minutes.meeting
        self.items = [*self.meeting.agenda.all()]
        entries = self.minutes.entries.select_related("speaker", "agenda_item")
        self.entries = [*entries.prefetch_related("statements")]
        self.outcomes = {row.agenda_item_id: row for row in self.minutes.outcomes.all()}
        self.points = [*self.meeting.action_points.select_related("entry")]
        self.writing = reverse("meetings:write_minutes", args=[self.meeting.number])

    def at_entry(self, entry: MinutesEntry) -> str:
        return f"{self.writing}#{entry.anchor}"

    def at_item(self, item: int | None) -> str:
        return f"{self.writing}#{anchor_of(item)}"


def doubts(minutes: Minutes, viewer: Viewer) -> list[Doubt]:
    """Return every doubt, those that were let stand with their waiver."""
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
    """Return the doubts that nobody has mended or let stand."""
    return [doubt for doubt in doubts(minutes, viewer) if doubt.waived is None]


@transaction.atomic
def waive(*, minutes: Minutes, doubt: str, reason: str, by: Member) -> bool:
    """Let a doubt stand for a reason; False where it is mended or waived already."""
    locked = locked_draft(minutes)
    if doubt not in {found.key for found in open_doubts(locked, by.user)}:
        return False
    Waiver.objects.create(minutes=locked, doubt=doubt, reason=reason, waived_by=by)
    return True


@transaction.atomic
def waive_rest(*, minutes: Minutes, reason: str, by: Member) -> int:
    """Let every open doubt stand for one reason, save those of names; return how many."""
    locked = locked_draft(minutes)
    rest = [doubt for doubt in open_doubts(locked, by.user) if not doubt.is_name]
    Waiver.objects.bulk_create(
        Waiver(minutes=locked, doubt=doubt.key, reason=reason, waived_by=by) for doubt in rest
    )
    return len(rest)


@transaction.atomic
def take_up_again(*, minutes: Minutes, doubt: str) -> None:
    """Let a doubt that was waived count again."""
    locked_draft(minutes).waivers.filter(doubt=doubt).delete()


# The checks, each of which yields (key, sentence, where it is mended)

Found = Iterator[tuple[str, str, str]]


def _nobody_present(draft: Draft) -> Found:
    if not draft.meeting.attendances.present().exists():
        yield "nobody-present", _("Nobody is ticked as present."), f"{draft.writing}#fremmoede"


def _items(draft: Draft) -> Found:
    written = {entry.agenda_item_id for entry in draft.entries if strip_tags(entry.text).strip()}
    for item in draft.items:
        outcome = draft.outcomes.get(item.pk)
        if item.pk not in written and not (outcome and outcome.kind in SILENT):
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
    """Find what was said at the round table, or of a barrier, without an organisation."""
    for entry in draft.entries:
        if entry.speaker and (entry.speaker.organisation_id or entry.speaker.organisation_name):
            continue
        item = entry.agenda_item
        at_table = item is not None and item.purpose == Purpose.ROUND_TABLE
        # A heading may name an organisation that told its news and sent nobody.
        is_said = at_table and not entry.heading and strip_tags(entry.text).strip()
        if entry.statements.all() or is_said or entry.speaker:
            sentence = _("A statement under “%(item)s” has no organisation: %(words)s") % {
                "item": item or _("Other"),
                "words": _words(entry.text),
            }
            yield f"no-organisation:{entry.pk}", sentence, draft.at_entry(entry)


def _short_links(draft: Draft) -> Found:
    for kind, pk, text, url in _texts(draft):
        for address in ADDRESS.findall(text):
            if is_short(address):
                sentence = _("%(link)s is a short link. Give the address that it leads to.")
                key = f"short-link:{kind}-{pk}:{_link(address)}"
                yield key, sentence % {"link": address}, url


def _names(draft: Draft) -> Found:
    writing = {entry.get_absolute_url(): draft.at_entry(entry) for entry in draft.entries}
    for found in consent.names_in_text(draft.minutes, draft.viewer):
        sentence = _("%(name)s has not agreed to show the name, and it stands in the text.")
        url = found.texts[0].url
        yield f"name:{digest(found.name)}", sentence % {"name": found.name}, writing.get(url, url)


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
    _names,
    _next_meeting,
]


def _texts(draft: Draft) -> Iterator[tuple[str, int, str, str]]:
    """Yield every text that is published, with its kind and key and where it is mended."""
    for entry in draft.entries:
        yield "passage", entry.pk, f"{entry.heading} {entry.text}", draft.at_entry(entry)
    for outcome in draft.outcomes.values():
        item = outcome.agenda_item_id
        yield "outcome", outcome.pk, outcome.decision, draft.at_item(item)
    for point in draft.points:
        url = reverse("meetings:edit_action", args=[draft.meeting.number, point.pk])
        yield "action", point.pk, point.what, url


def is_short(address: str) -> bool:
    return (_host(_full(address)) or "").removeprefix("www.") in SHORT


def with_long_link(text: str, link: str, address: str, *, is_html: bool) -> str:
    """Return a text in which an address stands wherever the link of a doubt's key stood."""

    def replaced(found: re.Match[str]) -> str:
        if _link(found[0]) != link:
            return found[0]
        behind = found[0][len(found[0].rstrip(".,:!?")) :]  # the end of the sentence stays
        return (escape(address) if is_html else address) + behind

    return ADDRESS.sub(replaced, text)


def _full(address: str) -> str:
    return address if "//" in address else f"https://{address}"


def _link(address: str) -> str:
    return digest(_full(address))


def _host(address: str) -> str | None:
    try:
        return urlsplit(address.casefold()).hostname
    except ValueError:  # no address after all, such as one with half a bracket
        return None


def _words(html: str) -> str:
    words = strip_tags(html)
    return words if len(words) <= 80 else f"{words[:79]}…"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
