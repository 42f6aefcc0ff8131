"""Bars of a picture, drawn by the server and told again in a table (`_partials/bars.html`)."""

from collections.abc import Iterable
from dataclasses import dataclass

# Where the bars stand, in the picture's own units.
WIDTH, FLOOR, HIGHEST, WIDEST = 300, 96, 70, 36


@dataclass(frozen=True)
class Bar:
    """A bar of a picture, and what it says in words."""

    label: str
    value: int
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def bars(values: Iterable[tuple[str, int]]) -> list[Bar]:
    """Return values as bars beside each other, the largest as high as there is room."""
    listed = [*values]
    most = max((value for _label, value in listed), default=0) or 1
    slot = WIDTH // max(1, len(listed))
    width = min(WIDEST, slot * 3 // 5)
    heights = [HIGHEST * value // most for _label, value in listed]
    return [
        Bar(label, value, slot * place + (slot - width) // 2, FLOOR - height, width, height)
        for place, ((label, value), height) in enumerate(zip(listed, heights, strict=True))
    ]
