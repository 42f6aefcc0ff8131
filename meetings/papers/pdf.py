"""Documents as accessible, tagged PDF (PDF/UA-1), set by Typst without network.

It uses the fonts that Typst brings, so that a document looks the same wherever it is made.
"""

import re
import unicodedata
from pathlib import Path

import typst

from meetings.papers.content import Paper

TEMPLATE = Path(__file__).with_name("minutes.typ")
# Typst names each text that its fonts cannot show, with Rust's escapes.
NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
TRIES = 4  # after one sign is replaced, Typst may name its neighbours
LOOKS = "\ufe0e\ufe0f"  # variation selectors: only the look of the sign before them
UNKNOWN = "□"


def render(paper: Paper) -> bytes:
    """Return the document as PDF; a sign that no font has becomes its name."""
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
    """Return the signs that Typst could not show. Signs of ASCII are the syntax of our data."""
    pieces = NOT_SHOWN.findall(diagnostic)
    signs = {sign for piece in pieces for sign in ESCAPED.sub(_sign, piece)}
    return {sign for sign in signs if not sign.isascii()}


def without(missing: set[str], text: str) -> str:
    """Return text with the name of each missing picture, and a box for any other missing sign."""
    return text.translate({ord(sign): _in_words(sign) for sign in {*missing, *LOOKS}})


def _sign(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


def _in_words(sign: str) -> str:
    if unicodedata.category(sign) in ("Sk", "Mn", "Cf"):
        return ""  # only the look of the sign before it
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


def drawn(svg: str) -> bytes:
    """Return a drawing as PNG, for programs that show no SVG."""
    page = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"
    return typst.compile(
        page, format="png", ppi=300, sys_inputs={"svg": svg}, ignore_system_fonts=True
    )
