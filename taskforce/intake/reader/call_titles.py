"""What may be the name of a call, and how likely it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taskforce.intake.reader.dates import MONTH, dates
from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.links import WRITTEN
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.passages import Passage
from taskforce.intake.reader.text import UNFINISHED
from taskforce.intake.reader.vocabulary import label_of

# How much the way a name stands there speaks for it; `ENOUGH` is enough to take it.
WEIGHTS = {
    "label": 9.0,  # "Call: …", "Titel" with the name on the next line
    "quoted": 7.5,  # names stand in quotation marks
    "sought": 5.5,  # "søge penge i …", "fristen for …", "callet …"
    "subject": 5.0,  # begins the sentence: "… har frist", "…, ansøgningsfrist"
    "colon": 4.5,  # "Ny mulighed: …"
    "line": 6.0,  # a line of its own just above the deadline
    "above": 4.8,  # a line of its own further above
    "beside": 3.5,  # with a capital inside a sentence: "gjorde opmærksom på …"
    "told": 4.0,  # begins a sentence before that of the deadline: "Anna kan fortælle …"
    "sentence": 3.0,  # a sentence before that of the deadline, which may describe it
    "aside": 3.0,  # so in a sentence about money before that of the deadline
    "topic": 3.5,  # an identifier alone
}
FUND_WEIGHT = 1.5  # a word for money in the name
SAME_SENTENCE = 1.0  # the name stands in the sentence of the deadline
GENERIC_WEIGHT = -3.0  # "Nyt EU-call" names nothing
BEHIND_WEIGHT = -2.0  # the name stands behind the date, and may be another call's
PERSON_WEIGHT = -6.0  # somebody's name is no call's
ENOUGH = 3.0
MOST_WORDS = 8  # of a name inside a sentence
LONGEST = 170  # characters of a name

TOPIC = re.compile(r"\b[A-Z][A-Z0-9]{2,}(?:\+?-[A-Z0-9]+){1,7}-?\d*\b")
FUND = re.compile(
    r"(?:pulje|puljen|fond|fonden|fonds|fondet|legat|legatet|midler|midlerne|grants?|funds?|calls?|"
    r"programme?|programmet|støtte|donation|tilskud|ordningen)\b|"
    r"\b(?:pulje|støtte|tilskud|legat|erasmus|interreg|nordplus|horizon|horisont|esf|life\b|"
    r"cerv\b|amif\b)",
    re.IGNORECASE,
)
GIVES = re.compile(  # what a fund does, and nobody else
    r",?\s+(?:(?:der|som)\s+)?(?:er\s+(?:nu\s+|netop\s+)?(?:åben|åbnet|en|et)|har\s+(?:netop\s+)?(?:åbnet|\w*frist)|"
    r"åbner|åbnede|lukker|giver|yder|støtter|uddeler|udlodder|udbyder|tilbyder|modtager|tager\s+imod|"
    r"finansierer|(?:kan\s+)?(?:\w+\s+)?søges|opens|offers|gives|supports|funds|accepts|invites|is\s+open)\b"
)
ENDED = re.compile(r"\s*[.!](?:\s|$)")
UNTIL = re.compile(r"\W*(?:\w*frist|deadline|lukker|søges|senest|closing|closes)", re.IGNORECASE)
QUOTED = re.compile(
    r"[“”\"„»«](?P<title>[^“”\"„»«\n]*(?:\n[^“”\"„»«\n]+)?)[“”\"«»]|"
    r"(?<!\w)[‘’'](?P<single>[A-ZÆØÅ][^‘’'\n]{8,160})[’'](?!\w)"
)
KIND = (
    r"(?:[\w-]*calls?(?:\s+for\s+proposals)?|kald|eu[- ]?opslag|opslag|[\w-]*puljer?|fondsudspil|"
    r"fondsopslag|fond|tilskud(?:spulje)?|(?:støtte)?ordning|program(?:me)?|fund|grant|scheme)"
)
NAMING = rf"(?:{KIND}|titel|title|topic title|name of call|call title|navn|name)"
LABELLED = re.compile(
    rf"\s*(?:[-•*–]\s*)?(?:\(?[a-h\d.]{{1,4}}[.)]?\s+)?(?:(?:nyt?|endnu\s+et|et|open|new|another|"
    rf"åbent?)\s+)?"
    rf"(?:(?P<program>program(?:me)?)|{NAMING})\s*(?:\d+|på\s+vej)?\s*(?::|\s[–—-]|"
    rf"\t|[ ]{{3}})\s*(?P<title>\S.{{3,200}}?)\s*$",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"(?:(?:ny[te]?|endnu\s+et|et|en|to|tre|det|den|andet|tredje|første|new|another|one more|a|"
    r"the|åbne?|open|næste|"
    r"kommende|aktuelle?|relevante?|second|third|first|boligsocial|nordisk|eu(?:['’]s)?[- ]?)\s*)*"
    r"(?:(?:eu|fonds)[- ]?)?(?:calls?|opslag|puljer?|fonde?|programmer|call for proposals|"
    r"funding(?: opportunit(?:y|ies))?|puljer og (?:calls|fonde|opslag)|fonde og puljer|"
    r"calls og puljer|"
    r"callet|puljen|opslaget|programmet|fonden|fondsmidler|midler|støtte|tilskud|penge|"
    r"muligheder(?: for (?:støtte|finansiering))?|eventuelt|evt\.?|orientering|økonomi|velkomst|"
    r"nyt|"
    r"meddelelser|bordet rundt|indsatser|det|ansøgningsmuligheder|ansøgninger|ansøgning|"
    r"fundraising)"
    r"(?:\s+(?:fra|from|på)\s+\S+)?\s*:?|"
    r"(?:puljer|fonde|midler|penge|muligheder|mulighed|støttemuligheder|\w*frister|calls)\s.*",
    re.IGNORECASE,
)
# A name begins with a capital and goes on to the next mark. "2.0" and "Skills, Jobs and Growth"
# have marks inside.
LISTED = r",(?=\s[A-ZÆØÅ][\w-]+\s(?:and|og|&)\s[A-ZÆØÅ])"
# "puljen til lokale fællesskaber" says what for, and is a name though it is written small.
SMALL = (
    r"(?=[a-zæøå]*(?:puljen|midlerne|legatet|tilskuddet|ordningen)\s(?:til|for|om)\s[a-zæøå]{3})"
    r"[a-zæøå]"
)
NAME = (
    rf"(?P<title>(?:§\s?\d+|\d\d?\.\s(?i:{MONTH})\s(?=[A-ZÆØÅ])|(?:[A-ZÆØÅ]\.)+\s[A-ZÆØÅ]|[A-ZÆØÅ]|{SMALL})"
    r"(?:[^.,;:()!?|\n\t“”\"»«]|(?<=\d)\.(?=\d)|(?<=\bm)\.|(?<=\bkr)\.|"
    rf"{LISTED}){{2,130}}?)"
)
SAID_OF = (  # what a sentence goes on with behind a name
    r"har|er|var|kan|skal|skulle|vil|blev|bliver|åbner|åbnede|lukker|udløber|slutter|giver|yder|"
    r"støtter|"
    r"uddeler|udlodder|udbyder|udbydes|tilbyder|modtager|tager\s+imod|søges|ansøges|tildeler|"
    r"finansierer|"
    r"dækker|(?:ind)?sendes|afleveres|modtages|uddeles|op(?=[.,])|has|have|is|are|can|will|closes|opens|ends|offers|gives|supports|funds|accepts|"
    r"provides|invites|welcomes|call(?=\s+(?:is|has|opens|closes))|være|slået|åbnet|åben|igen|again"
)
LINKED = (  # what joins a name and its deadline
    r"for\s+(?:nye\s+)?ansøgninger|fra(?=\s+(?:den\s+)?\d)|der|som|hvor|hvis|når|indtil|inden|senest|frem\s+til|til\s+(?:og\s+med|den\b|at\b)|"
    r"med\s+(?:en\s+|sidste\s+)?\w*(?:frist|deadline|dag)|søg|ansøg|søges|før|"
    r"om(?=\s+(?:støtte|midler|penge|nye?|en|et|tilskud|op\s+til|\d))|"
    r"og(?=\s+(?:har|er|kan|skal|vil|lukker)\b)|which|that|where|until|by|before|due|now|"
    r"with\s+(?:a\s+)?(?:deadline|closing)|\w*deadlinen?|\w*frist(?:en)?|closing|"
    r"(?:den|d\.|on)\s*(?=\d|$)|(?:man|tirs|ons|tors|fre|lør|søn)dag\b|\w+day\b"
)
MARK = rf"(?:(?!{LISTED}),|\.\.\.|…|[:;()|→\n\t“”\"»«]|[.!?](?:\s|$)|$)"
END = (
    rf"(?=\s*{MARK}|\s+[–—-]\s|,?\s+(?:{SAID_OF}|{LINKED})(?!\w)|"
    rf"\s+\d{{1,2}}(?:/\d|[.-]\d{{1,2}}[.-]\s?\d\d|\.\s(?:{MONTH}))|\s+(?:{MONTH})\s)"
)
WHOSE = (  # words that a name of something to apply for stands behind
    r"(?:(?:an)?søge?[rs]?|søgt)\s+(?:(?:om\s+)?(?:penge|midler|støtte|tilskud|"
    r"op\s+til\s+[\d.]+\s+\S+)\s+)?"
    r"(?:(?:i|hos|fra|ved|under|til)\s+)?|"
    r"(?:penge|midler|støtte|tilskud)\s+(?:i|hos|fra|til|under)\s+|"
    r"ansøgning(?:en|er|erne|srunde)?\s+(?:i|hos|til|under)\s+|"
    r"\w*(?:frist(?:en)?|deadlinen?)\s+(?:for|til|hos|i|to|of)\s+(?:at\s+(?:an)?søge\s+|"
    r"ansøgning(?:er)?\s+til\s+)?|"
    r"(?:med\s+(?:titlen|navnet)|kaldet|kaldes|hedder|called|titled|entitled|named|"
    r"(?-i:[Cc]allet|[Oo]pslaget|[Pp]rogrammet|[a-zæøå]*puljen|ordningen|initiativet|[Cc]alls?|"
    r"pulje|fonden|"
    r"programme|scheme|fund))\s*[:,]?\s+|"
    r"(?:åbnet|åbner|opslået|udbudt|udbyder|lanceret|lukker|udløber)\s+|"
    r"appl(?:y|ying|ications?)\s+(?:to|for)\s+|funding\s+from\s+"
)
FRAMES = {
    "sought": re.compile(rf"(?i:\b(?:{WHOSE}))(?i:the\s+)?{NAME}{END}"),
    "colon": re.compile(rf"(?<=\w:\s)(?:[-•–]\s)?{NAME}{END}"),
    "beside": re.compile(rf"(?<!\S)[a-zæøå]\w*,?\s+(?i:the\s+)?{NAME}{END}"),
}
BULLET = r"\s*(?:(?:[-•*–·○o→]|[-=]>)\s+|\(?[a-h\d.]{1,4}[.)]\s+)?"
OPENING = (
    r"(?:(?:Husk|I|Fra|Hos|Til|Ved|For|N(?:æste|y)\s+runde\s+(?:i|af)|Også|Desuden|Endelig|"
    r"Endvidere|Samtidig|The\s+call|The|Ny\s+pulje:)\s+)?"
)
SUBJECT = re.compile(rf"{BULLET}{OPENING}{NAME}{END}")
# The second of two in one sentence: "A den 1. maj og B den 1. juni".
ALSO = re.compile(
    rf"(?:[,;|→•]|,\s-|\b(?:og|samt|and|mens)\s)\s*(?:(?:i|hos|for|til)\s)?{NAME}{END}"
)
NO_NAME = re.compile(
    r"(?:\w*(?:frist(?:en)?|deadline)|lukker|søges|senest)$|https?:|www\.", re.IGNORECASE
)
# "European Social Innovation": words with capitals and small ones between, as programmes have.
PROGRAMME = re.compile(
    r"[A-ZÆØÅ][\w+-]+(?:\s(?:for|til|i|på|og|of|in|and|to|the|med|af|[A-ZÆØÅ\d][\w.+-]*))*"
    r"\s[A-ZÆØÅ\d][\w.+-]*"
)
MARKED_DEADLINE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?[,;:(–—-]\s*\w*(?:frist|deadline|clos)", re.IGNORECASE
)
BEHIND = re.compile(
    rf"\s*(?:,?\s*(?:kl\.?|at)?\s*\d\d?(?:[.:]\d\d)?\)?\s*)?(?:[:–—|-]\s*|\t|\s+){NAME}{END}"
)
# First words of a sentence, which no name has.
PROSE = re.compile(
    r"(?:der|her|vi|det(?-i:(?=\s+[a-zæøå]))|den(?=\s+(?:er|kan|har))|de|man|"
    r"callet|opslaget|bemærk|programmet(?=\s+(?:er|har|kan))|puljen\s+(?:er|har|kan|giver|støtter|fra|"
    r"hedder)|"
    r"\w*fristen?|deadline\w*|there|this|it|we|ansøg\w*|søg\w*|appl\w+|husk|se|læs|inden|senest|"
    r"sidste|næste|den\s+\w+e\s+ansøgning|"
    r"formålet|beløb|budget|link|vores|bevilling\w*|opmærksom\w*|kun|op\s+til|hver|begge|"
    r"kommune[nr]*|"
    r"regionen|staten|ministeriet|eu(?!['’])|eu-kommissionen|bestyrelsen|formanden|sekretariatet|gruppen|"
    r"udvalget|"
    r"(?:i|på|til|fra|om|for|med)(?-i:(?=\s+[a-zæøå\d]))|with|in|up|only|at|read|see|more|nyt?|"
    r"ny\s+pulje|open\s+call|mere|frist\w*|støtter|giver)\b(?![-+])",
    re.IGNORECASE,
)
# What people do, which stands in no name: "Ib nævnte", "Henrik to collect the letters".
TOLD = re.compile(
    r"\b(?:bød|bad|takkede|fortalte|nævnte|nævnt|oplyste|orienterede|mindede|minder|pegede|peger|"
    r"henviste|henledte?|gjorde|gør|foreslog|"
    r"foreslår|sagde|siger|spurgte|opfordrede|opfordrer|anbefalede|anbefaler|besluttede|aftalte|"
    r"drøftede|"
    r"omtalte|præsenterede|fremlagde|gennemgik|undersøger|søger|søge|ansøger|kontakter|sender|"
    r"skriver|laver|"
    r"følger|skal|mentioned|presented|pointed|suggested|reminded|will)\b|"
    r"^[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?\sto\s[a-z]"
)
SAYS = re.compile(r"\s(?:har|er|var|skal|blev|bliver|være|has|is|was)\s")
# "Fonden Sammen om Bordet, støtte til måltider": what it is for, behind its name.
DESCRIBED = re.compile(
    r"[,:]\s+(?=(?:støtte|tilskud|projekter|penge|midler|til|op til|giver|der|som|hvor|med|"
    r"grants?|funding|support|projects?|up to|for|which)\b)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """What may be the name of a call: its place in the passage, its words, its weight."""

    span: Span
    words: str
    weight: float
    kind: str


def titles_for(
    passage: Passage, mention: Span, sentences: list[Span], since: int, until: int
) -> Title | None:
    """Return the likeliest name for a deadline between the call before it and the one behind.

    `sentences` are those up to the deadline's own, which is the last.
    """
    named = list(_candidates(passage, mention, sentences, since, until))
    found = []
    for kind, span in named:
        words = bare(passage.text[span.start : span.end])
        # "Alle" is no name where "Kultur for Alle" is one.
        inside = kind not in ("label", "quoted", "sought") and any(
            other.start <= span.start and span.end <= other.end and other != span
            for _, other in named
        )
        if 3 < len(words) <= LONGEST and not inside and not NO_NAME.match(words):
            weight = _weight(kind, words, span, sentences[-1])
            weight += BEHIND_WEIGHT if mention.end <= span.start else 0
            found.append(Title(span, words, weight, kind))
    best = max(
        found,
        key=lambda one: (one.weight, one.span.start < mention.start, one.span.start),
        default=None,
    )
    return best if best is not None and best.weight >= ENOUGH else None


def _weight(kind: str, words: str, span: Span, sentence: Span) -> float:
    inside = sentence.start <= span.start < sentence.end
    weight = WEIGHTS[kind] + (SAME_SENTENCE if inside else 0)
    weight += FUND_WEIGHT if FUND.search(words) or PROGRAMME.fullmatch(words) else 0
    weight += GENERIC_WEIGHT if is_generic(words) else 0
    who = re.split(r"\s(?:fra|from|hos)\s|\s*\(", words)[0]  # "Ib Holm fra Fonden ringer"
    is_person = likeness(who).person >= 1.9 and not FUND.search(who)
    return weight + (PERSON_WEIGHT if is_person else 0)


def is_generic(words: str) -> bool:
    """Say whether words announce a call without naming it: "Endnu et EU-call"."""
    return bool(GENERIC.fullmatch(words))


def _candidates(
    passage: Passage, mention: Span, sentences: list[Span], since: int, until: int
) -> Iterator[tuple[str, Span]]:
    text, own = passage.text, sentences[-1]
    for match in QUOTED.finditer(text, since, min(until, max(own.end, mention.start))):
        words = (match["title"] or match["single"] or "").strip()
        if len(words) >= 4 and words[0].isupper() and words[-1] not in ".!?":
            yield "quoted", Span(*match.span())
    lines = list(_lines(passage, max(since, sentences[0].start), own.start, mention.start))
    yield from lines
    alone = {text[span.start : span.end].strip() for _, span in lines}
    for sentence in sentences[:-1]:
        words = text[sentence.start : sentence.end]
        if sentence.end <= since or dates(words) or words.strip() in alone:
            continue
        for kind, span in _named(text, Span(max(sentence.start, since), sentence.end), mention):
            if kind == "subject" and ENDED.match(text, span.end):
                whole = sentence.end == own.start and text.count(" ", span.start, span.end) < 7
                at_once = whole and UNTIL.match(text, own.start)
                yield "subject" if at_once else "sentence", span
            elif kind == "subject" and not (
                GIVES.match(text, span.end)
                or (
                    text[span.end : span.end + 1] == ":" and FUND.search(text, span.start, span.end)
                )
            ):
                yield "told", span
            elif kind != "beside":
                yield kind, span
            else:
                yield "aside", span
    yield from _named(text, Span(max(own.start, since), min(own.end, until)), mention)
    for match in ALSO.finditer(text, since, mention.start) if since > own.start else ():
        yield from _checked("subject", match)


def _named(text: str, sentence: Span, mention: Span) -> Iterator[tuple[str, Span]]:
    """Yield the names that a sentence gives to what it speaks of, before and behind the date."""
    lead = min(sentence.end, mention.start)
    if match := SUBJECT.match(text, sentence.start, lead):
        yield from _checked("subject", match)
    pieces = [Span(sentence.start, lead), Span(mention.end, sentence.end)]
    for piece in pieces:
        for kind, frame in FRAMES.items():
            at = piece.start
            while at < piece.end and (match := frame.search(text, at, piece.end)):
                if text[max(0, match.start() - 1)] != "(":
                    yield from _checked(kind, match)
                at = match.start("title") + 1
    if match := BEHIND.match(text, mention.end, sentence.end):
        yield from _checked("subject", match)


def _checked(kind: str, match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    words = match["title"]
    labelled = label_of(words.split(":")[0]) is not None and not FUND.search(words)
    long = kind == "beside" and words.count(" ") > MOST_WORDS
    if not (labelled or long or PROSE.match(words) or TOLD.search(words) or SAYS.search(words)):
        yield kind, Span(*match.span("title"))


def _lines(passage: Passage, since: int, own: int, mention: int) -> Iterator[tuple[str, Span]]:
    """Yield the names that lines have: behind a label, or alone above the deadline."""
    within = [one for one in passage.lines if since <= one.start - passage.start <= mention]
    labelled = any(LABELLED.match(one.text) for one in within)
    for number, line in enumerate(passage.lines):
        at = line.start - passage.start
        if at < since or at > mention:
            continue
        if match := LABELLED.match(line.text):
            yield "label", _until_deadline(at, match)
            if match["program"] is None:
                return
        elif mention > at and at + len(line.text) >= mention:
            # A line that a margin broke off begins a call only where its deadline follows a mark.
            match = SUBJECT.match(passage.text, at, mention)
            if match and MARKED_DEADLINE.match(passage.text, match.end("title")):
                yield from _checked("subject", match)
        elif not labelled and at + len(line.text) < mention and _is_alone(passage, number):
            below = passage.lines[min(number + 1, len(passage.lines) - 1)]
            kind = "line" if own <= below.start - passage.start < mention else "above"
            yield kind, Span(at, at + len(line.text))


def _until_deadline(at: int, match: re.Match[str]) -> Span:
    """Return where the name behind a label ends: before its deadline, and what it is for."""
    words = re.split(
        r"\.\s|(?:\s*[,;(–]|\s+-|\s(?=har\s|kan\s|lukker|udløber))\s*"
        r"(?=[^,;–]{0,40}?(?:frist|deadline|clos|lukker|udløber|senest|søges))",
        DESCRIBED.split(match["title"])[0],
        flags=re.IGNORECASE,
    )[0]
    words = re.split(rf",?\s+(?:der|som|which|that)\s+(?:{SAID_OF})\b", words)[0]
    start = at + match.start("title")
    return Span(start, start + len(words))


def _is_alone(passage: Passage, number: int) -> bool:
    """Say whether a line is the title of what stands below it."""
    words = passage.lines[number].words
    broken = passage.wrapped[number] or any(passage.wrapped[number + 1 : number + 2])
    return (
        not broken
        and 4 <= len(words) <= LONGEST
        and not re.search(r"[.!?,;:]$|\w{3}\.\s", words)
        and not WRITTEN.search(words)
        and bool(re.match(r"[A-ZÆØÅ\d“\"”»'‘§]", words))
        and not PROSE.match(words)
        and not TOLD.search(words)
        and not UNFINISHED.search(words)
        and not dates(words)
        and label_of(words.split(":")[0], with_colon=True) is None
    )


def bare(words: str) -> str:
    """Return a title without quotation marks, numbers, topic and what else stands beside it."""
    words = re.sub(r"\s+", " ", words).strip(" \t:;,–—-•*")
    if match := QUOTED.fullmatch(words):
        return (match["title"] or match["single"]).strip()
    words = re.sub(rf"^(?:[a-h]\)|\d+(?:\.\d+)*[.)]?\s(?!(?i:{MONTH}))|o\s)\s*", "", words)
    words = re.sub(rf"^{TOPIC.pattern}\s*[:,–-]\s+(?=\S)", "", words)
    words = re.sub(rf"^(?:EU:|{KIND}\s*\d*\s*:)\s+", "", words, flags=re.IGNORECASE)
    words = re.sub(r"^(?:EU-)?(?:[Pp]rogrammet|[Cc]allet|[Oo]pslaget)\s+(?=[A-ZÆØÅ])", "", words)
    words = re.sub(
        rf"\s*[(\[](?:[^()]*{TOPIC.pattern}[^()]*|EU|EU-call|call|(?:fra|from|by|af|"
        rf"v/)\s[^()]*)[)\]]?\s*$",
        "",
        words,
    )
    words = re.sub(rf"(?<=\S)\s+{TOPIC.pattern}$", "", words)
    words = re.sub(r"\s*\([^()]*$", "", words) if words.count("(") > words.count(")") else words
    inner = [match["title"] for match in QUOTED.finditer(words) if match["title"]]
    return inner[0].strip() if len(inner) == 1 else words.strip(" :;,–—-")
