"""Clean text on its way in: one form of every letter, and nothing that a reader cannot see."""

import re
import unicodedata

# What ends a line besides "\n": Word's soft break, a form feed, and Unicode's own marks.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control, format and surrogate code points, but for the tab and the line feed. Among them are NUL,
# which Postgres refuses, what XML forbids, soft hyphens and marks of direction.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
KEPT = frozenset("\t\n")


def clean(text: str) -> str:
    """Return a text in NFC without invisible characters; its line breaks become "\\n".

    Some programs write å as a and a ring: the same word is the same text afterwards.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", "".join(filter(_is_visible, lines)))


def _is_visible(letter: str) -> bool:
    # Unicode keeps the last two code points of each plane, and 32 more, out of every text.
    if ord(letter) & 0xFFFE == 0xFFFE or "\ufdd0" <= letter <= "\ufdef":
        return False
    return letter in KEPT or unicodedata.category(letter) not in INVISIBLE


def is_clean(text: str) -> bool:
    """Tell whether a text is as `clean` leaves it."""
    return clean(text) == text
