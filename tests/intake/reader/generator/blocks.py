"""What a document is made of, whatever program keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Para:
    """A paragraph; `kind` is "", title, head, prose, bullet or number (numbered by the program)."""

    text: str
    kind: str = ""
    list: str = ""  # numbers of one list run on, whatever stands between


LEFT = "<"
Rows = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; None is one with the cell above it, LEFT with the cell before it."""

    rows: Rows


@dataclass(frozen=True)
class Box:
    """A frame that floats beside the text."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Foot:
    """Text at the foot of every page."""

    text: str


@dataclass(frozen=True)
class Top:
    """Text at the head of every page."""

    text: str


Block = Para | Table | Box | Foot | Top


def lines(text: str, kind: str = "") -> list[Block]:
    """Return a paragraph for each line."""
    return [Para(one, kind) for one in text.split("\n")]


def told(blocks: tuple[Block, ...]) -> list[str]:
    """Return blocks as lines, to stand in a cell."""
    return [
        ("- " if block.kind == "bullet" else "") + block.text
        for block in blocks
        if isinstance(block, Para)
    ]


def spans(rows: Rows, number: int, column: int) -> tuple[int, int] | None:
    """Return how many rows and columns a cell fills; None if another one fills its place."""
    if rows[number][column] in (None, LEFT):
        return None
    down = right = 1
    while number + down < len(rows) and rows[number + down][column] is None:
        down += 1
    while column + right < len(rows[number]) and rows[number][column + right] == LEFT:
        right += 1
    return down, right
