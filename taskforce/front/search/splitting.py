"""Split long words into two that stand in the portal: "kantinebrød" finds what has both."""

from collections.abc import Iterator
from dataclasses import replace

from taskforce.front.models import KnownWord
from taskforce.front.search.asking import Asked, Term
from taskforce.front.search.synonyms import root

SHORTEST, LONGEST = 8, 30  # letters of a word
SHORTEST_HALF = 3
LINKS = ("", "s", "e", "er")  # between two words that are one
ENDINGS = (
    *("", "e", "en", "er", "et", "n", "r", "s", "t", "ne", "ene", "erne", "ede", "te"),
    *("ens", "ets", "ers", "ernes"),
)


def split(asked: Asked) -> Asked | None:
    """Return the search with halves of its long words; None where no word has any."""
    cuts = {term.words: [*_cuts(term.words.lower())] for term in asked.terms if _may_be_two(term)}
    halves = {half for pairs in cuts.values() for pair in pairs for half in pair}
    known = _known(halves)
    found = {
        words: tuple((first, last) for first, last in pairs if {first, last} <= known)
        for words, pairs in cuts.items()
    }
    if not any(found.values()):
        return None
    groups = (
        tuple(replace(term, halves=found.get(term.words, ())) for term in group)
        for group in asked.groups
    )
    return replace(asked, groups=tuple(groups))


def _may_be_two(term: Term) -> bool:
    is_plain = not (term.is_quoted or term.is_left_out or term.is_prefix)
    return is_plain and SHORTEST <= len(term.words) <= LONGEST and term.words.isalpha()


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        for link in LINKS:
            front = word[:cut].removesuffix(link)
            if len(front) >= SHORTEST_HALF and (not link or len(front) < cut):
                yield front, word[cut:]


def _known(halves: set[str]) -> set[str]:
    """Return the halves of which some form stands somewhere."""
    forms = {half: {half, *(f"{root(half)}{ending}" for ending in ENDINGS)} for half in halves}
    asked = {form for several in forms.values() for form in several}
    there = {*KnownWord.objects.filter(word__in=asked).values_list("word", flat=True)}
    return {half for half, several in forms.items() if several & there}
