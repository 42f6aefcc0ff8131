"""The text of a document, cut where its candidates begin and end, for links between both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from taskforce.intake import wording
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.candidates import GROUP_OF, passages


@dataclass
class Segment:
    """A piece of the text between two cuts, with the keys of the candidates that it belongs to."""

    text: str
    keys: list[str] = field(default_factory=list)
    is_link: bool = False
    anchor: str = ""
    is_plain: bool = False  # nothing that is open stands here, so nothing lights up

    @property
    def leads_to(self) -> str:
        """The key of the shortest candidate here: the one that the piece tells most about."""
        return self.keys[0] if self.keys else ""

    @property
    def html(self) -> SafeString:
        """Return the piece as the page shows it: not a blank more, since blanks are shown."""
        if not self.keys:
            return format_html('<span class="fact">{}</span>' if self.is_link else "{}", self.text)
        if self.is_plain:
            return format_html('<mark><a href="#{}">{}</a></mark>', self.leads_to, self.text)
        return format_html(
            '<mark id="{}" data-things="{}"><a href="#{}">{}</a></mark>',
            *(self.anchor, " ".join(self.keys), self.leads_to, self.text),
        )


@dataclass
class Part:
    """A section of the document, with the key of its passage where it has one."""

    anchor: str
    label: str
    passage: str
    segments: list[Segment]


def parts(intake: Intake) -> list[Part]:
    """Return the whole text by sections, cut where candidates begin and end."""
    text: str = intake.draft.get("text", "")
    spans = _spans(intake, len(text))
    with_passage = {candidate.index for candidate in passages(intake)}
    found, numbered = [], 0
    for index, section in enumerate(intake.draft.get("sections", [])):
        start, end = section["span"]
        segments = [*_segments(text, start, end, spans)]
        for segment in segments:
            if segment.keys:
                segment.anchor, numbered = f"sted-{numbered}", numbered + 1
        label = section["heading"] or str(wording.SECTIONS[section["kind"]])
        passage = f"passages-{index}" if index in with_passage else ""
        found.append(Part(f"afsnit-{index}", label, passage, segments))
    return found


def anchors(document: list[Part]) -> dict[str, str]:
    """Return the anchor of each candidate's first place in the text, by its key."""
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
        # Blanks between the words need no mark: it would be a link without a name.
        keys = [key for key in covering if key] if text[left:right].strip() else []
        yield Segment(text[left:right], keys, "" in covering)
