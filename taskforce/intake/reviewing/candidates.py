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
    for index, section in enumerate(intake.draft.get("sections", [])):
        start, end = section["body"]
        body = re.sub(r"^[.:,;]\s+", "", text[start:end].strip())  # what ended its heading
        is_found_apart = section["kind"] in ("head", "agenda")
        if is_found_apart or not (body or (section["heading"] and section["agenda"] is None)):
            continue
        is_list = section["kind"] in ("news", "actions")
        reason = LISTED_BY_ITSELF if is_list else AS_IT_STANDS
        value = {**section, "text": body}
        yield Candidate("passages", index, value, tuple(section["span"]), is_list, reason)
