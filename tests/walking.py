"""Read everything that a visitor's browser can reach: by links, searches and the site map."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import docx
import pypdfium2
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from taskforce.core.sheets import XLSX
from tests.conftest import put_away

Reading = dict[str, str]  # address → everything that was answered

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINKS = re.compile(r'href="([^"#]+)|<loc>([^<]+)</loc>')
VARIES = re.compile(r'((?:csrfmiddlewaretoken|engang)" value|nonce|data-csrf)="[^"]+"')
OWN_HOSTS = (None, "testserver", urlsplit(settings.SITE_URL).hostname)
HEADERS = ("ETag", "Last-Modified", "Content-Disposition", "Location")


def read(
    browser: Client, starts: Iterable[str], *, on: Callable[[str], bool] | None = None
) -> Reading:
    """Open every address, and the links of each page `on` which one goes; return the answers."""
    found: Reading = {}
    waiting = [*starts]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer: Any = browser.get(path)
        content = answer.getvalue()
        put_away(answer)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        text = VARIES.sub("", _text(content, kind))
        # A workbook holds the second at which its parts were written; its text is compared.
        names = HEADERS[1:] if kind == XLSX else HEADERS
        headers = "\n".join(answer.headers.get(name, "") for name in names)
        found[path] = f"{answer.status_code}\n{headers}\n{_without_the_question(text, path)}"
        if on and answer.status_code == 200 and kind in ("text/html", "application/xml"):
            waiting += filter(on, _links(text))
    return found


def _text(content: bytes, kind: str) -> str:
    """Return what an answer says: of a workbook its cells, since the file has its time in it."""
    if kind == XLSX:
        return "\n".join(map(str, load_workbook(io.BytesIO(content)).active.values))
    if kind == DOCX:
        return "\n".join(found.text for found in docx.Document(io.BytesIO(content)).paragraphs)
    if kind == "application/pdf":
        pages = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    if kind == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return content.decode(errors="replace")


def _links(text: str) -> list[str]:
    """Return the links to the portal itself, without host and place in the page."""
    links = [link for pair in LINKS.findall(text) for link in pair if link]
    parts = [urlsplit(link.replace("&amp;", "&")) for link in links]
    inside = [one for one in parts if one.hostname in OWN_HOSTS and one.path.startswith("/")]
    return [f"{one.path}?{one.query}" if one.query else one.path for one in inside]


def _without_the_question(text: str, path: str) -> str:
    """Leave out what a page repeats of the words that were searched for, or are to be followed."""
    parts = urlsplit(path)
    if parts.path.endswith("/soeg/"):
        return text.partition("<ol")[2]
    typed = parse_qs(parts.query)
    (asked,) = typed.get("q") or typed.get("ord") or [""]
    return text.replace(asked, "") if asked else text


def is_inside(path: str) -> bool:
    """Tell whether an address is a page of the portal's own, neither log-in nor a file."""
    return path.startswith("/") and not path.startswith(("/static/", "/konto/"))
