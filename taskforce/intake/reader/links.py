"""Links in a document: written out, or behind other words; cleaned, in order, once each."""

import re

from taskforce.intake.reader.draft import Found, Span
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.text import Document

WRITTEN = re.compile(r"(?:https?://|(?<![\w@./-])www\.)[^\s<>\"“”«»„|\\^`{}]+", re.IGNORECASE)
TRAILING = re.compile(r"[.,;:!?*_'’´–—-]+$")
PAIRS = {")": "(", "]": "[", "}": "{"}


def read_links(document: Document) -> list[Found[str]]:
    """Return the links; mail addresses are none."""
    found = [_written(match) for match in WRITTEN.finditer(document.text)]
    covered = [one.span for one in found]
    for link in document.links:
        target = clean(link.target)
        if not re.match(r"https?://", target, re.IGNORECASE):
            continue
        inside = any(span.start < link.span.end and link.span.start < span.end for span in covered)
        if not inside:
            found.append(Found(target, link.span, 0.95, Reason.DISPLAY_TEXT))
    unique: dict[str, Found[str]] = {}
    for one in sorted(found, key=lambda one: one.span):
        if len(one.value) > len("https://a.b"):
            unique.setdefault(one.value.rstrip("/").lower(), one)
    return list(unique.values())


def _written(match: re.Match[str]) -> Found[str]:
    words = trimmed(match[0])
    return Found(
        clean(words), Span(match.start(), match.start() + len(words)), 0.97, Reason.AS_WRITTEN
    )


def trimmed(words: str) -> str:
    """Return a link without the punctuation of the sentence around it."""
    while True:
        before = words
        words = TRAILING.sub("", words)
        last = words[-1:]
        if last in PAIRS and words.count(last) > words.count(PAIRS[last]):
            words = words[:-1]
        if words == before:
            return words


def clean(words: str) -> str:
    """Return a link with its scheme, `https` where none is written."""
    words = trimmed(words.strip())
    return words if re.match(r"[a-z][a-z0-9+.-]*:", words, re.IGNORECASE) else f"https://{words}"
