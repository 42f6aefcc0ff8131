"""Passages: a paragraph, or a point with what stands under it, read as one text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taskforce.intake.reader.actions import MARKED
from taskforce.intake.reader.dates import dates
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import Label

# Headings under which calls are told of.
FUNDING = re.compile(
    r"\b(?:[\w-]*(?:midler|calls?|puljer?)|opslag|fond(?:e|s\w+)?|fund(?:ing|rais\w*)|grants?|søges?|"
    r"tilskud|ansøgninger|støtte(?:muligheder)?|finansiering\w*|ansøgningsfrist(?:er)?|pulje(?!n\b)\w+)\b",
    re.IGNORECASE,
)
# What tells more of the thing named above, be it after an empty line or in the next row.
PART = re.compile(
    r"\W*(?:(?:\w*frist|deadline|beløb|budget|amount|formål|purpose|closing date|link|læs mere|"
    r"ramme|støtte|målgruppe|hvem|hvornår)(?:\s[^:]{0,20})?\s*(?::|$)|"
    r"(?:\w*frist|deadline|lukker|søges|senest|closing date)\b(?=[^:.]{0,40}\d))",
    re.IGNORECASE,
)
# What a passage speaks of where a deadline in it is one of applications.
MONEY = re.compile(
    r"(?:\b(?:(?:[a-zæøå]+-)?calls?(?:et|en|ene)?|kald|opslag(?:et|ene)?|udlysning|proposals?|fund(?:s|ing)?|grants?|"
    r"topic|an?søg\w*|appl(?:y|ication)\w*|støtte\w*|donation\w*|bevilling\w*|søge[rs]?|horizon|"
    r"horisont|interreg|erasmus\+?|esf\+?|cosme|nordplus|programme?|indsendelse)|"
    r"pulje\w*|fonde?n?s?|legat(?:et|er)?|tilskud\w*|midler(?:ne)?)\b",
    re.IGNORECASE,
)
HUSK = re.compile(r"\s*husk\b", re.IGNORECASE)  # reminds of deadlines as well as of tasks
DAYS = re.compile(r"\b(?:datoer|dage|kalender\w*|arrangementer|aktiviteter|møder)\b", re.IGNORECASE)
ENDED = re.compile(r"[.,;!]$")
OPENING = (Label.CALLS, Label.NEWS, Label.ACTIONS, Label.MINUTES)
HOUR_FOLLOWS = re.compile(r"\bkl\.?\s*$")
LONGEST = 6_000  # characters of a passage that tells of one thing


@dataclass(slots=True)
class Passage:
    """Lines that tell of one thing, as one text; `heading` is what they stand under."""

    text: str
    start: int
    lines: list[Line]
    wrapped: list[bool]  # for each line, whether a margin broke it off the one before
    heading: str = ""
    in_calls: bool = False


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
        opens = row.label in OPENING and not row.beside
        size += len(row.line.text)
        below = next((one for one in rows[row.index : row.index + 3] if not one.blank), row)
        if block and (PART.match(below.rest.text) or HOUR_FOLLOWS.search(block[-1].line.text)):
            starts = False
            if row.blank:
                continue
        starts = starts or row.is_heading or opens or row.index in headings
        if row.blank or row.index in taken or starts or size > LONGEST:
            if block:
                yield _passage(block, heading, in_calls=in_calls)
            block, size = [], len(row.line.text)
        if row.line.level or row.is_heading or opens or row.index in headings or announces(row):
            heading = headings.get(row.index) or row.rest.words
            in_calls = row.label is Label.CALLS or bool(FUNDING.search(heading))
        elif row.rest.words.endswith(":") and DAYS.search(row.rest.words):
            in_calls = False  # "Datoer at huske:"
        if (
            not row.blank
            and row.index not in taken
            and (row.index not in headings or MONEY.search(row.rest.text))
            and not opens
            and (HUSK.match(row.rest.text) or not MARKED.match(row.rest.text))
        ):
            block.append(row)
    if block:
        yield _passage(block, heading, in_calls=in_calls)


def announces(row: Row) -> bool:
    """Say whether a short line announces what can be applied for: "Hvor kan vi søge penge?"."""
    words = row.rest.words
    plain = len(words) < 50 and not ENDED.search(words) and not dates(words)
    return plain and words[:1].isupper() and bool(FUNDING.search(words))


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
