"""Who is meant: names in the text, in all their variants, matched to the list of attendees."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from taskforce.intake.reader.draft import Found, Person

SAME_ORGANISATION = 92  # likeness (0 to 100) from which two names of organisations are the same


@dataclass(slots=True)
class Register:
    """The people on the list, to be found by full name, part of a name, or organisation."""

    people: list[Found[Person]]
    _by_initial: dict[str, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_initial = {}
        for at, one in enumerate(self.people):
            for initial in _tokens(one.value.name)[1]:
                self._by_initial.setdefault(initial, set()).add(at)

    def find(self, name: str, organisation: str = "") -> int | None:
        """Return the index of the one person that a name means; None where none or several fit."""
        name = re.sub(r"\s+", " ", name).strip(" .,:;")
        if not name:
            return None
        scores = {
            at: self._score(name, organisation, self.people[at].value) for at in self._may_be(name)
        }
        best = max(scores, key=lambda at: scores[at], default=None)
        if best is None or scores[best] < 0.75:
            return None
        rivals = sum(score > scores[best] - 0.03 for score in scores.values())
        return best if rivals == 1 else None

    def _may_be(self, name: str) -> Iterable[int]:
        """Return whom a name may mean at all: those with an initial of it, all for initials."""
        if _may_be_initials(name):
            return range(len(self.people))
        none: set[int] = set()
        return none.union(*(self._by_initial.get(one, none) for one in _tokens(name)[1]))

    def by_organisation(self, words: str) -> int | None:
        """Return the index of the one person who came from an organisation."""
        name = words.strip(" .,:;").lower()
        there = [
            at
            for at, one in enumerate(self.people)
            if one.value.organisation
            and fuzz.ratio(name, one.value.organisation.lower()) >= SAME_ORGANISATION
        ]
        return there[0] if len(there) == 1 else None

    def by_role(self, words: str) -> int | None:
        """Return the index of the one person with a role: "formanden", "Chair"."""
        role = re.sub(r"(?:en|n|et)$", "", words.strip().lower())
        if len(role) < 4 or " " in role:
            return None
        ends = re.compile(rf"{re.escape(role)}\b", re.IGNORECASE)
        held = [at for at, one in enumerate(self.people) if ends.search(one.value.note)]
        return held[0] if len(held) == 1 else None

    def _score(self, name: str, organisation: str, person: Person) -> float:
        score = likeness_of_names(name, person.name)
        if score < 0.75 and _is_initialism(name, person):
            score = 0.9
        if organisation and person.organisation:
            alike = fuzz.token_set_ratio(organisation.lower(), person.organisation.lower()) / 100
            score += 0.12 * (alike - 0.4) if score >= 0.6 else 0
            if score >= 0.55 and (
                alike > 0.85 or is_organisation(organisation, person.organisation)
            ):
                score = max(score, 0.8)
        return score


def is_organisation(name: str, full: str) -> bool:
    """Say whether a name, perhaps short or in letters ("KhfS"), is that of an organisation."""
    if not name or not full:
        return False
    initials = "".join(word[0] for word in re.split(r"[\s-]+", full) if word).lower()
    letters = name.replace(".", "").lower()
    if len(letters) >= 2 and (letters == initials or (len(letters) >= 3 and letters in initials)):
        return True
    return fuzz.token_set_ratio(name.lower(), full.lower()) >= 60


PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "æ": "ae", "å": "aa", "ð": "d", "þ": "th"})


@lru_cache(maxsize=20_000)
def plain_letters(name: str) -> str:
    """Return a name in the letters of a plain keyboard: Şükrü as sukru, Tomáš as tomas."""
    letters = unicodedata.normalize("NFD", name.lower().translate(PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def likeness_of_names(name: str, full: str) -> float:
    """Return how well a name, perhaps short or misspelt, fits a full name; 1 is the same."""
    if name.lower() == full.lower():
        return 1.0
    (tokens, initials), (whole, others) = _tokens(name), _tokens(full)
    if len(tokens) > len(whole) + 1 or initials.isdisjoint(others):
        return 0.0
    matched = [max(_token(token, other) for other in whole) for token in tokens]
    if min(matched) < 0.72:
        return 0.0
    score = sum(matched) / len(matched)
    # A first name alone fits less surely than a whole name.
    first = max(_token(tokens[0], whole[0]), 0)
    return 0.98 * score - (0.05 if len(tokens) == 1 else 0) - (0 if first > 0.8 else 0.06)


@lru_cache(maxsize=20_000)
def _tokens(name: str) -> tuple[list[str], frozenset[str]]:
    """Return the words of a name and their initials."""
    tokens = re.split(r"[\s-]+", name)
    return tokens, frozenset(plain_letters(token)[:1] for token in tokens)


@lru_cache(maxsize=50_000)
def _token(token: str, other: str) -> float:
    bare, whole = token.strip(".").lower(), other.strip(".").lower()
    if bare == whole:
        return 1.0
    if plain_letters(bare) == plain_letters(whole):
        return 0.97
    if len(bare) <= 2 or token.endswith("."):
        return 0.85 if whole.startswith(bare) else 0.0
    return fuzz.ratio(bare, whole) / 100


def _may_be_initials(name: str) -> bool:
    return 2 <= len(name) <= 4 and name.isalpha()


def _is_initialism(name: str, person: Person) -> bool:
    """Say whether letters stand for a person: their initials, or the ones noted beside the name."""
    if not _may_be_initials(name):
        return False
    if name.lower() in (note.strip().lower() for note in re.split(r"[;,]", person.note)):
        return True
    initials = "".join(part[0] for part in re.split(r"[\s-]+", person.name) if part)
    ends = initials[0] + initials[-1]
    return name.isupper() and name in (initials.upper(), ends.upper())
