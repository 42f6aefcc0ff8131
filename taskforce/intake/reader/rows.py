"""Lines with their marks taken apart: bullet, number, time, label, and the words that remain."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from taskforce.intake.reader.dates import Clock, begins_with_date, clocks, dates
from taskforce.intake.reader.grid import laid_out
from taskforce.intake.reader.text import UNFINISHED, Cell, Document, Line, joined
from taskforce.intake.reader.vocabulary import Label, label_of, labels, people_lead

BULLET = re.compile(
    r"\s*(?:[•‣⁃∙·*>÷√+\u2190-\u21ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\uf0a7\uf0b7\uf0d8]+|"
    r"[-–—](?=\s)|o(?=\t| {2,}|\s[A-ZÆØÅ])|\[[ xX]?\]|\([ xX]\))\s*"
)
WORDED = (
    r"(?:(?:ad\s+)?dagsordenens\s+punkt|ad\.?|§|nr\.?|punkt|pkt\.?|dagsordenspunkt|item|agenda\s+item|point|sag|emne|tema|"
    r"point)\s*(?:nr\.?|no\.?|#)?\s*"
)
NUMBER = re.compile(
    rf"\s*(?:(?P<word>{WORDED})(?P<worded>\d{{1,3}})(?:\s(?:af|of)\s\d{{1,3}}|\s*/\s*{WORDED}(?P=worded))?\s*(?:(?:[.):;,]|[–-](?!\w))+|(?=\s|$))"
    r"|\(?(?P<plain>\d{1,3})\s?(?:[.)]+(?!\d)|(?=\t))|#?(?P<colon>\d{1,3}):(?=\s)"
    r"|(?P<roman>[IVX]{1,5})\.(?=\s))\s*",
    re.IGNORECASE,
)
SUBNUMBER = re.compile(
    r"\s*(?:(?:ad\s+|punkt\s+|pkt\.?\s+)?(\d{1,3})\.(\d{1,2})(?:\.\d+)*[.):]?(?=\s)|"
    r"[a-hA-H][.)](?=\s))\s*",
    re.IGNORECASE,
)
# "31 Godkendelse", only where the document sets the line as a heading.
BARE_NUMBER = re.compile(
    r"\s*(?P<plain>\d{1,3})\s+(?=[^\W\d_])(?P<worded>(?!))?(?P<colon>(?!))?(?P<roman>(?!))?"
)
JAN = re.compile(r"\s*\d{1,2}\.\s(?:Jan|Maj|August)\s+[A-ZÆØÅ][a-zæøå]")  # somebody, no day
LABELLED = re.compile(r"(?P<label>[^:;\n]{2,70}?)\s*(?P<colon>[:;?])(?:\s+|$)")
STOPPED = re.compile(r"(?P<label>[A-ZÆØÅ][\w ]{3,30})\.\s+(?=[A-ZÆØÅ])")
PEOPLE = (Label.PRESENT, Label.ABSENT)
FIELD = re.compile(r"(?P<label>[^\t]{2,40}?)\s*(?:\t+| {3,}| {2}(?=[A-ZÆØÅ\d])| \.{2,} )(?=\S)")
PAREN = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*")
DOUBLE_FROM = 12  # lines from which a text can be told to be double spaced
MOST_BLANK = 100  # lines in a row that count
LONGEST = 4_000  # characters of a line that are read as one
UNITS = ("", *str.split("i ii iii iv v vi vii viii ix"))
ROMAN = {"x" * ten + unit: 10 * ten + at for ten in range(4) for at, unit in enumerate(UNITS)}


@dataclass(frozen=True, slots=True)
class Row:
    """A line, its marks, and `rest`: its words without them."""

    line: Line
    index: int
    rest: Line
    number: int | None = None
    worded: bool = False  # "Punkt 3", "Ad 3"
    sub: bool = False  # 3.1, a)
    bullet: bool = False
    depth: int = 0
    clock: Clock | None = None
    label: Label | None = None
    value: Line | None = None  # what stands beside the label, maybe empty
    wrapped: bool = False  # it goes on with the line before, which was broken at the margin

    @property
    def blank(self) -> bool:
        return not self.line.words

    @property
    def cell(self) -> Cell | None:
        return self.line.cell

    @property
    def beside(self) -> str:
        """What stands beside its label, in words; nothing where it has none."""
        return self.value.words if self.value else ""

    @property
    def is_item(self) -> bool:
        """It has a mark that points of an agenda have."""
        return self.number is not None or self.clock is not None

    @property
    def is_heading(self) -> bool:
        """It stands out as a heading does: by its style, in bold, or in capitals."""
        words = self.rest.words
        if not words or len(words) > 120:
            return False
        return bool(
            self.line.level
            or is_capitals(words)
            or (self.line.bold and len(words) < 90 and self.cell is None)
        )


def is_capitals(words: str) -> bool:
    bare = re.split(r"\s*(?:\(|\sv[/.]|\s[–/-]\s)", words)[0]  # "ØKONOMI (Bo Friis)"
    letters = [letter for letter in bare if letter.isalpha()]
    return len(letters) >= 4 and len(words) <= 90 and all(letter.isupper() for letter in letters)


def rows(document: Document) -> list[Row]:
    """Return the document's lines as rows; a plain text's own tables get cells."""
    lines = _without_edges(_without_voids([line for line in document.lines if not line.edge]))
    lines = _without_furniture(_single_spaced(lines))
    lines = [piece for line in _with_heads(_without_cards(lines)) for piece in _in_pieces(line)]
    found = [_row(index, line) for index, line in enumerate(laid_out(lines))]
    return _counted(_with_wraps(found) if document.has_margins else found)


def edge_rows(document: Document) -> list[Row]:
    """Return the lines of headers and footers that tell of a meeting."""
    lines = [line for line in document.lines if line.edge or PAGE.fullmatch(line.words)]
    return [_row(index, line) for index, line in enumerate(lines)]


# "- 1 -", "Side 2 af 3", "2/3": what stands at the edge of a page.
PAGE = re.compile(
    r"\W*(?:(?:side|page|s\.)\s*)?\d{1,3}\s*(?:(?:af|of|/)\s*\d{1,3})?\W*|.{0,60}\b(?:side|page)\s+\d{1,3}"
    r"(?:\s*(?:af|of|/)\s*\d{1,3})?\W*",
    re.IGNORECASE,
)
BARE_COUNT = re.compile(r"\d{1,3}[.)]?")  # the number of a point whose title is on the next line


def _without_furniture(lines: list[Line]) -> list[Line]:
    """Leave out page numbers, and the heads that stand on every page, with the blanks around."""
    counted = Counter(line.words for line in lines if len(line.words) > 8 and line.cell is None)
    kept: list[Line] = []
    before: set[str] = set()
    skipping = False
    for line in lines:
        head = counted[line.words] > 2 and line.words in before
        before.add(line.words)
        paged = PAGE.fullmatch(line.words) and not BARE_COUNT.fullmatch(line.words)
        if line.cell is None and line.words and (paged or (head and skipping)):
            while kept and not kept[-1].words and kept[-1].cell is None:
                kept.pop()
            skipping = True
        elif line.words or not skipping:
            kept.append(line)
            skipping = False
    return kept


HASHES = re.compile(r"#{1,4} +(?=\S)")
BOXED = re.compile(r"\s*\|\s?(?P<words>[^|]*[^|\s])\s*\|\s*")  # a row of one cell
UNDERLINED = re.compile(r"(?:-{3,}|={3,}|_{3,}|\*{3,}|~{3,})")


def _with_heads(lines: list[Line]) -> list[Line]:
    """Take a hash before a line, or a rule right below it, for the heading that it makes."""
    found: list[Line] = []
    for number, line in enumerate(lines):
        below = lines[number + 1].words if number + 1 < len(lines) else ""
        if line.cell is None and (match := HASHES.match(line.text)):
            line = replace(line.part(match.end()), level=1)
        elif line.cell is None and (match := BOXED.fullmatch(line.text)):
            line = line.part(*match.span("words"))
        elif line.cell is None and (match := EMPHASIS.fullmatch(line.text)):
            line = _emphasised(line, match)
        elif line.cell is None and 2 < len(line.words) < 80 and UNDERLINED.fullmatch(below):
            # A rule as long as the words is theirs; a longer one parts what stands around it.
            own = abs(len(below) - len(line.words)) < 4 and "|" not in line.words
            line = replace(line, level=1) if own else line
        found.append(line)
    return found


# "**Dato:** 3. april", "- *Økonomi*": how plain text marks bold letters.
EMPHASIS = re.compile(
    r"(?P<lead>\s*(?:[-+*]\s+|\d{1,3}[.)]\s+)?)(?P<mark>\*{1,3}|_{1,3})"
    r"(?P<words>[^\s*_](?:[^*]*?[^\s*_])?)(?P=mark)(?P<rest>(?![\w*]).*)"
)


def _emphasised(line: Line, match: re.Match[str]) -> Line:
    """Return the line in bold letters as far as it is, its marks blotted out."""
    gap = " " * len(match["mark"])
    bold = match["lead"] + gap + match["words"]
    if match["rest"].strip(" :"):
        return replace(line, text=bold + gap + match["rest"], lead=len(bold))
    return replace(line, text=bold + gap + match["rest"], bold=True)


# "Navn: Anne Holm" and below it "Organisation: KAB".
CARD = re.compile(
    r"\s*(?:(?P<name>navn|name)|organi[sz]ation|virksomhed|arbejdssted|kommer\s+fra)\s*:\s*(?=\S)",
    re.IGNORECASE,
)


def _without_cards(lines: list[Line]) -> list[Line]:
    """Write a name and an organisation that stand below each other, labelled, as one line."""
    found: list[Line] = []
    named = False
    for line in lines:
        match = CARD.match(line.text) if line.cell is None else None
        if match and not match["name"] and named:
            found[-1] = joined([found[-1], line.part(match.end())], ",")
        elif match and match["name"]:
            while found and named and not found[-1].words:
                found.pop()  # blocks of one list
            line = line.part(match.end())
            found.append(line)
        else:
            found.append(line)
        named = bool(match) or (named and not line.words)
    return found


def _without_voids(lines: list[Line]) -> list[Line]:
    """Leave out the blank lines that stand behind more of them than any page has."""
    kept: list[Line] = []
    blank = 0
    for line in lines:
        blank = 0 if line.words or line.cell else blank + 1
        if blank <= MOST_BLANK:
            kept.append(line)
    return kept


def _without_edges(lines: list[Line]) -> list[Line]:
    """Take off the indentation that all lines have, and the blanks at their ends."""
    filled = [line.text for line in lines if line.words and line.cell is None]
    margin = min((len(text) - len(text.lstrip(" ")) for text in filled), default=0)
    return [
        replace(line, start=line.start + margin, text=line.text.rstrip(" ")[margin:])
        if line.words and line.cell is None
        else line
        for line in lines
    ]


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Leave out the empty line behind each line of a text that was pasted with double spacing."""
    filled = [at for at, line in enumerate(lines) if line.words and at + 1 < len(lines)]
    spaced = {at + 1 for at in filled if not lines[at + 1].words}
    if len(filled) < DOUBLE_FROM or len(spaced) < 0.92 * len(filled):
        return lines
    return [line for at, line in enumerate(lines) if at not in spaced]


def _with_wraps(found: list[Row]) -> list[Row]:
    """Mark the lines that only a margin parted from the line before them."""
    margin = _margin(found)
    if margin is None:
        return found
    return [
        replace(row, wrapped=True) if number and _is_broken(found[number - 1], row, margin) else row
        for number, row in enumerate(found)
    ]


def _margin(found: list[Row]) -> int | None:
    """Return the width at which the document's lines were broken, if they were."""
    # A link is never broken, however long.
    plain = [
        row.line.text.rstrip()
        for row in found
        if row.cell is None and "/" not in row.line.text and not _is_set_right(row.line.text)
    ]
    widest = max(map(len, plain), default=0)
    near = sum(len(text) > widest - 12 for text in plain)
    return widest if 45 <= widest <= 120 and near >= 4 else None


def _is_set_right(text: str) -> bool:
    """Say whether a line stands at the right edge, as page numbers and running heads do."""
    return len(text) - len(text.lstrip()) > 20


def _is_broken(last: Row, row: Row, margin: int) -> bool:
    """Say whether the first word of a line would not have gone on the line before."""
    if row.blank or last.blank or row.cell is not None or row.bullet or row.is_item:
        return False
    width = len(last.line.text.rstrip()) + 1 + len(row.line.words.split()[0])
    goes_on = width > margin or UNFINISHED.search(last.line.words)
    return bool(goes_on) and len(last.line.text) > margin // 2


def _in_pieces(line: Line) -> list[Line]:
    """Cut a line longer than any paragraph at ends of sentences: time stays linear."""
    pieces = []
    start = 0
    while len(line.text) - start > LONGEST:
        stop = start + LONGEST
        cut = max(line.text.rfind(". ", start, stop), line.text.rfind("! ", start, stop))
        cut = (
            cut + 1 if cut > start else max(line.text.rfind(" ", start, stop), start + LONGEST // 2)
        )
        pieces.append(replace(line, start=line.start + start, text=line.text[start:cut]))
        start = cut
    return [*pieces, replace(line, start=line.start + start, text=line.text[start:])]


# Labels after which a list of the word processor's own numbers starts anew.
RESTART = {
    Label.AGENDA,
    Label.MINUTES,
    Label.ACTIONS,
    Label.PRESENT,
    Label.ABSENT,
    Label.NEWS,
    Label.CALLS,
}


# "Hvem" at the head of minutes asks who was there, further down who does what.
BY_QUESTION = {Label.RESPONSIBLE, Label.DEADLINE}


def _by_question(row: Row) -> Label | None:
    asked = row.rest.words.lower()
    if asked.startswith(("hvem", "who")):
        return Label.PRESENT
    return Label.DATE if asked.startswith(("hvornår", "when")) else row.label


def _counted(found: list[Row]) -> list[Row]:
    """Give the items of automatically numbered lists the numbers that the document shows."""
    count, counted, filled = 0, [], 0
    for row in found:
        filled += not row.blank
        if filled < 15 and row.label in BY_QUESTION and row.value is not None:
            row = replace(row, label=_by_question(row))
        ordered = row.line.ordered and row.line.depth == 0 and row.cell is None
        if not ordered and (row.line.level or row.label in RESTART):
            count = 0
        if ordered and row.line.words and row.number is None:
            count += 1
            row = replace(row, number=count)
        counted.append(row)
    return counted


def _row(index: int, line: Line) -> Row:
    text = line.text
    indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
    depth = line.depth if line.depth is not None else min(indent // 2, 4)
    at = 0
    bullet = line.depth is not None and not line.ordered
    if match := BULLET.match(text):
        at, bullet = match.end(), True
    clock, at = _clock(line, at)
    number, worded, sub, at = _number(text, at, headed=bool(line.level))
    if clock is None and at and (number is not None or bullet):
        clock, at = _clock(line, at)
    rest = line.part(at)
    label, value = labelled(rest)
    if sub:
        number = None
    return Row(line, index, rest, number, worded, sub, bullet, depth, clock, label, value)


def _clock(line: Line, at: int) -> tuple[Clock | None, int]:
    """Return the time that the line has from `at` on, and where its words go on."""
    text = line.text
    lead = re.compile(r"\s*[(\[]?\s*").match(text, at)
    start = lead.end() if lead else at
    head = text[start : start + 40]
    for clock in clocks(head, offset=line.start + start, bare=True)[:1]:
        if clock.span.start > line.start + start + 1:
            break
        if begins_with_date(head):
            break
        after = clock.span.end - line.start
        tail = re.compile(r"\s*[)\]]?\s*(?:[:.,|–—-](?=\s|$))?\s*").match(text, after)
        return clock, tail.end() if tail else after
    return None, at


def _number(text: str, at: int, *, headed: bool) -> tuple[int | None, bool, bool, int]:
    # "A. Holm, Odense Kommune" is somebody.
    named = re.compile(r"\s*[A-H]\.\s[A-ZÆØÅ][\w-]+\s*[,(]").match(text, at)
    dated = begins_with_date(text[at : at + 30].lstrip())
    if (match := SUBNUMBER.match(text, at)) and not named and not dated:
        return None, False, True, match.end()
    match = NUMBER.match(text, at) or (BARE_NUMBER.match(text, at) if headed else None)
    if not match or (dated and not JAN.match(text, at)):
        return None, False, False, at
    if match["roman"]:
        number = ROMAN.get(match["roman"].lower())
        return (
            (number, False, False, match.end())
            if number and match["roman"].isupper()
            else (None, False, False, at)
        )
    found = match["worded"] or match["plain"] or match["colon"]
    if not match["worded"] and re.match(
        r"(?:møde|meeting|th)\b", text[match.end() :], re.IGNORECASE
    ):
        return None, False, False, at
    return int(found), bool(match["worded"]), False, match.end()


def labelled(line: Line) -> tuple[Label | None, Line | None]:
    """Return what a line's label announces and the line's part beside it."""
    text = line.text
    if not text:
        return None, None
    match = LABELLED.match(text)
    if match and (label := label_of(PAREN.sub(" ", match["label"]), with_colon=True)):
        return label, line.part(match.end())
    if (match := STOPPED.match(text)) and (label := label_of(match["label"])) in PEOPLE:
        return label, line.part(match.end())
    label = label_of(PAREN.sub(" ", text), with_colon=text.rstrip().endswith(":"))
    if label and not dates(text):  # "Næste møde holdes i april"
        return label, line.part(len(text))
    if (match := FIELD.match(text)) and (label := label_of(match["label"])):
        return label, line.part(match.end())
    return _begins_with_label(line)


OPENS = {
    label: "|".join(
        re.escape(words).replace(r"\ ", r"\s+")
        for words, one in sorted(labels().items(), key=lambda pair: -len(pair[0]))
        if one is label and len(words) > 3
    )
    for label in (Label.NEXT, Label.AGENDA)
}
PREFIXES = {
    label: re.compile(
        rf"(?:{words})(?:\s+(?:var|er|fra|blev|were|was|is|are|from|received from)(?:\s+der)?"
        r"\s*[:;]?\s+|\s+[-–]\s+)",
        re.IGNORECASE,
    )
    for label, words in OPENS.items()
}
NEXT_WHEN = re.compile(rf"(?:{OPENS[Label.NEXT]})\s+(?=\S)", re.IGNORECASE)


def _begins_with_label(line: Line) -> tuple[Label | None, Line | None]:
    if (match := NEXT_WHEN.match(line.text)) and any(
        one.span.start < 20 for one in dates(line.text[match.end() :])
    ):
        return Label.NEXT, line.part(match.end())
    if told := people_lead(line.text):
        return told[0], line.part(told[1])
    for label, pattern in PREFIXES.items():
        if match := pattern.match(line.text):
            return label, line.part(match.end())
    return None, None
