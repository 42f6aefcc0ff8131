"""The score of the search: questions, and the hit that must be among the first three.

`python -m tests.bench.search 50000` prints it for a portal that holds the example, and then how
long searches take among so many documents, beside the list of barriers.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import django

QUESTIONS = Path(__file__).with_name("queries.txt")
MOST_MISSED = 0.05  # of all
AMONG = 3
TURNS = 15


@dataclass(frozen=True)
class Question:
    part: str  # written before the search was built, or after
    words: str
    kind: str
    title: str


def questions() -> Iterator[Question]:
    part = ""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line[1:].partition("]")[0]
        elif line and not line.startswith("#"):
            words, _, expected = line.partition(" | ")
            kind, _, title = expected.partition(": ")
            yield Question(part, words, kind, title)


# The kinds in the file, by those of the search.
KINDS = {
    "barriere": "barrier",
    "udsagn": "statement",
    "moede": "meeting",
    "referat": "passage",
    "dagsorden": "agenda",
    "beslutning": "decision",
    "aftale": "action",
    "materiale": "material",
    "fil": "file",
    "deltager": "person",
    "person": "person",
    "indsats": "initiative",
    "fremdrift": "update",
    "eksempel": "case",
    "opslag": "call",
    "konsortium": "consortium",
    "nyhed": "news",
    "bidrag": "contribution",
    "organisation": "organisation",
    "side": "page",
    "prioritering": "round",
    "spoergsmaal": "question",
    "svar": "answer",
    "nyhedsbrev": "newsletter",
    "forslag": "proposal",
    "tal": "figure",
    "maal": "goal",
    "rapport": "report",
}


def first_hits(words: str, viewer: Any) -> list[tuple[str, str]]:
    from taskforce.front.search import pages, querying

    if (found := pages.result(words, viewer)) is None:
        return []
    hits = querying.shown(found.rows[:AMONG], found.made, viewer)
    return [(KINDS[hit.kind.key], hit.title) for hit in hits]


def missed(viewer: Any) -> list[tuple[Question, list[tuple[str, str]]]]:
    """Return the questions whose hit is not among the first three, and what is."""
    found = [(question, first_hits(question.words, viewer)) for question in questions()]
    return [
        (question, hits)
        for question, hits in found
        if not any(
            kind == question.kind and title.startswith(question.title) for kind, title in hits
        )
    ]


def told(viewer: Any) -> str:
    """Return the score in words: each part, and what was missed."""
    wrong = missed(viewer)
    parts = {question.part: 0 for question in questions()}
    lines = []
    for part in parts:
        asked = [question for question in questions() if question.part == part]
        right = len(asked) - sum(question.part == part for question, _hits in wrong)
        lines.append(f"search, questions written {part}: {right} of {len(asked)}")
    for question, hits in wrong:
        lines.append(f"  missed: {question.words} → {question.kind}: {question.title}; got {hits}")
    return "\n".join(lines)


def main(documents: int) -> None:
    os.environ["PAGE_CACHE_MB"] = "0"  # searches are timed, not pages that are kept
    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.core.management import call_command

    from taskforce.front.search import portal, words
    from tests.bench.register import fill

    call_command("migrate", verbosity=0)
    call_command("load_example", activity=True, verbosity=0)
    portal.gather()
    words.gather()
    print(told(AnonymousUser()))
    if documents:
        fill(documents)
        words.gather()
        measure(documents)


def measure(documents: int) -> None:
    """Print how long searches take among many documents, and the list of barriers beside them."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    paths = {
        "the list of barriers": "/barrierer/",
        "a word in few": "/soeg/?q=konkurser",
        "a word in all": "/soeg/?q=kommuner",
        "two words in all": "/soeg/?q=udbud+virksomhed",
        "a misspelt word": "/soeg/?q=konkruser",
        "nothing": "/soeg/?q=xylofonist",
        "suggestions": "/soeg/forslag/?q=kom",
    }
    for name, path in paths.items():
        client.get(path)
        print(f"{name:24}{documents:9,} documents{median(timed(client, path)):8.0f} ms")


def timed(client: Any, path: str) -> Iterator[float]:
    for _turn in range(TURNS):
        begun = time.perf_counter()
        client.get(path)
        yield (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
