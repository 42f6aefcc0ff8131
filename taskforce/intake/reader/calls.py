"""Calls for proposals and pools: what can be applied for, and until when.

A call is a deadline for applications with a name beside it. Deadlines are found first; then
everything near that may be the name is weighed, and the heaviest is taken.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from taskforce.intake.reader.call_titles import (
    ALSO,
    FUND,
    PROGRAMME,
    TOPIC,
    Title,
    bare,
    is_generic,
    titles_for,
)
from taskforce.intake.reader.dates import Mention, clocks, dates
from taskforce.intake.reader.draft import Call, Found, Span
from taskforce.intake.reader.links import WRITTEN, clean
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.passages import FUNDING, MONEY, Passage, passages_in
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.tables import Table
from taskforce.intake.reader.text import Link
from taskforce.intake.reader.vocabulary import Column

SURE_KINDS = ("label", "quoted")  # where marks, not words, tell how far a name goes
MOST = 100  # calls in one document
MOST_CELLS = 0.6  # of a column, which tell what it holds
DAY_LONG = 40  # characters of a cell that holds a day and hardly more
PERSON = 0.9  # how likely a name is somebody's from which it counts as one
TABLE_OF_CALLS = re.compile(
    rf"{MONEY.pattern}|\b(?:program(?:mer)?|beløb|budget|amount|støtter|mulighed(?:er)?)\b",
    re.IGNORECASE,
)
# Words of applying, which make the date of a sentence a deadline for applications.
APPLYING = re.compile(
    r"\b(?:ansøg(?:e[rs]?|t|ninge?n?|ninger(?:ne)?|nings?(?:frist|runde|dag|deadline)\w*)?|"
    r"søge[rs]?|søg|indsendelses?\w*|appl(?:y|ying|ications?)|proposals?|"
    r"submissions?|ansökning\w*|(?:kan|skal)\s+søges|åbent?\s+(?:frem\s+)?(?:ind)?til|open\s+until|"
    r"closing\s+date|closes|"
    r"[\w-]*(?:pulje(?:n|ns|frist)?|call)\s?(?:frist|deadline))\b",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"(?:deadlinen?|\w*frist\w*|\b(?:senest|lukker|slutter|udløber|inde|due|before|by|inden|"
    r"(?:ind)?til|until|"
    r"closes|closing|(?:ansøgnings|ansöknings|sidste\s+)dag|fremme|søg(?:es)?|open))\b",
    re.IGNORECASE,
)
FIRM = re.compile(
    r"(?:deadlinen?|\w*frist\w*|\b(?:senest|lukker|udløber|due|before|inden|indtil|"
    r"frem\s+til|until|"
    r"closes|closing))\b",
    re.IGNORECASE,
)
CLOSES = re.compile(r"frist|deadline|\b(?:lukker|udløber|slutter|closes)\b", re.IGNORECASE)
OPENS = re.compile(r"\b(?:åbner|opens)\b[^,;]*$|^\W*(?:lukket|closed)\b", re.IGNORECASE)
FRIST = re.compile(r"frist|deadline", re.IGNORECASE)
ONLY_FUND = re.compile(
    r"\b[A-ZÆØÅ][\w -]*(?:pulje|puljen|fonden|fond|legatet|legat)\s*[:,–-]?\s*(?:d\.|den)?\s*$"
)
# "åbner 1. juli og lukker 30. september": the first of two days.
OPENING = re.compile(r"\b(?:åbner|fra|opens?|from)\s+(?:den\s+|d\.\s*|on\s+)?$", re.IGNORECASE)
# "Interreg, fourth call (12 March – 7 June 2024)": it is open from one day to the other.
RANGE = re.compile(r"\(\s*\d{1,2}\.?\s*[^\W\d]*\s*[–-]\s*$")
# What else has a deadline: tasks, sign-ups, hearings, money that was given.
OTHER = re.compile(
    r"\b(?:meldes?|svarfrist\w*|stilling(?:en)?|"
    r"betales?|kontingent|kommentarer|rettelser?|spørgeskema\w*|svare|forslag(?!\s+til)|materialer?|bidrag|faktura|\w*regnskab\w*|årsrapport\w*|afregning|nominer\w*|"
    r"indstilles?|indstilling|"
    r"input|comments?|feedback|papers?|rsvp|afbud|svar|sige til|udkast|drafts?|abstracts?|"
    r"budget(?:tet)?|"
    r"ansættelse|sender|sende|skriver|laver|undersøger|kontakter|indkalder|vacancy|position|"
    r"aflevere[rs]?|holdes|"
    r"overholdes?|bevilling(?:en|er)?|kontrakt\w*|mødes?|mødet|ventes)\b",
    re.IGNORECASE,
)
# What even a deadline for applications may be of.
JOB = re.compile(
    r"\b(?:an)?søge[rs]\s+(?:en|et|to|tre|fire|fem|flere|nye?|\d+)\s+(?:ny\w*\s+)?(?!millioner|"
    r"mio|kr|euro|puljer?\b|projekt(?:er|midler)?\b)[a-zæøå]{4,}|"
    r"\b(?:tilmeld\w*|bestilles?|register|registration|sign[- ]?up|høring\w*|stilling(?:en|er|"
    r"sopslag)?|jobopslag|jobbet|ansættelse|elevplads|recruit\w*|vacanc\w*|the post|"
    r"søgte|(?:ind|af)?sendte|indkommet|(?:ansøgning(?:en)?|application)\b.{0,60}\b(?:blev|er)\s+(?:sendt|afsendt|indsendt)|"
    r"was\s+sent)\b",
    re.IGNORECASE,
)
# A sentence ends at a full stop before a capital; "kl. 12", "d. 2. maj" and "m.fl." are no end.
SENTENCE = re.compile(
    r"(?<!\bd)(?<!\bkl)(?<!\bca)(?<!\bpr)(?<!\bnr)(?<!\binkl)(?<!\bbl\.a)(?<!\bs)(?<!\b[A-ZÆØÅ])[.!?]\s+(?=(?:[-•*–]\s)?[A-ZÆØÅ“”\"»(])|\n"
)
FIRM_ENOUGH = 4.0  # weight of a name beside a deadline that may be of anything
BEFORE = 6  # sentences before that of a deadline in which its name may stand
NEAR = 90  # characters before a date in which its words stand
ONLY_DAY = re.compile(r"[\s:–\-(]*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag)?\s*(?:d\.|den)?\s*")
# "Lokalpuljen: 1. maj", "1. maj – Lokalpuljen"
PARTED = re.compile(
    r"(?:[:–—|→\t,(]|\.{3})\s*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s)?(?:d\.|den)?\s*$|"
    r"^\s*(?:kl\.?\s*[\d.:]+)?\s*[:–—|→\t]"
)
NAMED = re.compile(r"[^\W\d]{3}")  # more than "kl." behind a date


@dataclass(slots=True)
class Deadline:
    """A date until which something can be applied for; its own sentence is the last."""

    mention: Mention
    strong: bool
    sentences: list[Span]


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
    drafts, listed, tried = [], set(), 0
    for table in tables:
        start = table.row_start(min(row for row, _ in table.cells))
        above = [words for at, words in headings.items() if rows[at].line.start <= start]
        if told := list(_in_table(table, links, above[-1] if above else "")):
            drafts += told
            listed.add(table.number)
    taken = taken | {row.index for row in rows if row.cell and row.cell.table in listed}
    for passage in passages_in(rows, taken, headings):
        if len(drafts) >= MOST or tried > MOST:
            break
        tried += len(FRIST.findall(passage.text))
        drafts += _in_passage(passage, links, day)
    return [_found(draft, day) for draft in _merged(drafts[:MOST], day)]


def _in_table(table: Table, links: list[Link], heading: str) -> Iterator[Draft]:
    """Read a table that has a call in each row: a name, and a deadline for applications."""
    until = _column(table, lambda words: bool(dates(words)) and len(words) < DAY_LONG)
    if until is None:
        return
    title = table.column(Column.CALL)
    if title is None:
        title = _column(table, lambda words: words[:1].isupper(), but=until)
    if title is None or not _is_of_calls(table, title, until, heading):
        return
    for row in table.body:
        words, when = bare(table.words(row, title)), table.words(row, until)
        mention = next(
            (one for one in dates(when) if not OPENS.search(when[: one.span.start])), None
        )
        if not words or mention is None:
            continue
        span = Span(table.row_start(row), table.row_end(row))
        link = _link(" ".join(table.words(row, at) for at in range(table.width)), span, links)
        yield Draft(words, span, mention, _time_of(when, mention), link=link, sure=0.92)


def _column(table: Table, test: Callable[[str], bool], but: int | None = None) -> int | None:
    """Return the first column in most of whose filled cells a test holds."""
    return next(
        (at for at in range(table.width) if at != but and table.share(at, test) > MOST_CELLS), None
    )


def _is_of_calls(table: Table, title: int, until: int, heading: str) -> bool:
    """Say whether the rows are things to apply for, and neither tasks nor meetings."""
    if table.column(Column.CALL) is not None:
        return True
    heads = [table.words(row, at) for row in range(table.head or 1) for at in range(table.width)]
    said = table.words((table.head or 1) - 1, until)
    in_calls = bool(FUNDING.search(heading))
    if not (in_calls or WEAK.search(said) or APPLYING.search(said) or "hvornår" in said.lower()):
        return False
    others = [at for at in range(table.width) if at not in (title, until)]
    if any(
        table.share(at, lambda words: likeness(words).person >= PERSON) > MOST_CELLS
        for at in others
    ):
        return False
    told = (*heads, heading, table.above.rest.words if table.above else "")
    named = table.share(title, lambda words: bool(FUND.search(words))) > MOST_CELLS
    return in_calls or named or any(TABLE_OF_CALLS.search(words) for words in told)


def _in_passage(passage: Passage, links: list[Link], day: date | None) -> list[Draft]:
    """Give each deadline of a passage the likeliest of the titles near it."""
    of_money = passage.in_calls or MONEY.search(f"{passage.heading} {passage.text}")
    if not of_money and not FRIST.search(passage.text):
        return []
    drafts: list[Draft] = []
    since = 0
    found = list(_deadlines(passage))
    for number, deadline in enumerate(found):
        until = _until(deadline, found[number + 1 :], len(passage.text))
        title = titles_for(passage, deadline.mention.span, deadline.sentences, since, until)
        passed = (
            day and deadline.mention.year and (deadline.mention.dated() or "") < day.isoformat()
        )
        if title is None or passed or not _is_about_money(passage, title, deadline):
            continue
        draft = _draft(passage, title, deadline, until, links)
        if not any(one.title == draft.title and one.deadline == draft.deadline for one in drafts):
            drafts.append(draft)
        since = max(deadline.mention.span.end, title.span.end)
    return drafts


def _until(deadline: Deadline, later: list[Deadline], end: int) -> int:
    """Return where the text of the next deadline begins."""
    if not later:
        return end
    own, other = deadline.sentences[-1], later[0].sentences[-1]
    return other.start if other.start > own.start else later[0].mention.span.start


def _is_about_money(passage: Passage, title: Title, deadline: Deadline) -> bool:
    """Say whether a deadline that may be of anything stands beside words of funding."""
    if OTHER.search(title.words) and not FUND.search(title.words):
        return False
    own = deadline.sentences[-1]
    beside = passage.text[min(title.span.start, own.start) : own.end + NEAR]
    if passage.in_calls and FRIST.search(passage.text, own.start, own.end):
        return True
    named = passage.in_calls or bool(MONEY.search(beside)) or _is_programme(title.words)
    return deadline.strong or (title.weight >= FIRM_ENOUGH and named)


def _is_programme(words: str) -> bool:
    return bool(PROGRAMME.fullmatch(words)) and likeness(words).person < PERSON


def _deadlines(passage: Passage) -> Iterator[Deadline]:
    text = passage.text
    starts = [0, *(one.end() for one in SENTENCE.finditer(text))]
    ends = [*starts[1:], len(text)]
    mentions = dates(text)
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        begin, end = starts[at], ends[at]
        later = [one.span.start for one in mentions if one.span.start >= mention.span.end]
        tail = text[mention.span.end : end]
        if later and later[0] < end:  # "12. marts: A lukker, 1. april: B lukker"
            tail = re.split(r"[,;]|\bog\b", text[mention.span.end : later[0]])[0]
        alone = ONLY_DAY.fullmatch(text[begin : mention.span.start]) and not NAMED.search(tail)
        if alone and at:
            # The words stand on the line above: "Ansøgningsfrist" and below it the date.
            begin = starts[at - 1]
        earlier = [one.span.end for one in mentions if begin < one.span.end <= mention.span.start]
        lead = text[max(earlier, default=begin) : mention.span.start]
        # "Lokalpuljen: 1. maj", or any date under a heading of deadlines.
        name = lead.strip(" \t:;,–—-(*•·|→") or tail.strip(" \t:;,–—-)|→.")
        parted = PARTED.search(lead) or PARTED.match(tail) or not NAMED.search(lead)
        bare_day = parted and len(lead + tail) < NEAR and not OTHER.search(name)
        told = ONLY_FUND.search(lead[-NEAR:]) or (
            passage.in_calls and (FRIST.search(passage.heading) or bare_day)
        )
        ranged = RANGE.search(text[begin : mention.span.start][-NEAR:])
        near = lead[-NEAR:]
        if earlier and (ALSO.search(lead) or lead.endswith("(")):
            near = text[begin : mention.span.start]  # "A har frist den 1. maj og B den 1. juni"
        firm = bool(told or ranged or FIRM.search(near) or CLOSES.search(tail))
        strong = bool(APPLYING.search(text[begin:end])) and bool(firm or WEAK.search(near))
        # "Lokalpuljen har frist den 1. maj, Anne skriver udkast": a clause of its own.
        clause = re.split(r"[,;]", tail)[0] if FUND.search(lead) else tail
        other = JOB.search(text, begin, end) or (
            not APPLYING.search(text[begin:end]) and OTHER.search(lead + clause)
        )
        opening = later and later[0] < end and OPENING.search(lead)
        if mention.day is not None and (strong or firm) and not (other or opening):
            first = max(0, at - BEFORE)
            pairs = zip(starts[first : at + 1], ends[first : at + 1], strict=True)
            sentences = [Span(*pair) for pair in pairs if pair[0] < begin] + [Span(begin, end)]
            yield Deadline(mention, strong, sentences)


def _draft(
    passage: Passage, title: Title, deadline: Deadline, until: int, links: list[Link]
) -> Draft:
    """Gather what stands from the title to the next call: topic, link, time of the deadline."""
    first = min(title.span.start, deadline.mention.span.start)
    topic = TOPIC.search(passage.text, first, until)
    told = Span(passage.start + first, passage.start + until)
    last = max(title.span.end, deadline.mention.span.end)
    sure = 0.92 if title.kind in SURE_KINDS else 0.7
    return Draft(
        title.words,
        Span(told.start, passage.start + last),
        deadline.mention,
        _time_of(passage.text, deadline.mention),
        topic[0] if topic else "",
        _link(passage.text[first:until], told, links),
        sure,
    )


def _link(words: str, span: Span, links: list[Link]) -> str:
    """Return the address that words give, else the first that stands behind them."""
    if written := WRITTEN.search(words):
        return clean(written[0])
    return next((link.target for link in links if span.start <= link.span.start < span.end), "")


def _time_of(text: str, mention: Mention) -> str | None:
    """Return the time of day ("17:00") that stands beside a deadline."""
    after = text[mention.span.end : mention.span.end + 45]
    after = re.sub(r"(?<=kl)(\.?)\s+", r"\1 ", re.split(r"\.\s+(?=[A-ZÆØÅ])", after)[0])
    after = re.split(r"\n(?!\s*kl)", after)[0]
    found = clocks(after, bare=bool(re.match(r"\s*[,(]?\s*(?:kl|at|,|\()", after, re.IGNORECASE)))
    if found and found[0].span.start < 25:
        return found[0].start
    found = clocks(text[max(0, mention.span.start - 22) : mention.span.start])
    return found[-1].start if found else None


def _merged(drafts: list[Draft], day: date | None) -> list[Draft]:
    """Join the mentions of one call; the fuller one counts, and what only the other tells."""
    merged: list[Draft] = []
    for draft in drafts:
        at = next((at for at, one in enumerate(merged) if _is_same(one, draft, day)), None)
        if at is None:
            merged.append(draft)
            continue
        fuller, other = sorted((merged[at], draft), key=_fullness, reverse=True)
        merged[at] = replace(
            fuller,
            title=other.title if is_generic(fuller.title) else fuller.title,
            topic=fuller.topic or other.topic,
            link=fuller.link or other.link,
            sure=max(fuller.sure, other.sure),
            time=fuller.time or other.time,
        )
    return merged


def _fullness(draft: Draft) -> tuple[bool, bool, bool]:
    deadline = draft.deadline
    return deadline is not None, bool(deadline and deadline.year), draft.time is not None


def _is_same(one: Draft, other: Draft, day: date | None) -> bool:
    alike = fuzz.token_set_ratio(one.title.lower(), other.title.lower())
    days = [draft.deadline.next_after(day) if draft.deadline else "" for draft in (one, other)]
    return bool(days[0] and days[0] == days[1] and alike >= 60)


def _found(draft: Draft, day: date | None) -> Found[Call]:
    deadline = draft.deadline.next_after(day) if draft.deadline else None
    call = Call(draft.title, deadline, draft.time, draft.topic, draft.link)
    inferred = draft.deadline is not None and draft.deadline.year is None
    return Found(call, draft.span, draft.sure - 0.1 * inferred, draft.reason)
