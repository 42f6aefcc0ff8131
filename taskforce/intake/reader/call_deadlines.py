"""Deadlines of applications, told from those of tasks, sign-ups, hearings and jobs."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from taskforce.intake.reader.call_passages import Passage
from taskforce.intake.reader.dates import Mention, clocks, dates

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
# "Interreg Europe, fourth call (12 March – 7 June 2024)": it is open from one day to the other.
RANGE = re.compile(
    r"\b(?:calls?|pulje|puljen|opslag(?:et)?|ansøgningsrunde\w*)\b[^.]{0,40}\(\s*\d{1,2}\.?\s*[^\W\d]*\s*[–-]\s*$",
    re.IGNORECASE,
)
APPLYING = re.compile(
    r"\b(?:åben|åbnet|åbner|open)\s+for\s+(?:ansøgninger|applications)\b|\b(?:can|kan)\s+(?:an)?"
    r"søges?\b|\bapply\b",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\b(?:tilmeld[a-zæøå]*|meldes|melde\s+sig|bestilles?|register|registration|sign[- ]?up|"
    r"høring[a-zæøå]*|"
    r"hørings?frist[a-z]*|svarfrist|stilling(?:en)?|jobopslag|kommentarer|forslag|"
    r"materialer?|bidrag|faktura|regnskab|afregning|nominering|indstilling af|input|"
    r"comments?|feedback|papers?|rsvp|afbud|svar|sige til|udkast|draft|budget|abstracts?|"
    r"job|ansættelse|vacancy|position)\b",
    re.IGNORECASE,
)
EMPTY_LEAD = re.compile(r"[\s:–-]*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag)?\s*(?:d\.|den)?\s*")
IS_DEADLINE = re.compile(r"\s*(?:er|is)\s+(?:fristen|deadlinen|the deadline)")
JOB = re.compile(
    r"\bsøger\s+(?:en|et|to|tre|fire|fem|flere|nye?|\d+)\s+(?!millioner|mio|kr|euro)[a-zæøå]{4,}|"
    r"\b(?:stilling(?:en|sopslag)?|jobopslag|jobbet|ansættelse|elevplads|recruit\w*|vacanc\w*|"
    r"the post)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?]\s|\n")


def deadlines_in(passage: Passage) -> Iterator[tuple[Mention, bool]]:
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
        strong = strong or bool(weak and APPLYING.search(lead))
        weak = weak or bool(RANGE.search(lead) and not OTHER.search(lead))
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


def time_of(text: str, mention: Mention) -> str | None:
    """Return the time of day ("17:00") that stands beside a deadline."""
    after = text[mention.span.end : mention.span.end + 45].split("\n\n")[0]
    after = re.split(r"\.\s+(?=[A-ZÆØÅ])", after)[0]
    found = clocks(after, bare=bool(re.match(r"\s*[,(]?\s*(?:kl|at|,|\()", after, re.IGNORECASE)))
    if found and found[0].span.start < 25:
        return found[0].start
    before = text[max(0, mention.span.start - 22) : mention.span.start]
    found = clocks(before)
    return found[-1].start if found else None
