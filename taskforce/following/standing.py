"""What waits, whatever is new: higher apps name it when the portal starts.

It stands at the end of members' weekly digests, and makes none by itself.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django_stubs_ext import StrOrPromise

from taskforce.members.models import User

MOST = 5  # of one kind


@dataclass(frozen=True)
class Standing:
    """One kind of thing that waits: the rows that a member sees of it, and the page of them all."""

    heading: StrOrPromise
    rows: Callable[[User], Iterable[Any]]
    page: Callable[[], str]


@dataclass(frozen=True)
class Section:
    """What waits of one kind, in a letter."""

    heading: str
    words: list[str]
    url: str


_kinds: list[Standing] = []


def stands(kind: Standing) -> None:
    """Let digests tell of a kind of thing that waits."""
    _kinds.append(kind)


def sections(reader: User, *, told: Collection[Any]) -> list[Section]:
    """Return what waits, as a member sees it, without what the same letter tells of as new."""
    found = (
        (kind, [str(row) for row in islice(_others(kind, reader, told), MOST)]) for kind in _kinds
    )
    return [Section(str(kind.heading), words, kind.page()) for kind, words in found if words]


def _others(kind: Standing, reader: User, told: Collection[Any]) -> Iterable[Any]:
    return (row for row in kind.rows(reader) if row not in told)
