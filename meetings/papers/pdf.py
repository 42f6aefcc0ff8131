"""A paper as PDF: tagged for readers of every kind (PDF/UA-1), set by Typst without network.

The fonts are those that Typst brings, so that a paper looks the same wherever it is made.
"""

import re
import unicodedata
from pathlib import Path

import typst

from meetings.papers.content import Paper

TEMPLATE = Path(__file__).with_name("minutes.typ")
# Typst names each piece of text that its fonts cannot show, written as Rust writes strings.
NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
TRIES = 4  # without one sign, what stood beside it may be a piece of its own
LOOKS = "\ufe0e\ufe0f"  # say only how the sign before them looks
UNKNOWN = "□"


def made(paper: Paper) -> bytes:
    """Return the paper as PDF, with words for signs that no font of ours has."""
    data = paper.as_data()
    made_at = int(paper.made_at.timestamp())
    for _attempt in range(TRIES):
        try:
            return _compiled(data, made_at)
        except typst.TypstError as error:
            if not (missing := not_shown(error.diagnostic)):
                raise
            data = without(missing, data)
    return _compiled(without({sign for sign in data if ord(sign) > 255}, data), made_at)


def not_shown(diagnostic: str) -> set[str]:
    """Return the signs that Typst could not show. Those of ASCII are the data's own."""
    pieces = NOT_SHOWN.findall(diagnostic)
    signs = {sign for piece in pieces for sign in ESCAPED.sub(_sign, piece)}
    return {sign for sign in signs if not sign.isascii()}


def without(missing: set[str], text: str) -> str:
    """Return text with a name for each missing picture, and a box for anything else."""
    return text.translate({ord(sign): _in_words(sign) for sign in {*missing, *LOOKS}})


def _sign(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


def _in_words(sign: str) -> str:
    if unicodedata.category(sign) in ("Sk", "Mn", "Cf"):
        return ""  # changes only the look of what stands before it
    name = unicodedata.name(sign, "") if unicodedata.category(sign) == "So" else ""
    return f"[{name.lower()}]" if name else UNKNOWN


def _compiled(data: str, made_at: int) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        sys_inputs={"paper": data},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=made_at,
    )
