"""Clean text on its way in: one form of every letter, and nothing that a reader cannot see."""

import re
import unicodedata

# What ends a line besides "\n": Word's soft break, a form feed, and Unicode's own marks.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control and format characters but for the tab, the line feed and joiners, halves of surrogate
# pairs, what Unicode keeps out of every text, and letters that are blank. Among them are NUL, which
# Postgres refuses, what XML forbids, soft hyphens and marks of direction.
INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bcaf\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    + "".join(chr(plane - 2) + chr(plane - 1) for plane in range(0x20000, 0x120000, 0x10000))
    + "]"
)
# The flags of England, Scotland and Wales are spelled with letters that do not show by themselves
# (Unicode Technical Standard 51). Nothing else may hide words in such letters.
FLAG_OR_INVISIBLE = re.compile(
    f"(\U0001f3f4[\U000e0061-\U000e007a]{{3,6}}\U000e007f)|{INVISIBLE.pattern}"
)
# Joiners make one picture of several, and shape the letters of Arabic and Indian names. Between
# other letters they only make two words that look the same differ.
SHAPED = "[\u0600-\u1cff\u2190-\U000dffff]"
STRAY_JOINER = re.compile(f"(?<!{SHAPED})[\u200c\u200d]|[\u200c\u200d](?!{SHAPED})")


# Marks on one letter; sorting them takes the square of their number. Unicode allows a program to
# stop at thirty (Standard Annex 15, Stream-Safe Text Format).
MOST_MARKS = 30
MANY_MARKS = re.compile(rf"[^\w\s\0-\u02ff]{{{MOST_MARKS + 1},}}")


def clean(text: str) -> str:
    """Return a text in NFC without invisible characters; its line breaks become "\\n".

    Some programs write å as a and a ring: the same word is the same text afterwards.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = LINE_ENDS.sub("\n", text)
    seen = (
        FLAG_OR_INVISIBLE.sub(r"\1", lines) if "\U0001f3f4" in lines else INVISIBLE.sub("", lines)
    )
    composed = unicodedata.normalize("NFC", MANY_MARKS.sub(_with_fewer_marks, seen))
    return unicodedata.normalize("NFC", STRAY_JOINER.sub("", composed))


def _with_fewer_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for letter in found[0]:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def is_clean(text: str) -> bool:
    """Tell whether a text is as `clean` leaves it."""
    return clean(text) == text
