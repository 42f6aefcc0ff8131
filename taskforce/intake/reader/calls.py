"""Calls for proposals: a title, a topic identifier, a deadline with its time, a link.

A call is read in its passage: a paragraph, or a point with what stands under it. The deadlines of
tasks, sign-ups and hearings stand beside other words, and are no calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from taskforce.intake.reader.call_deadlines import deadlines_in, time_of
from taskforce.intake.reader.call_passages import MONEY, Passage, Title, passages_in
from taskforce.intake.reader.call_titles import (
    CALL,
    FUND,
    GENERIC,
    LABELLED,
    PROGRAMMES,
    QUOTED,
    TOPIC,
    bare,
    subject,
    title_behind,
    title_of,
    titles_in,
)
from taskforce.intake.reader.dates import Mention, dates
from taskforce.intake.reader.draft import Call, Found, Span
from taskforce.intake.reader.links import WRITTEN, clean
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.tables import Column, Table
from taskforce.intake.reader.text import Link

NAMED = re.compile(
    r"\b(?:eu-)?calls?(?:et|en)?\b|\bopslag(?:et)?\b|pulje|\bproposals?\b|\bfunding\b|"
    r"\bgrants?\b|fondsudspil|\btopic\b|ansøg|\bapplica|\bapply\b|tilskud|støtte",
    re.IGNORECASE,
)
MOST = 100  # calls in one document
SIGNS = re.compile(f"{CALL.pattern}|(?-i:{TOPIC.pattern})", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A call while its mentions are being gathered."""

    title: str
    span: Span
    deadline: Mention | None = None
    time: str | None = None
    topic: str = ""
    link: str = ""
    sure: float = 0.9
    reason: Reason = Reason.WITH_DEADLINE


def read_calls(
    rows: list[Row],
    tables: list[Table],
    taken: set[int],
    headings: dict[int, str],
    day: date | None,
    links: list[Link],
) -> list[Found[Call]]:
    """Return the calls, each once, with what all its mentions tell.

    `headings` has the heading of each passage of the minutes by the row that it starts at.
    """
    drafts = [draft for table in tables for draft in _in_table(table, links)]
    listed = {table.number for table in tables if table.column(Column.CALL) is not None}
    taken = taken | {row.index for row in rows if row.cell and row.cell.table in listed}
    passages = passages_in(rows, taken, headings)
    drafts = (drafts + [draft for passage in passages for draft in _drafts(passage, links)])[:MOST]
    merged = _merged(drafts, day)
    return [_found(draft, day) for draft in merged]


def _in_table(table: Table, links: list[Link]) -> Iterator[Draft]:
    """Read a table that has a call in each row, under headings of its own."""
    title, deadline = table.column(Column.CALL), table.column(Column.DEADLINE)
    if title is None or deadline is None:
        return
    for row in table.body:
        words, when = bare(table.words(row, title)), table.words(row, deadline)
        mention = next(iter(dates(when)), None)
        if not words or mention is None:
            continue
        span = Span(table.row_start(row), table.row_end(row))
        written = WRITTEN.search(" ".join(table.words(row, at) for at in range(table.width)))
        behind = (link.target for link in links if span.start <= link.span.start < span.end)
        link = clean(written[0]) if written else next(behind, "")
        time = time_of(when, mention)
        yield Draft(words, span, mention, time, link=link, sure=0.92)


def _drafts(passage: Passage, links: list[Link]) -> list[Draft]:
    """Give each deadline of a passage the title that stands before it, or else just behind it."""
    if not (passage.in_calls or any(map(SIGNS.search, (passage.text, passage.heading)))):
        return []
    passage.titles = titles_in(passage)
    deadlines = list(deadlines_in(passage))[:MOST]
    drafts: list[Draft] = []
    free = passage.titles
    for mention, strong in deadlines:
        title, sure = title_of(mention, free), 0.92 if strong else 0.85
        if title is None and (strong or drafts or FUND.search(passage.text)):
            named = subject(passage, mention)
            if named and all(one.title != named[1] for one in drafts):
                drafts.append(_draft(passage, named, mention, links, 0.7))
                continue
        title = title or title_behind(mention, free)
        if title is not None and (strong or _speaks_of_call(passage)):
            free = [one for one in free if one[0].start > title[0].start]
            drafts.append(_draft(passage, title, mention, links, sure))
    if not deadlines and passage.titles and _is_marked(passage):
        drafts.append(_draft(passage, passage.titles[0], None, links, 0.55))
    return drafts


def _is_marked(passage: Passage) -> bool:
    """Say whether a passage without a deadline is about a call, by label or identifier."""
    if TOPIC.search(passage.text):
        return True
    lead = passage.text[: passage.titles[0][0].end]
    labelled = any(LABELLED.match(line.text) for line in passage.lines)
    proven = WRITTEN.search(passage.text) or QUOTED.search(passage.text)
    return bool(labelled and proven and re.search(r"call|pulje|opslag|proposal", lead, re.I))


def _speaks_of_call(passage: Passage) -> bool:
    return bool(
        passage.in_calls
        or NAMED.search(passage.text)
        or PROGRAMMES.search(passage.text)
        or MONEY.search(passage.heading)
        or TOPIC.search(passage.text)
    )


def _draft(
    passage: Passage, title: Title, mention: Mention | None, links: list[Link], sure: float
) -> Draft:
    """Gather what stands from the title to the next one: topic, link, time of the deadline."""
    span, words = title
    last = max(span.end, mention.span.end if mention else 0)
    until = min(
        (one.start for one, _ in passage.titles if one.start > last), default=len(passage.text)
    )
    topic = TOPIC.search(passage.text, span.start, until)
    written = WRITTEN.search(passage.text, span.start, until)
    start, end = passage.start + span.start, passage.start + until
    behind = next((link.target for link in links if start <= link.span.start < end), "")
    return Draft(
        words,
        Span(start, passage.start + last),
        mention,
        time_of(passage.text, mention) if mention else None,
        topic[0] if topic else "",
        clean(written[0]) if written else behind,
        sure,
        Reason.WITH_DEADLINE if mention else Reason.BY_TOPIC if topic else Reason.NO_DEADLINE,
    )


def _merged(drafts: list[Draft], day: date | None) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        same = next((one for one in merged if _is_same(one, draft, day)), None)
        if same is None:
            merged.append(draft)
            continue
        fuller = (
            draft
            if draft.deadline
            and (
                same.deadline is None
                or (draft.deadline.year and not same.deadline.year)
                or (draft.time and not same.time)
            )
            else same
        )
        other = same if fuller is draft else draft
        longer = other.title if GENERIC.match(fuller.title) else fuller.title
        at = merged.index(same)
        merged[at] = replace(
            fuller,
            title=longer,
            topic=fuller.topic or other.topic,
            link=fuller.link or other.link,
            sure=max(fuller.sure, other.sure),
            time=fuller.time or other.time,
        )
    return merged


def _is_same(one: Draft, other: Draft, day: date | None) -> bool:
    alike = fuzz.token_set_ratio(one.title.lower(), other.title.lower())
    if one.topic and one.topic == other.topic:
        return True
    if alike >= 88 and min(len(one.title.split()), len(other.title.split())) >= 2:
        return True
    dated = (
        one.deadline
        and other.deadline
        and one.deadline.next_after(day) == other.deadline.next_after(day)
    )
    return bool(dated and alike >= 60)


def _found(draft: Draft, day: date | None) -> Found[Call]:
    deadline = draft.deadline.next_after(day) if draft.deadline else None
    call = Call(draft.title, deadline, draft.time, draft.topic, draft.link)
    inferred = draft.deadline is not None and draft.deadline.year is None
    return Found(call, draft.span, draft.sure - 0.1 * inferred, draft.reason)
