"""Candidates, and the one choice among them.

Every finder yields candidates: a value, where it stands, why, and what speaks for and against it.
Nothing is decided before all of them are known.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from taskforce.intake.reader.draft import Found, Span
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.weights import Cue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A value that may be meant, with the cues that the table of weights knows."""

    value: T
    span: Span
    reason: Reason
    cues: frozenset[Cue]

    @property
    def score(self) -> float:
        return sum(cue.points for cue in self.cues)


def candidate(value: T, span: Span, reason: Reason, cues: dict[Cue, Any]) -> Candidate[T]:
    """Return a candidate with the cues that hold."""
    return Candidate(value, span, reason, frozenset(cue for cue, holds in cues.items() if holds))


def choose(found: Iterable[Candidate[T]], key: Callable[[T], Any] = str) -> Found[T] | None:
    """Return the value with the highest score, as sure as its margin before the next one.

    `key` tells which values are the same.
    """
    by_value: dict[Any, list[Candidate[T]]] = {}
    for one in found:
        by_value.setdefault(key(one.value), []).append(one)
    ranked = sorted(
        ((_score(same), -number, same) for number, same in enumerate(by_value.values())),
        reverse=True,
        key=lambda one: one[:2],
    )
    if not ranked or ranked[0][0] <= 0:
        return None
    best = max(ranked[0][2], key=lambda one: one.score)
    margin = ranked[0][0] - max(0.0, ranked[1][0] if len(ranked) > 1 else 0.0)
    return Found(best.value, best.span, confidence(margin), best.reason)


def _score(same: list[Candidate[T]]) -> float:
    """Return the best score of one value; said at two places it is believed more."""
    again = len({one.span.start for one in same if one.score > 0}) > 1
    return max(one.score for one in same) + again * Cue.AGAIN.points


def confidence(margin: float) -> float:
    """Return how sure a margin in points makes: two points are `draft.SURE`."""
    return round(max(0.3, min(0.99, 0.5 + 0.15 * margin)), 2)


def flat(words: str) -> str:
    """Return words as places are compared: small, without what parts them."""
    return re.sub(r"[\W_]+", " ", words).strip().lower()
