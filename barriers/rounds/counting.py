"""Count ballots. Plain Python without a database, so that a second count can check it.

The method: a first choice gives as many points as a ballot has places, the next one fewer, down to
1 (a Borda count over the places of a ballot). Barriers with equal points share a rank, and the next
rank is left out: 1, 2, 2, 4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from barriers.models.prioritisation import LARGEST_BALLOT, SMALLEST_GROUP


@dataclass(frozen=True)
class Vote:
    """A ballot that does not abstain: the kind of organisation, and its barriers, best first."""

    kind: str
    choices: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """The result of a barrier."""

    rank: int
    points: int
    choosers: int


@dataclass(frozen=True)
class VoterGroup:
    """Votes that are counted together: of one kind, or of the kinds with too few ballots."""

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


def grouped(votes: Sequence[Vote], kinds: Sequence[str]) -> list[VoterGroup]:
    """Divide votes by kind so that no figure, nor the difference of two, is of fewer than three.

    Kinds with fewer votes are the others. If the others are fewer than three, the next smallest
    kind joins them; of equal kinds the last one. Every vote is in one group, so the total less the
    groups leaves nobody. Returns no groups where there would be one: its figures are the total's.
    """
    of_kind = {kind: tuple(vote for vote in votes if vote.kind == kind) for kind in kinds}
    large = {kind: cast for kind, cast in of_kind.items() if len(cast) >= SMALLEST_GROUP}
    while 0 < len(votes) - sum(map(len, large.values())) < SMALLEST_GROUP and large:
        del large[min(reversed(large), key=lambda kind: len(large[kind]))]
    groups = [VoterGroup(kind, (kind,), cast) for kind, cast in large.items()]
    rest = tuple(vote for vote in votes if vote.kind not in large)
    if rest:
        groups.append(VoterGroup("", tuple(kind for kind in kinds if kind not in large), rest))
    return groups if len(groups) > 1 else []


def spreads(groups: Sequence[Mapping[int, int]]) -> list[Spread]:
    """Return where groups disagree, widest first; each group is the points that it gave barriers.

    Each group counts by its shares: the points it gave a barrier, of all the points it gave. So a
    large group weighs no more than a small one.
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
