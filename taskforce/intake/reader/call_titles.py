"""The titles of calls: quoted, labelled, on a line of their own, or before their deadline."""

import re
from collections.abc import Iterator

from taskforce.intake.reader.call_deadlines import STRONG, WEAK
from taskforce.intake.reader.call_passages import Passage, Title
from taskforce.intake.reader.dates import Mention, dates
from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.links import WRITTEN
from taskforce.intake.reader.vocabulary import Label, label_of

CALL = re.compile(
    r"\b(?:[\w-]*calls?(?:et|en|ene|s)?|opslag(?:et|ene)?|[a-zæøå]*pulje[a-zæøå]*|"
    r"fondsudspil|udbudsrunde|ansøgningsrunde[a-z]*|indkaldelse(?:n|r)?(?:\s+af)?|"
    r"proposals?|grants?|funding|tilskud(?:spulje)?[a-z]*|støtte|støttemuligheder|"
    r"erasmus\+?|horizon|horisont|interreg|esf\+?|socialfonden|cosme|smp|life|"
    r"creative europe|nordplus|medfinansiering|fondsmidler|midler|fonden|fonds|fond|"
    r"programme?(?:t)?|ansøg[a-zæøå]*|apply|applications?)\b",
    re.IGNORECASE,
)
PROGRAMMES = re.compile(
    r"\b(?:Horizon|Horisont|Interreg|Erasmus\+?|ESF\+?|COSME|SMP|LIFE|Nordplus|Creative Europe)\b"
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
    r"Endelig\s+)?(?P<title>(?:[A-ZÆØÅ]\.)*\s?[A-ZÆØÅ][^.!?:;\n]{3,90}?)(?:,\s+der)?\s+(?:har|er\s+åben|med|"
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
    r"^(?P<title>[A-ZÆØÅ](?:[^.!?\n(]|(?<=\d)\.(?=\d)|\b(?:m|f|kr|ca|mio|maks|max|min|inkl|nr|bl)\.){4,160}?(?:\s*\([^()]*\))?)\s*"
    r"(?:[,;–—-]\s*\(?|:|\.\s|\((?:[^()]{0,40}?,\s*)?)\s*(?:ansøgnings)?"
    r"(?:frist|deadline|closing|closes|application deadline|submission deadline)",
    re.IGNORECASE,
)
# "Fonden Sammen om Bordet, støtte til måltider": what it is for, behind its name.
DESCRIBED = re.compile(
    r"[,:]\s+(?=(?:støtte|tilskud|projekter|penge|midler|til|op til|giver|der|som|hvor|grants?|"
    r"funding|support|projects?|up to|for|which)\b)"
)
# "Henrik to collect the letters (deadline 20 November)" is a task of somebody's.
TASK = re.compile(
    r"[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ][\w-]+)?\s+(?:to|will|skal|vil|sender|skriver|laver)\s+[a-zæøå]"
)
# First words of a sentence, which no title has.
PROSE = re.compile(r"(?:der|her|vi|det|callet|there|this|it|we)\b", re.IGNORECASE)
# A fund by the end of its name, where a sentence tells that it is applied to.
FUND = re.compile(
    r"\b(?:søger|søge|ansøge[rs]?|apply(?:ing)?\s+(?:to|for))\s+(?:the\s+)?"
    r"(?P<title>[A-ZÆØÅ][\w-]*(?:\s+[A-ZÆØÅ][\w-]*)*(?:pulje|puljen|fond|fonden|legat|legatet|[Ff]und|"
    r"[Gg]rants?))\b"
)
# A label with the title on the line below it.
NEAR = 160  # characters between a fund and its deadline
TITLE_LABEL = re.compile(
    r"(?:titel|title|call|opslag|pulje|navn|name|program|programme)\s*:?", re.I
)
BEFORE_DEADLINE = re.compile(r"\s*[,;(–]\s*(?:ansøgnings)?(?:frist|deadline)|\.\s", re.IGNORECASE)


def title_of(mention: Mention, titles: list[Title]) -> Title | None:
    """Return the title that a deadline belongs to: the last before it."""
    before = [one for one in titles if one[0].start <= mention.span.start]
    return before[-1] if before else None


def title_behind(mention: Mention, titles: list[Title]) -> Title | None:
    """Return a title just behind its deadline: "Senest 1. maj: Grønne Fællesskaber"."""
    behind = [one for one in titles if 0 <= one[0].start - mention.span.end < 60]
    return behind[0] if behind else None


def titles_in(passage: Passage) -> list[Title]:
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
    unique = {span.start: (span, bare(words)) for span, words in reversed(outermost) if bare(words)}
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
    if TASK.match(line.words):
        return None
    match = TITLED_BEFORE.match(line.text.strip())
    if match and not PROSE.match(match["title"]) and not _describes(passage, number, match):
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
    return not PROSE.match(words)


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


def bare(words: str) -> str:
    """Return a title without quotation marks, numbers, topic and what else stands beside it."""
    words = re.sub(r"\s+", " ", words).strip(" \t:;,–—-")
    if match := QUOTED.fullmatch(words):
        words = (match["title"] or match["single"]).strip()
    words = re.sub(r"^(?:[a-h]\)|\d+(?:\.\d+)*[.)]?\s)\s*", "", words)
    words = re.sub(r"^EU:\s+", "", words)
    words = re.sub(rf"^{TOPIC.pattern}\s*[:,–-]\s+(?=\S)", "", words)
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


def subject(passage: Passage, mention: Mention) -> Title | None:
    """Read "Lokaludvalgets sommerpulje har ansøgningsfrist 1. juni" where no title stands out."""
    for match in reversed(list(SUBJECT.finditer(passage.text[: mention.span.start]))):
        words = match["title"]
        if re.search(
            r"pulje|fond|call|program|legat|støtte|erasmus|interreg|nordplus|grant",
            words,
            re.IGNORECASE,
        ) and not re.match(r"(?:der|det|den|vi|her|this|the call)\b", words, re.IGNORECASE):
            return Span(match.start("title"), match.end("title")), words
    near = max(0, mention.span.start - NEAR)
    for match in FUND.finditer(passage.text, near, mention.span.start):
        return Span(*match.span("title")), match["title"]
    return None
