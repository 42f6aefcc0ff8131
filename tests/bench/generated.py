"""The reader's score on minutes drawn at random, and whether what it is sure of is right.

The unseen half prints totals by field and nothing else, so that nobody fits the reader to it.
"""

import json
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from taskforce.intake.reader import as_json, read
from taskforce.intake.reader.draft import Found
from taskforce.intake.reader.score import FIELDS, Count, add, alike, atoms
from tests.intake.reader.generator import HALVES, Document, document

SEED, COUNT = 1, 150
# What each part of a document tells.
TELLS = {
    "head": ("number", "date", "mode", "place"),
    "people": ("attendees", "absent"),
    "agenda": ("agenda",),
    "calls": ("calls",),
    "next": ("next_meeting",),
    "extra": (),
}


def table(title: str, counts: dict[str, Count]) -> None:
    """Print precision, recall and F1 of each field that is expected or found somewhere."""
    print(f"{title:18}{'precision':>10}{'recall':>10}{'F1':>10}{'facts':>8}")
    for field, count in counts.items():
        if count.expected or count.found:
            print(
                f"{field:18}{count.precision:10.3f}{count.recall:10.3f}{count.f1:10.3f}"
                f"{count.expected:8}"
            )
    print(flush=True)


def bench(
    half: str, seed: int = SEED, count: int = COUNT, worst: int = 0, into: Path | None = None
) -> None:
    """Read documents of a half, print its tables, and the worst documents of the seen half.

    `into` is a folder that gets these as files, with their answers beside them.
    """
    if (worst or into) and half == "unseen":
        raise SystemExit("The unseen half shows totals only.")
    counts = {field: Count() for field in (*FIELDS, "all")}
    said = {sure: {field: Count() for field in (*FIELDS, "all")} for sure in (True, False)}
    documents = []
    for number in range(count):
        drawn = document(HALVES[half], seed, number)
        draft = read(drawn.content, drawn.name)
        got = as_json(draft)
        own = {field: Count() for field in (*FIELDS, "all")}
        add(own, got, drawn.expected)
        add(counts, got, drawn.expected)
        documents.append((own["all"].f1, number, drawn, got))
        for field, _, found in draft.found():
            if field in FIELDS and field in drawn.expected:
                right = is_right(field, found, drawn.expected[field])
                for name in (field, "all"):
                    told = said[not found.is_unsure][name]
                    told.found += 1
                    told.right += right
    table(f"{half}, {count}", counts)
    reliability(half, said)
    for f1, _, drawn, got in sorted(documents, key=lambda one: one[:2])[:worst]:
        print_misses(f1, drawn, got)
        if into:
            into.mkdir(parents=True, exist_ok=True)
            (into / drawn.name).write_bytes(drawn.content)
            answer = json.dumps(drawn.expected, ensure_ascii=False, indent=1)
            (into / drawn.name).with_suffix(".expected.json").write_text(answer, "utf-8")


def by_way(seed: int = SEED, count: int = COUNT) -> None:
    """Print how well each way of the seen half is read, the worst first."""
    ways: dict[str, Count] = {}
    for number in range(count):
        drawn = document(HALVES["seen"], seed, number)
        own = {field: Count() for field in (*FIELDS, "all")}
        add(own, as_json(read(drawn.content, drawn.name)), drawn.expected)
        for way in drawn.layouts:
            told = ways.setdefault(way, Count())
            for field in TELLS[way.split(":")[0]]:
                told.right += own[field].right
                told.found += own[field].found
                told.expected += own[field].expected
    for way, told in sorted(ways.items(), key=lambda one: one[1].f1):
        if told.expected:
            print(f"{way:40}{told.f1:8.3f}{told.expected:8}")


def is_right(field: str, found: Found[Any], expected: Any) -> bool:
    """Tell whether a thing found is, in all its parts, one of those expected."""
    value = asdict(found.value) if is_dataclass(found.value) else found.value
    wanted = expected if isinstance(expected, list) else [expected]
    return any(
        len(one) == len(other) > 0 and all(map(alike, one, other))
        for one, other in (
            (_facts(field, value), _facts(field, one)) for one in wanted if one is not None
        )
    )


def _facts(field: str, value: Any) -> list[str]:
    """Return the facts of one thing; an item of the agenda is one wherever it stands."""
    several = field in ("attendees", "absent", "agenda", "calls", "links")
    return atoms(field, [value] if several else value)


def reliability(half: str, said: dict[bool, dict[str, Count]]) -> None:
    """Print how much of what the reader is sure of is right, and of what it is not sure of."""
    print(f"{half + ', says':15}{'sure':>10}{'right':>10}{'unsure':>10}{'right':>10}")
    for field, sure in said[True].items():
        unsure = said[False][field]
        if sure.found or unsure.found:
            print(
                f"{field:15}{sure.found:10}{sure.precision:10.3f}"
                f"{unsure.found:10}{unsure.precision:10.3f}"
            )
    print(flush=True)


def print_misses(f1: float, drawn: Document, got: dict[str, Any]) -> None:
    """Print a document, and what was missed or made up."""
    title = f"{drawn.name}  F1 {f1:.3f}  {' '.join(drawn.layouts)}"
    print("=" * 78, title, got["text"], sep="\n")
    for field in drawn.expected:
        wanted, found = atoms(field, drawn.expected[field]), atoms(field, got[field])
        for sign, facts in (
            ("missed", [one for one in wanted if one not in found]),
            ("made up", [one for one in found if one not in wanted]),
        ):
            if facts:
                print(f"{field} {sign}: {json.dumps(facts, ensure_ascii=False)}")
    print()
