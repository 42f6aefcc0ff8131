"""Count ballots. Plain Python that knows no database, so that a second count can prove it.

The method: a first choice gives as many points as a ballot has places, the next one fewer, down to
1 (a Borda count over the places of a ballot). Barriers with equal points share a rank, and the next
rank is left out: 1, 2, 2, 4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from barriers.models.prioritisation import LARGEST_BALLOT, SMALLEST_GROUP


@dataclass(frozen=True)
class Vote:
    """A ballot that chooses: the kind of organisation behind it, and its barriers, best first."""

    kind: str
    choices: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """What a barrier came to."""

    rank: int
    points: int
    choosers: int


@dataclass(frozen=True)
class Group:
    """Votes that are counted by themselves: of one kind, or of the kinds that were too few."""

    kind: str  # empty: others
    kinds: tuple[str, ...]
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Spread:
    """How far apart groups are about a barrier, by the share of its points that each gives it."""

    barrier: int
    most: int  # places in the list of groups
    least: int
    share_of_most: float
    share_of_least: float

    @property
    def width(self) -> float:
        return self.share_of_most - self.share_of_least


def ballot_size(number_of_barriers: int) -> int:
    """Return how many barriers a ballot ranks: seven, but never over a third of the list."""
    return max(1, min(LARGEST_BALLOT, number_of_barriers // 3))


def count(votes: Iterable[Vote], listed: Iterable[int], size: int) -> dict[int, Figures]:
    """Return the figures of every listed barrier; `size` is the number of places on a ballot."""
    points = dict.fromkeys(listed, 0)
    choosers = dict.fromkeys(points, 0)
    for vote in votes:
        for place, barrier in enumerate(vote.choices):
            points[barrier] += size - place
            choosers[barrier] += 1
    first_place: dict[int, int] = {}
    for place, worth in enumerate(sorted(points.values(), reverse=True), start=1):
        first_place.setdefault(worth, place)
    return {
        barrier: Figures(first_place[worth], worth, choosers[barrier])
        for barrier, worth in points.items()
    }


def grouped(votes: Sequence[Vote], kinds: Sequence[str]) -> list[Group]:
    """Divide votes by kind so that no figure, nor any difference of two, tells of under three.

    Kinds with fewer votes are others. Are those too few, the next smallest kind joins them. Every
    vote is in one group, so the total less the groups leaves nobody. Where that leaves one group
    there are none: it would say what the total says.
    """
    of_kind = {kind: tuple(vote for vote in votes if vote.kind == kind) for kind in kinds}
    large = {kind: cast for kind, cast in of_kind.items() if len(cast) >= SMALLEST_GROUP}
    while 0 < len(votes) - sum(map(len, large.values())) < SMALLEST_GROUP and large:
        del large[min(reversed(large), key=lambda kind: len(large[kind]))]
    groups = [Group(kind, (kind,), cast) for kind, cast in large.items()]
    rest = tuple(vote for vote in votes if vote.kind not in large)
    if rest:
        groups.append(Group("", tuple(kind for kind in kinds if kind not in large), rest))
    return groups if len(groups) > 1 else []


def spreads(groups: Sequence[Mapping[int, int]]) -> list[Spread]:
    """Return where groups disagree, widest first; each group is the points that it gave barriers.

    A group's points are taken as shares of all that it gave, so that a large group weighs no more.
    """
    totals = [sum(points.values()) for points in groups]
    if len(groups) < 2 or not all(totals):
        return []
    found = []
    for barrier in groups[0]:
        shares = [points[barrier] / total for points, total in zip(groups, totals, strict=True)]
        most, least = shares.index(max(shares)), shares.index(min(shares))
        found.append(Spread(barrier, most, least, shares[most], shares[least]))
    apart = [spread for spread in found if spread.width > 0]
    return sorted(apart, key=lambda spread: (-spread.width, spread.barrier))
