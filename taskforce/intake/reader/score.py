"""Score the reader: precision, recall and F1 per field, over documents with expected structures."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from taskforce.intake.reader.output import plain
from taskforce.intake.reader.reading import read

FIELDS = (
    "number",
    "date",
    "mode",
    "place",
    "attendees",
    "absent",
    "agenda",
    "next_meeting",
    "calls",
    "links",
    "action_points",
    "speakers",
)


@dataclass(slots=True)
class Count:
    """How much was right, how much was found, how much was expected."""

    right: float = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(folder: Path) -> dict[str, Count]:
    """Return the counts of each field, and of all fields under "all"."""
    counts = {name: Count() for name in (*FIELDS, "all")}
    for path, expected in documents(folder):
        add(counts, plain(read(path.read_bytes(), path.name)), expected)
    return counts


def add(counts: dict[str, Count], got: dict[str, Any], expected: dict[str, Any]) -> None:
    """Count one document: what was got beside what was expected, field by field."""
    for name in FIELDS:
        if name in expected:
            _count(counts, name, atoms(name, got.get(name)), atoms(name, expected[name]))


def documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each document of a folder with the structure that stands beside it."""
    for structure in sorted(folder.glob("*.expected.json")):
        name = structure.name.removesuffix(".expected.json")
        for path in sorted(folder.glob(f"{name}.*")):
            if path != structure:
                yield path, json.loads(structure.read_text(encoding="utf-8"))


def _count(counts: dict[str, Count], name: str, got: list[str], wanted: list[str]) -> None:
    left = list(got)
    right = 0
    for atom in wanted:
        match = next((one for one in left if one == atom), None)
        if match is None:
            match = next((one for one in left if alike(one, atom)), None)
        if match is not None:
            left.remove(match)
            right += 1
    for count in (counts[name], counts["all"]):
        count.right += right
        count.found += len(got)
        count.expected += len(wanted)


def alike(one: str, other: str) -> bool:
    """Tell whether two facts differ in a letter at most; every digit counts."""
    if re.findall(r"\d", one) != re.findall(r"\d", other):
        return False
    return fuzz.ratio(one.lower(), other.lower()) >= 97


def atoms(name: str, value: Any) -> list[str]:
    """Return a field's value as the facts in it, each a text that is right or wrong."""
    if value in (None, "", []):
        return []
    if name in ("attendees", "absent"):
        return [f"{one['name']} | {one['organisation'] or ''}" for one in value]
    if name == "agenda":
        return [
            f"{number} {key}: {one.get(key)}"
            for number, one in enumerate(value)
            for key in ("title", "start", "end", "responsible")
            if one.get(key)
        ]
    if name == "next_meeting":
        return [
            f"{key}: {value.get(key)}"
            for key in ("date", "start", "end", "place")
            if value.get(key)
        ]
    if name == "calls":
        return [
            f"{one['title']} | {one['deadline']} | {one['deadline_time'] or ''}" for one in value
        ]
    if name == "action_points":
        return [f"{one['text']} | {one['owner'] or ''} | {one['deadline'] or ''}" for one in value]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
