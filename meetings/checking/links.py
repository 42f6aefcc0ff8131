"""Short links in a text: they hide where they lead, and stop leading there one day."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from django.utils.html import escape

SHORTENERS = {
    "bit.ly",
    "bitly.com",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "kortlink.dk",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
}
ADDRESS = re.compile(r"(?:https?://|\b(?=[\w.-]{1,60}\.\w{2,6}/))[^\s<>\"'()]+", re.IGNORECASE)


def short_links(text: str) -> list[str]:
    """Return the short links in a text, as they are written there."""
    return [address for address in ADDRESS.findall(text) if is_short(address)]


def is_short(address: str) -> bool:
    return (_host(_full(address)) or "").removeprefix("www.") in SHORTENERS


def link_key(address: str) -> str:
    """Return the same key for a link with and without "https://"."""
    return digest(_full(address))


def replace_link(text: str, key: str, address: str, *, is_html: bool) -> str:
    """Return the text with an address in place of each link that has this key."""

    def replaced(found: re.Match[str]) -> str:
        if link_key(found[0]) != key:
            return found[0]
        behind = found[0][len(found[0].rstrip(".,:!?")) :]  # the end of the sentence stays
        return (escape(address) if is_html else address) + behind

    return ADDRESS.sub(replaced, text)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _full(address: str) -> str:
    return address if "//" in address else f"https://{address}"


def _host(address: str) -> str | None:
    try:
        return urlsplit(address.casefold()).hostname
    except ValueError:  # no address after all, such as one with half a bracket
        return None
