"""Find people's names in a text: in full, or a first name or a surname alone. Plain Python.

A name in full is found however it is written. A name alone is found only as a capitalised word,
since many Danish names are words too: bo, liv, mark, hans. It is not found within the name of an
organisation, or of somebody who agreed to be named.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # within a word
WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
PARTICLES = {"af", "al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le"}
PARTICLES |= {"van", "von", "og", "and", "dr", "mr", "fru", "hr"}
HYPHENS = "[-‐‑]"
SPACE = rf"(?:\s+|{HYPHENS})"  # "Anne Marie" is "Anne-Marie" too
SAME = {"å": "(?:å|aa)", "e": "[eéè]", "é": "[eéè]", "è": "[eéè]"}  # one name, two spellings
# Where the letter is no end of its word: "Ib Dams" and "Lars'" are the name, "Ib Damgaard" is not.
BEFORE, AFTER = r"(?<!\w)", r"(?!\w)"
# Half a double name is somebody else's: no "Anne" in "Anne-Mette", but one in "Anne-modellen".
NO_HALF = rf"(?<![^\W\d_]{HYPHENS})"


@dataclass(frozen=True)
class Found:
    """A name in a text: the word or words of it that were looked for, and where they stand."""

    name: str
    is_alone: bool
    start: int
    end: int


def plain(text: str) -> str:
    """Return text in one spelling, so that the same words compare as equal."""
    return tidy(text).casefold()


def tidy(text: str) -> str:
    """Return text in one spelling, with its capitals."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(INVISIBLE)).split())


def parts(name: str) -> list[str]:
    """Return what of a person's name may stand alone: each word, and both halves of a double one.

    Initials and particles, such as "van", name nobody.
    """
    whole = [word for word in WORD.findall(tidy(name)) if _names_somebody(word)]
    halves = [half for word in whole for half in re.split(HYPHENS, word) if half != word]
    found = [*whole, *(half for half in halves if _names_somebody(half))]
    return [*dict.fromkeys(word[0].upper() + word[1:] for word in found)]


def _names_somebody(word: str) -> bool:
    return len(word) > 1 and word.casefold() not in PARTICLES


class Names:
    """The names to look for, and those within which no name alone counts."""

    def __init__(self, hidden: Iterable[str], shown: Iterable[str] = ()) -> None:
        self.full = {name: _in_full(name) for name in sorted({*hidden}) if tidy(name)}
        self.alone: dict[str, list[str]] = {}
        for name in self.full:
            for part in parts(name):
                if plain(part) != plain(name):
                    self.alone.setdefault(part, []).append(name)
        others = sorted({tidy(name) for name in shown} - {""}, key=len, reverse=True)
        known = [name for name in others if " " in name or not self.alone.get(name)]
        self._shown = re.compile(
            "|".join(rf"{BEFORE}{re.escape(name)}s?{AFTER}" for name in known) or r"(?!)",
            re.IGNORECASE,
        )
        self._alone = {part: _by_itself(part) for part in self.alone}

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a text in one spelling (`tidy`)."""
        rest = text
        for name, pattern in self.full.items():
            for match in pattern.finditer(text):
                yield Found(name, False, *match.span())
            rest = pattern.sub(_blank, rest)
        rest = self._shown.sub(_blank, rest)
        alone = [
            Found(part, True, *match.span())
            for part, pattern in self._alone.items()
            for match in pattern.finditer(rest)
        ]
        yield from self._joined(sorted(alone, key=lambda found: found.start), rest)

    def _joined(self, alone: Iterable[Found], text: str) -> Iterator[Found]:
        """Join names that stand side by side as in somebody's name: "Marie Louise" is one."""
        last: Found | None = None
        for found in alone:
            if last and text[last.end : found.start] == " ":
                name = f"{last.name} {found.name}"
                owners = [one for one in self.alone[found.name] if f" {name} " in f" {tidy(one)} "]
                if owners:
                    self.alone[name] = owners
                    last = Found(name, True, last.start, found.end)
                    continue
            if last:
                yield last
            last = found
        if last:
            yield last

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return how a name is found that is looked for, in full or alone."""
        return self.full.get(name) or self._alone.get(name) or _by_itself(name)


def _blank(match: re.Match[str]) -> str:
    return "|" * len(match[0])  # no name begins before it and ends behind it


def _in_full(name: str) -> re.Pattern[str]:
    words = SPACE.join(map(re.escape, re.split(r"[\s]+", tidy(name))))
    return re.compile(rf"{BEFORE}{words}s?{AFTER}", re.IGNORECASE)


def _by_itself(part: str) -> re.Pattern[str]:
    """Match a capitalised word, or one all in capitals."""
    written = _letters(part[0].upper()) + "".join(map(_letters, part[1:]))
    loud = "".join(_letters(letter.upper()) for letter in part)
    rest = rf"(?!{HYPHENS}[A-ZÆØÅÉ])"
    return re.compile(rf"{NO_HALF}{BEFORE}(?:{written}s?|{loud}S?){AFTER}{rest}")


def _letters(letter: str) -> str:
    if letter in "-‐‑ ":
        return SPACE
    if letter.lower() not in SAME:
        return re.escape(letter)
    same = SAME[letter.lower()]
    if letter.islower():
        return same
    return "(?:Å|A[aA])" if letter == "Å" else same.upper()


def sentence_around(text: str, start: int, end: int, *, most: int = 90) -> tuple[str, str, str]:
    """Return what stands before a place in its sentence, the place itself, and what follows."""
    ends = [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-ZÆØÅ])|\s\|\s?", text)]
    begins = max((at for at in ends if at <= start), default=0)
    stops = min((at for at in ends if at >= end), default=len(text))
    before, after = text[begins:start], text[end:stops].rstrip(" |")
    if len(before) > most:
        before = "…" + before[-most:]
    if len(after) > most:
        after = after[:most] + "…"
    return before, text[start:end], after


def instead(found: str, name: str, organisation: str) -> str:
    """Return an organisation in the place of a name, in the genitive where the name is."""
    is_genitive = len(tidy(found)) > len(tidy(name)) and found[-1:] in "sS"
    if not is_genitive:
        return organisation
    return f"{organisation}'" if organisation[-1:] in "sxzSXZ" else f"{organisation}s"
