"""Passages: a paragraph, or a point with what stands under it, which may tell of a call."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from taskforce.intake.reader.actions import MARKED
from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import Label

MONEY = re.compile(
    r"\b(?:[\w-]*midler|calls?|puljer?|opslag|fonde?|funding|grants?|søge|ansøgninger|"
    r"støtte|finansiering)\b",
    re.IGNORECASE,
)
LONGEST = 6_000  # characters of a passage that tells of one thing
# What may be the title of a call: its place in the passage, and its words.
Title = tuple[Span, str]


@dataclass(slots=True)
class Passage:
    """Lines that tell of one thing, as one text; `heading` is what they stand under."""

    text: str
    start: int
    lines: list[Line]
    wrapped: list[bool]  # for each line, whether a margin broke it off the one before
    heading: str = ""
    in_calls: bool = False
    titles: list[Title] = field(default_factory=list)


def passages_in(rows: list[Row], taken: set[int], headings: dict[int, str]) -> Iterator[Passage]:
    """Yield the passages of the rows that are free, each with the heading that it stands under."""
    block: list[Row] = []
    heading, in_calls, size = "", False, 0
    for row in rows:
        new_cell = (
            block
            and row.cell is not None
            and (block[-1].cell is None or block[-1].cell.row != row.cell.row)
        )
        starts = (
            row.sub
            or (row.number is not None)
            or (row.bullet and not _inside(block, row))
            or row.line.level
            or new_cell
        )
        opens = row.label in (Label.CALLS, Label.NEWS, Label.ACTIONS, Label.MINUTES) and not (
            row.value and row.value.words
        )
        size += len(row.line.text)
        if row.blank or row.index in taken or starts or row.is_heading or opens or size > LONGEST:
            if block:
                yield _passage(block, heading, in_calls=in_calls)
            block, size = [], len(row.line.text)
        if row.line.level or row.is_heading or opens or row.index in headings:
            heading = headings.get(row.index) or row.rest.words
            in_calls = row.label is Label.CALLS or bool(MONEY.search(heading))
        if (
            not row.blank
            and row.index not in taken
            and not opens
            and not MARKED.match(row.rest.text)
        ):
            block.append(row)
    if block:
        yield _passage(block, heading, in_calls=in_calls)


def _inside(block: list[Row], row: Row) -> bool:
    """Say whether a bullet stands under the one that opened the passage."""
    return (
        bool(block)
        and row.depth > block[0].depth
        and (block[0].bullet or block[0].number is not None or block[0].sub)
    )


def _passage(block: list[Row], heading: str, *, in_calls: bool) -> Passage:
    lines = [row.line if number else row.rest for number, row in enumerate(block)]
    start, text = lines[0].start, ""
    for row, line in zip(block, lines, strict=True):
        gap = max(0, line.start - start - len(text))
        text += ("" if row.wrapped or not gap else "\n").ljust(gap) + line.text
    return Passage(text, start, lines, [row.wrapped for row in block], heading, in_calls)
