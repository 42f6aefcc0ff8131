"""Calls for proposals: a title, a topic identifier, a deadline with its time, a link.

A call is read in its passage: a paragraph, or a point with what stands under it. The deadlines of
tasks, sign-ups and hearings stand beside other words, and are no calls.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz

from meetings.reader.actions import MARKED
from meetings.reader.dates import Mention, clocks, dates
from meetings.reader.draft import Call, Found, Span
from meetings.reader.links import WRITTEN, clean
from meetings.reader.reasons import Reason
from meetings.reader.rows import Row
from meetings.reader.tables import Column, Table
from meetings.reader.text import Line, Link
from meetings.reader.vocabulary import Label, label_of

CALL = re.compile(
    r"\b(?:[\w-]*calls?(?:et|en|ene|s)?|opslag(?:et|ene)?|[a-zæøå]*pulje[a-zæøå]*|"
    r"fondsudspil|udbudsrunde|ansøgningsrunde[a-z]*|indkaldelse(?:n|r)?(?:\s+af)?|"
    r"proposals?|grants?|funding|tilskud(?:spulje)?[a-z]*|støtte|støttemuligheder|"
    r"erasmus\+?|horizon|horisont|interreg|esf\+?|socialfonden|cosme|smp|life|"
    r"creative europe|nordplus|medfinansiering|fondsmidler|midler|fonden|fonds|fond|"
    r"programme?(?:t)?|ansøg[a-zæøå]*|apply|applications?)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\b(?:[\w-]*midler|calls?|puljer?|opslag|fonde?|funding|grants?|søge|ansøgninger|"
    r"støtte|finansiering)\b",
    re.IGNORECASE,
)
PROGRAMMES = re.compile(
    r"\b(?:Horizon|Horisont|Interreg|Erasmus\+?|ESF\+?|COSME|SMP|LIFE|Nordplus|Creative Europe)\b"
)
NAMED = re.compile(
    r"\b(?:eu-)?calls?(?:et|en)?\b|\bopslag(?:et)?\b|pulje|\bproposals?\b|\bfunding\b|"
    r"\bgrants?\b|fondsudspil|\btopic\b|ansøg|\bapplica|\bapply\b|tilskud|støtte",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"(?:\b(?:ansøgnings?|indsendelses|ansøger)(?:frist(?:en)?|deadline|dato)\b|"
    r"\b(?:frist(?:en)?|deadlinen?|closing date)\s+(?:for|til)\s+(?:ansøgning(?:en|er)?|"
    r"at\s+(?:an)?søge|indsendelse|proposals?|applications?|submission)\b|"
    r"\b(?:application|submission|call|proposal)s?\s+deadline\b|\bclosing date\b|"
    r"\bcloses?\b|\bdeadline\s+for\s+(?:application|proposal|submission)s?\b|\b(?:kan|"
    r"skal)\s+søges\s+(?:inden|senest|frem\s+til|indtil|til)\b|\bapply\s+(?:by|before)\b|"
    r"\bapplications?\s+(?:by|before|are\s+due|due)\b|"
    r"\båben(?:t)?\s+(?:for ansøgninger\s+)?(?:frem\s+)?(?:ind)?til\b|"
    r"\bproposals?\s+(?:are\s+)?due\b|\bdue\s+date\b)",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(?:deadlines?n?|frist(?:en)?|senest|lukker|udløber|due|before|inden)\b", re.IGNORECASE
)
OTHER = re.compile(
    r"\b(?:tilmeld[a-zæøå]*|register|registration|sign[- ]?up|høring[a-zæøå]*|"
    r"hørings?frist[a-z]*|svarfrist|stilling(?:en)?|jobopslag|kommentarer|forslag|"
    r"materialer?|bidrag|faktura|regnskab|afregning|nominering|indstilling af|input|"
    r"comments?|feedback|papers?|rsvp|afbud|svar|sige til|udkast|draft|budget|abstracts?|"
    r"job|ansættelse|vacancy|position)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"[“”\"„»«](?P<title>[^“”\"„»«\n]*(?:\n[^“”\"„»«\n]+)?)[“”\"«»]|"
    r"(?<!\w)[‘’'](?P<single>[A-ZÆØÅ][^‘’'\n]{8,160})[’'](?!\w)"
)
LABELLED = re.compile(
    r"^\s*(?:[-•*]\s*)?(?:\(?[a-h\d.]{1,4}[.)]\s*)?(?:(?:nyt|endnu\s+et|et|open|new|"
    r"another|åbent)\s+)?(?:[\w-]*call(?:\s+for\s+proposals)?|eu[- ]?opslag|opslag|"
    r"[\w-]*pulje|fondsudspil|fondsopslag|tilskudspulje|titel|title|programme?|"
    r"topic title|name of call|call title|navn)\s*(?:\d+)?\s*(?::|"
    r"\s[–—-])\s+(?P<title>\S.{4,200}?)\s*$",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"^(?:(?:nyt?|endnu\s+et|et|en|det|andet|tredje|første|nye?|new|another|one more|a|"
    r"the|åbne?|open|kommende|aktuelle?|relevante?|to|tre|second|third|"
    r"first)\s+)*(?:nyt\s+)?(?:eu[- ]?)?(?:calls?|opslag|pulje[r]?|call for proposals|"
    r"funding(?: opportunit(?:y|ies))?|puljer og calls|calls og puljer)(?:\s+(?:fra|"
    r"from)\s+\S+)?\s*:?$",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:^|[.!?:]\s+)(?:Også\s+|Desuden\s+|"
    r"Endelig\s+)?(?P<title>[A-ZÆØÅ][^.!?:;\n]{3,90}?)(?:,\s+der)?\s+(?:har|er\s+åben|med|"
    r"åbner|lukker|kan\s+søges|has|is\s+open|closes|opens|with)\b",
    re.MULTILINE,
)
CALLED = re.compile(
    r"\b(?:med\s+titlen|med\s+navnet|kaldet|kaldes|hedder|called|titled|entitled|"
    r"named)\s+(?P<title>[A-ZÆØÅ][^.,;(\n]{6,140}?)(?=\s*(?:[.,;(]|"
    r"\bmed\s+(?:ansøgnings)?frist|\bwith\b|\bdeadline|$))"
    r"|\b(?:[a-zæøå]*puljen|callet|opslaget|programmet|the\s+call)\s+(?P<named>[A-ZÆØÅ][^.,;(\n]{5,120}?)"
    r"(?=,|\s+(?:der|som|med|har|kan|er|is|has|which)\b)"
)
TOPIC = re.compile(r"\b[A-Z][A-Z0-9]{2,}(?:\+?-[A-Z0-9]+){1,7}-?\d*\b")
TITLED_BEFORE = re.compile(
    r"^(?P<title>[A-ZÆØÅ](?:[^.!?\n(]|\b(?:m|f|kr|ca|mio|maks|max|min|inkl|nr|bl)\.){4,160}?(?:\s*\([^()]*\))?)\s*"
    r"(?:[,;–—-]\s*\(?|:|\.\s|\((?:[^()]{0,40}?,\s*)?)\s*(?:ansøgnings)?"
    r"(?:frist|deadline|closing|closes|application deadline|submission deadline)",
    re.IGNORECASE,
)
# "Fonden Sammen om Bordet, støtte til måltider": what it is for, behind its name.
DESCRIBED = re.compile(
    r",\s+(?=(?:støtte|tilskud|projekter|penge|midler|til|op til|giver|der|som|hvor|grants?|"
    r"funding|support|projects?|up to|for|which)\b)"
)
# A label with the title on the line below it.
TITLE_LABEL = re.compile(
    r"(?:titel|title|call|opslag|pulje|navn|name|program|programme)\s*:?", re.I
)
MOST = 100  # calls in one document
LONGEST = 6_000  # characters of a passage that tells of one thing
EMPTY_LEAD = re.compile(r"[\s:–-]*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag)?\s*(?:d\.|den)?\s*")
IS_DEADLINE = re.compile(r"\s*(?:er|is)\s+(?:fristen|deadlinen|the deadline)")
JOB = re.compile(
    r"\b(?:stilling(?:en|sopslag)?|jobopslag|jobbet|ansættelse|elevplads|recruit\w*|vacanc\w*|"
    r"the post)\b",
    re.IGNORECASE,
)
BEFORE_DEADLINE = re.compile(r"\s*[,;(–]\s*(?:ansøgnings)?(?:frist|deadline)|\.\s", re.IGNORECASE)
SIGNS = re.compile(f"{CALL.pattern}|(?-i:{TOPIC.pattern})", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?]\s|\n")


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


@dataclass(slots=True)
class Draft:
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
    passages = _passages(rows, taken, headings)
    drafts = (drafts + [draft for passage in passages for draft in _drafts(passage, links)])[:MOST]
    merged = _merged(drafts, day)
    return [_found(draft, day) for draft in merged]


def _in_table(table: Table, links: list[Link]) -> Iterator[Draft]:
    """Read a table that has a call in each row, under headings of its own."""
    title, deadline = table.column(Column.CALL), table.column(Column.DEADLINE)
    if title is None or deadline is None:
        return
    for row in table.body:
        words, when = _bare(table.words(row, title)), table.words(row, deadline)
        mention = next(iter(dates(when)), None)
        if not words or mention is None:
            continue
        span = Span(table.row_start(row), table.row_end(row))
        written = WRITTEN.search(" ".join(table.words(row, at) for at in range(table.width)))
        behind = (link.target for link in links if span.start <= link.span.start < span.end)
        link = clean(written[0]) if written else next(behind, "")
        time = _time(when, mention)
        yield Draft(words, span, mention, time, link=link, sure=0.92)


def _passages(rows: list[Row], taken: set[int], headings: dict[int, str]) -> Iterator[Passage]:
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
        gap = " " if row.wrapped else "\n"
        text += gap * max(0, line.start - start - len(text)) + line.text
    return Passage(text, start, lines, [row.wrapped for row in block], heading, in_calls)


def _drafts(passage: Passage, links: list[Link]) -> list[Draft]:
    """Give each deadline of a passage the title that stands before it, or else just behind it."""
    if not (passage.in_calls or any(map(SIGNS.search, (passage.text, passage.heading)))):
        return []
    passage.titles = _titles(passage)
    deadlines = list(_deadlines(passage))[:MOST]
    drafts: list[Draft] = []
    free = passage.titles
    for mention, strong in deadlines:
        title = _title_of(mention, free)
        if title is not None and (strong or _speaks_of_call(passage)):
            free = [one for one in free if one[0].start > title[0].start]
            drafts.append(_draft(passage, title, mention, links, 0.92 if strong else 0.85))
        elif title is None and strong and not drafts and (title := _subject(passage, mention)):
            drafts.append(_draft(passage, title, mention, links, 0.7))
    if not deadlines and passage.titles and _is_marked(passage):
        drafts.append(_draft(passage, passage.titles[0], None, links, 0.55))
    return drafts


def _title_of(mention: Mention, titles: list[Title]) -> Title | None:
    before = [one for one in titles if one[0].start <= mention.span.start]
    behind = [one for one in titles if 0 <= one[0].start - mention.span.end < 60]
    return before[-1] if before else behind[0] if behind else None


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
        _time(passage.text, mention) if mention else None,
        topic[0] if topic else "",
        clean(written[0]) if written else behind,
        sure,
        Reason.WITH_DEADLINE if mention else Reason.BY_TOPIC if topic else Reason.NO_DEADLINE,
    )


def _deadlines(passage: Passage) -> Iterator[tuple[Mention, bool]]:
    """Yield the deadlines of applications, and whether their words say so strongly."""
    text = passage.text
    starts = [one.end() for one in SENTENCE.finditer(text) if not _is_abbreviation(text, one)]
    last = 0
    for mention in dates(text):
        begin = max(last, *starts[: bisect_right(starts, mention.span.start)][-1:], 0)
        lead = text[begin : mention.span.start]
        if EMPTY_LEAD.fullmatch(lead):
            # The words stand on the line above: "Ansøgningsfrist" and below it the date.
            begin = max(last, text.rfind("\n", 0, max(begin - 1, 0)) + 1)
            lead = text[begin : mention.span.start]
        strong = bool(STRONG.search(lead[-90:]))
        after = text[mention.span.end : mention.span.end + 30]
        weak = bool(WEAK.search(lead[-60:]) or IS_DEADLINE.match(after))
        of_job = JOB.search(text, max(0, begin - 160), mention.span.start)
        other = of_job if strong else OTHER.search(lead[-90:])
        if mention.day is not None and (strong or weak) and not other:
            yield mention, strong
            last = mention.span.end


def _is_abbreviation(text: str, stop: re.Match[str]) -> bool:
    """Say whether a full stop ends an abbreviation or a day ("d. 2. maj") and no sentence."""
    before = text[max(0, stop.start() - 8) : stop.end()]
    if re.search(r"\b(?:d|kl|ca|pr|nr|inkl|mio|evt|bl\.a|f\.eks)\.\s$", before):
        return True
    return bool(re.search(r"\d\.\s$", before) and text[stop.end() : stop.end() + 1].islower())


def _time(text: str, mention: Mention) -> str | None:
    after = text[mention.span.end : mention.span.end + 45].split("\n\n")[0]
    after = re.split(r"\.\s+(?=[A-ZÆØÅ])", after)[0]
    found = clocks(after, bare=bool(re.match(r"\s*[,(]?\s*(?:kl|at|,|\()", after, re.IGNORECASE)))
    if found and found[0].span.start < 25:
        return found[0].start
    before = text[max(0, mention.span.start - 22) : mention.span.start]
    found = clocks(before)
    return found[-1].start if found else None


def _titles(passage: Passage) -> list[Title]:
    """Return what may be titles, in order: quoted, labelled, on a line of their own."""
    found = [*_quoted(passage.text)]
    for match in CALLED.finditer(passage.text):
        group = "title" if match["title"] else "named"
        found.append((Span(*match.span(group)), match[group]))
    labelled = any(
        LABELLED.match(line.text) or TITLE_LABEL.fullmatch(line.words) for line in passage.lines
    )
    for number in range(len(passage.lines)):
        title = _line_title(passage, number, labelled=labelled)
        found += [title] if title else []
    outermost = [one for one in found if not any(_is_inside(one, other) for other in found)]
    outermost.sort(key=lambda one: (one[0].start, -one[0].end))
    unique = {
        span.start: (span, _bare(words)) for span, words in reversed(outermost) if _bare(words)
    }
    return _without_generic(sorted(unique.values()))


def _quoted(text: str) -> Iterator[Title]:
    for match in QUOTED.finditer(text):
        group = "title" if match["title"] is not None else "single"
        words = match[group].strip()
        if len(words) >= 4 and words[0].isupper() and words[-1] not in ".!?":
            yield Span(*match.span(group)), words


def _line_title(passage: Passage, number: int, *, labelled: bool) -> Title | None:
    """Return the title that a line is, or that stands in it before its deadline."""
    line = passage.lines[number]
    at = line.start - passage.start
    if match := LABELLED.match(line.text):
        start = at + match.start("title")
        words = BEFORE_DEADLINE.split(match["title"])[0]
        return Span(start, start + len(words)), words
    if number and TITLE_LABEL.fullmatch(passage.lines[number - 1].words):
        return Span(at, at + len(line.text)), line.text
    lead = len(line.text) - len(line.text.lstrip())
    if (match := TITLED_BEFORE.match(line.text.strip())) and not _describes(passage, number, match):
        words = DESCRIBED.split(match["title"])[0]
        return Span(at + lead, at + lead + len(words)), words
    # Where "Call: …" names the calls, a heading above them names none.
    broken = passage.wrapped[number] or any(passage.wrapped[number + 1 : number + 2])
    if (
        not labelled
        and not broken
        and (_is_title_line(passage, number) or _opens_another(passage, number))
    ):
        return Span(at, at + len(line.text)), line.text
    return None


def _describes(passage: Passage, number: int, match: re.Match[str]) -> bool:
    """Say whether a sentence before the deadline tells of the call named on the line above."""
    ended = match[0][match.end("title") - match.start() :].lstrip().startswith(".")
    return ended and number > 0 and _is_title_line(passage, number - 1)


def _is_inside(one: Title, other: Title) -> bool:
    """Say whether a title lies inside another that is no quotation."""
    (inner, _), (outer, words) = one, other
    covered = outer.start <= inner.start and inner.end <= outer.end and inner != outer
    return covered and not re.search('["”]', words)


def _is_title_line(passage: Passage, number: int) -> bool:
    """Say whether a line of a passage is the title of what stands below it."""
    line = passage.lines[number]
    words = line.words
    if (
        number > 1
        or not 6 <= len(words) <= 170
        or re.search(r"[.!?,;]$", words)
        or not re.match(r"[A-ZÆØÅ\d“\"”»'‘]", words)
        or WRITTEN.search(words)
    ):
        return False
    if number + 1 >= len(passage.lines) or (
        dates(words) and (WEAK.search(words) or STRONG.search(words))
    ):
        return False
    if number == 1 and not GENERIC.match(passage.lines[0].words):
        return False
    if label_of(words.rstrip(":")) in (
        Label.DEADLINE,
        Label.ACTIONS,
        Label.DECISION,
        Label.NEXT,
        Label.PRESENT,
        Label.ABSENT,
    ):
        return False
    return not re.match(r"(?:der|her|vi|det|callet|there|this|it)\b", words, re.IGNORECASE)


def _opens_another(passage: Passage, number: int) -> bool:
    """Say whether a short line inside a passage is the title of another call."""
    if number < 1 or number + 1 >= len(passage.lines):
        return False
    words, before = passage.lines[number].words, passage.lines[number - 1].words
    ended = any(one.search(before) for one in (re.compile(r"[.!:]$"), WRITTEN, WEAK, GENERIC))
    ended = ended or bool(PROGRAMMES.search(words) or TOPIC.search(words))
    titled = (
        re.match(r"[A-ZÆØÅ“\"”»]", words)
        and len(words) <= 130
        and not re.search(r"[.!?,;:]$", words)
    )
    follows = WEAK.search(passage.lines[number + 1].words) or (
        number + 2 < len(passage.lines) and WEAK.search(passage.lines[number + 2].words)
    )
    return bool(
        ended
        and titled
        and follows
        and not dates(words)
        and not WRITTEN.search(words)
        and not WEAK.search(words)
    )


def _without_generic(titles: list[Title]) -> list[Title]:
    named = [one for one in titles if not GENERIC.match(one[1])]
    return named or titles


def _bare(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" \t:;,–—-")
    if match := QUOTED.fullmatch(words):
        words = (match["title"] or match["single"]).strip()
    words = re.sub(r"^(?:[a-h]\)|\d+(?:\.\d+)*[.)]?\s)\s*", "", words)
    words = re.sub(r"\s*[(\[]?(?:topic\s*:?\s*)?" + TOPIC.pattern + r"[)\]]?\s*$", "", words).strip(
        " :;,–—-"
    )
    words = re.sub(r"\s*\((?:fra|from|by|af|v/)\s[^()]*\)$", "", words)
    words = re.sub(r"\s*\([^()]*$", "", words) if words.count("(") > words.count(")") else words
    words = re.sub(
        r"\s*\((?:[^()]*" + TOPIC.pattern + r"[^()]*|EU|EU-call|call)\)\s*$", "", words
    ).strip(" :;,–—-")
    head, dash, tail = words.rpartition(" – ")
    if dash and len(head) > 6 and CALL.search(tail) and len(tail.split()) <= 4:
        words = head
    if match := QUOTED.match(words):
        after = words[match.end() :].strip()
        words = (
            (match["title"] or match["single"]).strip()
            if not after or re.match(r"[(,–-]", after)
            else words
        )
    inner = [match["title"] for match in QUOTED.finditer(words) if match["title"]]
    if (
        len(inner) == 1
        and len(inner[0]) > 8
        and len(words) - len(inner[0]) > 3
        and CALL.search(words.replace(inner[0], ""))
    ):
        return inner[0].strip()
    return words


def _subject(passage: Passage, mention: Mention) -> Title | None:
    """Read "Lokaludvalgets sommerpulje har ansøgningsfrist 1. juni" where no title stands out."""
    for match in reversed(list(SUBJECT.finditer(passage.text[: mention.span.start]))):
        words = match["title"]
        if re.search(
            r"pulje|fond|call|program|legat|støtte|erasmus|interreg|nordplus|grant",
            words,
            re.IGNORECASE,
        ) and not re.match(r"(?:der|det|den|vi|her|this|the call)\b", words, re.IGNORECASE):
            return Span(match.start("title"), match.end("title")), words
    return None


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
