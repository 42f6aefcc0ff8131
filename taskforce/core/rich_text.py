"""Rich text: clean HTML with few tags, and the plain text that is typed where no editor runs.

In a bare textarea an empty line separates paragraphs, a line with "- " or "1. " is an item of a
list, and links are plain addresses.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import nh3
from django import forms
from django.conf import settings
from django.utils.html import escape

# All that minutes need; every other tag of a document or an editor is removed.
ALLOWED_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h4", "blockquote"}
TABLE_TAGS = {"table", "tr", "td", "th"}
MARKED_UP = re.compile(r"\s*<(?:p|ul|ol|h4|blockquote|table)\b", re.IGNORECASE)
LINK = re.compile(r"(?:https?://|(?<![\w@./-])www\.)\w[^\s<>\"]*")
SCHEME = "https://"  # of an address that is written without
# What may follow an address in a sentence, and pairs of which a closing one ends the address.
PUNCTUATION = ".,;:!?'’”»«…*"
PAIRS = {")": "(", "]": "[", "}": "{"}
# An editor wraps each list item in a paragraph; a single paragraph is unwrapped.
POINT_OF_ONE = re.compile(r"<li><p>((?:(?!</?(?:p|ul|ol|li)\b).)*)</p>(?=</li>|<[uo]l>)", re.DOTALL)
# Word and Outlook put a tab behind an item's mark, and many marks: of the last ones only then.
POINT = re.compile(
    r"\s*(?:(?P<bullet>[-*•·▪◦‣●○■\uf0b7\uf0a7]|[–o§](?=\t))|\d{1,2}[.)])\s+(?P<words>\S.*)"
)
BESIDE = " | "  # between the cells of a row
TAG = re.compile(r"(</?[a-z0-9]+[^>]*>)")
WORD = re.compile(r"(?:^|>)\s*[^\s<>&]")  # of clean HTML, outside its tags


def clean_html(text: str) -> str:
    """Return HTML with nothing but the allowed tags and links; nothing in it can run.

    A row of a table becomes a line.
    """
    if "<table" in text.lower():
        text = _rows_as_lines(_only(ALLOWED_TAGS | TABLE_TAGS, text))
    return _only(ALLOWED_TAGS, text)


def _only(tags: set[str], text: str) -> str:
    return nh3.clean(
        text, tags=tags, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )


def _rows_as_lines(html: str) -> str:
    """Return clean HTML whose tables are paragraphs: a line a row, with marks between its cells."""
    found: list[str] = []
    nested = 0
    is_first_row = is_first_cell = True
    for part in TAG.split(html):
        name = part.strip("</>").partition(" ")[0] if TAG.fullmatch(part) else ""
        if name == "table":
            nested += -1 if part.startswith("</") else 1
            found.append("<p>" if nested == 1 and part == "<table>" else "")
            found.append("</p>" if nested == 0 else "")
            is_first_row = is_first_row or nested == 0
        elif nested and part == "<tr>":
            found.append("" if is_first_row else "<br>")
            is_first_row, is_first_cell = False, True
        elif nested and part in ("<td>", "<th>"):
            found.append("" if is_first_cell else BESIDE)
            is_first_cell = False
        elif nested and name and name not in ("strong", "em", "a"):
            found.append(" ")
        elif not (nested and part.isspace() and "\n" in part):
            found.append(part)
    return "".join(found)


def as_html(text: str) -> str:
    """Return typed text as clean HTML; what an editor sends is HTML already, and is cleaned."""
    if MARKED_UP.match(text):
        return POINT_OF_ONE.sub(r"<li>\1", clean_html(text))
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return clean_html("".join(part for block in blocks for part in _block(block)))


def lines_as_html(text: str) -> str:
    """Return the text of a document as clean HTML: nothing in it is markup, and no list begins.

    Paragraphs and lines stay as they are, so "14. marts" keeps its number; addresses are links.
    """
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    found = ("<br>".join(map(_words, block.split("\n"))) for block in blocks if block)
    return clean_html("".join(f"<p>{lines}</p>" for lines in found))


def _block(block: str) -> Iterator[str]:
    """Yield the paragraphs and lists of lines without an empty line between them."""
    lines: list[str] = []
    points: list[str] = []
    kind = ""
    for line in [*block.split("\n"), ""]:
        point = POINT.match(line)
        tag = ("ul" if point["bullet"] else "ol") if point else ""
        if points and tag != kind:
            yield f"<{kind}>{''.join(points)}</{kind}>"
            points = []
        if point:
            if lines:
                yield f"<p>{'<br>'.join(lines)}</p>"
                lines = []
            points.append(f"<li>{_words(point['words'])}</li>")
            kind = tag
        elif line.strip():
            lines.append(_words(line.strip()))
    if lines:
        yield f"<p>{'<br>'.join(lines)}</p>"


def _words(text: str) -> str:
    """Return escaped text whose web addresses are links; tabs part the cells of a pasted row."""
    found, end = "", 0
    line = re.sub(r"\s*\t\s*", BESIDE, text.strip())
    for link in LINK.finditer(line):
        address = _without_punctuation(link[0])
        found += escape(line[end : link.start()])
        to = f"{SCHEME}{address}" if address.startswith("www.") else address
        found += f'<a href="{escape(to)}">{escape(address)}</a>'
        end = link.start() + len(address)
    return found + escape(line[end:])


def _without_punctuation(address: str) -> str:
    """Return an address without what the sentence put behind it."""
    open_still = {
        closing: address.count(closing) - address.count(PAIRS[closing]) for closing in PAIRS
    }
    end = len(address)
    while end and ((last := address[end - 1]) in PUNCTUATION or open_still.get(last, 0) > 0):
        open_still[last] = open_still.get(last, 0) - 1
        end -= 1
    return address[:end]


class _Text(HTMLParser):
    """Collects the text of clean HTML as somebody would type it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.is_marked = False  # a list item has begun and has no word yet
        self.link = ""
        self.link_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._begin_line()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            if (number := self.lists[-1]) is None:
                self.parts.append("- ")
            else:
                self.lists[-1] = number + 1
                self.parts.append(f"{number + 1}. ")
            self.is_marked = True
        elif tag == "p" and self.lists:
            self._begin_line()
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self.link, self.link_text = dict(attrs).get("href") or "", ""
            if self.link.startswith("/"):  # it must work outside the portal, too
                self.link = settings.SITE_URL + self.link

    def _begin_line(self) -> None:
        """Begin a line in a list, unless the current one holds only the mark of an item."""
        if self.lists and not self.is_marked and self.parts and self.parts[-1][-1:] != "\n":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self.is_marked = False
            self._begin_line()
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            if not self.lists:
                self.parts.append("\n")
        elif tag in ("p", "h4", "blockquote") and not self.lists:
            self.parts.append("\n\n")
        elif tag == "a":
            if self.link and self.link not in (self.link_text, SCHEME + self.link_text):
                self.parts.append(f" ({self.link})")
            self.link = ""

    def handle_data(self, data: str) -> None:
        self.link_text += data
        self.is_marked = False
        self.parts.append(data)


def as_text(html: str) -> str:
    """Return clean HTML as text for a bare textarea. Bold and italics are lost."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


def is_blank(html: str) -> bool:
    """Tell whether clean HTML shows no word."""
    return not WORD.search(html) and not as_text(html)


def begin_from(form: Any, name: str, html: str | None = None, *, language: str = "da") -> None:
    """Fill a field of rich text with HTML (None: the instance's), or with what was typed.

    The editor reads `data-html`; the bare textarea holds the same as text.
    """
    html = getattr(form.instance, name) if html is None else html
    typed = as_html(form.data.get(form.add_prefix(name), "")) if form.is_bound else as_html(html)
    form.fields[name].widget.attrs |= {"lang": language, "data-html": typed}
    form.initial[name] = as_html(html)


class RichTextField(forms.CharField):
    """A field whose value is clean HTML, typed as text or sent as HTML by the editor."""

    widget = forms.Textarea(attrs={"rows": 10, "data-rich-text": ""})

    def prepare_value(self, value: Any) -> Any:
        return as_text(value) if isinstance(value, str) and MARKED_UP.match(value) else value

    def to_python(self, value: Any) -> str:
        return as_html(super().to_python(value) or "")
