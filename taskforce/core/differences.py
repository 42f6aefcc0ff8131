"""The difference between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from taskforce.core.rich_text import as_text

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# At most so many pairs of equal words are compared, which takes a fifth of a second: readers wait
# for it. Of longer texts, all between the first and the last difference counts as rewritten.
MOST = 100_000


@dataclass(frozen=True)
class Piece:
    """A run of text that is in both, or only in the old or the new one: "=", "-" or "+"."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """Return the pieces of two texts, rich or plain, in reading order.

    Lines are compared first and words only where lines differ.
    """
    return [*_joined(_pieces(as_text(old).splitlines(True), as_text(new).splitlines(True)))]


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            yield Piece("=", "".join(old[a:b]))
        else:
            yield from _words("".join(old[a:b]), "".join(new[c:d]))


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    gone = come = space = ""
    for tag, a, b, c, d in _opcodes(before, after):
        same = "".join(before[a:b]) if tag == "equal" else ""
        if (gone or come) and same.isspace():
            space = same  # between two changes it belongs to both
            continue
        if tag == "equal":
            yield from _change(gone, come)
            yield Piece("=", space + same)
            gone = come = space = ""
            continue
        gone, come = gone + space + "".join(before[a:b]), come + space + "".join(after[c:d])
        space = ""
    yield from _change(gone, come)
    if space:
        yield Piece("=", space)


def _change(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("-", gone)
    if come:
        yield Piece("+", come)


def _opcodes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield difflib's opcodes. The common beginning and end are not compared, which saves time."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    to, end = len(old) - tail, len(new) - tail
    if head:
        yield "equal", 0, head, 0, head
    gone, come = old[head:to], new[head:end]
    if _pairs(gone, come) > MOST:
        yield "replace", head, to, head, end
    else:
        # Blanks are junk to the matcher: texts are matched by their words.
        matcher = SequenceMatcher(str.isspace, gone, come, autojunk=False)
        for tag, *span in matcher.get_opcodes():
            a, b, c, d = (place + head for place in span)
            yield tag, a, b, c, d
    if tail:
        yield "equal", to, len(old), end, len(new)


def _alike(old: list[str], new: list[str]) -> int:
    """Return the length of the common beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _pairs(old: list[str], new: list[str]) -> int:
    """Return how many pairs of parts are equal: comparing takes time in proportion."""
    there = Counter(part for part in new if not part.isspace())
    return sum(there[part] for part in old)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def before(pieces: list[Piece]) -> list[Piece]:
    """Return the old text's side."""
    return [piece for piece in pieces if piece.kind != "+"]


def after(pieces: list[Piece]) -> list[Piece]:
    """Return the new text's side."""
    return [piece for piece in pieces if piece.kind != "-"]
