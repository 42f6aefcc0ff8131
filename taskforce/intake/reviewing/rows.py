"""Put the rows of a list right: add, split, join and move people and agenda items.

Each change takes a review and returns what is typed in it afterwards, and the key of the row that
it made or changed. Nothing is lost: a row that is joined to another is left out, not deleted.
"""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.intake.reader.names import likeness, without_role
from taskforce.intake.reviewing.candidate_forms.base import STEP, CandidateForm, Decision
from taskforce.intake.reviewing.candidates import BLANK, FIRST, MOST_ADDED
from taskforce.intake.reviewing.kinds import kind_of
from taskforce.intake.reviewing.review import Review, Typed
from taskforce.members.models import Kind

Changed = tuple[Typed, str]

MOST_TYPED = 20_000  # characters of the lines that are typed at once

# The mark or number that a list puts before a line; "1. maj" is no number of a line.
MARK = re.compile(
    r"(?:[-–—*•·▪◦‣●○■\uf0b7\uf0a7]\s*"
    r"|(?:pkt\.?|punkt)?\s*\d{1,2}[.):]\s*"
    r"(?!\d|kvartal|halvår|runde|behandling|udkast|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
    r")(?=\S)",
    re.IGNORECASE,
)
# What stands between a name, a role and an organisation, and what says how somebody took part.
AFTER_NAME = re.compile(r"\s*[,;()\t]+\s*|\s+[-–—]\s*|[-–—]\s+")
ROLE = re.compile(
    r"\w*(?:formand|forkvinde|direktør|leder|chef|konsulent|præst|sekretær|kasserer|referent|ordstyrer"
    r"|koordinator|medarbejder|rektor|borgmester|lærer|pædagog|ejer|medlem|suppleant|studerende"
    r"|repræsentant|forælder|vært|gæst|frivillig)",
    re.IGNORECASE,
)
TOOK_PART = (
    (re.compile(r"(?:meldt )?afbud|fraværende|deltog ikke|ikke til stede", re.I), "apologies"),
    (re.compile(r"online|(?:på|via|over) (?:teams|zoom)|teams|zoom", re.I), "online"),
)
BETWEEN_PEOPLE = re.compile(r"\s*[;,]\s*(?:og\s+|samt\s+|and\s+)?(?=\S)|\s+(?:og|samt|and)\s+")
NAME_ENDS = re.compile(r"\s*[,;(]|\s+(?:og|samt|and|[-–—])\s")
SURELY_PERSON = 2.0  # the weight of two capitalised words or more, the first a given name
# What parts two people, or two items, of one line: the first of these that is in it.
BETWEEN_NAMES = [r"\s*[;\n/]\s*", r"\s+(?:og|and|samt)\s+|\s*[&+]\s*", r"\s*,\s*"]
BETWEEN_TITLES = [r"\s*[;\n]\s*", r"\s*/\s*|\s[-–—]\s", r",\s", r"\s(?:og|samt)\s"]
CLOCK = r"(?:kl\.?\s*)?(\d{1,2}[.:]\d{2}|(?<=kl )\d{1,2}|(?<=kl\. )\d{1,2})"
TIMES = re.compile(
    rf"{CLOCK}(?:\s*(?:[-–—]|til)\s*(\d{{1,2}}(?:[.:]\d{{2}})?))?\s*[:,;–—-]?\s+(.+)", re.IGNORECASE
)


def add(review: Review, field: str, lines: str) -> Changed:
    """Add a row for each line that is typed, or one that is empty."""
    if len(lines) > MOST_TYPED:
        raise Refused(_("This is too much at once. Add it in smaller parts."))
    typed = review.decisions
    words = [_unmarked(line) for line in lines.splitlines() if line.strip()] or [""]
    if field != "agenda":
        words = [person for line in words for person in _people(line)]
    place = max((form.rank for form in _rows(review, field)), default=0)
    key = ""
    for number, line in enumerate(words, start=1):
        key = _free(typed, field)
        decision = Decision.ACCEPT if line else Decision.UNDECIDED  # an empty row is no fault yet
        typed[key] = {"order": str(place + number * STEP), "decision": decision}
        typed[key] |= _read(field, line)
    return typed, key


def _people(line: str) -> Iterator[str]:
    """Cut a line before each name but the first: "Ea Holm, Bo Lund og Ib Dam, KAB" is three."""
    start = 0
    for mark in BETWEEN_PEOPLE.finditer(line):
        name = NAME_ENDS.split(line[mark.end() :], maxsplit=1)[0]
        if ";" in mark[0] or likeness(without_role(name)[0]).person >= SURELY_PERSON:
            yield line[start : mark.start()]
            start = mark.end()
    yield line[start:]


def _read(field: str, line: str) -> dict[str, str]:
    """Return the fields of a row as a line says them."""
    if field == "agenda":
        found = TIMES.fullmatch(line)
        starts, ends, title = found.groups() if found else ("", "", line)
        return {"name": title, "starts": starts or "", "ends": ends or ""}
    name, *more = filter(None, AFTER_NAME.split(line)) if line else [""]
    read = {"name": without_role(name)[0]}
    for words, decision in TOOK_PART:
        if any(map(words.fullmatch, more)):
            # Of those who were away it is what their list says already.
            said = Decision.ACCEPT if (field, decision) == ("absent", "apologies") else decision
            read["decision"] = said
            more = [part for part in more if not words.fullmatch(part)]
    more = [part for part in more if not ROLE.fullmatch(part)]
    # Of "Indkøb, Odense Kommune" the organisation is what looks like one, else what stands last.
    known = [part for part in more if kind_of(part) != Kind.OTHER]
    return read | {"written": [*more, *known][-1] if more else ""}


def _unmarked(line: str) -> str:
    """Return a line without the mark of its list, and with plain spaces."""
    plain = re.sub(r"[^\S\t]+", " ", line.strip())
    mark = None if TIMES.fullmatch(plain) else MARK.match(plain)
    return plain[mark.end() :] if mark else plain


def split(review: Review, field: str, key: str) -> Changed:
    """Make two rows of one, where its words say that there are two, else add an empty one."""
    typed, form = review.decisions, _form(review, key)
    first, rest = _halves(form.raw("name"), BETWEEN_TITLES if field == "agenda" else BETWEEN_NAMES)
    new = _free(typed, field)
    after = [row.rank for row in _rows(review, field) if row.rank > form.rank]
    place = (form.rank + min(after, default=form.rank + 2 * STEP)) // 2
    decision = (form.raw("decision") or Decision.ACCEPT) if rest else Decision.UNDECIDED
    typed[new] = {"decision": decision, "order": str(place)}
    if field == "agenda":
        typed[key]["name"], typed[new]["name"] = first, rest
    else:
        # Each may have an organisation of its own; one that has none shares that of the line.
        halves = [_read(field, first), _read(field, rest)]
        shared = form.raw("written") or halves[1]["written"]
        typed[key] |= {"name": halves[0]["name"], "written": halves[0]["written"] or shared}
        typed[new] |= {"name": halves[1]["name"], "written": halves[1]["written"] or shared}
    if place == form.rank:
        _number(typed, _rows(review, field), {key: new})
    return typed, new


def _halves(words: str, between: list[str]) -> tuple[str, str]:
    """Return what stands before and after the first thing that parts the words."""
    for pattern in between:
        first, *rest = re.split(pattern, words, maxsplit=1)
        if first and rest and rest[0]:
            return first, rest[0]
    return words, ""


def join(review: Review, field: str, key: str) -> Changed:
    """Put a row's words at the end of the row above it, and leave the row itself out."""
    typed, form = review.decisions, _form(review, key)
    above = _neighbour(review, field, form, -1)
    into = typed[above.candidate.key]
    into["name"] = f"{into['name']} {form.raw('name')}".strip()
    for name in ("written", "ends", "details"):
        if name in form.fields and not into.get(name):
            into[name] = form.raw(name)
    typed[key]["decision"] = Decision.SKIP
    if field == "agenda":
        index, there = str(form.candidate.index), str(above.candidate.index)
        for passage in _rows(review, "passages"):
            if passage.raw("agenda") == index:
                typed[passage.candidate.key]["agenda"] = there
    return typed, above.candidate.key


def up(review: Review, field: str, key: str) -> Changed:
    return _moved(review, field, key, -1)


def down(review: Review, field: str, key: str) -> Changed:
    return _moved(review, field, key, 1)


def _moved(review: Review, field: str, key: str, by: int) -> Changed:
    typed, form = review.decisions, _form(review, key)
    other = _neighbour(review, field, form, by)
    typed[key]["order"] = str(other.rank)
    typed[other.candidate.key]["order"] = str(form.rank)
    return typed, key


CHANGES: dict[str, Callable[[Review, str, str], Changed]] = {
    "split": split,
    "join": join,
    "up": up,
    "down": down,
}


def change(review: Review, asked: str) -> Changed:
    """Carry out what a button asks for, such as "split:attendees-3"; Refused where it cannot."""
    what, _colon, key = asked.partition(":")
    if what not in CHANGES:
        raise Refused(_("This cannot be done here. Load the page again."))
    field = _form(review, key).candidate.field
    if field not in BLANK:
        raise Refused(_("This cannot be done here. Load the page again."))
    return CHANGES[what](review, field, key)


def renumber(review: Review, number: int) -> Changed:
    """Give the meeting another number."""
    typed = review.decisions
    typed["number-0"] |= {"value": str(number), "decision": Decision.ACCEPT}
    return typed, "number-0"


def _form(review: Review, key: str) -> CandidateForm:
    if key not in review.by_key:
        raise Refused(_("This row is not here any more. Load the page again."))
    return review.by_key[key]


def _rows(review: Review, field: str) -> list[CandidateForm]:
    return [form for form in review.forms if form.candidate.field == field]


def _neighbour(review: Review, field: str, form: CandidateForm, by: int) -> CandidateForm:
    """Return the row before or after a row, of those that are not left out."""
    rows = [row for row in _rows(review, field) if row is form or not row.is_skipped]
    place = rows.index(form) + by
    if not 0 <= place < len(rows):
        raise Refused(_("There is no row there."))
    return rows[place]


def _free(typed: Typed, field: str) -> str:
    """Return a key that no row of the field has; Refused where too many are added."""
    keys: Iterator[str] = (f"{field}-{index}" for index in range(FIRST, FIRST + MOST_ADDED))
    found = next((key for key in keys if key not in typed), None)
    if found is None:
        raise Refused(_("More rows than these cannot be added."))
    return found


def _number(typed: Typed, rows: list[CandidateForm], after: dict[str, str]) -> None:
    """Give all rows places with room between them; `after` are new rows by the one they follow."""
    place = 0
    for row in rows:
        for key in filter(None, (row.candidate.key, after.get(row.candidate.key))):
            place += STEP
            typed[key]["order"] = str(place)
