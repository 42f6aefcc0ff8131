"""The HTML twin of a letter, made from its plain text, so that no letter is written twice.

An address of the portal on a line of its own becomes a button that bears the words before it: the
first one filled, those right behind it in outline, later ones a link. Lines such as "When: …" stand
in a box, a line in capitals or underlined is a heading, and the agenda is a list. Nothing that
somebody typed is markup.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from taskforce.core.rich_text import lines_as_html

LONGEST_LABEL = 60  # characters of a button
LONGEST_PREVIEW = 140
HEADINGS = (gettext_lazy("AGENDA"), gettext_lazy("NOW"), gettext_lazy("BEFORE"))
FACT = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ ]{1,24}: \S")
ROW = re.compile(r"(\d{1,2}\.(?:\d\d)?) (.+)")  # of an agenda: its time, or its number
CODE = re.compile(r"[A-Z]{4}-[A-Z]{4}")
WAY = re.compile(r'<a(?: class="([^"]*)")? href="[^>]*>(.*?)</a>', re.DOTALL)
POINT = "- "
OTHER_LANGUAGE = "– – –"
FOOT = "--"
RULE = "-"  # below a heading, as often as it has letters
LONGEST_RULE = 76


def page(subject: str, content: SafeString, text: str) -> str:
    """Return the whole HTML of a letter, for the mail; `text` is the letter as plain text."""
    context = {"subject": subject, "content": content, "language": get_language()}
    return render_to_string("emails/letter.html", context | {"preview": preview(text)})


def preview(text: str) -> str:
    """Return the first words of a letter that are new: what follows the greeting."""
    _greeting, _gap, rest = text.partition("\n\n")
    blocks = [block.split("\n") for block in rest.split("\n\n")]
    first = next((lines for lines in blocks if not _is_heading(lines)), [])
    words = " ".join(line for line in first if not line.startswith(f"{settings.SITE_URL}/"))
    return Truncator(words).chars(LONGEST_PREVIEW)


def as_content(text: str) -> SafeString:
    """Return the plain text of a letter, or of a part of it, as safe HTML."""
    parts = re.split(r"\n\s*\n", text.strip())
    return SafeString("".join(_blocks([part.split("\n") for part in parts if part.strip()])))


def absolute(html: str) -> SafeString:
    """Return clean HTML, as `rich_text` keeps it, whose links work outside the portal too."""
    return SafeString(html.replace(' href="/', f' href="{settings.SITE_URL}/'))


def without_ways(content: SafeString) -> SafeString:
    """Return content whose links lead nowhere, for a page that shows somebody else's letter."""
    return SafeString(WAY.sub(_as_words, content))


def _as_words(found: re.Match[str]) -> str:
    looks = " ".join(filter(None, ["as-link", found[1]]))
    return f'<span class="{looks}">{found[2]}</span>'


def _blocks(blocks: list[list[str]]) -> Iterator[str]:
    """Yield the HTML of blocks of lines."""
    acts, is_after_act = 0, False
    while blocks:
        lines = blocks.pop(0)
        if lines[0] in map(str, HEADINGS):
            yield format_html("<h3>{}</h3>", lines.pop(0).capitalize())
            rows = [*takewhile(lambda block: ROW.fullmatch(block[0]), blocks)]
            if rows and not lines:
                yield _agenda(rows)
                del blocks[: len(rows)]
        is_act = bool(lines) and lines[-1].startswith(f"{settings.SITE_URL}/")
        if is_act and lines[0] not in (FOOT, _("Kind regards")):
            look = "letter-act" if is_after_act else "" if acts else "letter-act letter-first"
            yield _act(" ".join(lines[:-1]), lines[-1], look)
            acts += 1
        elif lines:
            yield _lines(lines)
        is_after_act = is_act


def underlined(words: str) -> str:
    """Return words as a heading of a letter."""
    return f"{words}\n{RULE * max(3, min(len(words), LONGEST_RULE))}"


def _is_heading(lines: list[str]) -> bool:
    """Tell whether a block is underlined or in capitals, over the blocks that follow."""
    if len(lines) == 2:
        return len(lines[1]) > len(FOOT) and set(lines[1]) == {RULE}
    return len(lines) == 1 and lines[0].isupper() and not CODE.fullmatch(lines[0])


def _act(said: str, url: str, look: str) -> str:
    """Return a way on: its words on a button, or before a link that says where it leads."""
    before, stop, label = said.rpartition(". ")
    before, label = before + stop, label.rstrip(":").strip()
    if not label or len(label) > LONGEST_LABEL:
        before, label = said, _("Open in the portal")
    looks = format_html(' class="{}"', look) if look else ""
    link = format_html('<p><a{} href="{}">{}</a></p>', looks, url, label)
    return lines_as_html(before) + link


def _agenda(blocks: list[list[str]]) -> str:
    """Return the items of an agenda, each with its time and, below, its text."""
    rows = []
    for first, *details in blocks:
        at, words = ROW.fullmatch(first).groups()  # type: ignore[union-attr]  # the caller looked
        text = lines_as_html("\n".join(line.strip() for line in details))
        rows.append((at, words, SafeString(text)))
    inside = format_html_join("", "<li><b>{}</b> {}{}</li>", rows)
    return format_html('<ul class="letter-agenda">{}</ul>', inside)


def _lines(lines: list[str]) -> str:
    """Return a block that is no way on."""
    if _is_heading(lines):
        return format_html("<h3>{}</h3>", lines[0])
    text = SafeString(lines_as_html("\n".join(lines)))
    if lines[0] == _("Kind regards"):
        return _regards(lines)
    if lines[0] == FOOT and any(map(_is_address, lines)):
        return _foot(lines[1:])
    if lines == [OTHER_LANGUAGE]:
        return "<hr>"
    if len(lines) == 1 and CODE.fullmatch(lines[0]):
        return format_html('<p class="letter-code">{}</p>', lines[0])
    if len(lines) > 1 and all(map(FACT.match, lines)):
        return format_html('<div class="letter-facts">{}</div>', text)
    if all(line.startswith(POINT) for line in lines):
        points = ((SafeString(_inside(line.removeprefix(POINT))),) for line in lines)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", points))
    return text


def _regards(lines: list[str]) -> str:
    """Return who writes; the secretariat's address is one that mail can be written to."""
    mail = format_html('<a href="mailto:{0}">{0}</a>', settings.SECRETARIAT_EMAIL)
    parts = (
        (mail if line == settings.SECRETARIAT_EMAIL else SafeString(_inside(line)),)
        for line in lines
    )
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", parts))


def _is_address(line: str) -> bool:
    return line.startswith(f"{settings.SITE_URL}/")


def _foot(lines: list[str]) -> str:
    """Return why somebody gets a letter, how to stop such ones, and where all of them stand."""
    why = [*takewhile(lambda line: not _is_address(line), lines)]
    stop, *others = lines[len(why) :]
    ways = [(stop, _("Stop these mails"))]
    ways += [(address, label) for label, _colon, address in (way.partition(": ") for way in others)]
    links = format_html_join(" · ", '<a href="{}">{}</a>', ways)
    return format_html('<hr><p class="letter-small">{} {}</p>', " ".join(why), links)


def _inside(line: str) -> str:
    """Return a line with its addresses as links, without a paragraph around it."""
    return lines_as_html(line).removeprefix("<p>").removesuffix("</p>")
