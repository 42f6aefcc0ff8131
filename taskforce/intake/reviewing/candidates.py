"""The candidates of a document: everything in the draft that the secretariat decides on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taskforce.intake import wording
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import SURE
from taskforce.intake.reviewing import labels

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

NOT_FOUND = _("It was not found in the document.")
LISTED_BY_ITSELF = _(
    "What was found in it is listed by itself. Take the passage too where its own words should "
    "stand in the minutes."
)
AS_IT_STANDS = _("The text as it stands in the document.")
ADDED_BY_HAND = _("Added here.")

# What a person may add, and what it holds before something is typed. Its index starts at FIRST, so
# that it is never taken for one that the reader found.
BLANK: dict[str, dict[str, Any]] = {
    "attendees": {"name": "", "organisation": "", "note": ""},
    "absent": {"name": "", "organisation": "", "note": ""},
    "agenda": {"title": "", "start": "", "end": "", "details": "", "responsible": ""},
}
FIRST, MOST_ADDED = 10_000, 300

WRAPPED = range(50, 91)  # characters of the longest line of a text whose lines are broken
# Cells of a table that stand behind a passage: the number and the time of the next row, or a dash.
NEXT_ROW = re.compile(r"\s*(?:\d{1,2}[.)]?|\d{1,2}[.:]\d{2}|[-–—])?\s*")


@dataclass(frozen=True)
class Candidate:
    """One thing to decide on: its field and index in the draft, its value, its place, and why.

    Most are what the reader found; each passage of the minutes is one, too. `span` is None for a
    fact of the meeting that was not found.
    """

    field: str
    index: int
    value: Any
    span: tuple[int, int] | None
    is_unsure: bool
    reason: Promise | str
    words: str = ""  # of the document, at its place

    @property
    def key(self) -> str:
        return f"{self.field}-{self.index}"


def candidates(intake: Intake, typed: Iterable[str] = ()) -> list[Candidate]:
    """Return everything to decide on, in the order of the groups.

    `typed` are keys of what a person typed: those that the reader did not find were added.
    """
    found = [*_found(intake), *passages(intake), *_added(typed)]
    fields = {candidate.field for candidate in found}
    # A meeting has these whether the document tells them or not.
    missing = [name for name in GROUPS["meeting"][1] if name not in fields]
    found += [Candidate(name, 0, "", None, True, NOT_FOUND) for name in missing]
    order = {name: place for place, name in enumerate(GROUP_OF)}
    return sorted(found, key=lambda one: (order[one.field], one.index))


def _found(intake: Intake) -> Iterator[Candidate]:
    text: str = intake.draft.get("text", "")
    for found in intake.found:
        if found["field"] in GROUP_OF:
            start, end = found["span"]
            yield Candidate(
                found["field"],
                found["index"],
                found["value"],
                (start, end),
                found["confidence"] < SURE,
                wording.in_words(found["reason"]),
                text[start:end],
            )


def _added(typed: Iterable[str]) -> Iterator[Candidate]:
    for key in sorted({*typed}):
        field, _dash, index = key.partition("-")
        is_ours = field in BLANK and index.isascii() and index.isdigit() and len(index) == 5
        if is_ours and FIRST <= int(index) < FIRST + MOST_ADDED:
            yield Candidate(field, int(index), BLANK[field], None, False, ADDED_BY_HAND)


def passages(intake: Intake) -> Iterator[Candidate]:
    """Yield the sections that may become passages of the minutes.

    Head and agenda are none: what stands in them is found as facts and as agenda items.
    """
    text = intake.draft.get("text", "")
    width = max((len(line) for line in text.split("\n") if " " in line.strip()), default=0)
    item = None  # the agenda item that parts with a heading such as "Beslutning" belong to
    for index, section in enumerate(intake.draft.get("sections", [])):
        start, end = section["body"]
        heading = section["heading"]
        body = _body(text[start:end], heading, width)
        is_part = section["kind"] == "minutes" and labels.is_part_of_an_item(heading)
        item = item if is_part and section["agenda"] is None else section["agenda"]
        is_found_apart = section["kind"] in ("head", "agenda")
        if is_found_apart or not (body or (heading and section["agenda"] is None)):
            continue
        is_list = section["kind"] in ("news", "actions")
        reason = LISTED_BY_ITSELF if is_list else AS_IT_STANDS
        value = {**section, "agenda": item, "text": body}
        yield Candidate("passages", index, value, tuple(section["span"]), is_list, reason)


def _body(text: str, heading: str, width: int) -> str:
    """Return a passage's text without its heading, and without what a table put behind it."""
    body = re.sub(r"^[.:,;]\s+", "", text.strip())  # what ended its heading
    first, _newline, rest = body.partition("\n")
    lines = (rest if heading and labels.is_same_title(first, heading) else body).split("\n")
    while lines and NEXT_ROW.fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(_unwrapped(lines, width) if width in WRAPPED else lines).strip()


def _unwrapped(lines: Iterable[str], width: int) -> list[str]:
    """Join lines that were broken only because the next word did not fit, as in an e-mail."""
    found: list[str] = []
    above = 0  # the length of the line above
    for line in lines:
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if above and word[:1].isalnum() and above + 1 + len(word) > width:
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
        above = len(line.rstrip())
    return found
