"""Words that mean the same, as the secretariat keeps them: each finds what the others would."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from taskforce.core.danish import spelling
from taskforce.front.models import SynonymGroup
from taskforce.front.search.asking import Asked, Term

LONGEST = 5  # words that are one thing
ENDING = re.compile(r"(?<=\w{3})(?:ernes|erne|enes|ene|ers|ens|ets|er|en|et|es|'er|e|s|t)$")

Known = dict[str, tuple[str, ...]]


def known() -> Known:
    """Return, for each word or words, all that mean the same."""
    return by_words(SynonymGroup.objects.all())


def by_words(groups: Iterable[SynonymGroup]) -> Known:
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group.words:
            found[root(word)] = (*found.get(root(word), ()), *group.words)
    return found


def root(words: str) -> str:
    """Return words as they are compared: without their endings, which a list need not repeat."""
    return " ".join(ENDING.sub("", word) for word in spelling(words).split())


def widened(asked: Asked, known: Known) -> Asked:
    """Let each word of a search also find what means the same; a quotation stays as it is."""
    return replace(asked, groups=tuple(_widened(list(asked.groups), known))) if known else asked


def _widened(groups: list[tuple[Term, ...]], known: Known) -> Iterator[tuple[Term, ...]]:
    while groups:
        length, others = _longest(groups, known)
        group, groups = groups[:length], groups[length:]
        if others:
            words = " ".join(terms[0].words for terms in group)
            same = tuple(word for word in others if root(word) != root(words))
            yield (Term(words, others=tuple(dict.fromkeys(same))),)
        else:
            yield from group


def _longest(groups: list[tuple[Term, ...]], known: Known) -> tuple[int, tuple[str, ...]]:
    """Return how many of the first words mean one thing together, and what means the same."""
    plain = 0
    while plain < min(LONGEST, len(groups)) and _is_plain(groups[plain]):
        plain += 1
    for length in range(plain, 0, -1):
        words = " ".join(terms[0].words for terms in groups[:length])
        if others := known.get(root(words)):
            return length, others
    return 1, ()


def _is_plain(group: tuple[Term, ...]) -> bool:
    (term, *more) = group
    return not (more or term.is_quoted or term.is_left_out or term.is_prefix)
