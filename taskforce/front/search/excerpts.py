"""The passage of a text that matches, and what of it is marked: in Python, after escaping."""

import re
from functools import cache, lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from taskforce.core.compounds import vocabulary
from taskforce.core.danish import WORD_FORMS, spelling

LETTERS = 260  # of an excerpt
WORD = re.compile(r"\w+")
FORMS = [
    (re.compile(pattern.replace(r"\M", r"(?!\w)").replace(r"\m", r"(?<!\w)")), instead)
    for pattern, instead in WORD_FORMS
]
# What Postgres' Danish stemmer may have taken off a word.
ENDING = re.compile(
    r"(?:[bdfgklmnprst])?(?:e?t|d)?(?:ig|lig|elig|els|løs)?"
    r"(?:e|en|er|et|es|s|t|r|n|ens|ers|ets|ene|enes|erne|ernes|ere|erens|eren|ende|ede|edes|eder|erer|erers|"
    r"hed|heds|heden|hedens|heder|hederne|hedernes)?"
)

# Between the parts of a compound; the stem may have lost its own end.
LINK = re.compile(r"^(?:e?s|er?|hed(?:s|er)?)?(?=\w{3})")

Marks = tuple[tuple[str, bool], ...]


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    plain = spelling(word)
    for pattern, instead in FORMS:
        plain = pattern.sub(instead, plain)
    return plain


def is_marked(word: str, marks: Marks) -> bool:
    """Tell whether a word is one of those looked for, in any form, or has one as its part."""
    form = _form(word)
    return any(_has(form, stem, is_prefix) for stem, is_prefix in marks)


def _has(form: str, stem: str, is_prefix: bool) -> bool:
    if form.startswith(stem) and (is_prefix or ENDING.fullmatch(form, len(stem))):
        return True
    # In a compound it stands last, or first with another word behind it.
    if len(stem) < 3 or is_prefix:
        return False
    at = form.rfind(stem)
    if at > 1:
        return ENDING.fullmatch(form, at + len(stem)) is not None
    behind = LINK.split(form[len(stem) :], maxsplit=1)[-1]
    return at == 0 and behind.startswith(_parts())


@cache
def _parts() -> tuple[str, ...]:
    """Return the words that compounds are made of, but the shortest."""
    return tuple(word for word in map(spelling, vocabulary()) if len(word) > 2)


def marked(text: str, marks: Marks) -> SafeString:
    """Return a text with what was looked for marked."""
    parts, end = [], 0
    for found in WORD.finditer(text):
        if is_marked(found[0], marks):
            parts += [escape(text[end : found.start()]), f"<mark>{escape(found[0])}</mark>"]
            end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308  # escaped above


def excerpt(text: str, marks: Marks) -> SafeString:
    """Return the passage of a text in which most of the words stand, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= LETTERS:
        return marked(plain, marks)
    hits = [
        (found.start(), _form(found[0]))
        for found in WORD.finditer(plain)
        if is_marked(found[0], marks)
    ]
    begin = max(0, _densest(hits) - LETTERS // 4)
    begin = plain.find(" ", begin) + 1 if begin else 0
    end = min(len(plain), begin + LETTERS)
    end = plain.rfind(" ", begin, end + 1) if end < len(plain) and " " in plain[begin:end] else end
    before, after = "… " if begin else "", " …" if end < len(plain) else ""
    return mark_safe(f"{before}{marked(plain[begin:end], marks)}{after}")  # noqa: S308  # as above


def _densest(hits: list[tuple[int, str]]) -> int:
    """Return where the passage begins that has most different words."""
    reach = LETTERS * 3 // 4
    counts = [
        (len({word for at, word in hits[number : number + 20] if at < start + reach}), -start)
        for number, (start, _word) in enumerate(hits)
    ]
    return -max(counts)[1] if counts else 0
