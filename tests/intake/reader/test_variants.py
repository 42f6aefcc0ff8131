"""The same minutes as mail, web pages and editors hand them on: the words are the same."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taskforce.intake.reader import as_json, read
from taskforce.intake.reader.score import FIELDS, atoms, documents
from tests.intake.drafts import read_once

FOLDER = Path(__file__).parent / "documents"
TEXTS = [
    pytest.param(path, expected, id=path.name)
    for path, expected in documents(FOLDER)
    if path.suffix == ".txt"
]


def text_of(path: Path) -> str:
    return read_once(path).text


def double_spaced(text: str) -> str:
    return text.replace("\n", "\n\n")


def with_blanks_at_the_ends(text: str) -> str:
    return "\n".join(f"{line}  " for line in text.split("\n"))


def indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


@pytest.mark.parametrize("handed_on", [double_spaced, with_blanks_at_the_ends, indented])
@pytest.mark.parametrize(("path", "expected"), TEXTS)
def test_spacing_changes_nothing(
    path: Path, expected: dict[str, Any], handed_on: Callable[[str], str]
):
    found = as_json(read(handed_on(text_of(path))))

    for field in FIELDS:
        assert atoms(field, found[field]) == atoms(field, expected[field]), field


def broken_at(width: int, text: str) -> str:
    """Break lines as old mail programs do; tables are left whole."""
    lines = []
    for line in text.split("\n"):
        table = re.search(r"\t|\S {3,}\S", line)
        broken = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        lines += [line] if table or len(line) <= width else broken
    return "\n".join(lines)


def test_lines_broken_at_80_columns_lose_little():
    """Where a margin fell between two names no one can tell, so not all can be right."""
    right = found_in_all = expected_in_all = 0
    for path, expected in documents(FOLDER):
        if path.suffix != ".txt":
            continue
        found = as_json(read(broken_at(80, text_of(path))))
        for field in FIELDS:
            got, wanted = atoms(field, found[field]), atoms(field, expected[field])
            right += sum(atom in wanted for atom in got)
            found_in_all += len(got)
            expected_in_all += len(wanted)

    assert right / found_in_all >= 0.98
    assert right / expected_in_all >= 0.98
