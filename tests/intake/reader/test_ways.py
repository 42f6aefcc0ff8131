"""Many ways to write one thing, each in a few lines, with what the reader makes of it.

In those with "missed" it misses something: an organisation of one word may be a body of the house.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from taskforce.intake.reader import as_json, read

WAYS = json.loads(Path(__file__).with_name("ways.json").read_text("utf-8"))


def told(field: str, found: dict[str, Any]) -> Any:
    """Return what the reader found of a field, in as few words as the list has it."""
    if field == "mode,place":
        return [found["mode"], found["place"]]
    if field == "people":
        return [
            [_joined("|", *_person(one)) for one in found[name]] for name in ("attendees", "absent")
        ]
    if field == "agenda":
        return [
            _joined(
                " ",
                one["start"],
                one["end"],
                one["title"],
                one["responsible"] and f"/{one['responsible']}",
            )
            for one in found["agenda"]
        ]
    if field == "next":
        following = found["next_meeting"]
        return following and [following[name] for name in ("date", "start", "end", "place")]
    if field == "calls":
        return [
            _joined(" ", one["title"], one["deadline"], one["deadline_time"])
            for one in found["calls"]
        ]
    return found[field]


def _person(one: dict[str, Any]) -> tuple[str, str | None]:
    return one["name"], one["organisation"]


def _joined(mark: str, *parts: str | None) -> str:
    return mark.join(filter(None, parts))


def _known(way: dict[str, Any]) -> Any:
    """Return a way, expected to fail where the list says what the reader misses of it."""
    fails = pytest.mark.xfail(reason=way["missed"], strict=True) if "missed" in way else ()
    return pytest.param(way, marks=fails, id=f"{way['field']} {WAYS.index(way)}")


@pytest.mark.parametrize("way", [*map(_known, WAYS)])
def test_way_of_writing_is_read(way: dict[str, Any]):
    assert told(way["field"], as_json(read(way["text"]))) == way["told"]
