"""Heads of minutes in many layouts: number, day, mode, place and next meeting, and how sure."""

from pathlib import Path
from typing import Any

import pytest

from taskforce.intake.reader import as_json, read
from taskforce.intake.reader.choosing import candidate, choose, confidence
from taskforce.intake.reader.draft import SURE, Span
from taskforce.intake.reader.fields import LONGEST, pieces
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import rows
from taskforce.intake.reader.score import atoms, documents
from taskforce.intake.reader.sources import open_document
from taskforce.intake.reader.weights import Cue

HEADS = [
    pytest.param(*found, id=found[0].stem) for found in documents(Path(__file__).parent / "heads")
]
# A rule that one head alone needs is not worth its lines.
MISSED = {
    "23-andelsbolig": ["place", "next_meeting"],
    "24-eu-cluster": ["next_meeting"],
    "34-netvaerksmoede": ["mode", "place"],
}


@pytest.mark.parametrize(("path", "expected"), HEADS)
def test_facts_of_the_meeting_are_read(path: Path, expected: dict[str, Any]):
    found = as_json(read(path.read_bytes(), path.name))

    missed = [
        field
        for field, value in expected.items()
        if atoms(field, found[field]) != atoms(field, value)
    ]
    assert missed == MISSED.get(path.stem, [])


def of(value: str, *cues: Cue, at: int = 0):
    return candidate(value, Span(at, at + 1), Reason.IN_TITLE, dict.fromkeys(cues, True))


def test_choice_is_as_sure_as_its_margin():
    alone = choose([of("a", Cue.LABEL)])
    close = choose([of("a", Cue.LABEL), of("b", Cue.TITLE)])

    assert (alone.value, alone.confidence) == ("a", confidence(Cue.LABEL.points))
    assert close.value == "a"
    assert close.confidence == confidence(Cue.LABEL.points - Cue.TITLE.points) < SURE


def test_two_points_of_margin_are_sure():
    assert confidence(2.0) == SURE


def test_same_value_told_twice_is_believed_more_than_one_told_once():
    told = [of("a", Cue.TITLE), of("b", Cue.SAID), of("b", Cue.SAID, at=9)]

    assert choose(told).value == "b"


def test_nothing_is_chosen_that_more_speaks_against_than_for():
    assert choose([of("a", Cue.LABEL, Cue.OTHER_MEETING)]) is None
    assert choose([]) is None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Referat møde 12.docx", 12),
        ("bestyrelsesmoede_nr_4.txt", 4),
        ("referat-2025-04-03.txt", None),
        ("scan 12.pdf", None),
        ("", None),
    ],
)
def test_number_in_the_name_of_a_file_counts_where_the_text_has_none(name: str, number: int | None):
    draft = read("Referat af bestyrelsesmødet 3. april 2025\n\n1. Velkomst\n2. Eventuelt\n", name)

    assert (draft.number and draft.number.value) == number
    assert draft.number is None or (
        draft.number.is_unsure and draft.number.reason is Reason.FILE_NAME
    )


def test_number_in_the_text_counts_more_than_the_name_of_the_file():
    draft = read("Bestyrelsesmøde nr. 4 den 3. april 2025\n", "Referat møde 12.docx")

    assert draft.number.value == 4


def test_a_line_without_end_is_read_as_far_as_a_fact_may_stand():
    found = rows(open_document("Mødet blev holdt i kantinen den 3. april 2025. " * 2_000))

    assert max(len(row.line.text) for row in found) > LONGEST
    assert {len(piece.text) for piece in pieces(found, found)} == {LONGEST}
