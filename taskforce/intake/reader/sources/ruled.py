"""Tables that a PDF draws: where its rules cross, there are cells."""

from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

THIN = 3.0  # points; a rule is no thicker
SHORT = 6.0  # points; what is shorter is no rule
NEAR = 3.0  # points between rules that meet, or are one
MOST_RULES = 1_500  # of one page; a drawing has more


@dataclass(slots=True)
class Box:
    """A rectangle on the page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left <= other.right + NEAR
            and other.left <= self.right + NEAR
            and self.bottom <= other.top + NEAR
            and other.bottom <= self.top + NEAR
        )


@dataclass(slots=True)
class Frame:
    """The rules of one table: `across` and `down` are the edges of its columns and rows."""

    rules: list[Box] = field(default_factory=list)
    across: list[float] = field(default_factory=list)
    down: list[float] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.down[0]

    def place(self, left: float, middle: float) -> tuple[int, int] | None:
        """Return (row, column) of letters that begin at `left` at the height `middle`."""
        rows = [at for at, top in enumerate(self.down[:-1]) if top >= middle > self.down[at + 1]]
        columns = [
            at
            for at, edge in enumerate(self.across[:-1])
            if edge - 1 <= left < self.across[at + 1] - 1
        ]
        return (rows[0], columns[0]) if rows and columns else None

    def covers(self, row: int, column: int) -> int:
        """Return how many rows a cell covers: down to the next rule below it."""
        middle = (self.across[column] + self.across[column + 1]) / 2
        for below in range(row + 1, len(self.down)):
            edge = self.down[below]
            if any(
                rule.top - rule.bottom <= THIN
                and abs(rule.top - edge) <= NEAR
                and rule.left - NEAR <= middle <= rule.right + NEAR
                for rule in self.rules
            ):
                return below - row
        return 1


def frames(page: pypdfium2.PdfPage) -> list[Frame]:
    """Return the tables that are drawn on a page, from its top to its foot."""
    rules = _rules(page)
    found = [frame for group in _meeting(rules) if (frame := _frame(group))]
    return sorted(found, key=lambda frame: -frame.top)


def _rules(page: pypdfium2.PdfPage) -> list[Box]:
    rules: list[Box] = []
    for number, drawn in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if number > MOST_RULES:
            return []
        box = Box(*drawn.get_bounds())
        wide, high = box.right - box.left, box.top - box.bottom
        if min(wide, high) <= THIN:
            rules += [box] if max(wide, high) > SHORT else []
        elif high > SHORT and wide > SHORT:
            # A cell is drawn whole: its four edges are rules.
            rules += [
                Box(box.left, box.bottom, box.right, box.bottom),
                Box(box.left, box.top, box.right, box.top),
                Box(box.left, box.bottom, box.left, box.top),
                Box(box.right, box.bottom, box.right, box.top),
            ]
    return rules if len(rules) <= MOST_RULES else []


def _meeting(rules: list[Box]) -> list[list[Box]]:
    """Return the rules in groups that hang together."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in rules:
        meeting = [one for one in groups if one[0].meets(rule)]
        groups = [one for one in groups if not one[0].meets(rule)]
        inside = [rule, *(each for _, members in meeting for each in members)]
        whole = Box(
            min(one.left for one in [rule, *(hull for hull, _ in meeting)]),
            min(one.bottom for one in [rule, *(hull for hull, _ in meeting)]),
            max(one.right for one in [rule, *(hull for hull, _ in meeting)]),
            max(one.top for one in [rule, *(hull for hull, _ in meeting)]),
        )
        groups.append((whole, inside))
    return [inside for _, inside in groups]


def _frame(rules: list[Box]) -> Frame | None:
    across = _distinct([one.left for one in rules if one.right - one.left <= THIN])
    down = _distinct([one.top for one in rules if one.top - one.bottom <= THIN])[::-1]
    return Frame(rules, across, down) if len(across) > 2 and len(down) > 1 else None


def _distinct(edges: list[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return found
