"""Series of lines that look alike and may be the headings of an agenda's points.

A line can be read in several ways: by its number, its time, its mark, its style, its place. Lines
read in one way are a series. Each is weighed by what titles of points are like, and the heaviest
is the agenda.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from taskforce.intake.reader.dates import clocks
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.numbers import WORDS
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import ROMAN, Row
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.titles import LEAD_CODE, LEADERS, read_title
from taskforce.intake.reader.vocabulary import Column, Label, column_of, fold

STOP = {Label.MINUTES, Label.PRESENT, Label.ABSENT, Label.AGENDA}
# Headings that are no points of an agenda where the points have no numbers.
NO_POINTS = {
    *STOP,
    *(Label.ACTIONS, Label.NEXT, Label.NEWS, Label.ROLE, Label.DATE, Label.TIME, Label.PLACE),
    *(Label.OTHER, Label.DECISION, Label.CATEGORY, Label.NUMBER, Label.START, Label.END),
    *(Label.RESPONSIBLE, Label.DEADLINE),
}
# Of these, some are titles too where they stand among other points: "Næste skridt", "Nyt udefra".
INNER = {
    *(Label.ACTIONS, Label.NEXT, Label.NEWS, Label.START, Label.END, Label.OTHER),
    *(Label.CATEGORY, Label.NUMBER, Label.ROLE, Label.PLACE),
}
# What a way of reading is worth before its lines are looked at.
NUMBERED = 3.0  # they count from one
WORDED = 4.0  # "Punkt 1", "Ad 1"
COUNTED_ON = 2.0  # they count from another number, as committees do over the year
RESTARTED = -2.0  # lists inside the points count anew each time
TIMED = 3.5  # times that rise
LABELLED = 3.5  # each stands beside the same label: "Emne:"
STYLED = 1.5  # headings by style, a rule, bold, capitals
MARKED = 0.5  # one mark in front of all
PLACED = 0.0  # alone above their text, or with it behind a colon
RETURNED = 1.5  # each stood in a list above
LISTED = 7.0  # lines under "Dagsorden", the cells of a column of titles
LISTED_ALONE = 3.0  # lines that return as headings, under no label
# What the lines are like.
FAIR = 4.0  # the share that reads as titles do
KNOWN = 2.0  # the share that every agenda has: welcome, approval, any other business
TOLD = 1.0  # the share with text below it
SPREAD = 3.0  # the part of the document from the first to the last
MORE = 0.2  # each line, to MOST of them
AGAIN = 0.5  # each line that the document has in two places
MOST = 10
ENOUGH = 2.0
MOST_POINTS = 300  # of one meeting
FIRSTS = 20  # lines with a number from which counting is tried
LONGEST = 150  # characters of a title with its mark
MOST_WORDS = 25  # of a title

MIXED = ("any", "")  # "1 Velkomst" and "2. Økonomi" in one list
MARK = r"[^\w\s]{0,3}"
# "Nr. 3 –", "4.2", "[5]", "Sag 24-07:", "3/2025", "Ad dagsordenens punkt 2:".
COUNTED = re.compile(
    rf"\s*(?P<before>(?:(?:[^\W\d]|-(?=\w)){{1,18}}[.:]?\s*){{0,3}}{MARK}\s?(?:\d{{1,4}}\s?[./-]\s?)*?)"
    rf"(?P<number>\d{{1,3}})(?P<behind>(?:\s?[./-]\s?(?P<second>\d{{1,4}}))?\s?{MARK})(?=\s|$)\s*"
)
SPELT = re.compile(
    rf"\s*(?P<before>(?:[^\W\d]{{2,18}}\s)?[(\[]?)(?:(?P<roman>[IVX]{{1,5}})|(?P<letter>[A-Pa-p])(?=\s?[^\w\s,]))"
    rf"(?P<behind>\s?{MARK})(?=\s)\s*"
)
# "Første punkt: ", "Punkt to – ".
IN_WORDS = re.compile(
    rf"\s*(?P<before>(?:[^\W\d]{{2,18}}\s)?)(?P<word>{'|'.join(WORDS)})(?P<behind>(?:\s[^\W\d]{{4,18}})?\s?{MARK})(?=\s)\s*",
    re.IGNORECASE,
)
TIME_BEHIND = re.compile(
    r"[\s,(–-]*(?:kl\.?\s*)?\d{1,2}[.:]\d\d\s*(?:[-–]\s*\d{1,2}[.:]\d\d\s*)?\)?\s*$", re.I
)
# A sentence ends so, a title does not; "Evt." is a title.
ENDED = re.compile(r"[,;!]$|\w{5,}\.$|\s\S+\s\S+\s\S+\.$")
EVERYWHERE = re.compile(
    r"\b(?:velkom\w*|godkendelse|dagsorden\w*|eventuelt|evt|meddelelser|orientering|økonomi|"
    r"regnskab|budget|nyt|næste|valg|bordet|siden sidst|opfølgning|afslutning|afrunding|"
    r"opsamling|status|drøftelse|pause|indkomne|konstituering|aob|any other|welcome|approval|"
    r"adoption|next|introduction|minutes|update)\b",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?]$")
# A title with what was said behind its colon: "Økonomi: Der er penge."
RUN_IN = re.compile(r"[A-ZÆØÅ](?:[^:.,]|(?<=vt)\.|(?<=\d)\.){2,50}(?::|\s[–-])\s+[A-ZÆØÅ].{4}")
# "ØKONOMI: Der er penge."
CAPITALS = re.compile(
    r"(?P<title>[A-ZÆØÅ]{3}[^a-zæøå:]{,80}?)\s*(?:[:.]|\s[–-])\s+(?=[A-ZÆØÅ][a-zæøå]|[A-ZÆØÅ]\s[a-zæøå])"
)
AGENDA = re.compile(r"dagsorden|agenda", re.IGNORECASE)
SENTENCE = re.compile(r"[a-zæøå]{3}[.!?](?:$|\s\w)")
BARE_LABEL = re.compile(r"([A-ZÆØÅ][a-zæøå]+)\s+(?=[A-ZÆØÅ])")  # "Emne Økonomi"
LAST = re.compile(r"\W*(?:eventuelt|evt|aob|any other business)\b", re.IGNORECASE)


Pair = tuple[Row, Row, int]  # a title, the line that begins with it again, where it ends there


@dataclass(slots=True)
class Series:
    heads: list[Row]  # each with the number, time and words that this way of reading gives it
    worth: float
    reason: Reason
    weight: float = 0.0


class Lines:
    """The lines that may be points, and where each stands among all."""

    def __init__(self, rows: list[Row], free: list[Row], register: Register) -> None:
        self.rows, self.free = rows, free
        self.said = Counter(map(_key, free))
        # What stands again and again ("Indstilling", "Referat") heads parts of a point.
        single = [row for row in free if self.said[_key(row)] == 1]
        self.once = [
            row
            for row in single
            if row.label not in NO_POINTS or _may_be_inner(row) or self._heads_no_list(row)
        ]
        self.first, self.last = (free[0].index, free[-1].index) if free else (0, 0)
        self.near = {row.index for row in free}
        self.outer = min((row.depth for row in free if row.bullet), default=0)
        # Where lines stand all apart or all together, empty lines tell nothing.
        parted = sum(one.blank for one in rows) / max(1, len(rows))
        self.is_even = not 0.1 < parted < 0.4
        self.titles: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            if _may_be_title(row):
                for line in {row.rest, self._with_hanging(row)}:
                    self.titles[fold(read_title(line, register).text)].append(row.index)
        self.twice = self._rising_pairs(list(self._pairs())[:MOST_POINTS])
        self.returning = {at for early, late, _ in self.twice for at in (early.index, late.index)}

    def _pairs(self) -> Iterator[Pair]:
        """Yield a title, the line further down that begins with it, and where it ends there."""
        for row in self.free:
            ends = [one.end() for one in islice(re.finditer(r"\S+", row.rest.text), MOST_WORDS)]
            for end in reversed(ends):
                at = self.titles.get(fold(row.rest.text[:end]), [])
                if at and at[0] < row.index and len(at) < 3:
                    yield self.rows[at[0]], row, end
                    break

    def _with_hanging(self, row: Row) -> Line:
        """Return a title with the line below it that is set in, where that goes on with it."""
        below = self.rows[row.index + 1 : row.index + 2]
        hangs = (
            below and below[0].line.text[:2] == "  " and not (below[0].bullet or below[0].is_item)
        )
        return joined([row.rest, below[0].rest], " ") if hangs else row.rest

    def _rising_pairs(self, pairs: list[Pair]) -> list[Pair]:
        """Return the most pairs whose titles stand in the same order in both places."""
        runs: list[list[Pair]] = []
        for pair in pairs:
            early = pair[0].index
            before = [run for run in runs if run[-1][0].index < early < run[0][1].index]
            runs.append([*max(before, key=len, default=[]), pair])
        longest = max(runs, key=len, default=[])
        return longest if len(longest) > 2 else []

    def _heads_no_list(self, row: Row) -> bool:
        """Say whether a heading that lists have stands before a sentence: "Gæster", "Program"."""
        if row.label not in (Label.PRESENT, Label.ABSENT, Label.CATEGORY, Label.AGENDA):
            return False
        if AGENDA.search(row.rest.words.split(":")[0]):
            return False
        below = self.below(row)
        told = row.beside if row.beside or below is None else below.line.words
        return bool(SENTENCE.search(told)) and told.count(",") < 3

    def below(self, row: Row) -> Row | None:
        """Return the next line that says something."""
        following = self.rows[row.index + 1 : row.index + 8]
        return next((one for one in following if not one.blank), None)

    def apart(self, row: Row) -> bool:
        """Say whether an empty line stands above, or the end of a sentence where none tells."""
        above = next((one for one in self.rows[: row.index][:-4:-1] if not one.blank), None)
        if above is None or above.index not in self.near or above.is_heading:
            return True
        if above.bullet and not row.bullet and not row.line.text.startswith(" "):
            return True
        if not self.is_even:
            return self.rows[row.index - 1].blank
        return bool(ENDS.search(above.rest.words))

    def series(self) -> list[Series]:
        """Return what may be the points, the likeliest first."""
        found = [one for one in self._ways() if 1 < len(one.heads) <= MOST_POINTS]
        for one in found:
            one.weight = self._weight(one)
        return sorted((one for one in found if one.weight >= ENOUGH), key=lambda one: -one.weight)

    def _weight(self, series: Series) -> float:
        heads = series.heads
        titles = [row.rest.words or self._next_words(row) for row in heads]
        if series.reason is Reason.BY_NUMBER:
            # "1. Valg af ordstyrer." has a full stop only because it has a number.
            titles = [words.rstrip(".") if words.count(" ") < 8 else words for words in titles]
        return self.worth(series.worth, heads, titles)

    def worth(self, worth: float, heads: list[Row], titles: list[str]) -> float:
        """Return how much speaks for lines as the points of an agenda."""
        many, places = len(heads), {row.index for row in heads}
        told = [
            row
            for row in heads
            if RUN_IN.match(row.rest.words)
            or ((below := self.below(row)) and below.index not in places)
        ]
        reach = (heads[-1].index - heads[0].index) / max(1, self.last - self.first)
        return (
            worth
            + FAIR * (len(set(titles)) / many - 1)
            + FAIR * sum(map(_fairness, titles)) / many
            - FAIR
            + KNOWN * sum(bool(EVERYWHERE.search(words)) for words in titles) / many
            + TOLD * len(told) / many
            + SPREAD * reach
            + AGAIN * min(len(places & self.returning), MOST)
            + MORE * min(many, MOST)
        )

    def _next_words(self, row: Row) -> str:
        below = self.below(row)
        return below.rest.words if below else ""

    def _ways(self) -> Iterator[Series]:
        yield from self._by_number()
        yield from self._by_time()
        yield from self._by_label()
        yield from self._by_style()
        yield from self._by_place()
        late = [replace(row, rest=row.rest.part(0, end)) for _early, row, end in self.twice]
        yield Series(late, RETURNED, Reason.BY_LABEL)

    # Numbers

    def _by_number(self) -> Iterator[Series]:
        looks: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.free:
            for look, one in _counted(row):
                looks[look].append(one)
        for look, rows in looks.items():
            if look == MIXED and len(rows) == len(looks.get(("any",), [])):
                continue
            for chain in self._chains(rows):
                worded = look[0].strip(" ([#").isalpha() or chain[0].worded
                worth = WORDED if worded else NUMBERED
                if sum(row.number == 1 for row in rows) > 2:
                    worth += RESTARTED
                if chain[0].number != 1:
                    worth = COUNTED_ON + (len(chain) > 3)
                yield Series(chain, worth, Reason.BY_NUMBER)

    def _chains(self, rows: list[Row]) -> Iterator[list[Row]]:
        """Yield the runs whose numbers go up by one, of like lines if these get as far.

        A list inside a point has numbers too, and looks otherwise.
        """
        firsts = [row for row in rows if row.number == 1] or rows[:1]
        for first in firsts[:FIRSTS]:
            later = [row for row in rows if row.index > first.index and row.depth == first.depth]
            whole = _count_on(first, later)
            like = _count_on(first, [row for row in later if self._look(row) == self._look(first)])
            yield like if len(like) == len(whole) else whole

    def _look(self, row: Row) -> tuple[bool, ...]:
        """Return by what a heading stands out from the lines around it."""
        return bool(row.line.level), bool(row.line.bold), self.apart(row), row.worded

    # Times

    def _by_time(self) -> Iterator[Series]:
        ends = {Label.TIME, Label.DATE, Label.START, Label.END}
        front = [row for row in self.free if row.clock and row.label not in ends]
        behind = []
        for row in self.free:
            words = row.rest.words
            # Times are short: the end of a line is enough, however long the line.
            match = TIME_BEHIND.search(words, max(0, len(words) - 40)) if not row.clock else None
            inner = row.label not in NO_POINTS or _may_be_inner(row)
            if match and match.start() and inner:
                clock = clocks(match[0], bare=True)
                behind += [replace(row, clock=clock[0])] if clock else []
        for rows in (front, behind):
            times = [row.clock for row in rows if row.clock]
            while len(times) > 1 and (times[0].end or "") > times[1].start:
                rows, times = rows[1:], times[1:]  # the time of the whole meeting
            rising = _rising(rows[:MOST_POINTS])
            if len(rising) > max(2, 0.7 * len(rows)):
                yield Series(rising, TIMED, Reason.BY_CLOCK)

    # Style, marks and place

    def _by_style(self) -> Iterator[Series]:
        styles: dict[object, list[Row]] = defaultdict(list)
        marks: dict[str, list[Row]] = defaultdict(list)
        for row in self.once:
            words = row.rest.words
            if self._names_paper(row) or row.number is not None or not words or len(words) > 120:
                continue
            if row.line.level:
                styles[row.line.level].append(row)
            elif row.is_heading:
                styles["bold" if row.line.bold else "capitals"].append(row)
                styles["any"].append(row)
            if row.bullet and row.depth == self.outer:
                marks[_mark(row)].append(row)
        leads = [row for row in self.once if _lead(row) and row.number is None]
        yield Series(_inside(leads), STYLED, Reason.HEADINGS_ONLY)
        for heads in styles.values():
            yield Series(_inside(heads), STYLED, Reason.HEADINGS_ONLY)
        for heads in marks.values():
            told = (self._is_told(row) or tells_result(row.rest.words) for row in heads)
            # Who writes no capitals sets titles apart, each with a mark and above its text.
            small = all(
                row.rest.words[0].islower() and len(row.rest.words) < 40 and self.apart(row)
                for row in heads
            )
            if sum(told) * 5 >= 4 * len(heads) and not self._tell_of_above(heads):
                yield Series(_inside(heads), MARKED + FAIR * small, Reason.HEADINGS_ONLY)

    def _tell_of_above(self, heads: list[Row]) -> bool:
        """Say whether marked lines stand below paragraphs that open with a title of their own."""
        above = [self.rows[row.index - 1] for row in heads if row.index]
        return sum(tells_result(one.rest.words) and not one.bullet for one in above) > 1

    def _names_paper(self, row: Row) -> bool:
        """Say whether a heading is one of the lines that name the paper, at its top."""
        above = [one for one in self.rows[: row.index] if not one.blank]
        return row.index < 3 and all(one.is_heading for one in above)

    def _is_told(self, row: Row) -> bool:
        """Say whether text that is no further point stands below a line."""
        below = self.below(row)
        apart = below is not None and _mark(below) != _mark(row)
        return below is not None and (not below.bullet or below.depth > row.depth or apart)

    def _by_label(self) -> Iterator[Series]:
        """Yield what stands behind or below a label that every point has: "Emne: Økonomi"."""
        named: dict[str, list[Row]] = defaultdict(list)
        for row in self.free:
            if code := LEAD_CODE.match(row.rest.words):
                named["code"].append(replace(row, rest=row.rest.part(code.end())))
            if (bare := BARE_LABEL.match(row.line.text)) and column_of(bare[1]) is Column.ITEM:
                named[bare[1]].append(replace(row, rest=row.line.part(bare.end())))
            key, colon, value = row.line.words.partition(":")
            if len(key) < 25 and column_of(key) is Column.ITEM:
                at = row.line.text.index(":") + 1 if colon else 0
                below = None if value.strip() else self.below(row)
                named[key.lower()].append(
                    below if below is not None else replace(row, rest=row.line.part(at))
                )
        for heads in named.values():
            if len(heads) > 2 or len(heads) == len(set(map(_key, heads))) > 1:
                yield Series(heads, LABELLED, Reason.BY_LABEL)

    def _by_place(self) -> Iterator[Series]:
        colons = [row for row in self.once if self._opens_text(row)]
        yield Series(_inside(colons), PLACED + 0.5, Reason.HEADINGS_ONLY)
        yield Series(self._above_repeated(), PLACED + 1, Reason.HEADINGS_ONLY)
        for test in (self._is_alone, self._runs_in):
            heads = [row for row in self.once if test(row)]
            plain = [row for row in heads if not row.bullet]  # below them bullets tell more
            heads = _inside(plain if len(plain) > 2 else heads)
            yield Series(heads, PLACED, Reason.HEADINGS_ONLY)

    def _is_alone(self, row: Row) -> bool:
        """Say whether a short line has an empty one above it and a sentence right below."""
        below = self.below(row)
        near = below is not None and (self.is_even or below.index == row.index + 1)
        if not self.apart(row) or below is None or not near or below.wrapped or row.bullet:
            return False
        told = re.search(r"(?:[.!?]|\w/\S+)$", below.rest.words) or self.said[_key(below)] > 1
        return bool(told) and is_title(row.rest.words) and len(row.rest.words) < 70

    def _opens_text(self, row: Row) -> bool:
        """Say whether a line that ends in a colon or asks has text of its own below it."""
        words = row.rest.words
        return bool(re.search(r"[:?]$", words)) and len(words) < 90 and self._is_told(row)

    def _runs_in(self, row: Row) -> bool:
        """Say whether a paragraph opens with its title and a colon: "Økonomi: Der er penge."."""
        below = self.rows[row.index + 1 : row.index + 2]
        broken = bool(below and below[0].wrapped and RUN_IN.match(row.rest.words))
        return (tells_result(row.rest.words) or broken) and row.index > 2 and self.apart(row)

    def _above_repeated(self) -> list[Row]:
        """Return the lines right above a heading that every point has, such as "Indstilling"."""
        above: dict[str, list[Row]] = defaultdict(list)
        for last, row in pairwise(self.free):
            if 2 < len(key := _key(row)) < 40 and self.said[key] > 2:
                above[key].append(last)
        runs = []
        for key, rows in above.items():
            found = [row for row in rows if self.said[_key(row)] == 1 and is_title(row.rest.words)]
            if len(found) * 5 >= 4 * self.said[key]:
                runs.append(found)
        return max(runs, key=len, default=[])


def _lead(row: Row) -> bool:
    """Say whether a line opens in bold or in capitals, and goes on otherwise."""
    return bool(row.line.lead or CAPITALS.match(row.rest.words))


def _may_be_title(row: Row) -> bool:
    return is_title(row.rest.words) and (row.label not in NO_POINTS or _may_be_inner(row))


def tells_result(words: str) -> bool:
    """Say whether what was said stands behind a title and its colon."""
    return bool(RUN_IN.match(words) and ENDS.search(words))


def is_title(words: str) -> bool:
    """Say whether words read as a title does: short, a capital in front, no end of a sentence."""
    words = LEADERS.sub("", words).lstrip("”“\"'([#§")
    words = re.split(r":\s|\s[–-]\s(?=[A-ZÆØÅ])", words)[0]
    return (
        2 < len(words) < 110
        and (words[0].isupper() or words[0].isdigit())
        and not ENDED.search(words)
        and not re.search(r"\w{4,}[.!?]\s+[A-ZÆØÅ]\w+ ", words)
    )


def _fairness(words: str) -> float:
    """Return how well words read as a title, or as one with what was said behind it."""
    return 1.0 if is_title(words) else 0.6 * is_title(re.split(r"\.\s+(?=[A-ZÆØÅ])", words)[0])


def _mark(row: Row) -> str:
    return row.line.text[: row.rest.start - row.line.start].strip()


def _may_be_inner(row: Row) -> bool:
    head = row.rest.words.split(":")[0].strip()
    known = row.label is Label.DECISION and EVERYWHERE.fullmatch(head)  # "Status", "Orientering"
    return bool(known) or (row.label in INNER and " " in head)


def _inside(heads: list[Row]) -> list[Row]:
    """Leave out labels before the first title and behind the last, and what follows "Eventuelt"."""
    surely = [at for at, row in enumerate(heads) if not _may_be_inner(row)]
    if not surely:
        return []
    first, end = surely[0], surely[-1] + 1
    first -= first > 0 and heads[first - 1].label is Label.START
    end += end < len(heads) and heads[end].label is Label.NEXT
    heads = heads[first:end]
    ends = [at for at, row in enumerate(heads, 1) if LAST.match(row.rest.words)]
    heads = heads[: ends[-1]] if ends else heads
    while heads and heads[-1].label is Label.CALLS:
        heads = heads[:-1]
    return heads


def _key(row: Row) -> str:
    """Return what a line says before a colon, or the whole of a short one."""
    words = row.rest.words.lower()
    head = words.split(":")[0]
    return head.strip() if len(head) < 40 and row.rest.words[:1].isupper() else words


def _counted(row: Row) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield the ways in which a line can be read as numbered."""
    if len(row.line.words) > LONGEST and row.number is None:
        return
    if row.number is not None and not row.sub:
        yield ("any",), row
        yield MIXED, row
        return
    for look, number, end in _marks(row.line.text):
        one = replace(row, number=number, rest=row.line.part(end), clock=None, sub=False)
        yield look, one
        if look == ("", ""):
            yield MIXED, one


def _marks(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield (what stands around the number, the number, where the words begin)."""
    if match := COUNTED.match(text):
        before, behind = match["before"].strip().lower(), match["behind"].strip()
        yield (before, behind), int(match["number"]), match.end()
        if match["second"]:
            mark = behind.split(match["second"])
            yield (before, match["number"], *mark), int(match["second"]), match.end()
    if (match := SPELT.match(text)) and (number := _spelt(match)):
        kind = "roman" if match["roman"] else "letter"
        yield (match["before"].strip().lower(), kind, match["behind"].strip()), number, match.end()
    if match := IN_WORDS.match(text):
        look = (match["before"].strip().lower(), "word", match["behind"].strip())
        yield look, WORDS[match["word"].lower()], match.end()


def _spelt(match: re.Match[str]) -> int | None:
    if match["roman"]:
        return ROMAN.get(match["roman"].lower())
    return "abcdefghijklmnop".index(match["letter"].lower()) + 1


def _count_on(first: Row, later: list[Row]) -> list[Row]:
    chain = [first]
    for row in later:
        if row.number == (chain[-1].number or 0) + 1:
            chain.append(row)
    return chain


def _rising(rows: list[Row]) -> list[Row]:
    """Return the most rows whose times rise; a deadline between them has a time as well."""
    runs: list[list[Row]] = []
    for row in rows:
        before = [run for run in runs if _start(run[-1]) <= _start(row)]
        runs.append([*max(before, key=len, default=[]), row])
    return max(runs, key=len, default=[])


def _start(row: Row) -> str:
    return row.clock.start if row.clock else ""


def barely_numbered(rows: list[Row]) -> list[Row]:
    """Return the lines numbered in order with no mark behind the number: "1 Siden sidst"."""
    looks: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        for look, one in _counted(row):
            looks[look].append(one)
    return max((_count_on(found[0], found[1:]) for found in looks.values()), key=len, default=[])
