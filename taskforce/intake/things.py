"""The draft as things to decide on, and its text cut where they begin and end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taskforce.intake import words
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import SURE

# Groups of the review, in order, with the fields of the draft that they hold.
GROUPS: dict[str, tuple[Promise | str, tuple[str, ...]]] = {
    "meeting": (_("The meeting"), ("number", "date", "start", "end", "mode", "place")),
    "attendees": (_("Who was there"), ("attendees",)),
    "absent": (_("Who sent apologies"), ("absent",)),
    "agenda": (_("Agenda"), ("agenda",)),
    "passages": (_("Passages of the minutes"), ("passages",)),
    "barriers": (_("Barriers and statements"), ("barriers", "statements")),
    "action_points": (_("Action points"), ("action_points",)),
    "next_meeting": (_("Next meeting"), ("next_meeting",)),
    "calls": (_("EU calls"), ("calls",)),
    "news": (_("News"), ("news",)),
    "materials": (_("Materials"), ("materials",)),
}
GROUP_OF = {name: group for group, (_title, names) in GROUPS.items() for name in names}
LINKS = "links"  # facts of other things: shown in the text, and nothing to decide

NOT_FOUND = _("It was not found in the document.")
TOLD_APART = _(
    "What was found in it is listed by itself. Take the passage too where its own words should "
    "stand in the minutes."
)
AS_IT_STANDS = _("The text as it stands in the document.")


@dataclass(frozen=True)
class Thing:
    """One thing found: its field and place in the draft, its value, where it stands, and why.

    A passage of the minutes is a thing, too. `span` is None for what was not found.
    """

    field: str
    index: int
    value: Any
    span: tuple[int, int] | None
    is_unsure: bool
    reason: Promise | str
    words: str = ""  # of the document, where it stands

    @property
    def key(self) -> str:
        return f"{self.field}-{self.index}"


@dataclass
class Segment:
    """A piece of the text between two boundaries, with the keys of the things it belongs to."""

    text: str
    keys: list[str] = field(default_factory=list)
    is_link: bool = False
    anchor: str = ""

    @property
    def leads_to(self) -> str:
        """The thing that the piece tells of most closely."""
        return self.keys[0] if self.keys else ""

    @property
    def all_keys(self) -> str:
        return " ".join(self.keys)


@dataclass
class Part:
    """A section of the document, with the key of its passage where it has one."""

    anchor: str
    label: str
    passage: str
    segments: list[Segment]


def things(intake: Intake) -> list[Thing]:
    """Return everything to decide on, in the order of the groups."""
    found = [*_found(intake), *_passages(intake)]
    fields = {thing.field for thing in found}
    # A meeting has these whether the document tells them or not.
    missing = [name for name in GROUPS["meeting"][1] if name not in fields]
    found += [Thing(name, 0, "", None, True, NOT_FOUND) for name in missing]
    order = {name: place for place, name in enumerate(GROUP_OF)}
    return sorted(found, key=lambda thing: (order[thing.field], thing.index))


def _found(intake: Intake) -> Iterator[Thing]:
    text: str = intake.draft.get("text", "")
    for found in intake.found:
        if found["field"] in GROUP_OF:
            start, end = found["span"]
            yield Thing(
                found["field"],
                found["index"],
                found["value"],
                (start, end),
                found["confidence"] < SURE,
                words.in_words(found["reason"]),
                text[start:end],
            )


def _passages(intake: Intake) -> Iterator[Thing]:
    """Yield the sections that hold words of the minutes; the head and the agenda are told apart."""
    text = intake.draft.get("text", "")
    for index, section in enumerate(intake.draft.get("sections", [])):
        start, end = section["body"]
        body = text[start:end].strip()
        is_told = section["kind"] in ("head", "agenda")
        if is_told or not (body or (section["heading"] and section["agenda"] is None)):
            continue
        told_apart = section["kind"] in ("news", "actions")
        reason = TOLD_APART if told_apart else AS_IT_STANDS
        value = {**section, "text": body}
        yield Thing("passages", index, value, tuple(section["span"]), told_apart, reason)


def parts(intake: Intake) -> list[Part]:
    """Return the whole text by sections, cut where things begin and end."""
    text: str = intake.draft.get("text", "")
    spans = _spans(intake, len(text))
    passages = {thing.index for thing in _passages(intake)}
    found, numbered = [], 0
    for index, section in enumerate(intake.draft.get("sections", [])):
        start, end = section["span"]
        segments = [*_segments(text, start, end, spans)]
        for segment in segments:
            if segment.keys:
                segment.anchor, numbered = f"sted-{numbered}", numbered + 1
        label = section["heading"] or str(words.SECTIONS[section["kind"]])
        passage = f"passages-{index}" if index in passages else ""
        found.append(Part(f"afsnit-{index}", label, passage, segments))
    return found


def anchors(document: list[Part]) -> dict[str, str]:
    """Return where each thing first stands in the text, by its key."""
    found = {part.passage: part.anchor for part in document if part.passage}
    for part in document:
        for segment in part.segments:
            for key in segment.keys:
                found.setdefault(key, segment.anchor)
    return found


def _spans(intake: Intake, length: int) -> list[tuple[int, int, str]]:
    """Return (start, end, key) of everything found, the shortest first; links have no key."""
    spans = [
        (
            max(0, found["span"][0]),
            min(length, found["span"][1]),
            f"{found['field']}-{found['index']}" if found["field"] in GROUP_OF else "",
        )
        for found in intake.found
    ]
    whole = [span for span in spans if span[0] < span[1]]
    return sorted(whole, key=lambda span: span[1] - span[0])


def _segments(
    text: str, start: int, end: int, spans: list[tuple[int, int, str]]
) -> Iterator[Segment]:
    inside = [span for span in spans if span[0] < end and start < span[1]]
    cuts = {start, end, *(cut for span in inside for cut in span[:2] if start < cut < end)}
    for left, right in pairwise(sorted(cuts)):
        covering = [key for from_, to, key in inside if from_ <= left and right <= to]
        # Blanks between the words of a thing need no mark: it would be a link without a name.
        keys = [key for key in covering if key] if text[left:right].strip() else []
        yield Segment(text[left:right], keys, "" in covering)
