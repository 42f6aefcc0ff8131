"""A document drawn from a seed: what it tells, how it is laid out, and the file it is kept in."""

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.intake.reader.generator.blocks import Block, Foot, Top
from tests.intake.reader.generator.content import Content, Item, Words, draw
from tests.intake.reader.generator.files import KINDS, disturbed, plain

Make = Callable[[Content, Random], list[Block]]


PARTS = ("head", "people", "agenda", "calls", "next", "extra")


@dataclass(frozen=True)
class Layout:
    """One way to tell a part of the minutes, and what of it this way shows."""

    name: str
    make: Make
    shows: frozenset[str]
    # Where it stands, if not in its place: in a "note", an "item" of its own, the item in which
    # everybody tells news ("round"), "before" the agenda, or at the "end".
    where: str = ""


@dataclass
class Layouts:
    """The ways of one half. Each part's decorator adds one: `@layouts.heads("number")`."""

    name: str
    words: Words
    parts: dict[str, list[Layout]] = field(default_factory=lambda: {part: [] for part in PARTS})

    def add(self, part: str, shows: str = "", where: str = "") -> Callable[[Make], Make]:
        def adding(make: Make) -> Make:
            name = f"{part}:{make.__name__}"
            self.parts[part].append(Layout(name, make, frozenset(shows.split()), where))
            return make

        return adding


@dataclass(frozen=True)
class Document:
    name: str
    content: bytes
    expected: dict[str, Any]
    text: str  # all that is written in it
    layouts: tuple[str, ...]


def chosen_by(half: Layouts, seed: int, number: int) -> tuple[dict[str, Layout], Random]:
    """Draw the ways to tell each part, and the chance that draws all the rest."""
    chance = Random(zlib.crc32(f"{half.name} {seed} {number}".encode()))
    return {part: chance.choice(ways) for part, ways in half.parts.items()}, chance


def document(half: Layouts, seed: int, number: int, kind: str = "") -> Document:
    """Draw one document; seed and number alone decide what it is."""
    chosen, chance = chosen_by(half, seed, number)
    shown = frozenset({"calls", "next"}).union(*(way.shows for way in chosen.values()))
    told = draw(half.words, chance)
    if "online" in shown and told.mode != "hybrid":
        # Some in the room, some on a screen: the list alone tells it.
        place, platform = (chance.choice(x) for x in (half.words.places, half.words.platforms))
        told = replace(told, mode="hybrid", place=place, platform=platform)
    for part, titles in items_of(half.words).items():
        if chosen[part].where == "item" and getattr(told, part):
            told = _with_item(told, chance.choice(titles), part, chance)
    told = told.showing(shown)
    told, extra = _told_besides(told, chosen["extra"], half.words, chance)
    told, after, before = _placed(told, chosen, half.words, chance)
    blocks = [
        *chosen["head"].make(told, chance),
        *chosen["people"].make(told, chance),
        *before,
        *chosen["agenda"].make(told, chance),
        *after,
        *extra,
    ]
    if chance.random() < 0.2 and not any(isinstance(one, Foot) for one in blocks):
        blocks.append(Foot(chance.choice(("Side #", "Side # af 3", "- # -", "#"))))
    if chance.random() < 0.1:
        blocks.insert(0, Top(told.body))
    blocks = disturbed(blocks, chance)
    text = plain(blocks)
    expected = replace(told, links=tuple(_links(text))).expected()
    kind = kind or chance.choice(("txt", "txt", "docx", "docx", "odt", "pdf"))
    return Document(
        f"{half.name}-{seed}-{number}.{kind}",
        KINDS[kind](blocks, chance),
        expected,
        text,
        tuple(way.name for way in chosen.values()),
    )


def _told_besides(
    told: Content, way: Layout, words: Words, chance: Random
) -> tuple[Content, list[Block]]:
    blocks = way.make(told, chance)
    if way.where != "round":
        return told, blocks
    items = [
        replace(one, notes=(), decision="", more=tuple(blocks))
        if one.title in words.rounds
        else one
        for one in told.items
    ]
    return replace(told, items=tuple(items)), []


def items_of(words: Words) -> dict[str, list[str]]:
    return {"calls": words.call_items, "next": words.next_items}


def _placed(
    told: Content, chosen: dict[str, Layout], words: Words, chance: Random
) -> tuple[Content, list[Block], list[Block]]:
    """Put calls and the next meeting where their layouts have them."""
    after: list[Block] = []
    before: list[Block] = []
    for part, titles in items_of(words).items():
        if not getattr(told, part):
            continue
        way = chosen[part]
        blocks = way.make(told, chance)
        if way.where == "end":
            after += blocks
        elif way.where == "before":
            before += blocks
        else:
            place = len(told.items) - 1
            if way.where == "item":
                place = next(n for n, one in enumerate(told.items) if one.title in titles)
            elif part == "calls":
                place = _any_item(told.items, chance)
            items = list(told.items)
            items[place] = replace(items[place], more=(*items[place].more, *blocks))
            told = replace(told, items=tuple(items))
    return told, after, before


def _any_item(items: Sequence[Item], chance: Random) -> int:
    return chance.choice([number for number, one in enumerate(items) if not one.is_pause])


def _with_item(told: Content, title: str, part: str, chance: Random) -> Content:
    """Add an item of its own: calls in another's stead, the next meeting last."""
    items = list(told.items)
    place = len(items) if part == "next" else _any_item(items, chance) + 1
    other = items[place - 1]
    added = replace(other, title=title, responsible=None, notes=(), decision="")
    if part == "calls":
        return replace(told, items=(*items[: place - 1], added, *items[place:]))
    end = datetime.strptime(other.end, "%H:%M") + timedelta(minutes=5)
    added = replace(added, start=other.end, end=f"{end:%H:%M}")
    return replace(told, items=(*items, added))


def _links(text: str) -> list[str]:
    """Return the links in the order of the text. Ours are simple: none ends in a sign."""
    found = re.findall(r"(?:https?://|www\.)[\w./-]*[\w]", text)
    return list(dict.fromkeys(one if "//" in one else f"https://{one}" for one in found))
