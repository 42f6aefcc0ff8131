"""Find the topic in a pasted text: in a link of any length, or by its identifier."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
LONGEST = 10_000  # characters that are looked at
WRAPPED = 6  # times that a link may be encoded: mail programs wrap links in links of their own

HYPHENS = re.compile("[\u2010-\u2015\u2212]")  # what word processors make of a hyphen
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# The screen, the data behind it, and the portal as it was until 2018.
IN_PATH = re.compile(
    r"(?:topic-?details|opportunities/h2020/topics|opportunities/fp7/topics)/+([a-z0-9][\w.+-]*)",
    re.IGNORECASE | re.ASCII,
)
CASCADE = re.compile(r"competitive-calls-cs[/-]+(\d{1,12})", re.IGNORECASE | re.ASCII)
# Words joined by hyphens, one of them a year: SMP-COSME-2022-SEE-01, BG-07-2017, ERC-2024-STG.
PLAIN = re.compile(
    r"(?<![\w-])[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*-20\d\d(?:[-_][a-z0-9]+)*(?!\w)",
    re.IGNORECASE | re.ASCII,
)
CASCADE_PREFIX = "COMPETITIVE-CALLS-CS-"


@dataclass(frozen=True)
class TopicReference:
    """A topic's identifier, and the address of its page in the EU portal.

    Calls of projects that pass EU money on ("cascade funding") have a number and no data to read.
    """

    identifier: str
    link: str
    has_data: bool = True


def find(pasted: str) -> TopicReference | None:
    """Return the topic that a pasted text names; None where it names none."""
    text = _opened(pasted[:LONGEST])
    if named := IN_PATH.search(text):
        identifier = re.sub(r"\.(?:json|html?)$", "", named[1], flags=re.IGNORECASE).strip("._+-")
        if identifier:
            return of(identifier.upper())
    if cascade := CASCADE.search(text):
        return of(f"{CASCADE_PREFIX}{cascade[1]}")
    plain = (match[0] for match in PLAIN.finditer(text) if match[0].count("-") > 1)
    identifier = next(plain, "")
    return of(identifier.upper()) if identifier else None


def of(identifier: str) -> TopicReference:
    """Return the topic of an identifier, with its page's address as the portal writes it."""
    if identifier.upper().startswith(CASCADE_PREFIX):
        number = identifier[len(CASCADE_PREFIX) :]
        link = f"{PORTAL}/competitive-calls-cs/{number}"
        return TopicReference(identifier, link, has_data=False)
    link = f"{PORTAL}/topic-details/{quote(identifier.lower(), safe='')}"
    return TopicReference(identifier, link)


def _opened(text: str) -> str:
    """Return the text with its links unwrapped."""
    text = HYPHENS.sub("-", UNSEEN.sub("", text))
    for _time in range(WRAPPED):
        opened = unquote(html.unescape(text))
        if opened == text:
            break
        text = opened
    return HYPHENS.sub("-", UNSEEN.sub("", text))
