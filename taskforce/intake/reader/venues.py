"""Where a meeting was, and whether in a room or on a screen: what the head of its minutes tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from taskforce.intake.reader.choosing import Candidate, candidate, choose, confidence, flat
from taskforce.intake.reader.dates import clocks, dates
from taskforce.intake.reader.draft import Found, Mode, Person
from taskforce.intake.reader.fields import MEETING, TITLE, Piece
from taskforce.intake.reader.moments import LATER
from taskforce.intake.reader.places import (
    ADDRESS,
    AFTER,
    HYBRID,
    INDOORS,
    ONLINE,
    PLATFORM,
    VENUE,
    Where,
    bare,
    has_look,
    is_group,
    is_person,
    where,
)
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.vocabulary import Label
from taskforce.intake.reader.weights import Cue

# "Mødet afholdtes online", "Vi sad i kantinen", "Tak for et godt møde i fælleshuset"
HELD = re.compile(
    rf"(?:^\s*blev\b[^.\n]{{0,40}}?\bholdt\b|^\s*(?:held|hosted|(?:af)?holdt)\b|{MEETING}[^.\n]{{0,60}}?\b(?:(?:af)?holdt|(?:af)?holdtes|afholdes|"
    r"fandt\s+sted|foregik|var|flyttet|held|took\s+place|convened|was)\b|"
    rf"\b(?:(?:(?:af)?holdtes|blev\s+(?:af)?holdt|(?:af)?holdt)\s+(?:[\w.]+\s+){{0,4}}?(?:{MEETING}|[a-zæøå]*generalforsamling)|således\s+passeret|fysisk\s+(?:frem)?møde|"
    r"holdt\s+(?:[\w.]+\s+){1,7}?møde|som\s+(?:vi\s+|blev\s+)(?:af)?holdt)\b|"
    r"\btak\s+for\s+(?:\w+\s+){0,4}?(?:møde\w*|eftermiddag|formiddag|dag|aften|i\s+går|sidst)\b|"
    r"\b(?:vi|bestyrelsen|udvalget|rådet|netværket|[a-zæøå]*gruppen|taskforcen|we|the\s+\w+)\s+"
    r"(?:sad|sås|met|holdt\s+(?:mødet|til))\b|\b(?:mødtes|var\s+samlet)\b)",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:planlagt|skulle|oprindelig\w*|planned|should)\b[^.\n]*?\b(?:men|but)\b", re.IGNORECASE
)
# "som fysisk møde i kantinen", "ved fysisk fremmøde"
AS_MEETING = re.compile(r"\b(?:som|ved)\s+(?:et\s+)?(?:\w+\s+)?\w*møde\b", re.IGNORECASE)
PREPOSITION = re.compile(
    r"(?:^|[\s,(])(?P<place>(?:(?:hjemme\s+)?hos|online|virtuelt|digitalt|fysisk|som\s+(?=\w+møde)|virtual)\b|"
    r"(?:på|i|ved|at|in|on|via|over):?\s+|til\s+(?!kl|\d))",
    re.IGNORECASE,
)
BEHIND_DATE = re.compile(
    r"\s*(?:[|•·,.:;–—(/@-]|$)|\s+(?:på|i|hos|hjemme|ved|at|in|on|via|sted|online)\b", re.IGNORECASE
)
# "Emil sad med på telefonen"
JOINED = re.compile(
    rf"\b(?:med|deltog|deltager|deltagende|ind)\s+(?:på|via|over|pr\.)\s+(?:{ONLINE.pattern})",
    re.IGNORECASE,
)
AT_PLACE = re.compile(r"\W*(?:på|i|hos|ved|at|in)\s", re.IGNORECASE)
NAMED = re.compile(r"(?:møde|samling|træf|meeting)(?:t|en|et)?\s*$", re.IGNORECASE)
HOUSE = re.compile(
    r"(?:[A-ZÆØÅ][\w.-]*(?:\s|(?=[,(])|$)){1,4}(?:$|[,(–])"
)  # "kl. 10 Odense Rådhus"
# "mødet er indkaldt telefonisk": of letters and calls, not of the meeting.
ABOUT = re.compile(r"\b(?:indkald\w*|kontakt\w*|ring\w*|invit\w*|link\w*)\s", re.IGNORECASE)
STATED = (None, Label.DATE, Label.TIME, Label.OTHER, Label.DECISION, Label.CATEGORY)
NEAR = 12  # pieces, in which a line with a date may be the meeting's
LONGEST = 90  # characters of a place
MUCH = 0.9  # points by which a screen outweighs what may be a sender's address


def venues(pieces: list[Piece], taken: set[int]) -> list[tuple[Candidate[str], Mode | None]]:
    """Return the places that may be the meeting's, each with the mode that it tells of.

    A place may be empty where only the mode is told. `taken` are the rows of lists of people.
    """
    return [
        (_candidate(piece, *one, taken), one[0].mode)
        for piece in map(_as_it_was, pieces)
        for one in chain(_labelled(piece), _said(piece), _beside(piece), _alone(piece))
    ]


def _as_it_was(piece: Piece) -> Piece:
    """Leave out where it should have been: "planlagt på Teams, men blev holdt i kantinen"."""
    moved = PLANNED.search(piece.text)
    return replace(piece, line=piece.line.part(moved.end())) if moved else piece


def said(pieces: list[Piece]) -> list[tuple[Candidate[str], Mode | None]]:
    """Return the places that sentences tell of in what is a list of people otherwise."""
    return [
        (_candidate(piece, *one, set()), one[0].mode)
        for piece in pieces
        for one in (
            _on_screen(piece)
            if piece.label is Label.CATEGORY or JOINED.search(piece.text)
            else _said(piece)
        )
    ]


def _candidate(
    piece: Piece, told: Where, cues: dict[Cue, bool], reason: Reason, taken: set[int]
) -> Candidate[str]:
    cues |= {
        Cue.PERSON: is_person(told.place)
        or (piece.row.index in taken and Cue.STANDS in cues and told.mode is not Mode.ONLINE),
        Cue.LONG: len(told.place) > LONGEST,
        Cue.BODY: is_group(told.place),
        Cue.OTHER_MEETING: piece.label is Label.NEXT
        or bool(Cue.BESIDE_DATE in cues and LATER.search(piece.text)),
        Cue.IN_LIST: piece.is_listed,
        Cue.LOOKS: has_look(told.place) or told.mode is Mode.ONLINE,
    }
    return candidate(told.place, told.span, reason, cues)


Told = tuple[Where, dict[Cue, bool], Reason]


def _labelled(piece: Piece) -> Iterator[Told]:
    if piece.label not in (Label.PLACE, Label.DATE, Label.TIME):
        return
    # "KL" may be a label of a time, or the association of municipalities.
    if piece.label is not Label.PLACE and not (dates(piece.text) or clocks(piece.text)):
        return
    told = where(piece.line)
    if told and (told.place or piece.label is Label.PLACE):
        cue = Cue.LABEL if piece.label is Label.PLACE else Cue.LABEL_OF_TIME
        yield told, {cue: True}, Reason.BY_LABEL


def _said(piece: Piece) -> Iterator[Told]:
    """Read the sentences that tell that the meeting was held, and where."""
    if piece.label not in (None, Label.PRESENT) or piece.row.label is Label.NEXT:
        return
    for match in HELD.finditer(piece.text):
        rest = AFTER.split(piece.text[match.end() :])[0]
        at = match.end() + (form.end() if (form := AS_MEETING.search(rest)) else 0)
        stop = match.end() + len(rest)
        clause = piece.text[at:stop].partition(",")[0]
        leads = [at + lead.start("place") for lead in PREPOSITION.finditer(clause)]
        # "i bestyrelsen i Foreningen X i Erhvervshuset": whose meeting it was, and where last.
        of_group = leads and is_group(piece.text[leads[0] : stop])
        behind = where(piece.line.part(leads[-1], stop)) if leads[1:] else None
        named = behind and has_look(behind.place) and NAMED.search(piece.text[: match.end()][-20:])
        for start in leads[-1:] if of_group or named else leads[:1]:
            if told := where(piece.line.part(start, stop)):
                yield told, {Cue.SAID: True, Cue.OF_GROUP: bool(of_group)}, Reason.IN_PROSE


def _beside(piece: Piece) -> Iterator[Told]:
    """Read the place on a line that has the meeting's date: behind, before or between."""
    text = piece.text
    mentions = dates(text)
    plain = piece.label in (None, Label.NUMBER, Label.MINUTES) and len(text) < 220
    if not plain or not mentions or piece.place > NEAR or piece.row.number is not None:
        return
    first = mentions[0].span
    after = max(
        [first.end, *(one.span.end for one in clocks(text) if one.span.start > first.start)]
    )
    tail = piece.line.part(after, after + len(AFTER.split(text[after:])[0]))
    house = HOUSE.match(tail.text)
    behind = BEHIND_DATE.match(text[after:]) or (house and has_look(house[0]))
    told = where(tail) if tail.words and behind else None
    leads = bool(AT_PLACE.match(tail.text))
    if not told:
        # "Odense Rådhus, den 3. april", "Referat af møde i kantinen, den 3. april"
        *_, named = [None, *TITLE.finditer(text, 0, first.start)]
        before = piece.line.part(named.end() if named else 0, first.start)
        leads = bool(AT_PLACE.match(before.text))
        told = where(before) if (leads or not named) and not is_group(before.words) else None
        told = told if told and (has_look(told.place) or ADDRESS.search(told.place)) else None
    if told:
        yield told, {Cue.BESIDE_DATE: True, Cue.AT: leads}, Reason.IN_TITLE


def _alone(piece: Piece) -> Iterator[Told]:
    """Read a line that is nothing but a room or an address, or that names a platform."""
    words = piece.line.words
    if piece.label is None and piece.place < 8 and 3 < len(words) < 110:
        plain = not (TITLE.search(words) or dates(words) or words[-1] in ".:!?")
        looks = VENUE.search(words) or INDOORS.search(words)
        if plain and looks and piece.row.number is None and (told := where(piece.line)):
            yield told, {Cue.STANDS: True}, Reason.PLACE_STATED
    yield from _on_screen(piece)


def _on_screen(piece: Piece) -> Iterator[Told]:
    """Read a line that names a platform, or says online, of the meeting or of some who joined."""
    words = piece.line.words.partition(":")[0] if piece.label is Label.CATEGORY else piece.text
    if ABOUT.search(words):
        return
    match = PLATFORM.search(words) or ONLINE.search(words) or HYBRID.search(words)
    if piece.label in STATED and match:
        mode = Mode.HYBRID if HYBRID.search(words) else Mode.ONLINE
        line = piece.line.part(*match.span())
        told = where(line)
        place = told.place if told and mode is Mode.ONLINE else ""
        yield Where(mode, place, line.span), {Cue.STANDS: True}, Reason.PLATFORM_NAMED


def place(found: list[tuple[Candidate[str], Mode | None]], mode: Mode | None) -> Found[str] | None:
    """Return the place; a platform is one where there is no room."""
    online = [one for one, told in found if one.value and told is Mode.ONLINE]
    rooms = [one for one, told in found if one.value and told is not Mode.ONLINE]
    chosen = choose(online if mode is Mode.ONLINE else rooms, key=flat)
    return chosen and replace(chosen, value=bare(chosen.value))


def mode(
    found: list[tuple[Candidate[str], Mode | None]],
    present: list[Found[Person]],
) -> Found[Mode] | None:
    """Return the mode: a room, a screen, or both; a room that some joined online is both."""
    room, screen, both = (_best(found, one) for one in (Mode.PHYSICAL, Mode.ONLINE, Mode.HYBRID))
    online = next((one for one in present if ONLINE.search(one.value.note)), None)
    if both:
        return Found(Mode.HYBRID, both.span, confidence(both.score), Reason.PLATFORM_NAMED)
    if room and screen and screen.score - room.score < MUCH:
        sure = confidence(min(room.score, screen.score))
        return Found(Mode.HYBRID, screen.span, sure, Reason.PLATFORM_NAMED)
    if room and online and not screen:
        return Found(Mode.HYBRID, room.span, confidence(1.0), Reason.PLATFORM_NAMED)
    if screen:
        return Found(Mode.ONLINE, screen.span, confidence(screen.score), Reason.PLATFORM_NAMED)
    if room:
        reason = Reason.PLACE_STATED if room.value else Reason.PLATFORM_NAMED
        return Found(Mode.PHYSICAL, room.span, confidence(room.score), reason)
    return None


def _best(found: list[tuple[Candidate[str], Mode | None]], mode: Mode) -> Candidate[str] | None:
    return max(
        (one for one, told in found if told is mode and one.score > 0),
        key=lambda one: one.score,
        default=None,
    )
